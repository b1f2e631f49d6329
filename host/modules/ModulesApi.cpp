#include "host/modules/ModulesApi.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

namespace host::modules {

namespace {

Poco::JSON::Object toJson(const ModuleStatus& status) {
    Poco::JSON::Object item(Poco::JSON_PRESERVE_KEY_ORDER);
    item.set("name", status.name);
    item.set("version", status.version);
    item.set("state", toString(status.state));
    item.set("reason", status.reason);
    item.set("abi", status.abi);
    item.set("file", status.file);
    item.set("required", status.required);
    return item;
}

}  // namespace

sdk::Registration registerModulesApi(sdk::Router& router, const ModuleHost& modules) {
    sdk::RouteOptions options;
    options.access = sdk::Access::ServerAdmin;
    options.operation.id = "listServerModules";
    options.operation.tag = "Server";
    options.operation.summary = "The modules of the server, their states and reasons";
    options.operation.responseExample =
        R"({"items":[{"name":"u2035","version":"0.1.0","state":"started","reason":"","abi":"1.0","file":"u2035.so","required":true}]})";
    return router.add(sdk::Method::Get, "/api/v1/modules", options, [&modules](const sdk::Request&) {
        Poco::JSON::Array items;
        for (const auto& status : modules.list()) items.add(toJson(status));
        Poco::JSON::Object answer;
        answer.set("items", items);
        std::ostringstream text;
        answer.stringify(text);
        return sdk::Response::json(text.str());
    });
}

}  // namespace host::modules
