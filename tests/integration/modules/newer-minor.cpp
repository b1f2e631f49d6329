#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "newer-minor";
}
}  // namespace

class AlteredModule : public SmallModule {};

HOST_MODULE_DESCRIPTOR("newer-minor", "1.0.0", "AlteredModule", HOST_SDK_ABI_MAJOR, HOST_SDK_ABI_MINOR + 1,
                       HOST_SDK_BUILD_TAG)
POCO_BEGIN_MANIFEST(host::sdk::Module)
POCO_EXPORT_CLASS(AlteredModule)
POCO_END_MANIFEST
