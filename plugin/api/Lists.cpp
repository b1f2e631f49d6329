#include "plugin/api/Lists.h"

#include "common/Csv.h"
#include "common/Rfc3339.h"

#include <Poco/URI.h>
#include <fmt/format.h>

#include <charconv>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Request;
using host::sdk::Response;

namespace {

std::optional<std::int64_t> positive(const std::string& text) {
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value <= 0) return std::nullopt;
    return value;
}

}  // namespace

std::string under(std::string_view path) {
    return fmt::format("/api/v1/organizations/{{org}}/u2035{}", path);
}

std::int64_t queryId(const Request& request, std::string_view name) {
    auto text = request.queryValue(name);
    if (!text || text->empty()) return 0;
    auto value = positive(*text);
    if (!value)
        throw AppError::badRequest(
            fmt::format("The parameter '{}' is not an id; give the id as the API shows it.", name));
    return *value;
}

std::int64_t pathId(const Request& request, const std::string& name, const std::string& what) {
    auto value = positive(request.parameter(name));
    if (!value) throw AppError::notFound(fmt::format("There is no such {} here.", what));
    return *value;
}

std::string queryChoice(const Request& request, std::string_view name, const std::vector<std::string_view>& choices) {
    auto text = request.queryValue(name);
    if (!text || text->empty()) return {};
    if (std::find(choices.begin(), choices.end(), *text) != choices.end()) return *text;
    throw AppError::badRequest(fmt::format("The parameter '{}' is none of: {}.", name, fmt::join(choices, ", ")));
}

std::string listSchema(std::string_view itemSchema) {
    return fmt::format(
        R"({{"type":"object","required":["items","next"],"properties":{{"items":{{"type":"array","items":{}}},)"
        R"("next":{{"type":["string","null"],"description":"the cursor of the next page"}}}}}})",
        itemSchema);
}

bool wantsCsv(const Request& request) {
    return common::prefersCsv(request.header("accept").value_or(""));
}

void CsvText::separate() {
    if (rowBegun_) text_ += ',';
    rowBegun_ = true;
}

CsvText& CsvText::cell(std::string_view value) {
    separate();
    common::appendCsvText(text_, value);
    return *this;
}

CsvText& CsvText::cell(std::int64_t value) {
    separate();
    text_ += std::to_string(value);
    return *this;
}

CsvText& CsvText::time(const std::optional<std::int64_t>& micros) {
    separate();
    if (micros) text_ += common::Rfc3339::utc(*micros);
    return *this;
}

void CsvText::endRow() {
    text_ += "\r\n";
    rowBegun_ = false;
}

std::string CsvText::take() {
    return std::move(text_);
}

Response jsonPage(common::JsonWriter& json) {
    return Response::json(json.take());
}

Response csvPage(const Request& request, CsvText& csv, const std::string& fileName,
                 const std::optional<std::string>& next) {
    Response response;
    response.contentType = "text/csv; charset=utf-8";
    response.body = csv.take();
    response.header("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
    if (next) {
        Poco::URI link;
        for (const auto& [name, value] : request.query)
            if (name != "cursor") link.addQueryParameter(name, value);
        link.addQueryParameter("cursor", *next);
        response.header("Link", "<?" + link.getRawQuery() + ">; rel=\"next\"");
    }
    return response;
}

}  // namespace plugin::api
