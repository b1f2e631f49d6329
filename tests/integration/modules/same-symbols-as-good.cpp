#include "tests/integration/modules/SmallModule.h"

// Not in the anonymous namespace: it would be mixed up with the other module's, were it exported.
std::string helper();
std::string helper() {
    return "same-symbols-as-good";
}

namespace {
std::string whoAmI() {
    return helper();
}
}  // namespace

class GoodModule : public SmallModule {};

HOST_MODULE("same-symbols-as-good", "1.2.3", GoodModule)
