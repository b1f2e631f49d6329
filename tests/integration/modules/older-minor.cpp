#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "older-minor";
}
}  // namespace

/// As one that was built before there were pages: it knows of nothing that came later.
class AlteredModule : public SmallModule {
public:
    AlteredModule() { showsPage_ = false; }
};

HOST_MODULE_DESCRIPTOR("older-minor", "1.0.0", "AlteredModule", HOST_SDK_ABI_MAJOR, 1, HOST_SDK_BUILD_TAG)
POCO_BEGIN_MANIFEST(host::sdk::Module)
POCO_EXPORT_CLASS(AlteredModule)
POCO_END_MANIFEST
