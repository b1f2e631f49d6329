#include "host/connections/RoutePlan.h"

#include "common/JsonReader.h"
#include "host/connections/SourceSettings.h"

namespace host::connections {

std::optional<WatermarkRule> watermarkFrom(const std::string& json) {
    if (json.empty()) return std::nullopt;
    const auto kept = common::parseJsonObject(json);
    WatermarkRule rule;
    rule.column = kept->getValue<std::string>("column");
    rule.type = watermarkTypeFrom(kept->getValue<std::string>("type")).value_or(WatermarkType::Text);
    rule.overlapSeconds = kept->optValue<std::int64_t>("overlapSeconds", 0);
    rule.ordered = kept->optValue<bool>("ordered", false);
    return rule;
}

sdk::SourceRequest checkRequest(const Connection& connection, const sdk::SourceDescription& description,
                                const SecretOf& secret) {
    sdk::SourceRequest request;
    request.organization = connection.organization;
    request.connection = settingsFrom(connection.settings, description.connection, secret);
    return request;
}

RoutePlan RoutePlan::of(const Connection& connection, const Route& route, const sdk::SourceDescription& description,
                        const SecretOf& secret) {
    RoutePlan plan;
    plan.mapping = std::make_unique<sources::CsvMapping>(sources::CsvMapping::parse(
        connection.name + "/" + route.name, route.mapping, sources::CsvMapping::Use::Route, connection.name));
    auto& rules = plan.rules;
    rules.routeId = route.id;
    rules.organization = connection.organization;
    rules.mapping = plan.mapping.get();
    rules.watermark = watermarkFrom(route.watermark);
    rules.stopOnError = route.onError == "stop";
    rules.followDeletions = route.deletions == "follow";
    rules.maxDeletedPercent = route.maxDeletedPercent;

    plan.request = checkRequest(connection, description, secret);
    plan.request.route = settingsFrom(route.settings, description.route);
    const auto columns = plan.mapping->columns();
    plan.request.columns.assign(columns.begin(), columns.end());
    if (rules.watermark) {
        plan.request.watermarkColumn = rules.watermark->column;
        if (!columns.contains(rules.watermark->column)) plan.request.columns.push_back(rules.watermark->column);
    }
    return plan;
}

}  // namespace host::connections
