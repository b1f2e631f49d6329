#include "host/modules/ModulesApi.h"

#include "common/Json.h"
#include "host/http/Lists.h"

namespace host::modules {

sdk::Registration registerModulesApi(sdk::Router& router, const ModuleHost& modules) {
    sdk::RouteOptions options;
    options.access = sdk::Access::ServerAdmin;
    options.operation.id = "listServerModules";
    options.operation.tag = "Server";
    options.operation.summary = "The modules of the server, their states and reasons";
    options.operation.responseSchema =
        R"({"type":"object","required":["items","next"],"properties":{"items":{"type":"array","items":{"type":"object",
"required":["name","version","state","reason","abi","file","required"],"properties":{"name":{"type":"string"},"version":{"type":"string"},
"state":{"enum":["discovered","loaded","configured","started","stopping","stopped","refused","failed"]},
"reason":{"type":"string","description":"why it was refused or failed"},"abi":{"type":"string"},"file":{"type":"string"},
"required":{"type":"boolean","description":"the server does not start without it"}}}},"next":{"type":["string","null"]}}})";
    options.operation.responseExample =
        R"({"items":[{"name":"u2035","version":"0.1.0","state":"started","reason":"","abi":"1.4","file":"u2035.so","required":true}],"next":null})";
    return router.add(sdk::Method::Get, "/api/v1/modules", options, [&modules](const sdk::Request& request) {
        http::ListPage list;
        list.columns = {"name", "version", "state", "reason", "abi", "file", "required"};
        for (const auto& status : modules.list()) {
            common::JsonWriter json;
            json.object().member("name", status.name).member("version", status.version);
            json.member("state", toString(status.state)).member("reason", status.reason);
            json.member("abi", status.abi).member("file", status.file).member("required", status.required).end();
            list.items.push_back(json.take());
            list.rows.push_back({status.name, status.version, toString(status.state), status.reason, status.abi,
                                 status.file, status.required ? "true" : "false"});
        }
        return http::listResponse(request, std::move(list));
    });
}

}  // namespace host::modules
