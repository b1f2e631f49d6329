#include "tests/integration/modules/SmallModule.h"

namespace {
std::string whoAmI() {
    return "runs-long";
}
}  // namespace

/// Two jobs that are still at work when the server is stopped: one ends when asked, the other never does.
class RunsLong : public SmallModule {
public:
    void start(host::sdk::HostServices& services) override {
        SmallModule::start(services);
        obeys_ = services.scheduler().cron({"obeys", "Ends when asked", "0 2 * * *", "UTC"},
                                           [](host::sdk::TaskContext& context) {
                                               context.count("begun", 1);
                                               waitFor(context.stop(), true);
                                               context.count("ended", 1);
                                           });
        ignores_ = services.scheduler().cron({"ignores", "Never ends", "0 2 * * *", "UTC"},
                                             [](host::sdk::TaskContext& context) {
                                                 context.count("begun", 1);
                                                 waitFor(context.stop(), false);
                                             });
    }

private:
    static void waitFor(std::stop_token stop, bool obey) {
        std::mutex mutex;
        std::condition_variable_any changed;
        std::unique_lock lock(mutex);
        if (obey)
            changed.wait(lock, stop, [] { return false; });
        else
            changed.wait(lock, [] { return false; });
    }

    host::sdk::Registration obeys_;
    host::sdk::Registration ignores_;
};

HOST_MODULE("runs-long", "1.0.0", RunsLong)
