#include "common/Json.h"
#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"
#include "host/ctl/Direct.h"

#include <csignal>
#include <thread>

namespace host::ctl {

namespace {

const std::vector<Column> kRunColumns = {{"RUN", "id"},         {"STATE", "state"},       {"TRIGGER", "trigger"},
                                         {"BY", "requestedBy"}, {"STARTED", "startedAt"}, {"FINISHED", "finishedAt"},
                                         {"COUNTS", "counts"},  {"MESSAGE", "message"}};

int listModules(Context& context, const Arguments&) {
    context.print(context.rest().all("/api/v1/modules"), {{"MODULE", "name"},
                                                          {"VERSION", "version"},
                                                          {"STATE", "state"},
                                                          {"ABI", "abi"},
                                                          {"FILE", "file"},
                                                          {"REASON", "reason"}});
    return kOk;
}

int listJobs(Context& context, const Arguments&) {
    auto jobs = context.rest().all("/api/v1/jobs");
    if (!context.wantsJson()) {
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            auto job = jobs.getObject(static_cast<unsigned>(i));
            auto latest = job->isNull("latestRun") ? nullptr : job->getObject("latestRun");
            job->set("latest", latest ? shown(latest->get("state")) + " " + shown(latest->get("startedAt")) : "-");
        }
    }
    context.print(jobs, {{"JOB", "name"},
                         {"TITLE", "title"},
                         {"SCHEDULE", "schedule"},
                         {"ZONE", "timeZone"},
                         {"NEXT", "nextAt"},
                         {"LATEST RUN", "latest"}});
    return kOk;
}

int listRuns(Context& context, const Arguments& arguments) {
    const std::string path = "/api/v1/jobs/" + RestClient::segment(arguments.words[0]) + "/runs";
    context.print(context.rest().all(path), kRunColumns);
    return kOk;
}

/// Shows the counts as they grow; one line a change.
int follow(Context& context, const std::string& path) {
    std::string last;
    for (;;) {
        auto run = context.rest().get(path).object();
        const std::string state = run->optValue<std::string>("state", "");
        const std::string line = fmt::format("{}  {}", state, shown(run->get("counts")));
        if (line != last && !context.wantsJson()) std::cout << line << std::endl;
        last = line;
        if (state != "running") {
            if (context.wantsJson()) context.print(*run);
            if (state == "succeeded") return kOk;
            std::cerr << "lmsctl: the run " << state << ": " << shown(run->get("message")) << std::endl;
            return kRefused;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
}

int runJob(Context& context, const Arguments& arguments) {
    common::JsonWriter body;
    body.object();
    if (auto given = arguments.value("arguments")) body.rawMember("arguments", *given);
    body.end();
    const std::string job = RestClient::segment(arguments.words[0]);
    auto answer = context.rest().post("/api/v1/jobs/" + job + "/runs", body.take());
    if (arguments.has("no-wait")) {
        context.print(*answer.object());
        return kOk;
    }
    return follow(context, answer.location);
}

}  // namespace

std::vector<Command> serverCommands() {
    return {
        {{"modules", "list"}, {}, "The modules, their states and why a module is not loaded", {}, listModules},
        {{"jobs", "list"}, {}, "The scheduled jobs and when they run next", {}, listJobs},
        {{"jobs", "run"},
         {"JOB"},
         "Runs a job now and waits for its end",
         {{"arguments", "JSON", "a JSON object for the job"}, {"no-wait", "", "only start it"}},
         runJob},
        {{"jobs", "runs"}, {"JOB"}, "The history of a job's runs", {}, listRuns},
        {{"database", "migrate"},
         {},
         "Brings the host's tables up to this version, while lmsd does not run",
         {kDirectOption, kConfigOption},
         migrateDatabase},
    };
}

}  // namespace host::ctl
