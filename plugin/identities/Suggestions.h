#pragma once
/// Which of University 2035's ids a record without one most likely has, and why. Never fuzzy, and never decided here: a
/// person accepts. By Leader-ID and by title; e-mail is a hint only (nobody verifies it: seed 003, 1.2.3), name and
/// birth are nothing at all. Pure; not thread-safe.

#include "host/sdk/Records.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plugin::identities {

enum class Why {
    NamedInTable,   ///< a person's table names the record itself
    SameTitle,      ///< to the character
    SameTitleFold,  ///< but for case, ё/е, spaces and hyphens
    SameLeaderId,
    SameEmail  ///< a hint: never taken in bulk
};
const char* toString(Why why);
std::optional<Why> whyFrom(std::string_view name);
/// For people.
const char* explain(Why why, bool russian);

struct Suggestion {
    std::string value;  ///< unti_id, or an id of University 2035
    Why why = Why::SameTitle;
    std::string from;     ///< the title or row that it comes from
    bool unique = false;  ///< the record has no other suggestion, and the id is suggested for no other record
};

enum class Matched { Programme, Flow, Module, Theme };
inline constexpr int kMatched = 4;
const char* toString(Matched kind);  ///< "programme"
std::optional<Matched> matchedFrom(std::string_view name);
host::sdk::ConfirmedField fieldOf(Matched kind);

/// A programme, flow, module or theme.
struct Titled {
    Matched kind = Matched::Programme;
    host::sdk::RecordId id = 0;
    std::string title;
    std::string parent;  ///< titles above it, for people
    std::optional<std::int64_t> u2035Id;
};

/// An id of University 2035 as a table told it.
struct KnownId {
    Matched kind = Matched::Programme;
    std::int64_t u2035Id = 0;
    std::string title;
    host::sdk::RecordId recordId = 0;  ///< the record that the table names; 0: none
};

/// What a person said no to: (record's id, value). It isn't suggested for that record again, and counts as no other
/// when it is asked whether a suggestion stands alone.
using Rejected = std::set<std::pair<host::sdk::RecordId, std::string>>;

/// One list for each of `all`, in order; empty for who has an id already. An id that a record has is suggested for no
/// other. `rejected`: by kind.
std::vector<std::vector<Suggestion>> suggest(std::span<const Titled> all, std::span<const KnownId> known,
                                             const std::map<Matched, Rejected>& rejected = {});

/// A row of an imported list that gave nobody its unti_id, or of a table that names the learner.
struct SpareRow {
    std::string untiId, leaderId, email;
    std::string from;                   ///< "import 3, row 17"
    host::sdk::RecordId learnerId = 0;  ///< the learner that the table names; 0: none
};
/// The same of learners; `held`: unti_ids that learners have.
std::vector<std::vector<Suggestion>> suggest(std::span<const host::sdk::Learner> without,
                                             std::span<const SpareRow> rows, const std::set<std::string>& held,
                                             const Rejected& rejected = {});

}  // namespace plugin::identities
