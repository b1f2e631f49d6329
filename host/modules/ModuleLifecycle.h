#pragma once
/// One module's way from its file to its end, each step logged with its duration and deadline:
///
///     Discovered → Loaded → Configured → Started → Stopping → Stopped
///         └─ Refused (descriptor, file)   └─ Failed (an exception, or a stop that did not return)
///
/// A step on a module that is not in the state before it does nothing, so that one bad module never stops the others.
/// Steps are called from one thread; `status` from any.

#include "host/modules/ModuleLoader.h"
#include "host/modules/ModuleServices.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace host::modules {

enum class ModuleState { Discovered, Loaded, Configured, Started, Stopping, Stopped, Refused, Failed };

const char* toString(ModuleState state);

/// What the configuration says of one module.
struct ModuleRequest {
    std::string name;
    bool required = false;
    std::optional<std::string> sha256;
};

struct ModuleDeadlines {
    std::chrono::milliseconds load{5'000};
    std::chrono::milliseconds configure{5'000};
    std::chrono::milliseconds start{30'000};
    std::chrono::milliseconds stop{10'000};
};

struct ModuleStatus {
    std::string name;
    std::string file;
    std::string version;  ///< of the module; empty while unknown
    std::string abi;      ///< "1.0"; empty while unknown
    ModuleState state = ModuleState::Discovered;
    std::string reason;  ///< why it is Refused or Failed; else empty
    bool required = false;
};

class ModuleLifecycle {
public:
    ModuleLifecycle(ModuleRequest request, sdk::Logger& log, ModuleDeadlines deadlines);
    ~ModuleLifecycle();

    void load(ModuleLoader& loader);

    /// \returns what the module finds wrong; it is then Refused.
    std::vector<sdk::FieldError> configure(const sdk::ModuleConfig& config);

    void start(HostParts& host);

    /// Runs the module's `stop` on a thread of its own and gives up on it at the deadline.
    void stop();

    ModuleStatus status() const;

    /// True when code of the module may still be running though it should not: the process must end without
    /// destroying what that code may use.
    bool isStuck() const noexcept { return stuck_; }

    std::size_t registrationCount() const { return services_ ? services_->registrationCount() : 0; }

private:
    class Step;
    void enter(ModuleState state, const std::string& reason = {});
    void fail(const std::string& reason);
    /// The module's object and services go, unless something of it still runs.
    void release(std::chrono::steady_clock::time_point deadline);

    const ModuleRequest request_;
    sdk::Logger& log_;
    const ModuleDeadlines deadlines_;
    std::unique_ptr<ModuleServices> services_;  // outlives the module's object
    std::unique_ptr<sdk::Module> module_;
    bool stuck_ = false;
    mutable std::mutex mutex_;
    ModuleStatus status_;
};

}  // namespace host::modules
