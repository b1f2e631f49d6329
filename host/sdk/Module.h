#pragma once
/// A module: a shared library the host loads. Lifecycle (host/modules):
/// Discovered → Loaded → Configured → Started → Stopping → Stopped, or Refused, or Failed.

#include <Poco/ClassLibrary.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "host/sdk/Descriptor.h"
#include "host/sdk/Error.h"
#include "host/sdk/HostServices.h"

namespace host::sdk {
inline namespace abi1 {

/// The keys under "module.NAME." without that prefix, as text. Unknown keys are the module's to refuse.
using ModuleConfig = std::map<std::string, std::string>;

class Module {
public:
    virtual ~Module() = default;

    /// Parses and validates only, no I/O beyond reading files the configuration names. Returns every error at once
    /// (pointer = key without prefix). Called for every module before any start.
    virtual std::vector<FieldError> configure(const ModuleConfig& config) = 0;

    /// Registers routes and jobs, migrates, then returns quickly. References in `services` are valid until `stop`
    /// returns. When it throws, everything registered is taken back and the module is Failed; the host goes on.
    virtual void start(HostServices& services) = 0;

    /// Called once no new request or run can come, or at the deadline whatever is still going on.
    virtual void stop(std::chrono::steady_clock::time_point deadline) noexcept = 0;
};

}  // namespace abi1
}  // namespace host::sdk

/// Once in one source file of a module, at global scope.
#define HOST_MODULE(NAME, VERSION, CLASS)                                                                   \
    HOST_MODULE_DESCRIPTOR(NAME, VERSION, #CLASS, HOST_SDK_ABI_MAJOR, HOST_SDK_ABI_MINOR, HOST_SDK_BUILD_TAG) \
    POCO_BEGIN_MANIFEST(host::sdk::Module)                                                                  \
    POCO_EXPORT_CLASS(CLASS)                                                                                \
    POCO_END_MANIFEST
