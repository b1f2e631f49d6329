#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "hangs-in-stop";
}
}  // namespace

class AlteredModule : public SmallModule {
public:
    void stop(std::chrono::steady_clock::time_point) noexcept override {
        std::mutex mutex;
        std::condition_variable never;
        std::unique_lock lock(mutex);
        never.wait(lock, [] { return false; });
    }
};

HOST_MODULE("hangs-in-stop", "1.0.0", AlteredModule)
