#pragma once
/// What a rule takes from a statement: named columns, each from a JSONPath and cut to what the record needs. Immutable
/// once made; thread-safe.
///
///     {"learner": {"path": "$.actor.account.name"},
///      "element": {"path": "$.object.id", "query": "id"},            ?id=… of an address
///      "module": {"path": "$.object.id", "after": "/mod/", "until": "/"},   behind a text, up to another
///      "email": {"path": "$.actor.mbox", "strip": "mailto:"},        without a beginning, where it has it
///      "seconds": {"path": "$.result.duration", "as": "seconds"},    of an ISO 8601 duration
///      "percent": {"path": ["$.result.extensions['…']"], "as": "percent"}}   a share of 1 as percent
///
/// Several paths: the first that leads to a value counts. Ready in every rule: statementId, timestamp (RFC 3339, UTC),
/// verb, activity, activityType.

#include "host/connectors/paths/JsonPath.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Error.h"

#include <rapidjson/document.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::xapi {

struct StatementFacts {
    std::string_view id;
    sdk::Micros at = 0;
    std::string_view verb;
    std::string_view activity;      ///< empty when the object is no activity
    std::string_view activityType;  ///< empty when it has none
};

class StatementColumns {
public:
    /// What is wrong is added to `errors`, below `pointer`.
    static StatementColumns parse(const rapidjson::Value* json, const std::string& pointer,
                                  std::vector<sdk::FieldError>& errors);

    const std::vector<std::string>& names() const { return names_; }
    std::vector<std::optional<std::string>> read(const rapidjson::Value& statement, const StatementFacts& facts) const;

private:
    enum class As { Text, Seconds, Percent };
    struct Column {
        std::vector<connectors::JsonPath> paths;
        std::string query, after, until, strip;
        As as = As::Text;
    };

    static std::optional<std::string> valueOf(const Column& column, const rapidjson::Value& statement);
    static std::optional<std::string> cut(const Column& column, std::string text);

    std::vector<std::string> names_;
    std::vector<Column> columns_;
};

}  // namespace host::xapi
