#include "plugin/api/DestinationsApi.h"

#include "plugin/api/Lists.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

const char* const kSchema =
    R"({"type":"object","required":["store","project","endpoint","state","waiting","inDoubt","blocked","accepted","quarantined"],)"
    R"("properties":{"store":{"type":"string"},"project":{"type":"string"},"endpoint":{"type":"string"},)"
    R"("state":{"enum":["open","silent","paused"],"description":"silent: no answer that counts, asked again by itself;)"
    R"( paused: it refuses credential or address"},)"
    R"("since":{"type":["string","null"],"format":"date-time"},)"
    R"("probeAt":{"type":["string","null"],"format":"date-time","description":"not asked before, unless a person starts a run"},)"
    R"("failures":{"type":"integer","description":"times it was asked in vain"},"status":{"type":"integer"},)"
    R"("reason":{"type":"string"},"waiting":{"type":"integer"},"inDoubt":{"type":"integer"},)"
    R"("blocked":{"type":"integer","description":"wait for a methodist's statement that isn't accepted"},)"
    R"("accepted":{"type":"integer"},"quarantined":{"type":"integer"}}})";
const char* const kExample =
    R"({"items":[{"store":"5a2f0d1e-3c1b-4d7e-9a55-2f0c6f1b7e01","project":"bas",)"
    R"("endpoint":"https://lrs.example.org/data/xAPI","state":"silent","since":"2026-01-12T23:04:11Z",)"
    R"("probeAt":"2026-01-12T23:12:11Z","failures":3,"status":503,"reason":"HTTP 503: Service Unavailable",)"
    R"("waiting":212,"inDoubt":50,"blocked":0,"accepted":941,"quarantined":2}],"next":null})";

struct Row {
    const store::Destination& destination;
    std::optional<store::Resting> resting;
    store::StateCounts counts;

    const char* state() const { return resting ? store::toString(resting->why) : "open"; }
    std::optional<store::Micros> since() const { return resting ? std::optional(resting->since) : std::nullopt; }
    std::optional<store::Micros> probeAt() const { return resting ? std::optional(resting->probeAt) : std::nullopt; }
};

void write(common::JsonWriter& json, const Row& row) {
    json.object()
        .member("store", row.destination.storeId)
        .member("project", row.destination.project)
        .member("endpoint", row.destination.endpoint)
        .member("state", row.state())
        .timeMember("since", row.since())
        .timeMember("probeAt", row.probeAt())
        .member("failures", row.resting ? row.resting->failures : 0)
        .member("status", row.resting ? row.resting->status : 0)
        .member("reason", row.resting ? row.resting->reason : std::string())
        .member("waiting", row.counts.waiting)
        .member("inDoubt", row.counts.inDoubt)
        .member("blocked", row.counts.blocked)
        .member("accepted", row.counts.accepted)
        .member("quarantined", row.counts.quarantined)
        .end();
}

Response csvOf(const Request& request, const std::vector<Row>& rows) {
    CsvText csv;
    for (const auto* name : {"store", "project", "endpoint", "state", "since", "probeAt", "reason", "waiting",
                             "inDoubt", "blocked", "accepted", "quarantined"})
        csv.cell(name);
    csv.endRow();
    for (const auto& row : rows) {
        csv.cell(row.destination.storeId).cell(row.destination.project).cell(row.destination.endpoint);
        csv.cell(row.state()).time(row.since()).time(row.probeAt());
        csv.cell(row.resting ? row.resting->reason : std::string());
        for (const auto count :
             {row.counts.waiting, row.counts.inDoubt, row.counts.blocked, row.counts.accepted, row.counts.quarantined})
            csv.cell(count);
        csv.endRow();
    }
    return csvPage(request, csv, "destinations.csv", std::nullopt);
}

}  // namespace

std::vector<host::sdk::Registration> DestinationsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions list;
    list.serverAdminToo = true;
    list.operation = {.id = "listDestinations",
                      .tag = "Nights",
                      .summary = "Where statements go: open or resting, and what waits",
                      .description =
                          "One for each active integration. A destination that gives no answer, or refuses "
                          "our credential, rests: nothing is lost, and it is asked again from `probeAt` on.",
                      .responseSchema = listSchema(kSchema),
                      .responseExample = kExample};
    kept.push_back(router.add(Method::Get, under("/destinations"), list,
                              [this](const Request& request) { return this->list(request); }));
    return kept;
}

Response DestinationsApi::list(const Request& request) {
    const auto active = integrations_.active(request.parameter("org"));
    std::vector<Row> rows;
    for (const auto& destination : active)
        rows.push_back({destination, destinations_.find(destination.storeId), outbox_.counts(destination.storeId)});
    if (wantsCsv(request)) return csvOf(request, rows);
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows) write(json, row);
    json.end().key("next").null().end();
    return jsonPage(json);
}

}  // namespace plugin::api
