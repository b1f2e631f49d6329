#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "no-descriptor";
}
}  // namespace

class AlteredModule : public SmallModule {};

POCO_BEGIN_MANIFEST(host::sdk::Module)
POCO_EXPORT_CLASS(AlteredModule)
POCO_END_MANIFEST
