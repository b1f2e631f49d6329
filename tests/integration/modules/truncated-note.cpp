#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "truncated-note";
}
}  // namespace

class AlteredModule : public SmallModule {};

// The note's head promises a whole descriptor, of which the section holds the first 24 bytes.
namespace {
struct ShortNote {
    uint32_t nameSize, descSize, type;
    char owner[12];
    uint64_t magic;
    uint32_t structSize;
    uint16_t abiMajor, abiMinor;
    uint32_t flags, reserved;
};
}  // namespace
extern "C" __attribute__((visibility("default"), used, aligned(4), section(HOST_MODULE_NOTE_SECTION)))
const ShortNote hostModuleNote = {12,
                                  sizeof(HostModuleDescriptor),
                                  HOST_MODULE_NOTE_TYPE,
                                  HOST_MODULE_NOTE_OWNER,
                                  HOST_MODULE_MAGIC,
                                  sizeof(HostModuleDescriptor),
                                  HOST_SDK_ABI_MAJOR,
                                  HOST_SDK_ABI_MINOR,
                                  0,
                                  0};

POCO_BEGIN_MANIFEST(host::sdk::Module)
POCO_EXPORT_CLASS(AlteredModule)
POCO_END_MANIFEST
