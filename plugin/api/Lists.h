#pragma once
/// What the module's lists have in common: keyset pages as JSON or CSV, ids in queries, the CSV of people's tools.

#include "common/Json.h"
#include "host/sdk/Http.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::api {

/// A path of the module's resources: under("/runs").
std::string under(std::string_view path);

/// A number in the query; 0 when absent. \throws AppError 400 naming the parameter.
std::int64_t queryId(const host::sdk::Request& request, std::string_view name);
/// An id of ours in the path. \throws AppError 404 when it can't be one.
std::int64_t pathId(const host::sdk::Request& request, const std::string& name, const std::string& what);
/// One of a fixed set; empty when absent. \throws AppError 400 that lists them.
std::string queryChoice(const host::sdk::Request& request, std::string_view name,
                        const std::vector<std::string_view>& choices);

/// The schema of a list whose items have that schema, for Operation::responseSchema.
std::string listSchema(std::string_view itemSchema);

bool wantsCsv(const host::sdk::Request& request);

/// RFC 4180 with a BOM; a text that a spreadsheet would run as a formula gets a leading apostrophe.
class CsvText {
public:
    CsvText() : text_("\xEF\xBB\xBF") {}
    CsvText& cell(std::string_view value);
    CsvText& cell(std::int64_t value);
    CsvText& time(const std::optional<std::int64_t>& micros);
    void endRow();
    std::string take();

private:
    void separate();
    std::string text_;
    bool rowBegun_ = false;
};

/// {"items":[…],"next":…} or CSV with the next cursor in a Link header.
host::sdk::Response jsonPage(common::JsonWriter& json);
host::sdk::Response csvPage(const host::sdk::Request& request, CsvText& csv, const std::string& fileName,
                            const std::optional<std::string>& next);

}  // namespace plugin::api
