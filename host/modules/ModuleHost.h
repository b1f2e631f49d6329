#pragma once
/// All modules of the host: discovers and loads what the configuration lists, configures every one before any starts,
/// starts in the listed order and stops in the reverse order. Steps are called from one thread; `list` from any.

#include "host/modules/ModuleLifecycle.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace host::modules {

struct ModulesSettings {
    std::filesystem::path directory;
    std::vector<ModuleRequest> modules;
    ModuleDeadlines deadlines;
};

class ModuleHost {
public:
    ModuleHost(ModulesSettings settings, sdk::Logger& log);

    /// Loads every module; refusals are kept in its status.
    void load();

    /// Configures what is loaded. `configOf(name)` gives the keys under "module.NAME.".
    /// \returns every error of every module, pointers being whole keys.
    std::vector<sdk::FieldError> configure(const std::function<sdk::ModuleConfig(const std::string&)>& configOf);

    /// Why the host must not run: reasons of required modules that are refused. Empty: go on.
    std::vector<std::string> refusalsOfRequired() const;

    void start(HostParts& host);
    void stop();

    std::vector<ModuleStatus> list() const;
    bool isAnyStuck() const;

private:
    ModulesSettings settings_;
    sdk::Logger& log_;
    std::vector<std::unique_ptr<ModuleLifecycle>> modules_;
    std::vector<sdk::Registration> checks_;
};

}  // namespace host::modules
