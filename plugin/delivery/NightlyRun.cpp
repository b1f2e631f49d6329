#include "plugin/delivery/NightlyRun.h"

#include "plugin/delivery/ProjectCover.h"
#include "plugin/delivery/ReadinessReport.h"
#include "plugin/delivery/StatementPlanning.h"
#include "plugin/delivery/StoreAlarms.h"
#include "plugin/delivery/TableWriting.h"
#include "plugin/delivery/XapiFiles.h"

#include <fmt/format.h>

namespace plugin::delivery {

using footprint::Contour;

NightReport NightlyRun::run(const NightArguments& arguments, const std::string& trigger, const std::string& requestedBy,
                            const std::string& hostRun, std::stop_token stop) {
    if (!arguments.organization.empty() && !parts_.organizations.find(arguments.organization))
        throw host::sdk::AppError::notFound("There is no organization '" + arguments.organization + "'.");
    std::deque<NightOrder> orders;
    for (const auto& organization : parts_.organizations.all())
        if (arguments.organization.empty() || organization.id == arguments.organization)
            orders.push_back({organization.id, arguments, trigger, requestedBy, false});
    return work(desk_, std::move(orders), hostRun, stop);
}

NightReport NightlyRun::followUp(const std::vector<std::string>& organizations, const std::string& hostRun,
                                 std::stop_token stop) {
    std::deque<NightOrder> orders;
    NightArguments statements;
    statements.tables = false;
    for (const auto& organization : organizations) orders.push_back({organization, statements, "follow-up", "", false});
    OrderDesk desk;
    return work(desk, std::move(orders), hostRun, stop);
}

bool NightlyRun::hand(const NightArguments& arguments, const std::string& requestedBy) {
    return desk_.hand({arguments.organization, arguments, "manual", requestedBy, false});
}

NightReport NightlyRun::work(OrderDesk& desk, std::deque<NightOrder> orders, const std::string& hostRun,
                             const std::stop_token& stop) {
    NightReport report;
    std::mutex reporting;
    interruptLost();
    desk.work(std::move(orders), settings_.organizationsAtOnce, [&](const NightOrder& order, bool mayWait) {
        if (!mayWait && turns_.isBusy(order.organization)) return false;
        const bool entered = turns_.enter(order.organization, stop);
        NightReport one;
        try {
            if (entered)
                one = runOrder(order, hostRun, stop);
            else if (order.arguments.runId != 0)
                parts_.runs.finish(order.arguments.runId, "stopped", {}, "The server ended before the run began.");
        } catch (const std::exception& error) {
            parts_.logger.error("A night ended without a word on record",
                                {{"organization", order.organization}, {"err", error.what()}});
            one.failed.push_back(order.organization + ": the run could not be put on record; the log says why");
        }
        if (entered) turns_.leave(order.organization);
        std::lock_guard lock(reporting);
        report.organizations += one.organizations;
        for (const auto& [name, value] : one.counts) report.counts[name] += value;
        for (auto& failure : one.failed) report.failed.push_back(std::move(failure));
        return true;
    });
    return report;
}

NightReport NightlyRun::runOrder(const NightOrder& order, const std::string& hostRun, const std::stop_token& stop) {
    NightReport report;
    const auto organization = parts_.organizations.find(order.organization);
    if (!organization || (stop.stop_requested() && order.arguments.runId == 0)) return report;
    const auto oldAfter = std::chrono::duration_cast<std::chrono::microseconds>(settings_.oldAfter).count();
    Night night{*organization,
                order.arguments,
                order.arguments.runId,
                order.trigger,
                parts_.clock.now() - oldAfter,
                stop,
                {},
                {}};
    try {
        if (night.runId == 0) {
            // An organization without programmes has no night to tell of.
            if (parts_.records.programmes(organization->id, "").empty() &&
                parts_.integrations.active(organization->id).empty())
                return report;
            night.runId =
                parts_.runs.queue(organization->id, order.trigger, order.requestedBy, order.arguments.toRequest());
        }
        report.organizations = 1;
        noteAlive(night.runId, true);
        parts_.runs.start(night.runId, hostRun);
        runOrganization(night);
    } catch (const std::exception& error) {
        // What the run keeps for people names no path, SQL or secret: only our own errors are shown as they are.
        const auto* known = dynamic_cast<const host::sdk::AppError*>(&error);
        std::string message = known ? known->what() : "An unexpected error; the server's log says which.";
        parts_.logger.error(
            "A night failed",
            {{"organization", organization->id}, {"run", std::to_string(night.runId)}, {"err", error.what()}});
        report.failed.push_back(organization->id + ": " + message);
        if (night.runId != 0) finishFailed(night, message);
    }
    noteAlive(night.runId, false);
    report.counts = night.counts;
    return report;
}

namespace {

/// Has this night planned under the origin, so that its list replaces the earlier one? A night that sends replaces the
/// list of statements even when no project sends any more.
bool plannedAs(std::string_view origin, const NightArguments& a, const std::vector<ProjectNight>& projects) {
    if (a.statements) return origin == "statements";
    return a.xapiFiles && std::any_of(projects.begin(), projects.end(), [&](const ProjectNight& project) {
               return project.planned() && origin == statementsOrigin(project);
           });
}

/// The desk is left to others meanwhile.
class Away {
public:
    explicit Away(std::unique_lock<std::mutex>& desk) : desk_(desk) { desk_.unlock(); }
    ~Away() { desk_.lock(); }
    Away(const Away&) = delete;
    Away& operator=(const Away&) = delete;

private:
    std::unique_lock<std::mutex>& desk_;
};

}  // namespace

/// On a full disk this can't be written either: then the run is told as interrupted as soon as something can.
void NightlyRun::finishFailed(const Night& night, const std::string& message) {
    try {
        parts_.runs.dropUnsendable(night.runId);
        parts_.runs.finish(night.runId, "failed", night.counts, message, night.byProject);
    } catch (const std::exception& error) {
        parts_.logger.error("The end of a failed night could not be put on record",
                            {{"run", std::to_string(night.runId)}, {"err", error.what()}});
    }
}

void NightlyRun::noteAlive(std::int64_t runId, bool alive) {
    if (runId == 0) return;
    std::lock_guard lock(aliveMutex_);
    alive ? void(alive_.insert(runId)) : void(alive_.erase(runId));
}

void NightlyRun::interruptLost() {
    std::lock_guard lock(aliveMutex_);  // no run begins between the look and the write
    if (parts_.runs.interruptAllBut(alive_) > 0)
        parts_.logger.warning("Runs whose end could not be put on record are told as interrupted", {});
}

void NightlyRun::runOrganization(Night& night) {
    const auto& a = night.arguments;
    // What works on the database and the processor is done by one organization at a time; what waits for other
    // servers is not waited for by anybody else.
    std::unique_lock desk(planning_);
    auto projects = coverProjects(parts_, night, settings_.storage);

    if (a.statements) {
        parts_.runs.progress(night.runId, "files", night.counts);
        Away away(desk);
        for (const auto& project : projects) {
            night.workOn(project);
            if (project.storage && !night.stopped())
                placeFiles(parts_, night, project, {.backoff = settings_.backoff, .sessions = 3, .uploader = {}});
        }
    }
    if (a.statements && !a.dryRun)
        for (const auto& project : projects) {
            night.workOn(project);
            if (project.destination && !night.stopped() && planCancellations(parts_, night, project) > 0) {
                Away away(desk);
                send(night, project, true);
            }
        }

    parts_.runs.progress(night.runId, "plan", night.counts);
    if (a.statements || a.xapiFiles)
        for (const auto& project : projects) {
            if (night.stopped()) break;
            night.workOn(project);
            // Before an integration is active too: a text takes a learner's time to mend.
            footprint::ReflectionVerdictLookup verdicts;
            if (parts_.reflections != nullptr && !project.flows.empty())
                verdicts = checkReflections(parts_, *parts_.reflections, settings_.reflections, night, project);
            if (!project.planned() || night.stopped()) continue;
            shareKnown(parts_, night, project);
            planStatements(parts_, night, project, verdicts);
        }
    parts_.at("planned");

    if (a.statements && !a.dryRun) {
        for (const auto& project : projects)
            if (project.destination && !night.stopped()) {
                night.workOn(project);
                parts_.runs.progress(night.runId, "send", night.counts);
                parts_.runs.expect(night.runId, parts_.outbox.ahead(project.destination->storeId));
                {
                    Away away(desk);
                    send(night, project, false);
                }
                listStuck(parts_, night, project);
                Away away(desk);
                confirmDelivered(parts_, night, project, settings_.readBack);
            }
    }

    if ((a.tables || a.xapiFiles) && !a.dryRun && !night.stopped()) writeFiles(night, projects);
    for (const auto& project : projects)
        if (project.destination && a.statements && !a.dryRun) countStore(night, project);

    if (night.stopped()) {
        // A list that was cut short would hide what the earlier one still names.
        parts_.runs.dropUnsendable(night.runId);
        parts_.runs.finish(night.runId, "stopped", night.counts, "The run was asked to end; the next one goes on.",
                           night.byProject);
        return;
    }
    if (!a.dryRun) {
        store::UnsendableCover coverage;
        if (a.contour == Contour::Production)
            for (const auto* origin : {"statements", "xapi-files"})
                if (plannedAs(origin, a, projects)) coverage.origins.push_back(origin);
        if (a.tables) coverage.origins.push_back(tablesOrigin(a));
        coverage.flowId = a.flowId;
        parts_.runs.replaceUnsendable(night.organization.id, night.runId, coverage);
        if (a.contour == Contour::Production) judge(night, projects);
    }
    std::string message;
    for (const auto& reason : night.reasons) message += (message.empty() ? "" : "; ") + reason;
    const char* state = night.reasons.empty() ? "done" : "incomplete";
    parts_.runs.finish(night.runId, state, night.counts, message, night.byProject);
    host::sdk::LogFields fields = {{"organization", night.organization.id},
                                   {"run", std::to_string(night.runId)},
                                   {"state", state},
                                   {"queued", std::to_string(night.counts["queued"])},
                                   {"delivered", std::to_string(night.counts["delivered"])},
                                   {"tableRows", std::to_string(night.counts["tableRows"])},
                                   {"unsendable", std::to_string(night.counts["unsendable"])}};
    if (night.reasons.empty()) return parts_.logger.info("A night ended", fields);
    fields.emplace_back("why", message);
    parts_.logger.warning("A night ended and not everything went", fields);
}

void NightlyRun::writeFiles(Night& night, const std::vector<ProjectNight>& projects) {
    const auto& a = night.arguments;
    parts_.runs.progress(night.runId, a.tables ? "tables" : "files", night.counts);
    int files = 0;
    std::int64_t rows = 0;
    for (const auto& project : projects) {
        night.workOn(project);
        if (a.tables && !project.flows.empty()) {
            auto written = writeTables(parts_, night, project);
            files += written.files;
            rows += written.rows;
        }
        if (a.xapiFiles && project.planned()) {
            auto written = writeXapiFiles(parts_, night, project, limitsOf(a, settings_.xapiFiles));
            files += written.files;
            rows += written.statements;
        }
    }
    if (night.stopped()) return;
    parts_.runs.addExport(night.organization.id, {night.runId, parts_.clock.now(),
                                                  a.contour == Contour::Test ? "test" : "production", files, rows});
    pruneExports(night.organization.id);
}

void NightlyRun::send(Night& night, const ProjectNight& project, bool onlyCancellations) {
    const auto& destination = *project.destination;
    parts_.at("before-send");
    auto client = clientOf(parts_.http, destination);
    SenderSettings settings;
    settings.maxStatements =
        settings_.maxStatements.value_or(static_cast<std::size_t>(project.profile->limits.statements));
    settings.maxBytes = settings_.maxBytes.value_or(static_cast<std::size_t>(project.profile->limits.bytes));
    settings.sessions = settings_.sessions;
    settings.onlyCancellations = onlyCancellations;
    settings.probeAnyway = night.trigger == "manual";
    settings.backoff = settings_.backoff;
    settings.breaker = settings_.breaker;
    settings.patience = settings_.patience;
    settings.oldBudget = settings_.oldBudget;
    // The job between nights looks after every organization: none may keep it for an hour.
    if (night.trigger == "follow-up") settings.oldBudget = std::min(settings.oldBudget, std::chrono::seconds(300));
    settings.seed = static_cast<std::uint64_t>(parts_.clock.now());
    Sender sender({parts_.outbox, parts_.destinations, parts_.alarms, client, parts_.clock, parts_.waiter,
                   parts_.logger, parts_.metrics,
                   [&] {
                       return parts_.integrations.isStillActive(destination.organization, destination.project,
                                                                destination.storeId);
                   },
                   parts_.crashPoint, [&](std::int64_t answered) { parts_.runs.advance(night.runId, answered); },
                   project.project.title},
                  {destination.storeId, destination.organization, destination.project}, settings);
    auto report = sender.run(night.runId, night.stop);
    night.count("posts", report.posts);
    night.count("delivered", report.accepted);
    night.count("refused", report.refused);
    if (report.recovered > 0) night.count("recovered", report.recovered);
    if (!report.reason.empty()) night.reasons.push_back(project.project.id + ": " + report.reason);
    if (report.aside > 0) {
        night.count("putAside", report.aside);
        night.reasons.push_back(
            fmt::format("{}: the LRS fails on {} statements and answers otherwise; they are in doubt "
                        "and asked about again in some hours",
                        project.project.id, report.aside));
    }
    if (report.oldLeft)
        night.reasons.push_back(project.project.id + ": old records are still on their way; the follow-up sends them");
}

void NightlyRun::countStore(Night& night, const ProjectNight& project) {
    night.workOn(project);
    auto counts = parts_.outbox.counts(project.destination->storeId);
    if (const auto sent = night.byProject[project.project.id]["delivered"]; sent > 0)
        night.count("confirmedOfSent", parts_.outbox.confirmedOf(project.destination->storeId, night.runId));
    const auto ready = counts.waiting + counts.inDoubt - counts.blocked;
    const auto told = [&](const std::string& reason) { return reason.rfind(project.project.id + ":", 0) == 0; };
    if (ready > 0 && std::none_of(night.reasons.begin(), night.reasons.end(), told))
        night.reasons.push_back(
            fmt::format("{}: {} statements wait for their time; the follow-up sends them", project.project.id, ready));
    night.count("waiting", counts.waiting);
    night.count("inDoubt", counts.inDoubt);
    night.count("blocked", counts.blocked);
    night.count("quarantined", counts.quarantined);
    if (counts.discarded > 0) night.count("discarded", counts.discarded);
    const host::sdk::MetricLabels labels = {{"organization", night.organization.id}, {"project", project.project.id}};
    parts_.metrics.set("outbox_waiting", static_cast<double>(counts.waiting), labels);
    parts_.metrics.set("outbox_in_doubt", static_cast<double>(counts.inDoubt), labels);
    parts_.metrics.set("outbox_quarantined", static_cast<double>(counts.quarantined), labels);
    tellOfQuarantine(project, counts.quarantined);
}

void NightlyRun::tellOfQuarantine(const ProjectNight& project, std::int64_t quarantined) {
    const auto key = kQuarantineAlarm + project.destination->storeId;
    if (quarantined < settings_.quarantineAlarm) return parts_.alarms.clear(key);
    host::sdk::Alarm alarm;
    alarm.key = key;
    alarm.organization = project.destination->organization;
    alarm.code = "quarantine-large";
    alarm.title = fmt::format("Проект {}: много отказов LRS", projectNamed(project.project.id, project.project.title));
    alarm.detail = fmt::format("В карантине стейтментов: {}; порог: {}.", quarantined, settings_.quarantineAlarm);
    alarm.fix = "Откройте карантин: у каждого отказа названа причина; исправленное в источнике уйдёт следующей ночью.";
    parts_.alarms.raise(alarm);
}

/// Everything is told by now: what goes wrong here is a reason of the night, and takes nothing back.
void NightlyRun::judge(Night& night, const std::vector<ProjectNight>& projects) {
    parts_.runs.progress(night.runId, "readiness", night.counts);
    try {
        std::vector<host::sdk::RecordId> kept;
        for (const auto& project : projects) {
            night.workOn(project);
            judgeReadiness(parts_, night, project, kept);
        }
        if (night.arguments.flowId == 0) parts_.readiness.keepOnly(night.organization.id, kept);
        if (night.stopped())
            night.reasons.push_back("the run was asked to end, so the readiness of some flows is an earlier night's");
    } catch (const std::exception& error) {
        parts_.logger.error(
            "Readiness could not be told",
            {{"organization", night.organization.id}, {"run", std::to_string(night.runId)}, {"err", error.what()}});
        night.reasons.push_back("readiness could not be told; the server's log says why");
    }
}

void NightlyRun::pruneExports(const std::string& organization) {
    // Whatever isn't on the list goes: older exports, and folders a run left that was cut off.
    parts_.runs.dropOldExports(organization, settings_.keepExports);
    store::XapiFileStore(parts_.database, parts_.clock).forgetDropped(organization);
    std::set<std::string> kept;
    for (const auto& row : parts_.runs.exports(organization, 0, settings_.keepExports))
        kept.insert(std::to_string(row.runId));
    std::error_code failed;
    for (const auto& folder : std::filesystem::directory_iterator(parts_.exportsFolder / organization, failed)) {
        if (kept.count(folder.path().filename().string()) != 0) continue;
        std::error_code removal;
        std::filesystem::remove_all(folder.path(), removal);
        if (removal)
            parts_.logger.warning("An old export could not be removed",
                                  {{"run", folder.path().filename().string()}, {"err", removal.message()}});
    }
}

}  // namespace plugin::delivery
