// The part of ConnectionRuns that shows before a run whether it will go well.

#include "host/connections/BroughtRules.h"
#include "host/connections/ConnectionRuns.h"
#include "host/connections/SharedRecords.h"

#include <algorithm>
#include <sstream>

namespace host::connections {

using sdk::AppError;
using sdk::SourceError;

namespace {

void add(CheckResult& result, const char* step, std::vector<Diagnosis> found) {
    if (found.empty()) return;
    if (result.diagnoses.empty()) result.failedAt = step;
    for (auto& one : found) result.diagnoses.push_back(std::move(one));
}

const char* stepOf(SourceError::Kind kind) {
    switch (kind) {
        case SourceError::Kind::Unreachable:
        case SourceError::Kind::Tls:
        case SourceError::Kind::Interrupted:
        case SourceError::Kind::Timeout:
            return "connect";
        case SourceError::Kind::Credentials:
            return "sign-in";
        case SourceError::Kind::Rights:
            return "rights";
        case SourceError::Kind::Configuration:
            return "settings";
        default:
            return "read";
    }
}

}  // namespace

CheckResult ConnectionRuns::check(const Connection& connection, const SecretOf& secret) {
    CheckResult result;
    if (!connection.enabled) add(result, "enabled", {disabledConnection(connection.name)});
    const auto offer = p_.sources.find(connection.kind);
    if (!offer.kind) {
        add(result, "kind", {unknownKind(connection.kind)});
        return result;
    }
    try {
        auto request = checkRequest(connection, offer.kind->describe(), secret);
        request.stop = offer.gone;
        offer.kind->check(request);
    } catch (const SourceError& error) {
        add(result, stepOf(error.kind()), {diagnose(error)});
    } catch (const AppError& error) {
        add(result, "settings", diagnose(error));
    }
    return result;
}

CheckResult ConnectionRuns::check(const Connection& connection) {
    auto result = check(connection, secretsOf(connection));
    const auto offer = p_.sources.find(connection.kind);
    if (!offer.kind) return result;
    const auto description = offer.kind->describe();
    const auto routes = p_.store.routes(connection.id);
    const auto* brought = dynamic_cast<const BroughtKind*>(offer.kind.get());
    for (const auto& route : routes) {
        try {
            // Rules may have come after the route.
            if (brought != nullptr) requireBroughtRules(*brought, route, routes);
            const auto plan = RoutePlan::of(connection, route, description, secretsOf(connection));
            if (brought != nullptr) brought->checkRoute(plan.request, route.prefix);
        } catch (const SourceError& error) {
            auto one = diagnose(error);
            const auto isTold = [&](const Diagnosis& told) {
                return told.code == one.code && told.detail == one.detail;
            };
            const auto& told = result.diagnoses;
            if (std::none_of(told.begin(), told.end(), isTold)) add(result, "routes", {std::move(one)});
        } catch (const AppError& error) {
            add(result, "routes", diagnose(error));
        }
        if (const auto shared = sharedRecords(p_.store, connection, route)) add(result, "routes", {diagnose(*shared)});
    }
    return result;
}

namespace {

/// A route whose request is no GET does over there what it says, whoever only wanted to look.
void requireReading(const sdk::SourceValues& route) {
    const auto method = route.text("method");
    if (method.empty() || method == "GET" || route.flag("repeatable")) return;
    throw AppError::validation(
        "The route's request may change data in the source, and a trial would send it.",
        {{"/sends", "is missing",
          "Give \"sends\": true to send it all the same. If it only reads, say so in the route (repeatable)."}});
}

bool isSendingRefused(const AppError& error) {
    return !error.errors().empty() && error.errors().front().pointer == "/sends";
}

}  // namespace

Trial ConnectionRuns::tryRoute(const Connection& connection, const Route& route, const TrialAsked& asked) {
    Trial trial;
    std::vector<Diagnosis> first;
    if (!connection.enabled) first.push_back(disabledConnection(connection.name));
    if (!route.enabled) first.push_back(disabledRoute(route.name));
    if (const auto shared = sharedRecords(p_.store, connection, route)) first.push_back(diagnose(*shared));
    const auto offer = p_.sources.find(connection.kind);
    if (!offer.kind) {
        first.push_back(unknownKind(connection.kind));
    } else {
        try {
            auto plan = RoutePlan::of(connection, route, offer.kind->describe(), secretsOf(connection));
            plan.request.limit = kTrialRows;
            plan.request.stop = offer.gone;
            const auto* brought = dynamic_cast<const BroughtKind*>(offer.kind.get());
            const auto& sample = asked.sample;
            if (brought == nullptr && !asked.sends) requireReading(plan.request.route);
            const auto reader = sample && brought != nullptr
                                    ? brought->read(plan.request, std::make_unique<std::istringstream>(*sample), "")
                                    : offer.kind->open(plan.request);
            trial = tryRows(p_.database, p_.clock, plan.rules, *reader);
        } catch (const SourceError& error) {
            first.push_back(diagnose(error));
        } catch (const AppError& error) {
            if (error.status() >= 500 || isSendingRefused(error)) throw;
            for (auto& one : diagnose(error)) first.push_back(std::move(one));
        }
    }
    trial.diagnoses.insert(trial.diagnoses.begin(), first.begin(), first.end());
    return trial;
}

}  // namespace host::connections
