#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "throws-in-start";
}
}  // namespace

class AlteredModule : public SmallModule {
public:
    void start(host::sdk::HostServices& services) override {
        SmallModule::start(services);
        throw host::sdk::AppError(500, "module.start", "its table could not be made");
    }
};

HOST_MODULE("throws-in-start", "1.0.0", AlteredModule)
