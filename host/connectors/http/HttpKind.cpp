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
    sdk::SourceField check;
    check.name = "checkPath";
    check.title = {"Путь для проверки", "Path for the check"};
    check.hint = {"Что прочесть, чтобы проверить вход; пусто — сам адрес",
                  "What to read to see whether signing in works; empty: the address itself"};
    check.example = "/me";
    out.connection.push_back(std::move(check));
    out.route = HttpRoute::fields();
    out.namesColumns = false;
    return out;
}

void HttpKind::check(const sdk::SourceRequest& request) {
    if (!request.route.texts.empty() || !request.route.maps.empty()) {
        // A check changes nothing over there.
        const auto route = HttpRoute::from(request.route);
        if (route.method != "GET" && !route.repeatable) return;
        auto first = request;
        first.limit = 1;
        sdk::SourceRow row;
        open(first)->next(row);
        return;
    }
    WebClient client(*tools_, WebSettings::from(request.connection), request.organization, request.stop, request.log);
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
    WebClient client(*tools_, WebSettings::from(request.connection), request.organization, request.stop, request.log);
    return std::make_unique<HttpReader>(tools_, std::move(client), HttpRoute::from(request.route),
                                        withWatermark(request));
}

}  // namespace host::connectors
