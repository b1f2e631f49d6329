#include "host/http/Lists.h"

#include "common/Csv.h"
#include "common/Json.h"

#include <Poco/URI.h>
#include <fmt/format.h>

namespace host::http {

bool wantsCsv(const sdk::Request& request) {
    return common::prefersCsv(request.header("accept").value_or(""));
}

void CsvText::row(const std::vector<std::string>& fields) {
    bool first = true;
    for (const auto& field : fields) {
        if (!first) text_ += ',';
        first = false;
        common::appendCsvText(text_, field);
    }
    text_ += "\r\n";
}

std::string nextLink(const sdk::Request& request, const std::string& next) {
    Poco::URI link;
    for (const auto& [name, value] : request.query)
        if (name != "cursor") link.addQueryParameter(name, value);
    link.addQueryParameter("cursor", next);
    return fmt::format("<?{}>; rel=\"next\"", link.getRawQuery());
}

sdk::Response listResponse(const sdk::Request& request, ListPage page) {
    if (wantsCsv(request)) {
        CsvText csv(page.columns);
        for (const auto& row : page.rows) csv.row(row);
        sdk::Response response;
        response.contentType = "text/csv; charset=utf-8";
        response.body = csv.take();
        if (!page.next.empty()) response.header("Link", nextLink(request, page.next));
        return response;
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& item : page.items) json.raw(item);
    json.end().key("next");
    if (page.next.empty())
        json.null();
    else
        json.value(page.next);
    json.end();
    return sdk::Response::json(json.take());
}

std::vector<std::pair<std::string, std::string>> listParameters() {
    return {{"limit", "items in a page, 1 to 1000, 100 when not given"}, {"cursor", "'next' of the page before"}};
}

std::string listSchema(std::string_view itemSchema) {
    return fmt::format(
        R"({{"type":"object","required":["items","next"],"properties":{{"items":{{"type":"array","items":{}}},"next":{{"type":["string","null"]}}}}}})",
        itemSchema);
}

std::string listExample(std::string_view itemExample) {
    return fmt::format(R"({{"items":[{}],"next":null}})", itemExample);
}

}  // namespace host::http
