#pragma once
/// Which learner each row of a list names, and what stands against giving that learner the row's unti_id. A row names a
/// learner when exactly one of those enrolled in its flow agrees in every chosen column. Pure; not thread-safe.

#include "host/sdk/Records.h"
#include "plugin/identities/Columns.h"
#include "plugin/identities/UntiReasons.h"

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace plugin::identities {

struct ListRow {
    std::size_t number = 0;  ///< as the spreadsheet counts
    std::string untiId;
    std::string flowId;
    std::string courseId;
    std::string status;
    std::vector<std::string> keys;  ///< in the order of the choice
    bool untiLostDigits = false;
    bool keyLostDigits = false;
};

/// What becomes of a row; in REST and in the database as `toString` says.
enum class RowState {
    Matched,      ///< may be applied
    Conflicting,  ///< may be applied when a person says so for this row
    Same,         ///< nothing to do
    Repeated,     ///< stands above already
    Taken,
    Ambiguous,
    Unmatched,
    BadUntiId,
    LeftOut,
    Applying,  ///< begun and not known to have ended: applied again by the next apply
    Applied,
    Refused,  ///< could not be applied
    Undone,
    Kept  ///< could not be taken back
};
inline constexpr int kRowStates = 14;
const char* toString(RowState state);
std::optional<RowState> rowStateFrom(std::string_view name);

struct RowVerdict {
    RowState state = RowState::Unmatched;
    std::string code, reason, fix;  ///< empty when all is well
    host::sdk::RecordId learnerId = 0;
    std::string learnerExternalId;
    std::string previous;  ///< the learner's unti_id before

    void because(const UntiReason& why, const std::string& detail = {});
};

/// A flow of the organization with the ids that University 2035 gave.
struct KnownFlow {
    host::sdk::RecordId id = 0;
    std::optional<std::int64_t> u2035Id;
    std::optional<std::int64_t> courseId;
};

struct MatchOptions {
    std::vector<Field> keys = {};
    bool test = false;  ///< the test contour's unti_ids
    bool anyStatus = false;
    bool hasStatus = false;  ///< the list has that column
    bool hasCourse = false;
};

class Matcher {
public:
    using Learners = std::function<std::vector<host::sdk::Learner>(host::sdk::RecordId flowId)>;

    /// Reads the learners of every flow at once: an unti_id may be another's of any flow.
    Matcher(MatchOptions options, std::vector<KnownFlow> flows, const Learners& learners);

    /// One verdict per row, in order; rows are compared with each other too.
    std::vector<RowVerdict> match(std::span<const ListRow> rows) const;

private:
    using Index = std::unordered_map<std::string, std::vector<const host::sdk::Learner*>>;

    RowVerdict one(const ListRow& row) const;
    bool findFlow(const ListRow& row, RowVerdict& verdict, std::vector<host::sdk::RecordId>& flows) const;
    std::string keyOf(const std::vector<std::string>& values) const;
    std::string keyOf(const host::sdk::Learner& learner) const;
    const std::string& untiIdOf(const host::sdk::Learner& learner) const;

    MatchOptions options_;
    std::vector<KnownFlow> flows_;
    std::map<host::sdk::RecordId, host::sdk::Learner> learners_;
    std::map<host::sdk::RecordId, Index> byFlow_;
    std::unordered_map<std::string, const host::sdk::Learner*> holders_;  ///< unti_id → learner
};

/// Digits without a leading zero, at most 19.
bool isUntiId(std::string_view text);

}  // namespace plugin::identities
