#pragma once
/// Which store an integration goes on with when its set-up is finished: an earlier one of the project, where everything
/// that was delivered counts and the same bytes go on, or a new one, for which everything is due again.
///
/// The same endpoint with the same Basic is the same store. Otherwise a person says which it is, with the counts before
/// his eyes. What the LRS itself said (known statements read back with the new credentials by the check of stage 4)
/// stands against a person's word: then the word is to be said twice. A store that was declared the test contour is
/// never gone on with, whatever anybody says.

#include "host/sdk/Clock.h"
#include "plugin/integration/IntegrationState.h"
#include "plugin/store/Integrations.h"

#include <cstdint>
#include <optional>
#include <string>

namespace Poco::Data {
class Session;
}

namespace plugin::store {

/// A person's word on «Все отлично».
struct StoreWord {
    std::optional<bool> sameStore = {};
    std::string store = {};                     ///< which of several, with `sameStore` true; empty: the newest
    std::optional<std::int64_t> expected = {};  ///< with `sameStore` false: how many statements become due again
    bool confirm = false;                       ///< the word holds although the LRS's answers contradict it
};

/// The earlier store to go on with; nullopt for a new one. \throws AppError 409 "integration.same-store-required",
/// "integration.confirm-counts", "integration.store-evidence", "integration.declared-test",
/// "integration.no-such-store"; `current` lists the stores with their counts and what the LRS said, and `dueAgain`.
std::optional<std::string> chooseStore(Poco::Data::Session& session, const IntegrationKey& key,
                                       const integration::IntegrationState& state, const StoreWord& word,
                                       const std::string& testAddress);

/// Makes the store's row, or opens the earlier one again. A new one is of the contour its address belongs to.
void openStore(Poco::Data::Session& session, const IntegrationKey& key, const integration::IntegrationState& state,
               const std::string& id, bool isNew, const std::string& testAddress, host::sdk::Micros at);

}  // namespace plugin::store
