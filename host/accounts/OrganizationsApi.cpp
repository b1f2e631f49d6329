#include "host/accounts/OrganizationsApi.h"

#include "common/Cursor.h"
#include "common/Json.h"
#include "common/JsonReader.h"
#include "host/http/Lists.h"

#include <fmt/format.h>

namespace host::accounts {
namespace {

using common::JsonReader;
using sdk::Access;
using sdk::AppError;
using sdk::Method;
using sdk::Organization;
using sdk::Request;
using sdk::Response;
using sdk::RouteOptions;

constexpr const char* kOrganizationSchema =
    R"({"type":"object","required":["id","legalName","tariff","activityBase"],"properties":{
"id":{"type":"string","description":"a-z, 0-9 and '-'; never changes"},
"legalName":{"type":"string","description":"юридическое наименование, как в договоре"},
"fullName":{"type":"string"},
"tariff":{"type":"string","enum":["basic","individual","professional"]},
"participation":{"type":"array","items":{"type":"string"},"description":"flags such as bas; offered on individual and professional"},
"projects":{"type":"array","items":{"type":"string"},"description":"projects open to it"},
"timeZone":{"type":"string"},
"activityBase":{"type":"string","format":"uri","description":"https address of which activity ids are made; never changes"},
"responsibleName":{"type":"string"},"responsiblePhone":{"type":"string"},"responsibleEmail":{"type":"string"},"corporateEmail":{"type":"string"},
"version":{"type":"integer"}}})";
constexpr const char* kOrganizationExample =
    R"({"id":"demo","legalName":"АНО ДПО «Пример»","fullName":"АНО ДПО «Институт примеров»",
"tariff":"professional","participation":["bas"],"projects":["bas"],"timeZone":"Europe/Moscow","activityBase":"https://lms.example.ru",
"responsibleName":"Анна Смирнова","responsiblePhone":"+7 495 000-00-00","responsibleEmail":"anna@example.ru","corporateEmail":"office@example.ru","version":1})";
constexpr const char* kProjectSchema =
    R"({"type":"object","required":["id","title","profile"],"properties":{"id":{"type":"string"},"title":{"type":"string"},
"profile":{"type":"string","description":"the profile it uses"},
"projectValue":{"type":"string","description":"value in statements when it differs from the profile's"},"version":{"type":"integer"},
"participation":{"type":["object","null"],"readOnly":true,"description":"the flag that opens it to an organization, as its module tells; null: none is needed","properties":{"flag":{"type":"string"},"title":{"type":"string"},
"tariffs":{"type":"array","items":{"type":"string"},"description":"on which the flag is offered; empty: on any"}}}}})";
constexpr const char* kProjectExample =
    R"({"id":"bas","title":"Кадры для БАС","profile":"bas","projectValue":"","version":1,"participation":{"flag":"bas","title":"Участник проекта Кадры для БАС","tariffs":["individual","professional"]}})";

class OrganizationsApi {
public:
    OrganizationsApi(OrganizationStore& store, const ParticipationRules& participation, sdk::Journal& journal)
        : store_(store), participation_(participation), journal_(journal) {}

    Response list(const Request& request) const {
        auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
        http::ListPage list;
        list.columns = {
            "id",       "legalName",    "fullName",        "tariff",           "participation",    "projects",
            "timeZone", "activityBase", "responsibleName", "responsiblePhone", "responsibleEmail", "corporateEmail"};
        std::string last;
        for (const auto& o : store_.all()) {
            if (!request.principal.serverAdmin && request.principal.roles.count(o.id) == 0) continue;
            if (!page.after.empty() && o.id <= page.after[0]) continue;
            if (list.items.size() == page.limit) {
                list.next = common::Cursor::encode(std::vector{last});
                break;
            }
            last = o.id;
            list.items.push_back(toJson(o));
            list.rows.push_back({o.id, o.legalName, o.fullName, o.tariff,
                                 fmt::format("{}", fmt::join(o.participation, " ")),
                                 fmt::format("{}", fmt::join(o.projects, " ")), o.timeZone, o.activityBase,
                                 o.responsibleName, o.responsiblePhone, o.responsibleEmail, o.corporateEmail});
        }
        return http::listResponse(request, std::move(list));
    }

    Response create(const Request& request) const {
        JsonReader reader(common::parseJsonObject(request.body));
        Organization o;
        o.id = reader.requiredText("id", 64);
        read(reader, o);
        auto made = store_.create(o);
        note(request, made.id, "organization.created", toJson(made));
        return Response::json(toJson(made), 201)
            .etag(made.version)
            .header("Location", "/api/v1/organizations/" + made.id);
    }

    Response show(const Request& request) const {
        auto o = find(request);
        return Response::json(toJson(o)).etag(o.version);
    }

    Response update(const Request& request) const {
        JsonReader reader(common::parseJsonObject(request.body));
        auto before = find(request);
        auto o = Organization();
        o.id = before.id;
        if (auto id = reader.text("id", 64); id && *id != o.id)
            reader.wrong("id", "can't be changed", "send it as it is, or leave it out");
        read(reader, o);
        if (!request.principal.serverAdmin) refuseWhatIsTheServers(before, o);
        auto made = store_.update(o, sdk::ifMatch(request));
        note(request, made.id, "organization.changed", toJson(made));
        return Response::json(toJson(made)).etag(made.version);
    }

    Response listProjects(const Request& request) const {
        auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
        http::ListPage list;
        list.columns = {"id", "title", "profile", "projectValue"};
        std::string last;
        for (const auto& row : store_.projectRows()) {
            if (!page.after.empty() && row.project.id <= page.after[0]) continue;
            if (list.items.size() == page.limit) {
                list.next = common::Cursor::encode(std::vector{last});
                break;
            }
            last = row.project.id;
            list.items.push_back(shown(row));
            list.rows.push_back({row.project.id, row.project.title, row.project.profile, row.project.projectValue});
        }
        return http::listResponse(request, std::move(list));
    }

    Response createProject(const Request& request) const {
        auto row = store_.createProject(readProject(request, ""));
        journal_.append({"", request.principal.login, request.clientAddress, "project.created",
                         "projects/" + row.project.id, toJson(row), request.requestId});
        return Response::json(shown(row), 201)
            .etag(row.version)
            .header("Location", "/api/v1/projects/" + row.project.id);
    }

    Response showProject(const Request& request) const {
        for (const auto& row : store_.projectRows())
            if (row.project.id == request.parameter("project")) return Response::json(shown(row)).etag(row.version);
        throw AppError::notFound(fmt::format("The project '{}' was not found.", request.parameter("project")));
    }

    Response updateProject(const Request& request) const {
        auto row = store_.updateProject(readProject(request, request.parameter("project")), sdk::ifMatch(request));
        journal_.append({"", request.principal.login, request.clientAddress, "project.changed",
                         "projects/" + row.project.id, toJson(row), request.requestId});
        return Response::json(shown(row)).etag(row.version);
    }

private:
    std::string shown(const ProjectRow& row) const {
        common::JsonWriter json;
        writeMembers(json.object(), row);
        json.key("participation");
        if (const auto rule = participation_.find(row.project.profile)) {
            json.object().member("flag", rule->flag).member("title", rule->title).key("tariffs").array();
            for (const auto& tariff : rule->tariffs) json.value(tariff);
            json.end().end();
        } else {
            json.null();
        }
        return json.end().take();
    }

    void note(const Request& request, const std::string& id, const char* action, const std::string& details) const {
        journal_.append({id, request.principal.login, request.clientAddress, action, "organizations/" + id, details,
                         request.requestId});
    }

    Organization find(const Request& request) const {
        auto o = store_.find(request.parameter("org"));
        if (!o) throw AppError::notFound(fmt::format("The organization '{}' was not found.", request.parameter("org")));
        return *o;
    }

    static void read(JsonReader& reader, Organization& o) {
        o.legalName = reader.requiredText("legalName", 500);
        o.fullName = reader.text("fullName", 1000).value_or("");
        o.tariff = reader.requiredText("tariff", 64);
        o.participation = reader.texts("participation", 100).value_or(std::vector<std::string>());
        o.projects = reader.texts("projects", 100).value_or(std::vector<std::string>());
        o.timeZone = reader.text("timeZone", 64).value_or("Europe/Moscow");
        o.activityBase = reader.requiredText("activityBase", 500);
        o.responsibleName = reader.text("responsibleName", 300).value_or("");
        o.responsiblePhone = reader.text("responsiblePhone", 100).value_or("");
        o.responsibleEmail = reader.text("responsibleEmail", 254).value_or("");
        o.corporateEmail = reader.text("corporateEmail", 254).value_or("");
        // What a person got by GET can be sent back as it is.
        reader.has("version");
        reader.refuseUnknown();
        reader.finish("The organization is not valid");
    }

    /// The contract with an organization is the server's administrator's: its tariff, and what is open to it.
    static void refuseWhatIsTheServers(const Organization& before, Organization o) {
        std::vector<sdk::FieldError> errors;
        auto refuse = [&](const char* pointer) {
            errors.push_back(
                {pointer, "is changed by the server's administrator only", "send it as it is, and ask them"});
        };
        std::sort(o.projects.begin(), o.projects.end());
        if (o.tariff != before.tariff) refuse("/tariff");
        if (o.projects != before.projects) refuse("/projects");
        if (!errors.empty())
            throw AppError(403, "forbidden", "These fields are not yours to change.", std::move(errors));
    }

    static sdk::Project readProject(const Request& request, const std::string& id) {
        JsonReader reader(common::parseJsonObject(request.body));
        sdk::Project project;
        if (id.empty()) {
            project.id = reader.requiredText("id", 64);
        } else {
            project.id = id;
            if (auto given = reader.text("id", 64); given && *given != id)
                reader.wrong("id", "can't be changed", "send it as it is, or leave it out");
        }
        project.title = reader.requiredText("title", 300);
        project.profile = reader.requiredText("profile", 64);
        project.projectValue = reader.text("projectValue", 300).value_or("");
        for (const char* given : {"version", "participation"}) reader.has(given);
        reader.refuseUnknown();
        reader.finish("The project is not valid");
        return project;
    }

    OrganizationStore& store_;
    const ParticipationRules& participation_;
    sdk::Journal& journal_;
};

RouteOptions options(Access access, const char* id, const char* tag, const char* summary) {
    RouteOptions route;
    route.access = access;
    route.maxBody = 64 * 1024;
    route.operation.id = id;
    route.operation.tag = tag;
    route.operation.summary = summary;
    return route;
}

}  // namespace

std::vector<sdk::Registration> registerOrganizationsApi(sdk::Router& router, OrganizationStore& organizations,
                                                        const ParticipationRules& participation,
                                                        sdk::Journal& journal) {
    auto api = std::make_shared<OrganizationsApi>(organizations, participation, journal);
    std::vector<sdk::Registration> all;
    auto add = [&](Method method, const char* path, RouteOptions route,
                   Response (OrganizationsApi::*handler)(const Request&) const) {
        all.push_back(router.add(method, path, std::move(route),
                                 [api, handler](const Request& r) { return ((*api).*handler)(r); }));
    };

    auto route = options(Access::SignedIn, "listOrganizations", "Organizations", "The organizations one has a role in");
    route.operation.description =
        "All of them for the server's administrator. By id. Accept: text/csv gives the same as CSV.";
    route.operation.queryParameters = http::listParameters();
    route.operation.responseSchema = http::listSchema(kOrganizationSchema);
    route.operation.responseExample = http::listExample(kOrganizationExample);
    add(Method::Get, "/api/v1/organizations", route, &OrganizationsApi::list);

    route = options(Access::ServerAdmin, "createOrganization", "Organizations", "Add an organization");
    route.operation.requestSchema = kOrganizationSchema;
    route.operation.requestExample = kOrganizationExample;
    route.operation.responseSchema = kOrganizationSchema;
    route.operation.responseExample = kOrganizationExample;
    route.operation.successStatus = 201;
    add(Method::Post, "/api/v1/organizations", route, &OrganizationsApi::create);

    route = options(Access::Organization, "showOrganization", "Organizations", "One organization");
    route.serverAdminToo = true;
    route.operation.responseSchema = kOrganizationSchema;
    route.operation.responseExample = kOrganizationExample;
    add(Method::Get, "/api/v1/organizations/{org}", route, &OrganizationsApi::show);

    route = options(Access::Organization, "updateOrganization", "Organizations", "Change an organization");
    route.least = sdk::Role::OrganizationAdmin;
    route.serverAdminToo = true;
    route.requireIfMatch = true;
    route.operation.description =
        "Replaces all fields; id and activityBase never change, tariff and projects only by the server's "
        "administrator.";
    route.operation.requestSchema = kOrganizationSchema;
    route.operation.requestExample = kOrganizationExample;
    route.operation.responseSchema = kOrganizationSchema;
    route.operation.responseExample = kOrganizationExample;
    add(Method::Put, "/api/v1/organizations/{org}", route, &OrganizationsApi::update);

    route = options(Access::SignedIn, "listProjects", "Projects", "The projects of this server");
    route.operation.description = "By id. Accept: text/csv gives the same as CSV.";
    route.operation.queryParameters = http::listParameters();
    route.operation.responseSchema = http::listSchema(kProjectSchema);
    route.operation.responseExample = http::listExample(kProjectExample);
    add(Method::Get, "/api/v1/projects", route, &OrganizationsApi::listProjects);

    route = options(Access::ServerAdmin, "createProject", "Projects", "Add a project");
    route.operation.requestSchema = kProjectSchema;
    route.operation.requestExample = kProjectExample;
    route.operation.responseSchema = kProjectSchema;
    route.operation.responseExample = kProjectExample;
    route.operation.successStatus = 201;
    add(Method::Post, "/api/v1/projects", route, &OrganizationsApi::createProject);

    route = options(Access::SignedIn, "showProject", "Projects", "One project");
    route.operation.responseSchema = kProjectSchema;
    route.operation.responseExample = kProjectExample;
    add(Method::Get, "/api/v1/projects/{project}", route, &OrganizationsApi::showProject);

    route = options(Access::ServerAdmin, "updateProject", "Projects", "Change a project");
    route.requireIfMatch = true;
    route.operation.requestSchema = kProjectSchema;
    route.operation.requestExample = kProjectExample;
    route.operation.responseSchema = kProjectSchema;
    route.operation.responseExample = kProjectExample;
    add(Method::Put, "/api/v1/projects/{project}", route, &OrganizationsApi::updateProject);
    return all;
}

}  // namespace host::accounts
