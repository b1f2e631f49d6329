#pragma once
/// The least a module can be; the modules of this folder change one thing each.

#include "host/sdk/Module.h"

namespace {

/// Every module here has a function of this name: each must reach its own, whatever the loader exposes.
std::string whoAmI();

class SmallModule : public host::sdk::Module {
public:
    std::vector<host::sdk::FieldError> configure(const host::sdk::ModuleConfig& config) override {
        std::vector<host::sdk::FieldError> errors;
        for (const auto& [key, value] : config)
            if (key != "greeting")
                errors.push_back({key, "it is not a key of this module", "remove it; 'greeting' is the only one"});
        return errors;
    }

    void start(host::sdk::HostServices& services) override {
        host::sdk::RouteOptions who;
        who.access = host::sdk::Access::Public;
        who.operation.id = "who";
        who.operation.tag = "Tests";
        who.operation.summary = "Tells which module answers";
        route_ = services.router().add(host::sdk::Method::Get, "/api/v1/who", who, [](const host::sdk::Request&) {
            return host::sdk::Response::json("\"" + whoAmI() + "\"");
        });
        job_ = services.scheduler().cron({"tick", "Tick", "0 2 * * *", "UTC"}, [](host::sdk::TaskContext&) {});
        if (showsPage_)
            page_ = services.pages().add(
                {"small", {"Раздел", "Section"}, {"Страница", "Page"}, "list", "/assets/small.js", "small-page"});
        check_ = services.health().add("check", [] { return host::sdk::HealthStatus{}; });
    }

    void stop(std::chrono::steady_clock::time_point) noexcept override {}

protected:
    bool showsPage_ = true;

private:
    host::sdk::Registration route_;
    host::sdk::Registration job_;
    host::sdk::Registration page_;
    host::sdk::Registration check_;
};

}  // namespace
