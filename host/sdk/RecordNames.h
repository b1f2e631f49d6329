#pragma once
/// What people call records: for lists whose rows name records by id. A few queries for a whole page of rows, however many
/// they are. Thread-safe.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "host/sdk/Records.h"

namespace host::sdk {
inline namespace abi1 {

/// What a row of a list is about; 0 and empty: nothing of that.
struct RecordMention {
    std::string kind;  ///< "result", "view", "opening", "reflection", "file", "element", "theme", "module", "flow", …
    RecordId id = 0;
    RecordId flowId = 0;
    RecordId learnerId = 0;
};

/// Empty where there is none: a record that isn't there, a flow without a title. Deleted ones keep their names.
struct RecordNamesOf {
    std::string learner;            ///< last name first: «Соколова Анна Петровна»
    std::string learnerExternalId;  ///< the source's own id
    std::string flow;
    std::string module;   ///< the record's, or the one its element stands in
    std::string element;  ///< the record's
};

class RecordNames {
public:
    virtual ~RecordNames() = default;

    /// One for each mention, in order.
    virtual std::vector<RecordNamesOf> names(const std::string& organization,
                                             std::span<const RecordMention> mentions) = 0;

    /// Learners, deleted ones included, with `part` in their name (last name first), external id or unti_id, in order
    /// of id from `afterId` on: at most `limit`. Case makes no difference, nor do ё and е.
    virtual std::vector<RecordId> learnersLike(const std::string& organization, const std::string& part,
                                               RecordId afterId, std::size_t limit) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
