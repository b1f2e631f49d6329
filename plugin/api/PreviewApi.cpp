#include "plugin/api/PreviewApi.h"

#include "common/JsonReader.h"
#include "plugin/api/Lists.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;

const char* const kPreviewProperties =
    R"("statements":{"type":"array","items":{"type":"object",)"
    R"("required":["statementId","kind","record","learner","dependsOn","state","statement"],"properties":{)"
    R"("statementId":{"type":"string"},"kind":{"type":"string"},"record":{"type":"object","required":["kind","id",)"
    R"("revision"],"properties":{"kind":{"type":"string"},"id":{"type":"string"},"revision":{"type":"integer"}}},)"
    R"("learner":{"type":["string","null"]},"dependsOn":{"type":["string","null"],"description":)"
    R"("the methodist's statement that must be accepted first"},"state":{"type":["string","null"],"description":)"
    R"("of the outbox; null when the statement is not there yet"},"statement":{"type":"object"}}}},)"
    R"("unsendable":{"type":"array","items":{"type":"object",)"
    R"("required":["record","learner","kind","code","field","reason","fix"],"properties":{"record":{"type":"object",)"
    R"("required":["kind","id","revision"],"properties":{"kind":{"type":"string"},"id":{"type":"string"},)"
    R"("revision":{"type":"integer"}}},"learner":{"type":["string","null"]},"kind":{"type":"string"},)"
    R"("code":{"type":"string"},"field":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string"}}}},)"
    R"("counts":{"type":"object","required":["due","unsendable","known","notFinal"],"properties":{)"
    R"("due":{"type":"integer"},"unsendable":{"type":"integer"},"known":{"type":"integer"},)"
    R"("notFinal":{"type":"integer"}}},"complete":{"type":"boolean","description":)"
    R"("everything was looked at; false: it ended once there was enough to show, and the counts are of that"})";

const char* const kPreviewExample =
    R"("statements":[{"statementId":"5a0b1c1e-2c8f-5b0e-9a53-0d5b6a1f3c11","kind":"learner.grade",)"
    R"("record":{"kind":"result","id":"1041","revision":1},"learner":"501",)"
    R"("dependsOn":"0f6c2b1a-6f0e-5d0c-8a3e-3e4c8f7b2d10","state":"waiting",)"
    R"("statement":{"id":"5a0b1c1e-2c8f-5b0e-9a53-0d5b6a1f3c11"}}],"unsendable":[{"record":{"kind":"result",)"
    R"("id":"1046","revision":1},"learner":"501","kind":"learner.final-work","code":"file-not-in-storage",)"
    R"("field":"result.files","reason":"…","fix":"…"}],)"
    R"("counts":{"due":1,"unsendable":1,"known":0,"notFinal":0},"complete":true)";

namespace {

void writeRecord(common::JsonWriter& json, const footprint::RecordRef& record, host::sdk::RecordId learnerId) {
    json.key("record")
        .object()
        .member("kind", record.kind)
        .member("id", std::to_string(record.id))
        .member("revision", record.revision)
        .end();
    json.member("learner", learnerId == 0 ? std::nullopt : std::optional(std::to_string(learnerId)));
}

std::optional<std::string> unlessEmpty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

void writePreview(common::JsonWriter& json, const delivery::Preview& preview) {
    json.key("statements").array();
    for (const auto& one : preview.statements) {
        json.object().member("statementId", one.draft.statementId).member("kind", one.draft.kind);
        writeRecord(json, one.draft.record, one.draft.learnerId);
        json.member("dependsOn", unlessEmpty(one.draft.dependsOn))
            .member("state", unlessEmpty(one.state))
            .rawMember("statement", one.draft.bytes)
            .end();
    }
    json.end().key("unsendable").array();
    for (const auto& why : preview.unsendable) {
        json.object();
        writeRecord(json, why.record, why.learnerId);
        json.member("kind", why.kind)
            .member("code", why.code)
            .member("field", why.field)
            .member("reason", why.reason)
            .member("fix", why.fix)
            .end();
    }
    json.end()
        .key("counts")
        .object()
        .member("due", preview.due)
        .member("unsendable", preview.cannot)
        .member("known", preview.known)
        .member("notFinal", preview.notFinal)
        .end()
        .member("complete", preview.complete);
}

std::vector<host::sdk::Registration> PreviewApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions options;
    options.least = Role::Methodist;
    options.maxBody = 16 * 1024;
    options.operation = {
        .id = "previewStatements",
        .tag = "Nights",
        .summary = "Statements of a flow, learner or kind as they would go",
        .description =
            "Plans, renders and checks as a night does; nothing is sent or kept. What the outbox has frozen is shown "
            "as it is frozen. `all` shows what was delivered already as well. A dry run of everything is "
            "`POST /runs` with `dryRun`.",
        .requestSchema = R"({"type":"object","required":["flow"],"properties":{"flow":{"type":"integer","minimum":1},)"
                         R"("learner":{"type":"integer","minimum":1},"kind":{"type":"string"},)"
                         R"("limit":{"type":"integer","minimum":1,"maximum":200,"description":"20 when left out"},)"
                         R"("all":{"type":"boolean"}},"additionalProperties":false})",
        .requestExample = R"({"flow":3,"learner":41,"kind":"learner.grade","limit":5})",
        .responseSchema = fmt::format(
            R"({{"type":"object","required":["project","profile","statements","unsendable","counts","complete"],)"
            R"("properties":{{"project":{{"type":"string"}},"profile":{{"type":"string"}},{}}}}})",
            kPreviewProperties),
        .responseExample =
            fmt::format(R"({{"project":"bas","profile":"bas 2025.1 0123456789ab",{}}})", kPreviewExample)};
    kept.push_back(router.add(Method::Post, under("/preview"), options,
                              [this](const Request& request) { return preview(request); }));
    return kept;
}

Response PreviewApi::preview(const Request& request) {
    common::JsonReader in(common::parseJsonObject(request.body.empty() ? "{}" : request.body));
    delivery::PreviewAsked asked;
    asked.organization = request.parameter("org");
    if (auto flow = in.integer("flow", 1))
        asked.flowId = *flow;
    else if (in.errors().empty())
        in.wrong("flow", "it is missing", "Give a flow's id.");
    if (auto learner = in.integer("learner", 1)) asked.learnerId = *learner;
    asked.kind = in.text("kind", 200).value_or("");
    asked.limit = static_cast<std::size_t>(in.integer("limit", 1, 200).value_or(20));
    asked.all = in.boolean("all").value_or(false);
    in.refuseUnknown();
    in.finish("The preview can't be made as asked");
    const auto made = delivery::preview(parts_, asked);
    common::JsonWriter json;
    json.object().member("project", made.project).member("profile", made.profile);
    writePreview(json, made);
    json.end();
    return Response::json(json.take());
}

}  // namespace plugin::api
