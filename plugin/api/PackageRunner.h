#pragma once
/// Runs full packages and their voiding in the background. Thread-safe.

#include "host/sdk/Scheduler.h"
#include "plugin/api/Gate.h"
#include "plugin/delivery/FullPackage.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace plugin::api {

class PackageRunner {
public:
    PackageRunner(delivery::PackageParts parts, host::sdk::Scheduler& scheduler);
    /// Ends what is running after the POST in flight and waits for it. What was handed over and had not begun does
    /// nothing; the next start calls it interrupted.
    ~PackageRunner();
    PackageRunner(const PackageRunner&) = delete;
    PackageRunner& operator=(const PackageRunner&) = delete;

    /// What an earlier process left is told as failed. Called before any request.
    void failLeftOver();

    /// Of a row the store has as running, or as voiding. When no worker is free the row ends and AppError 503 is
    /// thrown.
    void send(store::PackageRow row, delivery::TestContour contour);
    void voidAll(store::PackageRow row, delivery::TestContour contour);

private:
    void start(store::PackageRow row, const char* failedState, std::function<void(std::stop_token)> work);

    delivery::PackageParts parts_;
    host::sdk::Scheduler& scheduler_;
    std::shared_ptr<Gate> gate_;  ///< outlives the runner, so that work which begins after it finds it closed
    std::stop_source stop_;
};

}  // namespace plugin::api
