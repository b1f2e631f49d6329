#pragma once
/// What people call the rows of a list, one look-up for a page, and what they search a list by.

#include "common/Json.h"
#include "host/sdk/Http.h"
#include "host/sdk/RecordNames.h"
#include "plugin/api/Lists.h"
#include "plugin/store/Search.h"

#include <string>
#include <vector>

namespace plugin::api {

using host::sdk::RecordNamesOf;

/// For a row's schema, after other properties.
#define NAMES_PROPERTIES                                                                                                \
    R"(,"learnerName":{"type":"string","description":"last name first; absent: there is no learner"},)"                 \
    R"("flowTitle":{"type":"string"},"moduleTitle":{"type":"string","description":"the record's, or of its element"},)" \
    R"("elementTitle":{"type":"string"})"
/// For an operation's query parameters.
inline constexpr const char* kSearchText =
    "part of a learner's name (last name first), external id or unti_id, or of a statement's id or an errorId; case "
    "makes no difference";

/// The names of a page's rows, in order; `mention` tells what a row is about.
template <class Row, class Mention>
std::vector<RecordNamesOf> namesOf(host::sdk::RecordNames& names, const std::string& organization,
                                   const std::vector<Row>& rows, const Mention& mention) {
    std::vector<host::sdk::RecordMention> mentions;
    mentions.reserve(rows.size());
    for (const auto& row : rows) mentions.push_back(mention(row));
    return mentions.empty() ? std::vector<RecordNamesOf>() : names.names(organization, mentions);
}

/// {"items":[…],"next":…} of rows with their names; `members` writes what an item has.
template <class Row, class Members>
host::sdk::Response namedPage(const std::vector<Row>& rows, const std::vector<RecordNamesOf>& names,
                              const std::optional<std::string>& next, const Members& members) {
    common::JsonWriter json;
    json.object().key("items").array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        json.object();
        members(json, rows[i], names[i]);
        json.end();
    }
    json.end().member("next", next).end();
    return jsonPage(json);
}

/// learnerName, flowTitle, moduleTitle and elementTitle, those that there are.
void writeNames(common::JsonWriter& json, const RecordNamesOf& names);

/// The same as a CSV's last columns: their titles, and the cells of a row, empty where there is none.
void endTitles(CsvText& csv);
void endRow(CsvText& csv, const RecordNamesOf& names);

/// What `q` asks for. \throws AppError 400 when it is too long or fits too many learners
store::Search searchFor(host::sdk::RecordNames& names, const std::string& organization, const std::string& text);
store::Search searchIn(const host::sdk::Request& request, host::sdk::RecordNames& names);

}  // namespace plugin::api
