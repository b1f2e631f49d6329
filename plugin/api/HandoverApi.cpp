#include "plugin/api/HandoverApi.h"

#include "common/JsonReader.h"
#include "plugin/api/Lists.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;

namespace {

const char* const kSchema =
    R"({"type":"object","required":["projects"],"properties":{"projects":{"type":"array","items":{"type":"object",)"
    R"("required":["project","statements","undecided","handedOver","accepted"],"properties":{)"
    R"("project":{"type":"string"},"statements":{"type":"integer"},)"
    R"("undecided":{"type":"integer","description":"nobody said whether they were handed over"},)"
    R"("handedOver":{"type":"integer","description":"by a person's word"},)"
    R"("accepted":{"type":"integer","description":"by the LRS itself"}}}}}})";
const char* const kExample =
    R"({"projects":[{"project":"bas","statements":1204,"undecided":0,"handedOver":1204,"accepted":0}]})";

/// Which project's files are meant; the only one when none is named.
std::string projectOf(const std::optional<std::string>& named, const std::vector<store::Handover>& all) {
    if (!named && all.size() == 1) return all.front().project;
    std::vector<std::string> names;
    for (const auto& one : all) {
        if (named && one.project == *named) return one.project;
        names.push_back(one.project);
    }
    throw AppError::validation("The word about the files can't be taken.",
                               {{"/project",
                                 named ? "the export has no xAPI files of '" + *named + "' that can be decided about"
                                       : "the export has xAPI files of several projects",
                                 fmt::format("Name one of: {}.", fmt::join(names, ", "))}});
}

}  // namespace

std::vector<host::sdk::Registration> HandoverApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions get;
    get.operation = {.id = "getHandedOver",
                     .tag = "Exports",
                     .summary = "Whether an export's xAPI files were handed over",
                     .description = "Empty when the export has no xAPI files.",
                     .responseSchema = kSchema,
                     .responseExample = kExample};
    kept.push_back(router.add(Method::Get, under("/exports/{export}/handed-over"), get,
                              [this](const Request& request) { return show(require(request)); }));
    host::sdk::RouteOptions post;
    post.least = Role::OrganizationAdmin;
    post.maxBody = 16 * 1024;
    post.operation = {
        .id = "setHandedOver",
        .tag = "Exports",
        .summary = "Say whether an export's xAPI files were handed over to University 2035",
        .description =
            "`true` («передано»): their statements count as told, no later export and no LRS gets them again. "
            "`false`: they were not; the next export holds them again, rendered anew where facts have changed, and "
            "this "
            "export can no longer be decided about. Until one of them is said they stand in doubt: in every further "
            "export with the same bytes, in no table, and an LRS set up later doesn't get them.",
        .requestSchema = R"({"type":"object","required":["handedOver"],"properties":{"handedOver":{"type":"boolean"},)"
                         R"("project":{"type":"string","description":"needed when the export has several"}},)"
                         R"("additionalProperties":false})",
        .requestExample = R"({"project":"bas","handedOver":true})",
        .responseSchema = kSchema,
        .responseExample = kExample};
    kept.push_back(router.add(Method::Post, under("/exports/{export}/handed-over"), post,
                              [this](const Request& request) { return decide(request); }));
    return kept;
}

std::int64_t HandoverApi::require(const Request& request) {
    const auto run = pathId(request, "export", "export");
    if (!runs_.findExport(request.parameter("org"), run)) throw AppError::notFound("There is no such export here.");
    return run;
}

Response HandoverApi::show(std::int64_t run) {
    common::JsonWriter json;
    json.object().key("projects").array();
    for (const auto& one : files_.handovers(run))
        json.object()
            .member("project", one.project)
            .member("statements", one.statements)
            .member("undecided", one.undecided)
            .member("handedOver", one.handedOver)
            .member("accepted", one.accepted)
            .end();
    json.end().end();
    return Response::json(json.take());
}

Response HandoverApi::decide(const Request& request) {
    const auto run = require(request);
    common::JsonReader in(common::parseJsonObject(request.body.empty() ? "{}" : request.body));
    const auto handedOver = in.boolean("handedOver");
    const auto named = in.text("project", 200);
    if (!handedOver && in.errors().empty())
        in.wrong("handedOver", "it is missing", "Say true when the files were handed over, false when they were not.");
    in.refuseUnknown();
    in.finish("The word about the files can't be taken");
    const auto all = files_.handovers(run);
    if (all.empty())
        throw AppError::conflict("export.nothing-to-hand-over",
                                 "The export has no xAPI files that can be decided about; run 'only': 'xapi-files' "
                                 "and use its export.");
    const auto project = projectOf(named, all);
    const auto& organization = request.parameter("org");
    const auto filesStore = store::XapiFileStore::filesStore(installationId_, organization, project);
    const auto changed = *handedOver ? files_.handOver(run, project, request.principal.login, filesStore)
                                     : files_.release(run, project, filesStore);
    journal_.append(
        {.organization = organization,
         .actor = request.principal.login,
         .clientAddress = request.clientAddress,
         .action = *handedOver ? "export.handed-over" : "export.not-handed-over",
         .subject = "exports/" + std::to_string(run),
         .details = fmt::format(R"({{"project":{},"statements":{}}})", common::jsonString(project), changed),
         .requestId = request.requestId});
    return show(run);
}

}  // namespace plugin::api
