#pragma once
/// The night: for every organization files → plan → check → outbox → send → tables → readiness, with a row of history
/// each.
///
/// One organization's failure doesn't stop the others, and a slow destination holds up nobody else's: several
/// organizations have their night at a time, while one at a time plans. Everything can be cut off anywhere and begun
/// again: planning is idempotent, sending goes on from the outbox, tables appear whole. A second night sends nothing
/// new. Thread-safe; one organization never has two nights at a time.

#include "plugin/delivery/FilePlacing.h"
#include "plugin/delivery/Night.h"
#include "plugin/delivery/OrderDesk.h"
#include "plugin/delivery/ReadBack.h"
#include "plugin/delivery/ReflectionChecking.h"
#include "plugin/delivery/XapiFileSet.h"

namespace plugin::delivery {

struct NightSettings {
    std::optional<std::size_t> maxStatements;  ///< of a POST; default: the profile's
    std::optional<std::size_t> maxBytes;       ///< of a POST; default: the profile's
    int sessions = 4;                          ///< batches in flight per destination
    BackoffSettings backoff;
    s3::Options storage = {};  ///< of every organization's storage
    BreakerSettings breaker = {};
    std::chrono::seconds patience{120};     ///< with a destination that is silent
    std::chrono::hours oldAfter{7 * 24};    ///< records older than this go by the lane of old records
    std::chrono::seconds oldBudget{3'600};  ///< of one night for old records
    std::size_t organizationsAtOnce = 32;   ///< 1: one after another, in the caller's thread
    std::int64_t quarantineAlarm = 20;      ///< so many refused statements of a store are an alarm
    XapiFileLimits xapiFiles{};
    std::size_t keepExports = 30;  ///< exports kept per organization; older ones are removed
    ReflectionSettings reflections = {};
    ReadBackSettings readBack = {};
};

/// Counts of a whole night over its organizations, by name.
struct NightReport {
    store::RunCounts counts;
    int organizations = 0;
    std::vector<std::string> failed;  ///< "org: reason"
};

class NightlyRun {
public:
    NightlyRun(NightParts parts, NightSettings settings) : parts_(std::move(parts)), settings_(settings) {}

    /// The job's work: one organization's, or every organization's. Called once at a time (the host never runs one job
    /// twice at a time).
    NightReport run(const NightArguments& arguments, const std::string& trigger, const std::string& requestedBy,
                    const std::string& hostRun, std::stop_token stop);

    /// Between nights: what is due of these organizations is planned anew and sent, without tables. Beside `run`.
    NightReport followUp(const std::vector<std::string>& organizations, const std::string& hostRun,
                         std::stop_token stop);
    /// A person's order (its `runId` is queued) while `run` goes on; false when it doesn't.
    bool hand(const NightArguments& arguments, const std::string& requestedBy);
    bool isBusy(const std::string& organization) { return turns_.isBusy(organization); }

private:
    NightReport work(OrderDesk& desk, std::deque<NightOrder> orders, const std::string& hostRun,
                     const std::stop_token& stop);
    NightReport runOrder(const NightOrder& order, const std::string& hostRun, const std::stop_token& stop);
    void runOrganization(Night& night);
    void finishFailed(const Night& night, const std::string& message);
    void noteAlive(std::int64_t runId, bool alive);
    void interruptLost();
    void send(Night& night, const ProjectNight& project, bool onlyCancellations);
    void countStore(Night& night, const ProjectNight& project);
    void tellOfQuarantine(const ProjectNight& project, std::int64_t quarantined);
    void writeFiles(Night& night, const std::vector<ProjectNight>& projects);
    void judge(Night& night, const std::vector<ProjectNight>& projects);
    void pruneExports(const std::string& organization);

    NightParts parts_;
    NightSettings settings_;
    OrderDesk desk_;
    Turns turns_;
    std::mutex planning_;
    std::mutex aliveMutex_;
    std::set<std::int64_t> alive_;  ///< runs on record as running that do run
};

}  // namespace plugin::delivery
