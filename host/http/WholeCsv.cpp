#include "host/http/WholeCsv.h"

#include "common/Csv.h"

#include <Poco/URI.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace host::http {
namespace {

using sdk::AppError;
using sdk::Request;
using sdk::Response;

constexpr const char* kLargestPage = "1000";

bool names(const sdk::RouteOptions& options, std::string_view parameter) {
    const auto& all = options.operation.queryParameters;
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.first == parameter; });
}

void set(Request& request, const std::string& name, const std::string& value) {
    for (auto& [known, old] : request.query)
        if (known == name) {
            old = value;
            return;
        }
    request.query.emplace_back(name, value);
}

void unset(Request& request, std::string_view name) {
    std::erase_if(request.query, [&](const auto& one) { return one.first == name; });
}

bool isCsv(const Response& response) {
    return response.contentType.compare(0, 8, "text/csv") == 0;
}

/// The cursor of `Link: <?…&cursor=…>; rel="next"`; empty at the end.
std::string nextCursor(const Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (name != "Link" || value.find("rel=\"next\"") == std::string::npos) continue;
        const auto open = value.find('<'), close = value.find('>');
        if (open == std::string::npos || close == std::string::npos) continue;
        for (const auto& [parameter, text] : Poco::URI(value.substr(open + 1, close - open - 1)).getQueryParameters())
            if (parameter == "cursor") return text;
    }
    return {};
}

/// A page behind the first: its mark and its line of names are not said again.
std::string_view rowsOf(std::string_view csv) {
    if (csv.substr(0, common::kCsvMark.size()) == common::kCsvMark) csv.remove_prefix(common::kCsvMark.size());
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        if (csv[i] == '"') quoted = !quoted;
        if (csv[i] == '\n' && !quoted) return csv.substr(i + 1);
    }
    return {};
}

Response firstPage(Request& request, const sdk::RouteOptions& options, const sdk::Handler& handler) {
    if (!names(options, "limit")) return handler(request);
    set(request, "limit", kLargestPage);
    try {
        return handler(request);
    } catch (const AppError& error) {
        if (error.status() != 400) throw;
    }
    unset(request, "limit");  // a list of smaller pages
    return handler(request);
}

}  // namespace

bool takeFormat(Request& request, const sdk::RouteOptions& options) {
    if (request.method != sdk::Method::Get || names(options, "format")) return false;
    const auto format = request.queryValue("format");
    if (!format) return false;
    if (*format != "csv" && *format != "json") throw AppError::badRequest("The parameter 'format' is csv or json.");
    unset(request, "format");
    std::erase_if(request.headers, [](const auto& one) { return one.first == "accept"; });
    request.headers.emplace_back("accept", *format == "csv" ? "text/csv" : "application/json");
    return *format == "csv";
}

Response wholeCsv(Request& request, const sdk::RouteOptions& options, const sdk::Handler& handler) {
    const bool onePage = request.queryValue("limit") || request.queryValue("cursor");
    auto first = onePage ? handler(request) : firstPage(request, options, handler);
    if (first.status != 200) return first;
    if (!isCsv(first)) throw AppError(406, "no-csv", "This address gives no CSV; leave 'format' out of it.");
    auto next = onePage ? std::string() : nextCursor(first);
    if (next.empty()) return first;
    std::erase_if(first.headers, [](const auto& one) {
        return one.first == "Link" || one.first == "X-Next-Cursor" || one.first == "ETag";
    });
    const auto body = std::make_shared<std::string>(std::move(first.body));
    first.body.clear();
    first.stream = [&request, &handler, body, next](std::ostream& out) {
        out << *body << std::flush;
        body->clear();
        body->shrink_to_fit();
        for (auto cursor = next; !cursor.empty();) {
            set(request, "cursor", cursor);
            // What a page throws breaks the answer off: half a list must not look like a whole one.
            const auto page = handler(request);
            if (page.status != 200 || !isCsv(page)) throw AppError(500, "internal", "A page of a list is no CSV.");
            const auto following = nextCursor(page);
            if (following == cursor) throw AppError(500, "internal", "A page of a list leads to itself.");
            out << rowsOf(page.body) << std::flush;
            cursor = following;
        }
    };
    return first;
}

}  // namespace host::http
