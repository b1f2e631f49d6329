#include "host/modules/DescriptorCheck.h"

namespace host::modules {

namespace {

/// The text of a fixed field; nullopt when it has no end.
template <std::size_t N>
std::optional<std::string> text(const char (&field)[N]) {
    const std::size_t length = ::strnlen(field, N);
    if (length == N) return std::nullopt;
    return std::string(field, length);
}

/// Untrusted bytes go to the log and to /health: only printable ASCII as it is.
std::string shown(std::string_view raw) {
    std::string out;
    for (char c : raw) {
        if (c >= 0x20 && c < 0x7f)
            out += c;
        else
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
    return out;
}

bool isName(const std::string& name) {
    auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    if (name.empty() || !lower(name.front())) return false;
    return std::all_of(name.begin(), name.end(),
                       [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '-'; });
}

std::string refusal(const char* field, const std::string& theirs, const std::string& ours, const std::string& remedy) {
    return fmt::format("field '{}' is {} in the module, {} in this host; {}", field, theirs, ours, remedy);
}

}  // namespace

DescriptorVerdict checkDescriptor(const HostModuleDescriptor& d, const std::string& expectedName, const HostAbi& host) {
    DescriptorVerdict verdict;
    auto refuse = [&](const char* field, const std::string& theirs, const std::string& ours,
                      const std::string& remedy) {
        verdict.refusal = refusal(field, theirs, ours, remedy);
        return verdict;
    };

    if (d.magic != HOST_MODULE_MAGIC)
        return refuse("magic", fmt::format("0x{:016x}", d.magic), fmt::format("0x{:016x}", HOST_MODULE_MAGIC),
                      "build the module with the host's SDK (HOST_MODULE in host/sdk/Module.h)");
    if (d.structSize < sizeof(HostModuleDescriptor))
        return refuse("structSize", std::to_string(d.structSize),
                      fmt::format("at least {}", sizeof(HostModuleDescriptor)),
                      "rebuild the module with this host's SDK");

    auto name = text(d.name);
    auto version = text(d.version);
    auto buildTag = text(d.buildTag);
    auto className = text(d.className);
    verdict.identity = {name.value_or(""), version.value_or(""), className.value_or(""), d.abiMajor, d.abiMinor};

    if (d.abiMajor != host.major)
        return refuse(
            "abiMajor", std::to_string(d.abiMajor), std::to_string(host.major),
            fmt::format("install a module built for host ABI {}.x, or a host of ABI {}.x", host.major, d.abiMajor));
    if (d.abiMinor > host.minor)
        return refuse("abiMinor", std::to_string(d.abiMinor), std::to_string(host.minor),
                      fmt::format("upgrade the host to ABI {}.{} or later, or install a module built for {}.{}",
                                  d.abiMajor, d.abiMinor, host.major, host.minor));
    if (!buildTag || *buildTag != host.buildTag)
        return refuse("buildTag", buildTag ? fmt::format("'{}'", shown(*buildTag)) : "not terminated",
                      fmt::format("'{}'", host.buildTag),
                      "rebuild the module with the compiler, standard library and Poco this host was built with");
    if (d.flags != 0) return refuse("flags", std::to_string(d.flags), "0", "rebuild the module with this host's SDK");
    if (!name || !isName(*name))
        return refuse("name", name ? fmt::format("'{}'", shown(*name)) : "not terminated", "[a-z][a-z0-9-]*",
                      "give the module a name of small Latin letters, digits and hyphens");
    if (*name != expectedName)
        return refuse("name", fmt::format("'{}'", *name), fmt::format("asked for as '{}'", expectedName),
                      fmt::format("name the file '{}.so' and list '{}' in 'modules.load'", *name, *name));
    if (!version || version->empty())
        return refuse("version", version ? "empty" : "not terminated", "a semantic version",
                      "rebuild the module with its version given");
    if (!className || className->empty())
        return refuse("className", className ? "empty" : "not terminated", "the name of a class to create",
                      "rebuild the module with HOST_MODULE naming its class");
    return verdict;
}

}  // namespace host::modules
