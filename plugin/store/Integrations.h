#pragma once
/// What the nightly run sees of the wizard: integrations that may send, and where to.

#include "host/sdk/Records.h"
#include "host/sdk/Secrets.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace plugin::store {

struct IntegrationKey {
    std::string organization;
    std::string project;
};

/// Where an integration's files go, as the wizard checked it. Region, style and public address are the server's
/// configuration, which the check used as well.
struct Storage {
    std::string endpoint;  ///< scheme and host, without bucket
    std::string bucket;
    std::string accessKeyId;
    host::sdk::SecretString secretKey;
    bool typedByPerson = true;  ///< the address guard applies
};

/// Where an integration's statements go. Deliveries are remembered per store; a replaced key keeps its store id.
struct Destination {
    std::string organization;
    std::string project;
    std::string storeId;                 ///< UUID
    std::string endpoint;                ///< of the production LRS
    host::sdk::SecretString basicToken;  ///< base64(key:secret)
    bool addressTypedByPerson = false;
    std::optional<Storage> storage = {};  ///< when the project wants one and it was set up
    bool test = false;                    ///< it leads to the test contour: working footprints never go there
};

/// What an integration covers. Every flow of its project, later ones included, unless narrowed.
struct Scope {
    bool allFlows = true;
    std::set<host::sdk::RecordId> flows;                         ///< when not all
    std::map<host::sdk::RecordId, std::string> channels;         ///< flow → "lrs" | "tables"; default: profile's
    std::map<host::sdk::RecordId, std::string> leftOutLearners;  ///< learner → reason
    std::int64_t version = 0;                                    ///< ETag
};

class Integrations {
public:
    virtual ~Integrations() = default;
    /// Active integrations only, of one organization (empty: of all).
    virtual std::vector<Destination> active(const std::string& organization) = 0;
    /// Still active with this store? Asked between batches: «Отключить» stops a running night.
    virtual bool isStillActive(const std::string& organization, const std::string& project,
                               const std::string& storeId) = 0;
    virtual Scope scope(const std::string& organization, const std::string& project) = 0;
};

}  // namespace plugin::store
