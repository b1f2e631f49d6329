#include "plugin/api/WizardApi.h"

#include "common/Cursor.h"
#include "common/Json.h"
#include "plugin/api/FieldTexts.h"
#include "plugin/api/Lists.h"
#include "plugin/api/WizardDocs.h"

namespace plugin::api {

using host::sdk::Access;
using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Organization;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;
using host::sdk::RouteOptions;
using integration::IntegrationState;
using integration::ProjectFacts;

namespace {

constexpr const char* kBase = "/api/v1/organizations/{org}/u2035/integrations";

RouteOptions reading(host::sdk::Operation operation) {
    RouteOptions o;
    o.access = Access::Organization;
    o.least = Role::OrganizationAdmin;
    o.maxBody = 64 * 1024;
    o.operation = std::move(operation);
    return o;
}

RouteOptions changing(host::sdk::Operation operation) {
    RouteOptions o = reading(std::move(operation));
    o.requireIfMatch = true;
    return o;
}

bool takesPart(const Organization& organization, const ProjectFacts& facts) {
    if (facts.participationFlag.empty()) return true;
    auto has = [](const std::vector<std::string>& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    return has(organization.participation, facts.participationFlag) &&
           (facts.participationTariffs.empty() || has(facts.participationTariffs, organization.tariff));
}

Response cardsPage(const std::vector<WizardView>& views, const std::optional<std::string>& next) {
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& view : views) json.raw(cardJson(view));
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response cardsCsv(const Request& request, const std::vector<WizardView>& views,
                  const std::optional<std::string>& next) {
    CsvText csv;
    for (const char* column : {"project", "title", "status", "statusText", "stage"}) csv.cell(column);
    csv.endRow();
    for (const auto& view : views) {
        csv.cell(view.facts.project).cell(view.facts.title).cell(toString(integration::statusOf(view.state)));
        csv.cell(cardStatusText(view.state, view.language)).cell(std::int64_t{view.state.opened});
        csv.endRow();
    }
    return csvPage(request, csv, "integrations.csv", next);
}

int stageOf(const Request& request) {
    const std::string& text = request.parameter("n");
    if (text.size() != 1 || text[0] < '1' || text[0] > '4')
        throw AppError::notFound("There is no such stage; the stages are 1 to 4.");
    return text[0] - '0';
}

/// The same error with the wizard's text for people in the language asked for.
AppError localized(const AppError& e, integration::Language language) {
    std::string text = integration::reasonText(e.code(), language);
    auto errors = e.errors();
    if (language == integration::Language::Russian)
        for (auto& error : errors) {
            error.reason = fieldTextInRussian(error.reason);
            error.fix = fieldTextInRussian(error.fix);
        }
    AppError out(e.status(), e.code(), text.empty() ? std::string(e.what()) : text, std::move(errors));
    return out.withCurrent(e.current());
}

}  // namespace

WizardApi::WizardApi(WizardServices services, WizardSettings settings)
    : services_(services), settings_(std::move(settings)) {}

void WizardApi::registerRoutes() {
    services_.checks.failLeftOver();
    addReading();
    addLetters();
    addSteps();
    addChecks();
    addScope();
    addEndpoints();
}

void WizardApi::add(Method method, const std::string& path, RouteOptions options, Handling handling) {
    auto handler = [this, handling = std::move(handling)](const Request& request) -> Response {
        try {
            return handling(request);
        } catch (const AppError& e) {
            auto language = integration::languageOf(request.language);
            AppError shown = localized(e, language);
            if (shown.status() == 412 && shown.current().empty()) {
                Subject subject = subjectOf(request);
                shown.withCurrent(
                    wizardJson(viewOf(subject, services_.integrations.load(subject.key), request.language)));
            }
            throw shown;
        }
    };
    registrations_.push_back(services_.router.add(method, kBase + path, std::move(options), std::move(handler)));
}

std::optional<ProjectFacts> WizardApi::factsOf(const std::string& project) const {
    auto found = services_.organizations.project(project);
    return found ? settings_.factsOf(*found) : std::nullopt;
}

WizardApi::Subject WizardApi::subjectOf(const Request& request) const {
    const std::string& id = request.parameter("org");
    const std::string& project = request.parameter("project");
    auto organization = services_.organizations.find(id);
    if (!organization) throw AppError::notFound("There is no such organization.");
    const auto& open = organization->projects;
    auto facts = factsOf(project);
    if (!facts || std::find(open.begin(), open.end(), project) == open.end())
        throw AppError::notFound("There is no such project open to the organization.");
    return {{id, project}, *organization, *facts};
}

WizardView WizardApi::viewOf(const Subject& subject, const IntegrationState& state, const std::string& language) const {
    WizardView view;
    view.facts = subject.facts;
    view.state = state;
    if (!state.lastCheckId.empty()) view.lastCheck = services_.integrations.findCheck(subject.key, state.lastCheckId);
    view.stores = services_.integrations.stores(subject.key);
    view.timeZone = subject.organization.timeZone;
    view.now = services_.clock.now();
    view.replaceAllowed = settings_.replaceKeys;
    view.language = integration::languageOf(language);
    return view;
}

Response WizardApi::wizard(const Subject& subject, const IntegrationState& state, const Request& request,
                           int status) const {
    Response response = Response::json(wizardJson(viewOf(subject, state, request.language)), status);
    response.etag(state.version);
    return response;
}

void WizardApi::journal(const Request& request, const Subject& subject, const std::string& action,
                        const std::string& details) const {
    services_.journal.append({subject.key.organization, request.principal.login, request.clientAddress, action,
                              "integrations/" + subject.key.project, details, request.requestId});
}

Response WizardApi::changed(const Request& request, const Subject& subject, const std::string& action,
                            const std::string& details, const store::IntegrationStore::Command& command) {
    IntegrationState state = services_.integrations.change(subject.key, host::sdk::ifMatch(request), command);
    journal(request, subject, action, details);
    return wizard(subject, state, request);
}

void WizardApi::addReading() {
    add(Method::Get, "", reading(docs::listIntegrations()), [this](const Request& r) { return listCards(r); });
    add(Method::Get, "/{project}", reading(docs::getIntegration()), [this](const Request& r) {
        Subject subject = subjectOf(r);
        IntegrationState state = services_.integrations.load(subject.key);
        if (state.opened == 0 && !takesPart(subject.organization, subject.facts))
            throw AppError(404, "integration.not-participating",
                           "The project is not open to the organization: taking part is not ticked on its edit page.");
        return wizard(subject, state, r);
    });
}

Response WizardApi::listCards(const Request& request) const {
    const std::string& id = request.parameter("org");
    auto organization = services_.organizations.find(id);
    if (!organization) throw AppError::notFound("There is no such organization.");
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    std::string wanted = queryChoice(request, "status", {"not-done", "in-progress", "data-error", "active"});
    auto states = services_.integrations.loadAll(id);
    std::set<std::string> projects(organization->projects.begin(), organization->projects.end());
    std::vector<WizardView> views;
    for (const auto& project : projects) {
        auto facts = factsOf(project);
        if (!facts || (!page.after.empty() && project <= page.after[0])) continue;
        const IntegrationState& state = states[project];
        // What was begun stays in sight, so that it can be disconnected after the flag was taken away.
        if (state.opened == 0 && !takesPart(*organization, *facts)) continue;
        if (!wanted.empty() && wanted != toString(integration::statusOf(state))) continue;
        WizardView view;
        view.facts = *facts;
        view.state = state;
        view.language = integration::languageOf(request.language);
        views.push_back(std::move(view));
    }
    const auto next = page.cut(views, [](const auto& view) { return std::vector{view.facts.project}; });
    return wantsCsv(request) ? cardsCsv(request, views, next) : cardsPage(views, next);
}

void WizardApi::addSteps() {
    add(Method::Post, "/{project}/open", changing(docs::openIntegration()), [this](const Request& r) {
        Subject subject = subjectOf(r);
        if (!takesPart(subject.organization, subject.facts))
            throw AppError::conflict(
                "integration.not-participating",
                "The project is not open to the organization: taking part is not ticked on its edit page.");
        const integration::Doer doer{services_.clock.now(), r.principal.login};
        return changed(r, subject, "integration.opened", "",
                       [&](IntegrationState s) { return integration::openBy(std::move(s), doer); });
    });
    add(Method::Post, "/{project}/stages/{n}/select", changing(docs::selectStage()), [this](const Request& r) {
        int stage = stageOf(r);
        return changed(r, subjectOf(r), "integration.stage-selected", fmt::format(R"({{"stage":{}}})", stage),
                       [stage](IntegrationState s) { return integration::selectStage(std::move(s), stage); });
    });
    add(Method::Post, "/{project}/stages/{n}/continue", changing(docs::continueStage()),
        [this](const Request& r) { return finishStage(r, subjectOf(r), stageOf(r)); });
    add(Method::Post, "/{project}/disconnect", changing(docs::disconnectIntegration()), [this](const Request& r) {
        Subject subject = subjectOf(r);
        readDisconnect(r.body);
        IntegrationState state = services_.checks.disconnect(subject.key, host::sdk::ifMatch(r));
        journal(r, subject, "integration.disconnected", "");
        return wizard(subject, state, r);
    });
}

Response WizardApi::finishStage(const Request& request, const Subject& subject, int stage) {
    auto word = readStoreWord(request.body);
    const integration::Doer doer{services_.clock.now(), request.principal.login};
    if (stage < integration::kStages)
        return changed(request, subject, "integration.stage-continued", fmt::format(R"({{"stage":{}}})", stage),
                       [&](IntegrationState s) { return integration::continueStage(std::move(s), stage, {}, doer); });
    IntegrationState state = services_.integrations.activate(subject.key, host::sdk::ifMatch(request), word,
                                                             subject.facts.testEndpoint, doer.login);
    common::JsonWriter details;
    details.object().member("storeId", state.storeId).memberIf("sameStore", word.sameStore);
    details.memberIf("expected", word.expected);
    if (word.confirm) details.member("confirm", true);
    journal(request, subject, "integration.activated", details.end().take());
    return wizard(subject, state, request);
}

}  // namespace plugin::api
