#pragma once
/// What statements become: rules of a JSON file, in order; the first that takes a statement counts. Checked as a whole
/// when it is read. Immutable; thread-safe.
///
///     {"title": {"ru","en"}, "assumed": ["…"],
///      "rules": [{"name": "quiz-attempt",
///                 "verbs": ["http://adlnet.gov/expapi/verbs/completed"],
///                 "activityTypes": ["http://adlnet.gov/expapi/activities/assessment"],      not given: any
///                 "columns": {…StatementColumns…},
///                 "mapping": {…as of a route: target, externalId, fields, when, missing…}},
///                {"name": "sign-in", "verbs": ["…"], "ignore": {"ru": "почему", "en": "why"}}]}
///
/// A rule takes a statement when verb and activity type are listed and the mapping's `when` holds. References name
/// records of the source that the organization's administrator gives (`references`); the record is the xAPI source's.

#include "host/sdk/Pages.h"
#include "host/sources/RowReader.h"
#include "host/xapi/StatementColumns.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace host::xapi {

/// What became of a statement. Kept as a number in the database: never renumbered.
enum class State {
    Mapped = 0,
    Waiting = 1,     ///< for records it refers to; tried again
    Unmatched = 2,   ///< no rule fits
    Ignored = 3,     ///< a rule says that it is no record
    Rejected = 4,    ///< the rule fits and gives no valid record
    Superseded = 5,  ///< a later statement says otherwise of the same record
    Voided = 6       ///< by another statement
};
inline constexpr int kStates = 7;
const char* toString(State state);
std::optional<State> stateFrom(std::string_view text);

/// A statement as the rules see it, not yet written.
struct Reading {
    State state = State::Unmatched;      ///< Mapped: as far as the rules can tell
    std::string rule;                    ///< name, empty when none fits
    records::RecordDraft draft;          ///< with Mapped
    std::vector<sources::RowError> why;  ///< with Rejected
    /// Other statements may speak of the same record: the latest by its timestamp counts.
    bool shared = false;
};

class RuleSet {
public:
    /// AppError 422 with everything that is wrong. `source`: whose the records are; `references`: whose records they
    /// refer to.
    static std::shared_ptr<const RuleSet> parse(const std::string& name, std::string_view json,
                                                const std::string& source, const std::string& references);

    const sdk::PageText& title() const { return title_; }
    Reading read(const rapidjson::Value& statement, const StatementFacts& facts) const;
    /// Where in the statement a field of a draft of this rule lies.
    sources::RowError locate(const std::string& rule, const rapidjson::Value& statement, const StatementFacts& facts,
                             const sdk::FieldError& error) const;

private:
    struct Rule {
        std::string name;
        std::set<std::string, std::less<>> verbs, activityTypes;
        bool ignored = false;
        StatementColumns columns;
        std::unique_ptr<sources::CsvMapping> mapping;
        std::unique_ptr<sources::RowReader> reader;
        std::vector<std::size_t> references;  ///< fields that are
        bool shared = false;
    };
    class Parser;

    sdk::PageText title_;
    std::string references_;
    std::vector<Rule> rules_;
};

/// The ready-made rules of a folder: NAME.json. Read and checked when the server starts.
class RuleLibrary {
public:
    /// AppError 422 lists what is wrong in which file. A missing folder has none.
    explicit RuleLibrary(const std::filesystem::path& folder);

    /// The text of the file; AppError 422 with the nearest name.
    const std::string& find(const std::string& name) const;
    /// The same with its name before; nullopt when there are none of that name.
    std::optional<std::string> named(const std::string& name) const;
    const std::map<std::string, sdk::PageText>& titles() const { return titles_; }

private:
    std::map<std::string, std::string> texts_;
    std::map<std::string, sdk::PageText> titles_;
};

}  // namespace host::xapi
