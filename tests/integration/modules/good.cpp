#include "tests/integration/modules/SmallModule.h"

// Not in the anonymous namespace: it would be mixed up with the other module's, were it exported.
std::string helper();
std::string helper() {
    return "good";
}

namespace {
std::string whoAmI() {
    return helper();
}
}  // namespace

class GoodModule : public SmallModule {};

HOST_MODULE("good", "1.2.3", GoodModule)
