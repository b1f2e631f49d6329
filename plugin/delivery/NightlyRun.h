#pragma once
/// The night: for every organization files → plan → check → outbox → send → tables → readiness, with a row of history
/// each.
///
/// One organization's failure doesn't stop the others. Everything can be cut off anywhere and begun again: planning is
/// idempotent, sending goes on from the outbox, tables appear whole. A second night sends nothing new.
/// `run` is called once at a time (the host never runs one job twice at a time).

#include "plugin/delivery/FilePlacing.h"
#include "plugin/delivery/Night.h"
#include "plugin/delivery/ReflectionChecking.h"
#include "plugin/delivery/XapiFileSet.h"

namespace plugin::delivery {

struct NightSettings {
    std::optional<std::size_t> maxStatements;  ///< of a POST; default: the profile's
    std::optional<std::size_t> maxBytes;       ///< of a POST; default: the profile's
    int sessions = 4;                          ///< batches in flight per destination
    BackoffSettings backoff;
    s3::Options storage = {};  ///< of every organization's storage
    std::chrono::seconds retryBudget{1'800};
    XapiFileLimits xapiFiles{};
    std::size_t keepExports = 30;  ///< exports kept per organization; older ones are removed
    ReflectionSettings reflections = {};
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

    NightReport run(const NightArguments& arguments, const std::string& trigger, const std::string& requestedBy,
                    const std::string& hostRun, std::stop_token stop);

private:
    void runOrganization(Night& night);
    std::vector<ProjectNight> cover(Night& night);
    ProjectNight coverProject(const Night& night, const host::sdk::Project& project,
                              const std::vector<host::sdk::Programme>& programmes);
    void addStores(const Night& night, ProjectNight& project) const;
    void addDeleted(const Night& night, ProjectNight& project);
    void send(Night& night, const ProjectNight& project, bool onlyCancellations);
    void countStore(Night& night, const ProjectNight& project);
    void writeFiles(Night& night, const std::vector<ProjectNight>& projects);
    void judge(Night& night, const std::vector<ProjectNight>& projects);
    void pruneExports(const std::string& organization);

    NightParts parts_;
    NightSettings settings_;
};

}  // namespace plugin::delivery
