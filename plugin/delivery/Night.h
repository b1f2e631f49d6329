#pragma once
/// What the steps of one organization's night share: who, what is asked, what has been counted so far.

#include "host/sdk/Alarms.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Files.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Metrics.h"
#include "host/sdk/Organizations.h"
#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Records.h"
#include "plugin/artifacts/Storage.h"
#include "plugin/delivery/NightArguments.h"
#include "plugin/delivery/ReadinessSources.h"
#include "plugin/delivery/Sender.h"
#include "plugin/footprint/Profile.h"
#include "plugin/store/ArtifactStore.h"
#include "plugin/store/CorrectionStore.h"
#include "plugin/store/DestinationStore.h"
#include "plugin/store/Integrations.h"
#include "plugin/store/OutboxStore.h"
#include "plugin/store/ReadinessStore.h"
#include "plugin/store/ReflectionStore.h"
#include "plugin/store/RunStore.h"
#include "plugin/store/TableTemplateStore.h"
#include "plugin/tables/Pair.h"

#include <stop_token>
#include <string>
#include <vector>

namespace plugin::delivery {

/// The rooms a night uses; all outlive it.
struct NightParts {
    host::sdk::Records& records;
    host::sdk::Organizations& organizations;
    host::sdk::Database& database;
    host::sdk::Files& files;
    host::sdk::OutboundHttp& http;
    const host::sdk::Clock& clock;
    host::sdk::Logger& logger;
    host::sdk::Metrics& metrics;
    host::sdk::Alarms& alarms;
    const footprint::ProfileSet& profiles;
    store::Integrations& integrations;
    store::OutboxStore& outbox;
    store::DestinationStore& destinations;
    store::CorrectionStore& corrections;
    store::RunStore& runs;
    store::ArtifactStore& artifacts;
    store::ReflectionStore* reflections = nullptr;  ///< nullptr: reflections are not checked
    store::ReadinessStore& readiness;
    store::TableTemplateStore& templates;
    Waiter& waiter;
    std::string installationId;
    std::filesystem::path exportsFolder;  ///< …/exports
    tables::PairLimits tableLimits = {};  ///< of the server, instead of the profile's, where not 0
    ReadinessSources readinessSources = {};
    CrashPoint crashPoint = {};

    void at(std::string_view step) const {
        if (crashPoint) crashPoint(step);
    }
};

/// One programme's flow with the channel it goes by.
struct ChosenFlow {
    host::sdk::RecordId id = 0;
    footprint::Channel channel = footprint::Channel::Tables;
};

/// One project of the organization, with what this night covers of it.
struct ProjectNight {
    host::sdk::Project project;
    const footprint::Profile* profile = nullptr;
    std::optional<store::Destination> destination;  ///< when its integration is active and this night may send
    std::optional<artifacts::Storage> storage;      ///< of that integration
    store::Scope scope;
    std::vector<ChosenFlow> flows;
    std::string filesStore;                ///< where xAPI files are planned when there is no destination; else empty
    std::vector<std::string> otherStores;  ///< of the project, which know something too

    /// Where statements are planned; empty when nowhere.
    const std::string& storeId() const { return destination ? destination->storeId : filesStore; }
    bool planned() const { return !storeId().empty(); }
};

inline lrs::LrsClient clientOf(host::sdk::OutboundHttp& http, const store::Destination& destination,
                               std::chrono::milliseconds timeout = std::chrono::seconds(90)) {
    return {http,
            {.endpoint = destination.endpoint,
             .basic = lrs::parseBasic(destination.basicToken.reveal()),
             .typedByPerson = destination.addressTypedByPerson,
             .timeout = timeout}};
}

struct Night {
    host::sdk::Organization organization;
    NightArguments arguments;
    std::int64_t runId = 0;
    std::string trigger;              ///< as in NightOrder
    host::sdk::Micros oldBefore = 0;  ///< learners' records of before go by the lane of old records
    std::stop_token stop;
    store::RunCounts counts;
    std::vector<std::string> reasons;                        ///< why not everything went; empty when all did
    std::map<std::string, store::RunCounts> byProject = {};  ///< the same counts, by project
    std::string project = {};                                ///< whose work is counted now

    bool stopped() const { return stop.stop_requested(); }
    void workOn(const ProjectNight& one) { project = one.project.id; }
    void count(const std::string& name, std::int64_t more) {
        counts[name] += more;
        if (!project.empty()) byProject[project][name] += more;
    }
};

/// In the measure of its step one more flow is through when this goes, however its scope is left.
class FlowDone {
public:
    FlowDone(const NightParts& parts, const Night& night) : parts_(parts), night_(night) {}
    ~FlowDone() { parts_.runs.advance(night_.runId); }
    FlowDone(const FlowDone&) = delete;
    FlowDone& operator=(const FlowDone&) = delete;

private:
    const NightParts& parts_;
    const Night& night_;
};

}  // namespace plugin::delivery
