#pragma once
/// Lists as the API gives them: {"items":[…],"next":…}, or the same as CSV for who accepts text/csv.

#include "host/sdk/Http.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace host::http {

/// True when the request's Accept names text/csv and not JSON before it.
bool wantsCsv(const sdk::Request& request);

/// CSV text: UTF-8 with BOM, RFC 4180, and no field that a spreadsheet would take for a formula.
class CsvText {
public:
    explicit CsvText(const std::vector<std::string>& columns) : text_("\xEF\xBB\xBF") { row(columns); }
    void row(const std::vector<std::string>& fields);
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

/// One page of a list. `items` are JSON texts, `rows` the same as CSV fields; `next` is the cursor, empty at the end.
struct ListPage {
    std::vector<std::string> columns;
    std::vector<std::string> items;
    std::vector<std::vector<std::string>> rows;
    std::string next;
};

/// The value of a Link header that leads to the next page of the same list: its filters and limit stay.
std::string nextLink(const sdk::Request& request, const std::string& next);

/// As JSON or CSV, by Accept. With CSV the next page is told by `Link: <…>; rel="next"`.
sdk::Response listResponse(const sdk::Request& request, ListPage page);

/// Query parameters of every list, for Operation::queryParameters.
std::vector<std::pair<std::string, std::string>> listParameters();

/// The schema of a list whose items have that schema.
std::string listSchema(std::string_view itemSchema);
/// The example of a list whose item has that example.
std::string listExample(std::string_view itemExample);

}  // namespace host::http
