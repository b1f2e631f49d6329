#include "plugin/api/ProfilesApi.h"

#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/PreviewApi.h"
#include "plugin/api/RussianTexts.h"
#include "plugin/footprint/ProfileTrial.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <iterator>

namespace plugin::api {

using footprint::ProfileTrial;
using host::sdk::Access;
using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

constexpr std::size_t kShown = 100;
const char* const kNote =
    "Проверка ничего не меняет. Чтобы профиль начал действовать, положите его файл в папку профилей и перезапустите "
    "сервер.";

/// What is to be tried.
struct Asked {
    std::string profile;    ///< JSON text; empty: the served one with `statement` in it
    std::string statement;  ///< JSON text of one kind
    host::sdk::RecordId flowId = 0;
    host::sdk::RecordId learnerId = 0;
    std::size_t limit = 20;
};

/// The member's own text: numbers and the order of keys stay as they were sent.
std::string memberText(const rapidjson::Document& body, const char* name) {
    const auto it = body.FindMember(name);
    if (it == body.MemberEnd()) return {};
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    it->value.Accept(writer);
    return buffer.GetString();
}

Asked read(const std::string& text) {
    common::JsonReader in(common::parseJsonObject(text.empty() ? "{}" : text, 64));
    Asked asked;
    const bool whole = in.has("profile");
    const bool kind = in.has("statement");
    in.object("profile");
    in.object("statement");
    if (whole == kind && in.errors().empty())
        in.wrong("profile", "give either a whole profile or one kind as 'statement'", "Send exactly one of them.");
    if (auto flow = in.integer("flow", 1)) asked.flowId = *flow;
    if (auto learner = in.integer("learner", 1)) asked.learnerId = *learner;
    if (asked.learnerId != 0 && asked.flowId == 0)
        in.wrong("learner", "a learner is looked at in a flow", "Add 'flow', or leave it out.");
    asked.limit = static_cast<std::size_t>(in.integer("limit", 1, 200).value_or(20));
    in.refuseUnknown();
    in.finish("The profile can't be tried as asked");
    rapidjson::Document body;
    body.Parse(text.data(), text.size());
    asked.profile = memberText(body, "profile");
    asked.statement = memberText(body, "statement");
    return asked;
}

void writeSample(common::JsonWriter& json, const ProfileTrial& trial) {
    delivery::Preview sample;
    for (const auto& draft : trial.statements)
        if (sample.statements.size() < kShown) sample.statements.push_back({draft, {}});
    sample.unsendable = trial.unsendable;
    sample.due = static_cast<std::int64_t>(trial.statements.size());
    sample.cannot = static_cast<std::int64_t>(trial.unsendable.size());
    sample.complete = sample.statements.size() == trial.statements.size();
    json.key("sample").object();
    writePreview(json, sample);
    json.end();
}

}  // namespace

std::vector<host::sdk::Registration> ProfilesApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions options;
    options.access = Access::ServerAdmin;
    options.maxBody = 1024 * 1024;
    const std::string shown = fmt::format(
        R"({{"type":["object","null"],"required":["statements","unsendable","counts","complete"],"properties":{{{}}}}})",
        kPreviewProperties);
    options.operation = {
        .id = "checkProfile",
        .tag = "Nights",
        .summary = "Try a changed profile, or one kind of statement, before it serves",
        .description =
            "A template copied from University 2035's table is pasted as `statement` (`u2035-profile suggest` makes "
            "one "
            "out of an example) or stands in a whole `profile`. Answers every fault with its pointer, warnings, the "
            "rendering of a made-up flow and, with `flow`, of a real one as far as `limit` goes. Nothing is changed, "
            "kept or sent: a served profile is a file, changed with a restart.",
        .requestSchema = R"({"type":"object","properties":{"profile":{"type":"object"},"statement":{"type":"object"},)"
                         R"("flow":{"type":"integer","minimum":1},"learner":{"type":"integer","minimum":1},)"
                         R"("limit":{"type":"integer","minimum":1,"maximum":200}},"additionalProperties":false})",
        .requestExample =
            R"({"statement":{"name":"learner.new","from":"result","template":{"id":"{statement.id}"}},"flow":3})",
        .responseSchema = fmt::format(
            R"({{"type":"object","required":["valid","served","tried","errors","warnings","sample","flow","note"],)"
            R"("properties":{{"valid":{{"type":"boolean"}},"served":{{"type":"string"}},)"
            R"("tried":{{"type":["string","null"]}},"errors":{{"type":"array","items":{{"type":"object",)"
            R"("required":["pointer","reason","fix"],"properties":{{"pointer":{{"type":"string"}},)"
            R"("reason":{{"type":"string"}},"fix":{{"type":"string"}}}}}}}},"warnings":{{"type":"array",)"
            R"("items":{{"type":"string"}}}},"sample":{},"flow":{},"note":{{"type":"string"}}}}}})",
            shown, shown),
        .responseExample = fmt::format(
            R"({{"valid":true,"served":"bas 2025.1 0123456789ab","tried":"bas 2025.1 ba9876543210","errors":[],)"
            R"("warnings":[],"sample":{{{}}},"flow":null,"note":"{}"}})",
            kPreviewExample, kNote)};
    kept.push_back(router.add(Method::Post, under("/profiles/{profile}/check"), options,
                              [this](const Request& request) { return check(request); }));
    return kept;
}

std::string ProfilesApi::fileOf(const std::string& profile) const {
    // The name is one of the served ones, never a path from outside.
    std::ifstream in(folder_ / (profile + ".json"), std::ios::binary);
    if (!in)
        throw AppError::conflict("profile.no-file",
                                 "The served profile's file can't be read any more; send the whole profile instead.");
    return {std::istreambuf_iterator<char>(in), {}};
}

Response ProfilesApi::check(const Request& request) {
    const auto& organization = request.parameter("org");
    if (!parts_.organizations.find(organization)) throw AppError::notFound("There is no such organization.");
    const auto* served = parts_.profiles.find(request.parameter("profile"));
    if (served == nullptr) throw AppError::notFound("There is no such profile on this server.");
    const auto asked = read(request.body);
    const auto tried = asked.statement.empty() ? footprint::ProfileWithKind{asked.profile, {}}
                                               : footprint::withKind(fileOf(served->name), asked.statement);
    auto trial = footprint::tryProfile(served->name + ".json", tried.text, tried.kind);

    std::optional<delivery::Preview> flow;
    if (trial.profile != nullptr && asked.flowId != 0) {
        const auto structure = parts_.records.structure(organization, asked.flowId);
        const auto project = structure ? parts_.organizations.project(structure->programme.project) : std::nullopt;
        if (project && project->profile != served->name)
            throw AppError::validation("The profile can't be tried as asked.",
                                       {{"/flow", fmt::format("its project uses the profile '{}'", project->profile),
                                         "Use a flow of a project with this profile."}});
        flow = delivery::preview(
            parts_, {organization, asked.flowId, asked.learnerId, tried.kind, asked.limit, true, trial.profile.get()});
    }

    common::JsonWriter json;
    json.object()
        .member("valid", trial.profile != nullptr)
        .member("served", served->versionTag())
        .member("tried", trial.profile ? std::optional(trial.profile->versionTag()) : std::nullopt)
        .key("errors")
        .array();
    const bool russian = asksForRussian(request);
    for (const auto& error : trial.errors)
        json.object()
            .member("pointer", error.pointer)
            .member("reason", russian ? russianTexts().text(error.reason) : error.reason)
            .member("fix", russian ? russianTexts().text(error.fix) : error.fix)
            .end();
    json.end().key("warnings").array();
    for (const auto& warning : trial.warnings) json.value(warning);
    json.end();
    if (trial.profile != nullptr)
        writeSample(json, trial);
    else
        json.key("sample").null();
    json.key("flow");
    if (flow) {
        json.object();
        writePreview(json, *flow);
        json.end();
    } else {
        json.null();
    }
    json.member("note", kNote).end();
    return Response::json(json.take());
}

}  // namespace plugin::api
