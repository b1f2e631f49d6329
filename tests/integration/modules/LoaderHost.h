#pragma once
/// A host for a module's lifecycle: router, scheduler and health keep what is registered; the other services are not
/// reached by these modules and refuse.

#include "host/modules/ModuleServices.h"

#include <map>
#include <memory>
#include <string>

namespace tests {

namespace sdk = host::sdk;

[[noreturn]] inline void notHere() {
    throw std::logic_error("this service is not part of the test");
}

class RecordingRouter : public sdk::Router {
public:
    sdk::Registration add(sdk::Method, const std::string& path, sdk::RouteOptions, sdk::Handler handler) override {
        routes.emplace(path, std::move(handler));
        return sdk::Registration([this, path] { routes.erase(path); });
    }
    std::map<std::string, sdk::Handler> routes;
};

class RecordingScheduler : public sdk::Scheduler {
public:
    sdk::Registration cron(const sdk::CronJob& job, sdk::Task task) override {
        jobs.emplace(job.name, std::move(task));
        return sdk::Registration([this, name = job.name] { jobs.erase(name); });
    }
    std::string runNow(const std::string&, const std::string&, const std::string&) override { notHere(); }
    void background(const std::string&, std::function<void(std::stop_token)>) override { notHere(); }
    std::map<std::string, sdk::Task> jobs;
};

class RecordingHealth : public sdk::HealthRegistry {
public:
    sdk::Registration add(const std::string& name, std::function<sdk::HealthStatus()> check) override {
        checks.emplace(name, std::move(check));
        return sdk::Registration([this, name] { checks.erase(name); });
    }
    std::map<std::string, std::function<sdk::HealthStatus()>> checks;
};

class RecordingLogger : public sdk::Logger {
public:
    struct Line {
        sdk::LogLevel level;
        std::string message;
        std::map<std::string, std::string> fields;
    };
    void log(sdk::LogLevel level, std::string_view message, const sdk::LogFields& fields) noexcept override {
        lines.push_back({level, std::string(message), {fields.begin(), fields.end()}});
    }
    std::vector<Line> lines;
};

struct AbsentDatabase : sdk::Database {
    void read(const std::function<void(Poco::Data::Session&)>&) override { notHere(); }
    void write(const std::function<void(Poco::Data::Session&)>&) override { notHere(); }
    void migrate(const std::vector<sdk::Migration>&) override { notHere(); }
};

struct AbsentRecords : sdk::Records {
    using Id = sdk::RecordId;
    using Text = std::string;
    std::vector<sdk::Programme> programmes(const Text&, const Text&) override { notHere(); }
    std::vector<sdk::Flow> flows(const Text&, Id) override { notHere(); }
    std::optional<sdk::FlowStructure> structure(const Text&, Id) override { notHere(); }
    std::vector<sdk::Learner> learners(const Text&, Id) override { notHere(); }
    std::vector<sdk::Enrollment> enrollments(const Text&, Id) override { notHere(); }
    std::optional<sdk::Learner> learner(const Text&, Id) override { notHere(); }
    void results(const Text&, Id, Id, const std::function<bool(std::span<const sdk::Result>)>&) override { notHere(); }
    void views(const Text&, Id, Id, const std::function<bool(std::span<const sdk::View>)>&) override { notHere(); }
    void openings(const Text&, Id, Id, const std::function<bool(std::span<const sdk::Opening>)>&) override {
        notHere();
    }
    void reflections(const Text&, Id, Id, const std::function<bool(std::span<const sdk::Reflection>)>&) override {
        notHere();
    }
    std::vector<sdk::File> files(const Text&, const std::vector<Id>&) override { notHere(); }
    std::vector<sdk::UntiIdOutcome> assignUntiIds(const Text&, std::span<const sdk::UntiIdAssignment>,
                                                  const Text&) override {
        notHere();
    }
    std::vector<sdk::AssignedUntiId> assignedUntiIds(const Text&) override { notHere(); }
    std::vector<sdk::ConfirmOutcome> confirm(const Text&, std::span<const sdk::Confirmation>, const Text&) override {
        notHere();
    }
    std::vector<sdk::ConfirmedValue> confirmed(const Text&) override { notHere(); }
};

struct AbsentOrganizations : sdk::Organizations {
    std::vector<sdk::Organization> all() override { notHere(); }
    std::optional<sdk::Organization> find(const std::string&) override { notHere(); }
    std::vector<sdk::Project> projects() override { notHere(); }
    std::optional<sdk::Project> project(const std::string&) override { notHere(); }
};

struct AbsentFiles : sdk::Files {
    std::unique_ptr<std::istream> open(const std::string&, const std::string&) override { notHere(); }
    std::filesystem::path moduleFolder() override { notHere(); }
};

struct AbsentSecrets : sdk::Secrets {
    std::optional<sdk::SecretString> get(const std::string&) override { notHere(); }
    void put(const std::string&, const sdk::SecretString&) override { notHere(); }
    void erase(const std::string&) override { notHere(); }
};

struct AbsentOutbound : sdk::OutboundHttp {
    sdk::OutboundResponse send(const sdk::OutboundRequest&) override { notHere(); }
};

struct AbsentJournal : sdk::Journal {
    void append(const sdk::JournalEntry&) override { notHere(); }
};

struct AbsentAlarms : sdk::Alarms {
    void raise(const sdk::Alarm&) override { notHere(); }
    void clear(const std::string&) override { notHere(); }
};

struct AbsentMail : sdk::Mail {
    std::string whyNot(const std::string&, const std::string&) override { notHere(); }
    sdk::SentLetter send(const sdk::Letter&) override { notHere(); }
};

struct AbsentParticipation : sdk::Participation {
    sdk::Registration add(const sdk::ParticipationRule&) override { notHere(); }
};

struct AbsentRecordNames : sdk::RecordNames {
    std::vector<sdk::RecordNamesOf> names(const std::string&, std::span<const sdk::RecordMention>) override {
        notHere();
    }
    std::vector<sdk::RecordId> learnersLike(const std::string&, const std::string&, sdk::RecordId,
                                            std::size_t) override {
        notHere();
    }
};

class RecordingSources : public sdk::Sources {
public:
    sdk::Registration add(std::shared_ptr<sdk::SourceKind> kind) override {
        const auto name = kind->describe().name;
        kinds.emplace(name, std::move(kind));
        return sdk::Registration([this, name] { kinds.erase(name); });
    }
    std::map<std::string, std::shared_ptr<sdk::SourceKind>> kinds;
};

class RecordingPages : public sdk::Pages {
public:
    sdk::Registration add(const sdk::Page& page) override {
        pages.emplace(page.id, page);
        return sdk::Registration([this, id = page.id] { pages.erase(id); });
    }
    std::map<std::string, sdk::Page> pages;
};

struct SilentMetrics : sdk::Metrics {
    void add(std::string_view, double, const sdk::MetricLabels&) noexcept override {}
    void set(std::string_view, double, const sdk::MetricLabels&) noexcept override {}
};

struct StoppedClock : sdk::Clock {
    sdk::Micros now() const override { return 0; }
    std::chrono::steady_clock::time_point steadyNow() const override { return {}; }
};

struct LoaderHost {
    RecordingRouter router;
    RecordingScheduler scheduler;
    RecordingHealth health;
    RecordingLogger log;
    AbsentDatabase database;
    AbsentRecords records;
    AbsentOrganizations organizations;
    AbsentFiles files;
    AbsentSecrets secrets;
    AbsentOutbound outbound;
    AbsentJournal journal;
    AbsentAlarms alarms;
    RecordingPages pages;
    AbsentMail mail;
    AbsentParticipation participation;
    AbsentRecordNames recordNames;
    RecordingSources sources;
    SilentMetrics metrics;
    StoppedClock clock;
    host::modules::HostParts parts{router,
                                   scheduler,
                                   database,
                                   records,
                                   organizations,
                                   files,
                                   secrets,
                                   outbound,
                                   journal,
                                   metrics,
                                   health,
                                   alarms,
                                   pages,
                                   mail,
                                   participation,
                                   recordNames,
                                   sources,
                                   clock,
                                   "00000000-0000-4000-8000-000000000001",
                                   {},
                                   [](const std::string&, const std::vector<sdk::Migration>&) {},
                                   [](const std::string&) { return std::make_unique<RecordingLogger>(); }};
};

}  // namespace tests
