#include "host/app/StatusApi.h"

namespace host::app {

namespace {

sdk::RouteOptions publicRoute(const std::string& id, const std::string& summary) {
    sdk::RouteOptions options;
    options.access = sdk::Access::Public;
    options.operation.id = id;
    options.operation.tag = "Server";
    options.operation.summary = summary;
    return options;
}

}  // namespace

sdk::Registration registerHealthApi(sdk::Router& router, const base::HealthChecks& health) {
    auto checks = publicRoute("health", "Every check of the server and its modules; 503 when one fails");
    checks.operation.responseSchema =
        R"({"type":"object","required":["status","checks"],"properties":{"status":{"enum":["ok","failing"]},
"checks":{"type":"array","items":{"type":"object","required":["name","ok","detail"],"properties":{"name":{"type":"string"},
"ok":{"type":"boolean"},"detail":{"type":"string"}}}}}})";
    checks.operation.responseExample = R"({"status":"ok","checks":[{"name":"database","ok":true,"detail":""}]})";
    return router.add(sdk::Method::Get, "/health", checks, [&health](const sdk::Request&) {
        const auto report = health.report();
        return sdk::Response::json(report.json(), report.ok ? 200 : 503);
    });
}

sdk::Registration registerReadyApi(sdk::Router& router, const Readiness& readiness) {
    auto ready =
        publicRoute("ready", "Whether requests should be sent here; 503 before the start is done and while stopping");
    ready.operation.responseSchema =
        R"({"type":"object","required":["status"],"properties":{"status":{"enum":["ready","not-ready"]}}})";
    ready.operation.responseExample = R"({"status":"ready"})";
    return router.add(sdk::Method::Get, "/health/ready", ready, [&readiness](const sdk::Request&) {
        return readiness.isReady() ? sdk::Response::json(R"({"status":"ready"})")
                                   : sdk::Response::json(R"({"status":"not-ready"})", 503);
    });
}

sdk::Registration registerMetricsApi(sdk::Router& router, base::MetricsRegistry& metrics) {
    auto options = publicRoute("metrics", "Counters and gauges in Prometheus text");
    options.operation.responseContentType = base::MetricsRegistry::kContentType;
    return router.add(sdk::Method::Get, "/metrics", options, [&metrics](const sdk::Request&) {
        sdk::Response answer;
        answer.contentType = base::MetricsRegistry::kContentType;
        answer.body = metrics.exposition();
        return answer;
    });
}

}  // namespace host::app
