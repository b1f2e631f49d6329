#pragma once
/// Templates of tables that organizations downloaded from their account of University 2035: the header row, and which
/// column is which of our fields. One per organization, project and element. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

struct TemplateKey {
    std::string organization;
    std::string project;
    std::string element;  ///< Table::name
};

/// One column of a template. `decision` empty: nobody has said what it is.
struct TemplateColumn {
    static constexpr const char* kEmpty = "-";
    std::string title;
    std::string decision;  ///< placeholder's text ("result.raw"), or kEmpty: leave the column empty
};

struct TableTemplate {
    std::int64_t version = 0;  ///< of this organization, project and element; 0: there is none
    std::string sheet;
    std::int64_t headerRow = 0;  ///< 1-based, as a spreadsheet shows it
    std::vector<TemplateColumn> columns;
    std::vector<std::string> leftOut;  ///< fields of the profile that the template has not, by a person's decision
    host::sdk::Micros changedAt = 0;
    std::string changedBy;
};

class TableTemplateStore {
public:
    TableTemplateStore(host::sdk::Database& database, const host::sdk::Clock& clock)
        : database_(database), clock_(clock) {}

    std::optional<TableTemplate> find(const TemplateKey& key);
    /// By element.
    std::map<std::string, TableTemplate> ofProject(const std::string& organization, const std::string& project);
    /// Sets version and changedAt. `expected`: nullopt takes any. \throws AppError 412 when it is another by now.
    TableTemplate save(const TemplateKey& key, std::optional<std::int64_t> expected, TableTemplate wanted);
    /// \return false when there was none. \throws AppError 412 as above.
    bool erase(const TemplateKey& key, std::optional<std::int64_t> expected);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

}  // namespace plugin::store
