#pragma once
/// Brings a module into the process: only from the module directory, only after its descriptor agreed. A library once
/// mapped stays mapped until the process ends: thread-locals, callbacks and static data of the module may outlive it.
/// Not thread-safe; used at start.

#include "host/modules/DescriptorCheck.h"
#include "host/sdk/Module.h"

#include <tl/expected.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace host::modules {

struct LoadedModule {
    ModuleIdentity identity;
    std::unique_ptr<sdk::Module> object;
};

/// Why a module is not loaded, with what was learned of it.
struct LoadRefusal {
    ModuleIdentity identity;
    std::string reason;  ///< a whole sentence: what, why, what to do
};

class ModuleLoader {
public:
    explicit ModuleLoader(std::filesystem::path directory) : directory_(std::move(directory)) {}

    /// `name` without ".so"; `sha256`: lower-case hex the file must have, when configured.
    tl::expected<LoadedModule, LoadRefusal> load(const std::string& name, const std::optional<std::string>& sha256);

private:
    /// The file to load, or why not.
    tl::expected<std::filesystem::path, std::string> locate(const std::string& name) const;

    std::filesystem::path directory_;
};

}  // namespace host::modules
