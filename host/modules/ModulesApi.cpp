#include "host/modules/ModulesApi.h"

#include "common/Json.h"

namespace host::modules {

sdk::Registration registerModulesApi(sdk::Router& router, const ModuleHost& modules) {
    sdk::RouteOptions options;
    options.access = sdk::Access::ServerAdmin;
    options.operation.id = "listServerModules";
    options.operation.tag = "Server";
    options.operation.summary = "The modules of the server, their states and reasons";
    options.operation.responseExample =
        R"({"items":[{"name":"u2035","version":"0.1.0","state":"started","reason":"","abi":"1.0","file":"u2035.so","required":true}],"next":null})";
    return router.add(sdk::Method::Get, "/api/v1/modules", options, [&modules](const sdk::Request&) {
        common::JsonWriter json;
        json.object().key("items").array();
        for (const auto& status : modules.list()) {
            json.object().member("name", status.name).member("version", status.version);
            json.member("state", toString(status.state)).member("reason", status.reason);
            json.member("abi", status.abi).member("file", status.file).member("required", status.required).end();
        }
        json.end().member("next", nullptr).end();
        return sdk::Response::json(json.take());
    });
}

}  // namespace host::modules
