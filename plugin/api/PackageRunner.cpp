#include "plugin/api/PackageRunner.h"

#include "host/sdk/Error.h"

namespace plugin::api {

PackageRunner::PackageRunner(delivery::PackageParts parts, host::sdk::Scheduler& scheduler)
    : parts_(parts), scheduler_(scheduler), gate_(std::make_shared<Gate>()) {}

PackageRunner::~PackageRunner() {
    stop_.request_stop();
    gate_->close();
}

void PackageRunner::failLeftOver() {
    parts_.packages.failLeftOver();
}

void PackageRunner::send(store::PackageRow row, delivery::TestContour contour) {
    start(row, "failed", [this, row, contour = std::move(contour)](std::stop_token stop) {
        delivery::sendPackage(parts_, row, contour, std::move(stop));
    });
}

void PackageRunner::voidAll(store::PackageRow row, delivery::TestContour contour) {
    start(row, "void-incomplete", [this, row, contour = std::move(contour)](std::stop_token stop) {
        delivery::voidPackage(parts_, row, contour, std::move(stop));
    });
}

void PackageRunner::start(store::PackageRow row, const char* failedState, std::function<void(std::stop_token)> work) {
    try {
        scheduler_.background(
            "full package", [gate = gate_, module = stop_.get_token(), work = std::move(work)](std::stop_token server) {
                if (!gate->enter()) return;
                std::shared_ptr<Gate> leaving(gate.get(), [](Gate* g) { g->leave(); });
                std::stop_source either;
                std::stop_callback byServer(server, [&] { either.request_stop(); });
                std::stop_callback byModule(module, [&] { either.request_stop(); });
                work(either.get_token());
            });
    } catch (const host::sdk::AppError&) {
        row.state = failedState;
        row.message = "Все исполнители сервера заняты. Повторите через минуту.";
        parts_.packages.finish(row);
        throw;
    }
}

}  // namespace plugin::api
