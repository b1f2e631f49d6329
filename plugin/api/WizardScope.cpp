#include "common/Json.h"
#include "plugin/api/WizardApi.h"
#include "plugin/api/WizardDocs.h"

namespace plugin::api {

using host::sdk::Access;
using host::sdk::AppError;
using host::sdk::FieldError;
using host::sdk::Method;
using host::sdk::RecordId;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;
using host::sdk::RouteOptions;
using integration::IntegrationState;

void WizardApi::addScope() {
    RouteOptions options;
    options.access = Access::Organization;
    options.least = Role::OrganizationAdmin;
    options.operation = docs::getScope();
    add(Method::Get, "/{project}/scope", options, [this](const Request& r) {
        Subject subject = subjectOf(r);
        return scopeAnswer(subject, services_.integrations.scope(subject.key.organization, subject.key.project));
    });
    options.requireIfMatch = true;
    options.operation = docs::putScope();
    add(Method::Put, "/{project}/scope", options, [this](const Request& r) {
        Subject subject = subjectOf(r);
        store::Scope wanted = readScope(r.body);
        requireKnown(subject, wanted);
        try {
            store::Scope saved = services_.integrations.saveScope(subject.key, host::sdk::ifMatch(r), wanted);
            journal(r, subject, "integration.scope-changed", store::toJson(saved));
            return scopeAnswer(subject, saved);
        } catch (AppError& e) {
            if (e.status() == 412)
                e.withCurrent(
                    scopeAnswer(subject, services_.integrations.scope(subject.key.organization, subject.key.project))
                        .body);
            throw;
        }
    });
}

Response WizardApi::scopeAnswer(const Subject& subject, const store::Scope& scope) const {
    common::JsonWriter json;
    std::string saved = store::toJson(scope);
    saved.pop_back();  // the object goes on with what follows from it
    json.array();
    for (const auto& programme : services_.records.programmes(subject.key.organization, subject.key.project)) {
        for (const auto& flow : services_.records.flows(subject.key.organization, programme.id)) {
            auto chosen = scope.channels.find(flow.id);
            json.object().member("flow", std::to_string(flow.id)).member("title", flow.title);
            json.member("programme", programme.title);
            json.member("covered", scope.allFlows || scope.flows.count(flow.id) > 0);
            json.member("channel", chosen == scope.channels.end() ? subject.facts.defaultChannel : chosen->second)
                .end();
        }
    }
    json.end();
    Response response =
        Response::json(fmt::format(R"({},"known":{},"version":{}}})", saved, json.text(), scope.version));
    response.etag(scope.version);
    return response;
}

void WizardApi::requireKnown(const Subject& subject, const store::Scope& scope) const {
    std::set<RecordId> known;
    for (const auto& programme : services_.records.programmes(subject.key.organization, subject.key.project))
        for (const auto& flow : services_.records.flows(subject.key.organization, programme.id)) known.insert(flow.id);
    std::vector<FieldError> errors;
    auto need = [&](const std::string& pointer, RecordId flow) {
        if (known.count(flow) == 0)
            errors.push_back(
                {pointer, fmt::format("the project has no flow {}", flow), "take the flow from \"known\""});
    };
    for (RecordId flow : scope.flows) need("/flows", flow);
    for (const auto& [flow, channel] : scope.channels) need("/channels", flow);
    for (const auto& [learner, reason] : scope.leftOutLearners)
        if (!services_.records.learner(subject.key.organization, learner))
            errors.push_back({"/leftOutLearners", fmt::format("there is no learner {}", learner),
                              "take the id from the records API"});
    if (!errors.empty()) throw AppError::validation("The scope names what isn't there.", std::move(errors));
}

void WizardApi::addEndpoints() {
    RouteOptions options;
    options.access = Access::ServerAdmin;
    options.operation = docs::getEndpoints();
    add(Method::Get, "/{project}/endpoints", options, [this](const Request& r) {
        Subject subject = subjectOf(r);
        IntegrationState state = services_.integrations.load(subject.key);
        Response response = Response::json(endpointsJson(subject.facts, state));
        response.etag(state.version);
        return response;
    });
    options.requireIfMatch = true;
    options.operation = docs::putEndpoints();
    add(Method::Put, "/{project}/endpoints", options, [this](const Request& r) {
        Subject subject = subjectOf(r);
        auto overrides = readEndpoints(r.body);
        try {
            IntegrationState state = services_.integrations.change(
                subject.key, host::sdk::ifMatch(r),
                [&](IntegrationState s) { return integration::overrideEndpoints(std::move(s), overrides); });
            std::string shown = endpointsJson(subject.facts, state);
            journal(r, subject, "integration.endpoints-changed", shown);
            Response response = Response::json(shown);
            response.etag(state.version);
            return response;
        } catch (AppError& e) {
            if (e.status() == 412)
                e.withCurrent(endpointsJson(subject.facts, services_.integrations.load(subject.key)));
            throw;
        }
    });
}

}  // namespace plugin::api
