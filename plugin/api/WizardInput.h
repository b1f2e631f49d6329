#pragma once
/// The wizard's request bodies as values: read strictly, every wrong field named at once (422), pure.

#include "host/sdk/Secrets.h"
#include "plugin/integration/IntegrationState.h"
#include "plugin/integration/ProjectFacts.h"
#include "plugin/lrs/LrsClient.h"
#include "plugin/store/IntegrationStore.h"

#include <optional>
#include <string>

namespace plugin::api {

/// What a check tries, secrets included, and what may be kept of it in clear.
struct CheckInput {
    std::optional<lrs::Basic> basic;
    std::optional<host::sdk::SecretString> secretKey;  ///< of S3; there exactly when `candidate.storage` is present
    integration::Candidate candidate;
};

/// What the last successful check of a stage left sealed.
struct StoredSecrets {
    std::optional<host::sdk::SecretString> basic;
    std::optional<host::sdk::SecretString> secretKey;
};

/// Body of a stage's check. A field that is left out means the one of the last successful check of this stage; a stored
/// Basic goes to the address it was checked with and to no other. \throws AppError 400 or 422
CheckInput readCheck(const std::string& body, int stage, const integration::ProjectFacts& facts,
                     const integration::IntegrationState& state, const StoredSecrets& stored = {});

/// Body of «Заменить ключ»: {"credential": "basic", …} or {"credential": "s3", …}.
struct ReplaceInput {
    integration::CheckPurpose purpose = integration::CheckPurpose::ReplaceBasic;
    CheckInput check;
};
ReplaceInput readReplace(const std::string& body, const integration::IntegrationState& state);

/// Body of a stage's button; may be empty. Stage 4's is {"sameStore": true, "store": id} or {"sameStore": false,
/// "expected": n}, both with "confirm" where the LRS's answers contradict it.
store::StoreWord readStoreWord(const std::string& body);

/// Body of «Отключить»; AppError 422 unless {"confirm": true}.
void readDisconnect(const std::string& body);

/// Body of the administrator's endpoints: {"test": "https://…"|null, "production": …}.
integration::EndpointOverrides readEndpoints(const std::string& body);

/// Body of a scope; flows and learners are checked for existence by the caller.
store::Scope readScope(const std::string& body);

}  // namespace plugin::api
