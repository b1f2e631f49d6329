#include "host/modules/ModuleLifecycle.h"

#include <Poco/Exception.h>

#include <future>

namespace host::modules {

using SteadyClock = std::chrono::steady_clock;

const char* toString(ModuleState state) {
    switch (state) {
        case ModuleState::Discovered:
            return "discovered";
        case ModuleState::Loaded:
            return "loaded";
        case ModuleState::Configured:
            return "configured";
        case ModuleState::Started:
            return "started";
        case ModuleState::Stopping:
            return "stopping";
        case ModuleState::Stopped:
            return "stopped";
        case ModuleState::Refused:
            return "refused";
        case ModuleState::Failed:
            return "failed";
    }
    return "";
}

namespace {

/// What was thrown, in words. Call inside a catch.
std::string currentException() {
    try {
        throw;
    } catch (const Poco::Exception& e) {
        return e.displayText();
    } catch (const std::exception& e) {
        return e.what();
    } catch (...) {
        return "an exception of an unknown type";
    }
}

}  // namespace

/// One step being taken: logs how long it took against its deadline when it ends.
class ModuleLifecycle::Step {
public:
    Step(ModuleLifecycle& owner, const char* name, std::chrono::milliseconds deadline)
        : owner_(owner), name_(name), limit_(deadline) {}
    ~Step() {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begun_);
        const ModuleStatus status = owner_.status();
        const bool bad = status.state == ModuleState::Refused || status.state == ModuleState::Failed;
        sdk::LogFields fields = {{"module", status.name},
                                 {"step", name_},
                                 {"state", toString(status.state)},
                                 {"duration_ms", std::to_string(took.count())},
                                 {"deadline_ms", std::to_string(limit_.count())}};
        if (!status.reason.empty()) fields.emplace_back("reason", status.reason);
        if (bad)
            owner_.log_.error("module step failed", fields);
        else if (took > limit_)
            owner_.log_.warning("module step took longer than its deadline", fields);
        else
            owner_.log_.info("module step done", fields);
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

    SteadyClock::time_point deadline() const { return begun_ + limit_; }

private:
    ModuleLifecycle& owner_;
    const char* name_;
    std::chrono::milliseconds limit_;
    SteadyClock::time_point begun_ = SteadyClock::now();
};

ModuleLifecycle::ModuleLifecycle(ModuleRequest request, sdk::Logger& log, ModuleDeadlines deadlines)
    : request_(std::move(request)), log_(log), deadlines_(deadlines) {
    status_.name = request_.name;
    status_.file = request_.name + ".so";
    status_.required = request_.required;
}

ModuleLifecycle::~ModuleLifecycle() {
    if (stuck_) {
        // Left alive on purpose: a thread of the module may still use them; the process is about to end.
        static auto* abandoned = new std::vector<std::pair<sdk::Module*, ModuleServices*>>;
        abandoned->emplace_back(module_.release(), services_.release());
    }
}

void ModuleLifecycle::enter(ModuleState state, const std::string& reason) {
    std::lock_guard lock(mutex_);
    status_.state = state;
    status_.reason = reason;
}

ModuleStatus ModuleLifecycle::status() const {
    std::lock_guard lock(mutex_);
    return status_;
}

void ModuleLifecycle::fail(const std::string& reason) {
    enter(ModuleState::Failed, reason);
}

void ModuleLifecycle::load(ModuleLoader& loader) {
    if (status().state != ModuleState::Discovered) return;
    Step step(*this, "load", deadlines_.load);
    auto loaded = loader.load(request_.name, request_.sha256);
    const ModuleIdentity& identity = loaded ? loaded->identity : loaded.error().identity;
    {
        std::lock_guard lock(mutex_);
        status_.version = identity.version;
        if (identity.abiMajor != 0) status_.abi = fmt::format("{}.{}", identity.abiMajor, identity.abiMinor);
    }
    if (!loaded) {
        enter(ModuleState::Refused, loaded.error().reason);
        return;
    }
    module_ = std::move(loaded->object);
    enter(ModuleState::Loaded);
}

std::vector<sdk::FieldError> ModuleLifecycle::configure(const sdk::ModuleConfig& config) {
    if (status().state != ModuleState::Loaded) return {};
    Step step(*this, "configure", deadlines_.configure);
    std::vector<sdk::FieldError> errors;
    try {
        errors = module_->configure(config);
    } catch (...) {
        fail(fmt::format("Module '{}' failed in configure: {}", request_.name, currentException()));
        release(step.deadline());
        return {};
    }
    if (errors.empty()) {
        enter(ModuleState::Configured);
        return {};
    }
    enter(ModuleState::Refused,
          fmt::format("Module '{}' refused: its configuration has {} {}, the first at 'module.{}.{}': "
                      "{}; {}",
                      request_.name, errors.size(), errors.size() == 1 ? "error" : "errors", request_.name,
                      errors.front().pointer, errors.front().reason, errors.front().fix));
    for (auto& error : errors) error.pointer = "module." + request_.name + "." + error.pointer;
    return errors;
}

void ModuleLifecycle::start(HostParts& host) {
    if (status().state != ModuleState::Configured) return;
    Step step(*this, "start", deadlines_.start);
    try {
        services_ = std::make_unique<ModuleServices>(host, request_.name);
        module_->start(*services_);
        enter(ModuleState::Started);
    } catch (...) {
        fail(fmt::format("Module '{}' failed in start: {}; everything it registered was taken back", request_.name,
                         currentException()));
        release(SteadyClock::now() + deadlines_.stop);
    }
}

void ModuleLifecycle::stop() {
    if (status().state != ModuleState::Started) return;
    enter(ModuleState::Stopping);
    Step step(*this, "stop", deadlines_.stop);
    std::promise<void> promise;
    auto done = promise.get_future();
    // Detached, not joined: a module that never returns must not keep the process.
    std::thread([promise = std::move(promise), module = module_.get(), deadline = step.deadline()]() mutable {
        module->stop(deadline);
        promise.set_value();
    }).detach();
    if (done.wait_until(step.deadline()) != std::future_status::ready) {
        stuck_ = true;
        fail(fmt::format("Module '{}' failed in stop: it did not return within {} ms; the process ends without it",
                         request_.name, deadlines_.stop.count()));
        services_->takeBack(SteadyClock::now());
        return;
    }
    release(step.deadline());
    if (!stuck_) enter(ModuleState::Stopped);
}

void ModuleLifecycle::release(SteadyClock::time_point deadline) {
    if (services_ && !services_->takeBack(deadline)) {
        stuck_ = true;
        const ModuleStatus now = status();
        fail((now.reason.empty() ? fmt::format("Module '{}' failed in stop", request_.name) : now.reason) +
             "; a task of it still runs");
        return;
    }
    // Destroying is the module's code too.
    try {
        module_.reset();
    } catch (...) {
        fail(fmt::format("Module '{}' failed in its destructor: {}", request_.name, currentException()));
    }
}

}  // namespace host::modules
