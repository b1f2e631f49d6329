#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "wrong-build-tag";
}
}  // namespace

class AlteredModule : public SmallModule {};

HOST_MODULE_DESCRIPTOR("wrong-build-tag", "1.0.0", "AlteredModule", HOST_SDK_ABI_MAJOR, HOST_SDK_ABI_MINOR,
                       "gxx9;cxx201703L;glibcxx-old;poco0x01090000;x86_64")
POCO_BEGIN_MANIFEST(host::sdk::Module)
POCO_EXPORT_CLASS(AlteredModule)
POCO_END_MANIFEST
