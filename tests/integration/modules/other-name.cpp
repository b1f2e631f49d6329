#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "other-name";
}
}  // namespace

class AlteredModule : public SmallModule {};

HOST_MODULE("another-name", "1.0.0", AlteredModule)
