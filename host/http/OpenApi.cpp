#include "host/http/OpenApi.h"

#include "common/Json.h"
#include "common/Sha256.h"
#include "host/http/Answer.h"
#include "host/http/Authenticator.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace host::http {
namespace {

using common::JsonWriter;
using sdk::Access;
using sdk::Method;

constexpr std::string_view kProblemSchema =
    R"({"type":"object","description":"RFC 9457. `code` never changes; `detail` is for people.","required":["type","title","status","code","detail","requestId"],
"properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"code":{"type":"string"},"detail":{"type":"string"},
"instance":{"type":"string"},"requestId":{"type":"string","description":"the same as in the header X-Request-Id and in the server's log"},
"errors":{"type":"array","items":{"type":"object","properties":{"pointer":{"type":"string","description":"JSON pointer of the wrong field"},
"reason":{"type":"string"},"fix":{"type":"string","description":"what to do"}}}},
"current":{"description":"the state by now, with 409 and 412"}}})";
constexpr std::string_view kProblemExample =
    R"({"type":"/problems/validation","title":"Unprocessable Content","status":422,"code":"validation","detail":"The user is not valid: 1 field is wrong.",
"instance":"/api/v1/users","requestId":"5f1d3c0a9be20000000012","errors":[{"pointer":"/login","reason":"is missing","fix":"give a text"}]})";

bool isJsonType(std::string_view type) {
    return type.size() >= 4 && type.substr(type.size() - 4) == "json";
}

std::string_view roleText(sdk::Role role) {
    switch (role) {
        case sdk::Role::Viewer:
            return "viewer";
        case sdk::Role::Methodist:
            return "methodist";
        case sdk::Role::OrganizationAdmin:
            return "organization-admin";
    }
    return "";
}

std::string whoMay(const sdk::RouteOptions& options) {
    switch (options.access) {
        case Access::Public:
            return "anybody";
        case Access::SignedIn:
            return "anybody signed in";
        case Access::ServerAdmin:
            return "server-admin";
        case Access::Organization:
            return fmt::format("{} of the organization{}{}", roleText(options.least),
                               options.least == sdk::Role::OrganizationAdmin ? "" : " and above",
                               options.serverAdminToo ? ", server-admin" : "");
    }
    return "";
}

void writeParameter(JsonWriter& json, std::string_view in, std::string_view name, bool required,
                    std::string_view description) {
    json.object().member("name", name).member("in", in).member("required", required);
    if (!description.empty()) json.member("description", description);
    bool number = in == "query" && name == "limit";
    json.rawMember("schema", number ? R"({"type":"integer","minimum":1,"maximum":1000})" : R"({"type":"string"})")
        .end();
}

void writeContent(JsonWriter& json, const std::string& type, const std::string& schema, const std::string& example) {
    json.key("content").object().key(type).object();
    // Of what is no JSON a schema says that it is a text; of bytes OpenAPI 3.1 says nothing.
    if (!schema.empty())
        json.rawMember("schema", schema);
    else
        json.rawMember("schema", type.rfind("text/", 0) == 0 ? R"({"type":"string"})" : "{}");
    if (!example.empty() && isJsonType(type))
        json.rawMember("example", example);
    else if (!example.empty())
        json.member("example", example);
    json.end().end();
}

void writeProblem(JsonWriter& json, std::string_view status, std::string_view description) {
    json.key(status).object().member("description", description);
    json.key("content").object().key("application/problem+json").object();
    json.rawMember("schema", R"({"$ref":"#/components/schemas/Problem"})").end().end().end();
}

void writeResponses(JsonWriter& json, const RouterImpl::Description& route) {
    const auto& operation = route.options.operation;
    bool changes = route.method != Method::Get;
    bool body = !operation.requestSchema.empty() || !operation.requestExample.empty() || route.options.streamBody;
    json.key("responses").object();
    json.key(std::to_string(operation.successStatus)).object();
    json.member("description", operation.successStatus == 204 ? std::string_view("done, nothing to show")
                                                              : statusPhrase(operation.successStatus));
    if (operation.successStatus != 204)
        writeContent(json, operation.responseContentType, operation.responseSchema, operation.responseExample);
    json.end();
    writeProblem(json, "400", "the request can't be read");
    if (route.options.access != Access::Public) {
        writeProblem(json, "401", "nobody is signed in");
        writeProblem(json, "403", changes ? "not for this role, or X-CSRF-Token is missing" : "not for this role");
    }
    if (route.path.find('{') != std::string::npos) writeProblem(json, "404", "not there, or of a foreign organization");
    if (route.options.requireIfMatch) {
        writeProblem(json, "412", "changed meanwhile; `current` shows the state by now");
        writeProblem(json, "428", "If-Match is missing");
    }
    if (body) {
        writeProblem(json, "413", fmt::format("the body is larger than {} bytes", route.options.maxBody));
        writeProblem(json, "415", "another content type");
        writeProblem(json, "422", "fields are wrong; `errors` lists all of them");
    }
    writeProblem(json, "default", "any other failure");
    json.end();
}

void writeOperation(JsonWriter& json, const RouterImpl::Description& route) {
    const auto& options = route.options;
    const auto& operation = options.operation;
    std::string method(methodName(route.method));
    std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c + 32); });

    json.key(method).object().member("operationId", operation.id);
    json.key("tags").array().value(operation.tag.empty() ? "Other" : operation.tag).end();
    json.member("summary", operation.summary);
    auto who = whoMay(options);
    json.member("description", fmt::format("{}{}Who may: {}.", operation.description,
                                           operation.description.empty() ? "" : "\n\n", who));
    json.member("x-who", who);
    if (options.access != Access::Public) {
        json.key("x-scopes").array();
        for (const auto& scope : scopesThatOpen(route.method, route.path)) json.value(scope);
        json.end();
    }

    json.key("parameters").array();
    std::string_view rest = route.path;
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        auto close = rest.find('}', open);
        auto name = rest.substr(open + 1, close - open - 1);
        writeParameter(json, "path", name, true, name == "org" ? "id of the organization" : "");
        rest.remove_prefix(close + 1);
    }
    const bool isList = route.method == sdk::Method::Get &&
                        std::any_of(operation.queryParameters.begin(), operation.queryParameters.end(),
                                    [](const auto& one) { return one.first == "cursor"; });
    for (const auto& [name, description] : operation.queryParameters)
        writeParameter(json, "query", name, false, description);
    if (isList)
        writeParameter(
            json, "query", "format", false,
            "csv: the whole list as one CSV, for Excel and Power BI (sign in with any name and a token as the "
            "password); with limit or cursor one page of it");
    if (options.requireIfMatch)
        writeParameter(json, "header", "If-Match", true, "the ETag of the state that is changed");
    json.end();

    if (!operation.requestSchema.empty() || !operation.requestExample.empty() || options.streamBody) {
        json.key("requestBody").object().member("required", true);
        writeContent(json, operation.requestContentType, operation.requestSchema, operation.requestExample);
        json.end();
    }
    writeResponses(json, route);
    if (options.access == Access::Public)
        json.rawMember("security", "[]");
    else
        json.rawMember("security", R"([{"bearer":[]},{"cookie":[]}])");
    json.end();
}

}  // namespace

std::string openApi(const std::vector<RouterImpl::Description>& routes, const std::string& version) {
    std::map<std::string, std::vector<const RouterImpl::Description*>> paths;
    std::set<std::string> tags;
    for (const auto& route : routes) {
        if (route.options.operation.id.empty()) continue;
        paths[route.path].push_back(&route);
        tags.insert(route.options.operation.tag.empty() ? "Other" : route.options.operation.tag);
    }

    JsonWriter json;
    json.object().member("openapi", "3.1.0");
    json.key("info")
        .object()
        .member("title", "lmsd")
        .member("version", version)
        .member("description",
                "Learning records of an organization, and the modules that work on them. Times are RFC 3339; lists are "
                "{items, next} with ?limit and ?cursor, or CSV by Accept: text/csv, or whole as CSV by ?format=csv; "
                "errors are application/problem+json.")
        .end();
    json.rawMember("servers", R"([{"url":"/"}])");
    json.key("tags").array();
    for (const auto& tag : tags) json.object().member("name", tag).end();
    json.end();
    json.key("paths").object();
    for (const auto& [path, operations] : paths) {
        json.key(path).object();
        for (const auto* route : operations) writeOperation(json, *route);
        json.end();
    }
    json.end();
    json.key("components").object();
    json.rawMember(
        "securitySchemes",
        fmt::format(R"({{"bearer":{{"type":"http","scheme":"bearer","description":"a token of POST /api/v1/tokens"}},
"cookie":{{"type":"apiKey","in":"cookie","name":"{}","description":"set by POST /api/v1/session; changes need the header X-CSRF-Token too"}}}})",
                    kSessionCookie));
    json.key("schemas").object().rawMember("Problem", kProblemSchema).end();
    json.key("examples").object().key("Problem").object().rawMember("value", kProblemExample).end().end();
    json.end().end();
    return json.take();
}

sdk::Registration registerOpenApi(RouterImpl& router, const std::string& version) {
    struct Kept {
        std::mutex mutex;
        std::uint64_t revision = 0;
        std::string text;
        std::string etag;
    };
    auto kept = std::make_shared<Kept>();
    sdk::RouteOptions options;
    options.access = Access::Public;
    options.operation.id = "showOpenApi";
    options.operation.tag = "Server";
    options.operation.summary = "This description, as OpenAPI 3.1";
    options.operation.responseSchema = R"({"type":"object","additionalProperties":true})";
    options.operation.responseExample = R"({"openapi":"3.1.0","info":{"title":"lmsd"},"paths":{}})";
    return router.add(Method::Get, "/api/v1/openapi.json", options, [&router, version, kept](const sdk::Request&) {
        auto revision = router.revision();
        std::lock_guard lock(kept->mutex);
        if (kept->revision != revision) {
            kept->text = openApi(router.describe(), version);
            kept->etag = '"' + common::Sha256::hex(kept->text).substr(0, 24) + '"';
            kept->revision = revision;
        }
        return sdk::Response::json(kept->text).header("ETag", kept->etag).header("Cache-Control", "no-cache");
    });
}

sdk::Registration registerServerApi(sdk::Router& router, const std::string& version) {
    sdk::RouteOptions options;
    options.access = Access::Public;
    options.operation.id = "showServer";
    options.operation.tag = "Server";
    options.operation.summary = "What this server is";
    options.operation.responseSchema =
        R"({"type":"object","properties":{"name":{"type":"string"},"version":{"type":"string"},"api":{"type":"string"}}})";
    JsonWriter json;
    json.object().member("name", "lmsd").member("version", version).member("api", "v1").end();
    auto text = json.take();
    options.operation.responseExample = text;
    return router.add(Method::Get, "/api/v1/server", options,
                      [text](const sdk::Request&) { return sdk::Response::json(text); });
}

}  // namespace host::http
