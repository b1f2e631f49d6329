#pragma once
/// Which column of a downloaded template is which of our fields: by the titles and synonyms of the profile's table,
/// case, blanks, punctuation and ё folded; what is left is a person's to say. Pure functions.

#include "plugin/footprint/Profile.h"
#include "plugin/tables/TableExport.h"

#include <string>
#include <string_view>
#include <vector>

namespace plugin::tables {

/// How titles are compared: lower-case letters and digits only, ё as е.
std::string foldTitle(std::string_view title);

/// Fields (placeholders' texts) that a title may mean, each once, in the order of the profile's columns.
std::vector<std::string> fieldsOf(std::string_view title, const footprint::Table& table);

/// A column of a template with what a person, or the matching, has decided.
struct MappedColumn {
    std::string title;
    std::string field;        ///< placeholder's text; empty: undecided
    bool leaveEmpty = false;  ///< decided to stay empty
};

/// What the names alone tell: a column has its field when it alone can mean it and means nothing else.
std::vector<MappedColumn> matchColumns(const std::vector<std::string>& titles, const footprint::Table& table);

/// Can a table of this source have the field?
bool isTableField(std::string_view field, const footprint::Table& table);

/// Fields that the profile's table has and no column, those left out by a person excepted.
std::vector<const footprint::TableColumn*> missingFields(const std::vector<MappedColumn>& columns,
                                                         const std::vector<std::string>& leftOut,
                                                         const footprint::Table& table);

/// The columns for an export; `problem` when something is undecided or a required field would be dropped.
TemplateColumns templateColumns(const std::vector<MappedColumn>& columns, const std::vector<std::string>& leftOut,
                                const footprint::Table& table);

}  // namespace plugin::tables
