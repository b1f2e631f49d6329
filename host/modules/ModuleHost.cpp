#include "host/modules/ModuleHost.h"

namespace host::modules {

ModuleHost::ModuleHost(ModulesSettings settings, sdk::Logger& log) : settings_(std::move(settings)), log_(log) {
    for (const auto& request : settings_.modules)
        modules_.push_back(std::make_unique<ModuleLifecycle>(request, log_, settings_.deadlines));
}

void ModuleHost::load() {
    ModuleLoader loader(settings_.directory);
    for (auto& module : modules_) module->load(loader);
}

std::vector<sdk::FieldError> ModuleHost::configure(
    const std::function<sdk::ModuleConfig(const std::string&)>& configOf) {
    std::vector<sdk::FieldError> all;
    for (auto& module : modules_) {
        auto errors = module->configure(configOf(module->status().name));
        all.insert(all.end(), std::make_move_iterator(errors.begin()), std::make_move_iterator(errors.end()));
    }
    return all;
}

std::vector<std::string> ModuleHost::refusalsOfRequired() const {
    std::vector<std::string> reasons;
    for (const auto& status : list())
        if (status.required && status.state == ModuleState::Refused) reasons.push_back(status.reason);
    return reasons;
}

void ModuleHost::start(HostParts& host) {
    for (auto& module : modules_) {
        module->start(host);
        // /health is open to whoever reaches it, so the reason stays in the log and in the administrator's list.
        checks_.push_back(host.health.add("module." + module->status().name, [one = module.get()] {
            const ModuleStatus status = one->status();
            const bool bad = status.state == ModuleState::Refused || status.state == ModuleState::Failed;
            return sdk::HealthStatus{!bad, toString(status.state)};
        }));
    }
}

void ModuleHost::stop() {
    for (auto it = modules_.rbegin(); it != modules_.rend(); ++it) (*it)->stop();
    checks_.clear();
}

std::vector<ModuleStatus> ModuleHost::list() const {
    std::vector<ModuleStatus> all;
    for (const auto& module : modules_) all.push_back(module->status());
    return all;
}

bool ModuleHost::isAnyStuck() const {
    return std::any_of(modules_.begin(), modules_.end(), [](const auto& m) { return m->isStuck(); });
}

}  // namespace host::modules
