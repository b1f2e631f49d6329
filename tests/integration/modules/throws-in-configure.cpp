#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "throws-in-configure";
}
}  // namespace

class AlteredModule : public SmallModule {
public:
    std::vector<host::sdk::FieldError> configure(const host::sdk::ModuleConfig&) override {
        throw std::runtime_error("the greeting file is not readable");
    }
};

HOST_MODULE("throws-in-configure", "1.0.0", AlteredModule)
