#include "host/connectors/http/HttpKind.h"

#include "host/connectors/http/HttpReader.h"
#include "host/connectors/http/WebUrl.h"

namespace host::connectors {

using sdk::SourceError;

sdk::SourceDescription HttpKind::describe() const {
    sdk::SourceDescription out;
    out.name = "http";
    out.title = {"HTTP: JSON и XML", "HTTP: JSON and XML"};
    out.connection = WebSettings::fields("https://lms.example.org/api");
    out.connection.push_back({"checkPath",
                              sdk::SourceField::Type::Text,
                              false,
                              {"Путь для проверки", "Path for the check"},
                              {"Что прочесть, чтобы проверить вход; пусто — сам адрес",
                               "What to read to see whether signing in works; empty: the address itself"},
                              "/me"});
    out.route = HttpRoute::fields();
    out.namesColumns = false;
    return out;
}

void HttpKind::check(const sdk::SourceRequest& request) {
    if (!request.route.texts.empty() || !request.route.maps.empty()) {
        const auto route = HttpRoute::from(request.route);
        if (route.method == "GET" || route.repeatable) readFirst(*this, request);  // a check changes nothing there
        return;
    }
    WebClient client(*tools_, request);
    const auto path = request.connection.text("checkPath");
    WebClient::Ask ask;
    ask.url = typedEncoded(joined(client.settings().base, path));
    ask.accept = "application/json, application/xml;q=0.9, */*;q=0.1";
    client.checkGo(ask.url);
    try {
        const auto response = client.send(ask);
        if (!path.empty()) refuseHtml(response.body, ask.url);
    } catch (const SourceError& error) {
        // Most services have nothing at their base: that they say so shows that they are there, no more.
        const bool isThere = error.kind() == SourceError::Kind::NotThere || error.kind() == SourceError::Kind::Query;
        if (!path.empty() || !isThere) throw;
        client.log(
            "The service is there. Its base address shows nothing, so nobody knows yet whether signing in works: "
            "fill in the path for the check, or try a route.");
    }
}

std::unique_ptr<sdk::SourceReader> HttpKind::open(const sdk::SourceRequest& request) {
    return std::make_unique<HttpReader>(tools_, WebClient(*tools_, request), HttpRoute::from(request.route),
                                        withWatermark(request));
}

}  // namespace host::connectors
