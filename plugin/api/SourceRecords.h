#pragma once
/// The organization's own records behind statements: whether each is still as it was told, and one as JSON. Loads a
/// page's records flow by flow; memory is a page's. Not thread-safe; one per request.

#include "common/Json.h"
#include "host/sdk/Records.h"
#include "plugin/footprint/Footprint.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plugin::api {

/// How a record stands beside the revision that was told.
enum class SourceState {
    Same,
    Changed,  ///< there is a newer revision
    Deleted,
    Missing,  ///< not in this flow: moved, or the flow is gone
    None      ///< no record of the organization: a cancellation
};
const char* toString(SourceState state);

struct SourceRecord {
    host::sdk::RecordHead head;  ///< `revision` counts as statements count it
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;  ///< 0: a part of the programme
    std::string project;                ///< of a part of the programme; else empty
    std::string json;                   ///< the record as it stands
};

class SourceRecords {
public:
    SourceRecords(host::sdk::Records& records, std::string organization)
        : records_(records), organization_(std::move(organization)) {}

    /// What `state` and `revision` will be asked about.
    void load(const std::vector<std::pair<footprint::RecordRef, host::sdk::RecordId>>& recordsOfFlows);
    SourceState state(const footprint::RecordRef& told, host::sdk::RecordId flowId) const;
    /// As it stands now; 0: not there.
    std::int64_t revision(const footprint::RecordRef& told, host::sdk::RecordId flowId) const;

    /// `kind` as in footprint::RecordRef.
    std::optional<SourceRecord> find(const std::string& kind, host::sdk::RecordId id, host::sdk::RecordId flowId);

    /// The source's own id of a learner; looked up once.
    const std::string& learnerExternalId(host::sdk::RecordId learnerId);

private:
    struct Seen {
        std::int64_t revision = 0;
        bool deleted = false;
    };
    using Key = std::pair<std::string, host::sdk::RecordId>;  ///< kind, flow

    void loadStructure(host::sdk::RecordId flowId);
    const Seen* seen(const footprint::RecordRef& told, host::sdk::RecordId flowId) const;

    host::sdk::Records& records_;
    std::string organization_;
    std::map<Key, std::map<host::sdk::RecordId, Seen>> seen_;
    std::map<host::sdk::RecordId, std::string> learners_;
};

}  // namespace plugin::api
