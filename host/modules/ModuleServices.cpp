#include "host/modules/ModuleServices.h"

#include "host/modules/ModuleRegistrations.h"
#include "host/modules/TrackedSources.h"

namespace host::modules {

namespace {

using Shared = std::shared_ptr<ModuleRegistrations>;

class TrackedRouter : public sdk::Router {
public:
    TrackedRouter(sdk::Router& real, Shared kept) : real_(real), kept_(std::move(kept)) {}

    sdk::Registration add(sdk::Method method, const std::string& path, sdk::RouteOptions options,
                          sdk::Handler handler) override {
        return kept_->keep(real_.add(method, path, std::move(options),
                                     [kept = kept_, handler = std::move(handler)](const sdk::Request& request) {
                                         ModuleRegistrations::Running running(kept);
                                         return handler(request);
                                     }));
    }

private:
    sdk::Router& real_;
    Shared kept_;
};

class TrackedScheduler : public sdk::Scheduler {
public:
    TrackedScheduler(sdk::Scheduler& real, Shared kept, std::string prefix)
        : real_(real), kept_(std::move(kept)), prefix_(std::move(prefix)) {}

    sdk::Registration cron(const sdk::CronJob& job, sdk::Task task) override {
        sdk::CronJob own = job;
        own.name = prefix_ + job.name;
        return kept_->keep(real_.cron(own, [kept = kept_, task = std::move(task)](sdk::TaskContext& context) {
            ModuleRegistrations::Running running(kept);
            task(context);
        }));
    }

    std::string runNow(const std::string& name, const std::string& arguments, const std::string& by) override {
        return real_.runNow(prefix_ + name, arguments, by);
    }

    void background(const std::string& name, std::function<void(std::stop_token)> work) override {
        real_.background(prefix_ + name, [kept = kept_, work = std::move(work)](std::stop_token hostStop) {
            ModuleRegistrations::Running running(kept);
            // Either the host ends, or this module does.
            std::stop_source either;
            std::stop_callback byHost(hostStop, [&] { either.request_stop(); });
            std::stop_callback byModule(kept->stopToken(), [&] { either.request_stop(); });
            work(either.get_token());
        });
    }

private:
    sdk::Scheduler& real_;
    Shared kept_;
    std::string prefix_;
};

class TrackedHealth : public sdk::HealthRegistry {
public:
    TrackedHealth(sdk::HealthRegistry& real, Shared kept, std::string prefix)
        : real_(real), kept_(std::move(kept)), prefix_(std::move(prefix)) {}

    sdk::Registration add(const std::string& name, std::function<sdk::HealthStatus()> check) override {
        return kept_->keep(real_.add(prefix_ + name, [kept = kept_, check = std::move(check)] {
            ModuleRegistrations::Running running(kept);
            return check();
        }));
    }

private:
    sdk::HealthRegistry& real_;
    Shared kept_;
    std::string prefix_;
};

class TrackedPages : public sdk::Pages {
public:
    TrackedPages(sdk::Pages& real, Shared kept) : real_(real), kept_(std::move(kept)) {}
    sdk::Registration add(const sdk::Page& page) override { return kept_->keep(real_.add(page)); }

private:
    sdk::Pages& real_;
    Shared kept_;
};

class TrackedParticipation : public sdk::Participation {
public:
    TrackedParticipation(sdk::Participation& real, Shared kept) : real_(real), kept_(std::move(kept)) {}
    sdk::Registration add(const sdk::ParticipationRule& rule) override { return kept_->keep(real_.add(rule)); }

private:
    sdk::Participation& real_;
    Shared kept_;
};

class OwnedDatabase : public sdk::Database {
public:
    OwnedDatabase(HostParts& host, std::string owner) : host_(host), owner_(std::move(owner)) {}
    void read(const std::function<void(Poco::Data::Session&)>& fn) override { host_.database.read(fn); }
    void write(const std::function<void(Poco::Data::Session&)>& fn) override { host_.database.write(fn); }
    void migrate(const std::vector<sdk::Migration>& steps) override { host_.migrate(owner_, steps); }

private:
    HostParts& host_;
    std::string owner_;
};

class OwnedFiles : public sdk::Files {
public:
    OwnedFiles(HostParts& host, const std::string& owner) : host_(host), folder_(host.modulesFolder / owner) {}
    std::unique_ptr<std::istream> open(const std::string& organization, const std::string& sha256) override {
        return host_.files.open(organization, sha256);
    }
    std::filesystem::path moduleFolder() override {
        std::filesystem::create_directories(folder_);
        return folder_;
    }

private:
    HostParts& host_;
    std::filesystem::path folder_;
};

class OwnedSecrets : public sdk::Secrets {
public:
    OwnedSecrets(sdk::Secrets& real, std::string prefix) : real_(real), prefix_(std::move(prefix)) {}
    std::optional<sdk::SecretString> get(const std::string& name) override { return real_.get(prefix_ + name); }
    void put(const std::string& name, const sdk::SecretString& value) override { real_.put(prefix_ + name, value); }
    void erase(const std::string& name) override { real_.erase(prefix_ + name); }

private:
    sdk::Secrets& real_;
    std::string prefix_;
};

class OwnedMetrics : public sdk::Metrics {
public:
    OwnedMetrics(sdk::Metrics& real, std::string prefix) : real_(real), prefix_(std::move(prefix)) {}
    void add(std::string_view name, double value, const sdk::MetricLabels& labels) noexcept override {
        real_.add(prefix_ + std::string(name), value, labels);
    }
    void set(std::string_view name, double value, const sdk::MetricLabels& labels) noexcept override {
        real_.set(prefix_ + std::string(name), value, labels);
    }

private:
    sdk::Metrics& real_;
    std::string prefix_;
};

class OwnedAlarms : public sdk::Alarms {
public:
    OwnedAlarms(sdk::Alarms& real, std::string prefix) : real_(real), prefix_(std::move(prefix)) {}
    void raise(const sdk::Alarm& alarm) override {
        sdk::Alarm own = alarm;
        own.key = prefix_ + alarm.key;
        real_.raise(own);
    }
    void clear(const std::string& key) override { real_.clear(prefix_ + key); }

private:
    sdk::Alarms& real_;
    std::string prefix_;
};

/// Metric names have no hyphens.
std::string metricPrefix(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name + "_";
}

}  // namespace

struct ModuleServices::Parts {
    Parts(HostParts& h, const std::string& name)
        : host(h),
          kept(std::make_shared<ModuleRegistrations>()),
          router(h.router, kept),
          scheduler(h.scheduler, kept, name + "."),
          health(h.health, kept, name + "."),
          pages(h.pages, kept),
          participation(h.participation, kept),
          sources(h.sources, kept),
          database(h, name),
          files(h, name),
          secrets(h.secrets, name + "/"),
          metrics(h.metrics, metricPrefix(name)),
          alarms(h.alarms, name + "/"),
          logger(h.logger(name)) {}

    HostParts& host;
    Shared kept;
    TrackedRouter router;
    TrackedScheduler scheduler;
    TrackedHealth health;
    TrackedPages pages;
    TrackedParticipation participation;
    TrackedSources sources;
    OwnedDatabase database;
    OwnedFiles files;
    OwnedSecrets secrets;
    OwnedMetrics metrics;
    OwnedAlarms alarms;
    std::unique_ptr<sdk::Logger> logger;
};

ModuleServices::ModuleServices(HostParts& host, const std::string& moduleName)
    : parts_(std::make_unique<Parts>(host, moduleName)) {}
ModuleServices::~ModuleServices() = default;

bool ModuleServices::takeBack(std::chrono::steady_clock::time_point deadline) noexcept {
    return parts_->kept->takeBack(deadline);
}
std::size_t ModuleServices::registrationCount() const {
    return parts_->kept->count();
}

sdk::Router& ModuleServices::router() {
    return parts_->router;
}
sdk::Scheduler& ModuleServices::scheduler() {
    return parts_->scheduler;
}
sdk::Database& ModuleServices::database() {
    return parts_->database;
}
sdk::Records& ModuleServices::records() {
    return parts_->host.records;
}
sdk::Organizations& ModuleServices::organizations() {
    return parts_->host.organizations;
}
sdk::Files& ModuleServices::files() {
    return parts_->files;
}
sdk::Secrets& ModuleServices::secrets() {
    return parts_->secrets;
}
sdk::OutboundHttp& ModuleServices::outboundHttp() {
    return parts_->host.outboundHttp;
}
sdk::Journal& ModuleServices::journal() {
    return parts_->host.journal;
}
sdk::Logger& ModuleServices::logger() {
    return *parts_->logger;
}
sdk::Metrics& ModuleServices::metrics() {
    return parts_->metrics;
}
sdk::HealthRegistry& ModuleServices::health() {
    return parts_->health;
}
const sdk::Clock& ModuleServices::clock() {
    return parts_->host.clock;
}
const std::string& ModuleServices::installationId() {
    return parts_->host.installationId;
}
sdk::Alarms& ModuleServices::alarms() {
    return parts_->alarms;
}
sdk::Pages& ModuleServices::pages() {
    return parts_->pages;
}
sdk::Mail& ModuleServices::mail() {
    return parts_->host.mail;
}
sdk::Participation& ModuleServices::participation() {
    return parts_->participation;
}
sdk::RecordNames& ModuleServices::recordNames() {
    return parts_->host.recordNames;
}
sdk::Sources& ModuleServices::sources() {
    return parts_->sources;
}

}  // namespace host::modules
