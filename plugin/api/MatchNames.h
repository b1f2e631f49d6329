#pragma once
/// What people call the records that are matched. Thread-safe as Records is.

#include "host/sdk/Records.h"
#include "plugin/identities/Suggestions.h"
#include "plugin/store/MatchStore.h"

#include <string>
#include <vector>

namespace plugin::api {

/// Last name first.
std::string matchNameOf(const host::sdk::Learner& learner);

struct MatchElement {
    identities::Titled titled;
    std::string externalId;
    bool deleted = false;  ///< a module or theme that the source withdrew
};
/// Every programme, flow, module and theme, each programme with what stands in it.
std::vector<MatchElement> matchElements(host::sdk::Records& records, const std::string& organization);

/// Empty: the record is gone, or has none.
struct MatchName {
    std::string externalId, title;
};
/// Of an acceptance's rows, in order.
std::vector<MatchName> matchNames(host::sdk::Records& records, const std::string& organization,
                                  const std::vector<store::MatchRow>& rows);

}  // namespace plugin::api
