#pragma once
/// Whether this host may run a module, judged by its descriptor alone. Every refusal names the field, the module's
/// value, the host's value and what to do. Pure.

#include "host/sdk/Descriptor.h"

#include <optional>
#include <string>

namespace host::modules {

/// What the host offers; a parameter so that tests can stand on either side of it.
struct HostAbi {
    int major = HOST_SDK_ABI_MAJOR;
    int minor = HOST_SDK_ABI_MINOR;
    std::string buildTag = HOST_SDK_BUILD_TAG;
};

/// The descriptor's texts, each proven to be terminated.
struct ModuleIdentity {
    std::string name;
    std::string version;
    std::string className;
    int abiMajor = 0;
    int abiMinor = 0;
};

struct DescriptorVerdict {
    ModuleIdentity identity;             ///< as far as it could be read
    std::optional<std::string> refusal;  ///< set: why not, beginning with "field '…'"
};

/// `expectedName`: the name under which the configuration asks for the module, which is also its file's name.
DescriptorVerdict checkDescriptor(const HostModuleDescriptor& descriptor, const std::string& expectedName,
                                  const HostAbi& host = {});

}  // namespace host::modules
