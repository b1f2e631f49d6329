// A module's file before anything of it runs: a hostile shared library is refused with a printable reason, and what is
// accepted is proven to be what the contract wants.
#include "host/modules/DescriptorCheck.h"
#include "host/modules/ElfNote.h"
#include "tests/fuzz/Fuzz.h"

#include <algorithm>

using fuzz::require;

namespace {

bool isPrintable(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

void judge(const HostModuleDescriptor& descriptor, const std::string& name) {
    const host::modules::HostAbi abi{1, 1, "tag"};
    const auto verdict = host::modules::checkDescriptor(descriptor, name, abi);
    if (verdict.refusal) {
        require(verdict.refusal->starts_with("field '") && isPrintable(*verdict.refusal),
                "a refusal names the field and is printable", *verdict.refusal);
        return;
    }
    require(descriptor.magic == HOST_MODULE_MAGIC && descriptor.structSize >= sizeof descriptor &&
                descriptor.flags == 0 && descriptor.abiMajor == 1 && descriptor.abiMinor <= 1,
            "an accepted descriptor is of our ABI");
    require(verdict.identity.name == name && !verdict.identity.version.empty() && !verdict.identity.className.empty(),
            "an accepted module is the one asked for");
    require(std::string(descriptor.buildTag, strnlen(descriptor.buildTag, sizeof descriptor.buildTag)) == "tag",
            "an accepted module is built as we are");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    if ((in.byte() & 1) != 0) {  // the descriptor alone: what a note would have to hold to get here
        HostModuleDescriptor descriptor{};
        std::copy_n(in.rest().data(), std::min(in.rest().size(), sizeof descriptor),
                    reinterpret_cast<char*>(&descriptor));
        judge(descriptor, "hello");
        return 0;
    }
    const auto found =
        host::modules::parseElfNote({reinterpret_cast<const unsigned char*>(in.rest().data()), in.rest().size()});
    if (found)
        judge(*found, "hello");
    else
        require(!found.error().reason.empty() && isPrintable(found.error().reason), "no descriptor, but a reason",
                found.error().reason);
    return 0;
}
