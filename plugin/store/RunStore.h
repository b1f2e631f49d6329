#pragma once
/// Nights and what they could not send: one row per organization and run, and the current list of unsendable records.
///
/// The list is written while a run goes on and shown once it ends: rows of a running run are hidden, those of earlier
/// runs are replaced at its end, as far as the run covered them. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "plugin/footprint/Footprint.h"
#include "plugin/store/RunMeasures.h"
#include "plugin/store/Search.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace plugin::store {

/// A run's counts by name: "planned", "delivered", "unsendable.no-mark", …
using RunCounts = std::map<std::string, std::int64_t>;

struct RunRow {
    std::int64_t id = 0;
    std::string organization;
    std::string startedBy;  ///< "schedule" or "manual"
    std::string requestedBy;
    std::string hostRun;    ///< id in the host's history of jobs
    std::string arguments;  ///< JSON
    std::string state;      ///< "queued", "running", "done", "incomplete", "failed", "stopped", "interrupted"
    std::string step;       ///< what it is at: "files", "plan", "send", "confirm", "tables", "readiness"
    host::sdk::Micros createdAt = 0;
    std::optional<host::sdk::Micros> startedAt;
    std::optional<host::sdk::Micros> finishedAt;
    RunCounts counts;
    std::string message;
    std::map<std::string, RunCounts> projects;  ///< the same counts by project, once it has ended
    std::optional<RunMeasure> measure;          ///< of the step, while it runs and where the step has one
};

struct UnsendableRow {
    std::int64_t id = 0;
    std::int64_t runId = 0;
    std::string origin;  ///< "statements", "tables" or "test-tables" (of the test contour)
    std::string project;
    footprint::Unsendable why;
};

struct UnsendableFilter {
    std::string organization;
    std::string project;
    std::string code;
    std::string kind;
    std::string origin;  ///< empty: all but "test-tables"
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
    Search search = {};  ///< of learners, and of ids that the reason names
};

/// Which of the earlier rows a run replaces.
struct UnsendableCover {
    std::vector<std::string> origins;
    host::sdk::RecordId flowId = 0;  ///< 0: all flows
};

struct ExportRow {
    std::int64_t runId = 0;
    host::sdk::Micros createdAt = 0;
    std::string contour;
    int files = 0;
    std::int64_t rows = 0;
};

class RunStore {
public:
    RunStore(host::sdk::Database& database, const host::sdk::Clock& clock)
        : database_(database), clock_(clock), measures_(clock) {}

    /// Called after each change of a run, from the thread that made it; 0: of any. Set before there is one.
    void onChange(std::function<void(std::int64_t runId)> told) { told_ = std::move(told); }

    /// A new row in state "queued".
    std::int64_t queue(const std::string& organization, const std::string& startedBy, const std::string& requestedBy,
                       const std::string& arguments, const std::string& idempotencyKey = "");
    std::optional<RunRow> findByKey(const std::string& organization, const std::string& idempotencyKey);
    /// Forgets a run that could not be started.
    void dropQueued(std::int64_t id);
    void start(std::int64_t id, const std::string& hostRun);
    void progress(std::int64_t id, const std::string& step, const RunCounts& counts);
    /// The step has so much to do from here on, and so much more of it is done. Not on record.
    void expect(std::int64_t id, std::int64_t total);
    void advance(std::int64_t id, std::int64_t done = 1);
    void finish(std::int64_t id, const std::string& state, const RunCounts& counts, const std::string& message,
                const std::map<std::string, RunCounts>& projects = {});

    /// Runs that an earlier process left: they become "interrupted", their hidden rows go. Called at the start.
    std::int64_t interruptLeftOver();
    /// Runs on record as running that none of `alive` is: their end could not be written.
    std::int64_t interruptAllBut(const std::set<std::int64_t>& alive);

    std::optional<RunRow> find(const std::string& organization, std::int64_t id);
    /// Newest first; `before` 0 from the start.
    std::vector<RunRow> list(const std::string& organization, std::int64_t before, std::size_t limit);
    /// When the last complete run of any organization ended, for the health check.
    std::optional<host::sdk::Micros> lastFinished();

    void addUnsendable(const std::string& organization, std::int64_t runId, const std::string& origin,
                       const std::string& project, const std::vector<footprint::Unsendable>& rows);
    /// Takes back what earlier runs wrote of what this run has covered; called at its end.
    void replaceUnsendable(const std::string& organization, std::int64_t runId, const UnsendableCover& cover);
    /// Takes back what a run that failed has written.
    void dropUnsendable(std::int64_t runId);

    /// In order of id, from `after` on.
    std::vector<UnsendableRow> unsendable(const UnsendableFilter& filter, std::int64_t after, std::size_t limit);
    /// Code → records, of what `unsendable` shows.
    std::map<std::string, std::int64_t> unsendableByCode(const UnsendableFilter& filter);
    /// Code → different learners; 0 where it is about parts of programmes only.
    std::map<std::string, std::int64_t> unsendableLearners(const UnsendableFilter& filter);

    void addExport(const std::string& organization, const ExportRow& row);
    std::vector<ExportRow> exports(const std::string& organization, std::int64_t before, std::size_t limit);
    std::optional<ExportRow> findExport(const std::string& organization, std::int64_t runId);
    /// Forgets all but the newest `keep`; their files are the caller's to remove.
    void dropOldExports(const std::string& organization, std::size_t keep);

private:
    std::map<std::string, std::int64_t> countedByCode(const UnsendableFilter& filter, const char* what);
    std::int64_t interrupt(const std::string& which, const std::string& message);

    void tell(std::int64_t id) const {
        if (told_) told_(id);
    }
    void addMeasures(std::vector<RunRow>& rows) const;

    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
    RunMeasures measures_;
    std::function<void(std::int64_t)> told_;
};

}  // namespace plugin::store
