#include "host/connections/ConnectionJson.h"

#include "common/JsonReader.h"
#include "common/Text.h"
#include "common/TimeZone.h"
#include "host/connections/AssumedLines.h"
#include "host/records/RecordJson.h"
#include "host/schedule/CronExpression.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace host::connections {
namespace {

using common::JsonReader;
using common::JsonWriter;
using sdk::AppError;
using Errors = std::vector<sdk::FieldError>;

constexpr std::size_t kLongestTitle = 200;
// What means something else in their addresses.
constexpr std::string_view kNoConnection[] = {"from-set", "check"};
constexpr std::string_view kNoRoute[] = {"from-set"};

Schedule readSchedule(JsonReader& in) {
    auto given = in.object("schedule");
    if (!given) return {};
    Schedule schedule{given->requiredText("cron", 200), given->text("zone").value_or("Europe/Moscow")};
    given->refuseUnknown();
    if (schedule.cron.empty()) return {};
    try {
        schedule::CronExpression::parse(schedule.cron);
    } catch (const AppError& error) {
        given->wrong("cron", error.what(), "write five fields, as in '30 2 * * *'");
    }
    if (!common::TimeZone::find(schedule.zone))
        given->wrong("zone", "is not a time zone", "give an IANA name such as 'Europe/Moscow'");
    return schedule;
}

std::string readChoice(JsonReader& in, const char* name, const std::vector<std::string>& choices) {
    const auto text = in.text(name).value_or(choices.front());
    if (std::find(choices.begin(), choices.end(), text) == choices.end())
        in.wrong(name, "is not one of the choices", fmt::format("give one of: {}", fmt::join(choices, ", ")));
    return text;
}

std::string readWatermark(JsonReader& in, bool takes) {
    auto given = in.object("watermark");
    if (!given) return {};
    if (!takes) in.wrong("watermark", "is not taken by this kind of source", "leave it out: every run reads all rows");
    const auto column = given->requiredText("column", 500);
    const auto type = given->text("type").value_or("time");
    if (!watermarkTypeFrom(type)) given->wrong("type", "is not known", "give number, time or text");
    const auto overlap = given->integer("overlapSeconds", 0, 366 * 86400).value_or(0);
    const bool ordered = given->boolean("ordered").value_or(false);
    given->refuseUnknown();
    JsonWriter json;
    json.object().member("column", column).member("type", type).member("overlapSeconds", overlap);
    return json.member("ordered", ordered).end().take();
}

/// The mapping is checked by its own reader; what is wrong gets the place where the mapping stands.
std::string readMapping(JsonReader& in, const Poco::JSON::Object::Ptr& body, const Connection& connection,
                        Errors& errors) {
    const auto mapping = body->getObject("mapping");
    if (!in.object("mapping")) {
        if (!in.has("mapping")) in.wrong("mapping", "is missing", "say how columns become fields: {\"target\":…}");
        return "{}";
    }
    auto json = common::jsonText(mapping);
    auto wrong = assumedErrors(*mapping, false);
    try {
        sources::CsvMapping::parse("mapping", json, sources::CsvMapping::Use::Route, connection.name);
    } catch (const AppError& error) {
        wrong.insert(wrong.end(), error.errors().begin(), error.errors().end());
    }
    for (const auto& one : wrong) errors.push_back({"/mapping" + one.pointer, one.reason, one.fix});
    return json;
}

/// A connection that leads elsewhere must not take secrets there that whoever changes it has never seen.
void requireSecretsAgain(Errors& errors, const sdk::SourceDescription& description, const Connection& before,
                         const ReadSettings& read, const std::set<std::string>& kept) {
    const auto was = common::parseJsonObject(before.settings), is = common::parseJsonObject(read.json);
    auto textOf = [](const Poco::JSON::Object::Ptr& settings, const std::string& name) {
        return settings->has(name) ? common::jsonText(settings->get(name)) : std::string();
    };
    const bool leadsElsewhere =
        std::any_of(description.connection.begin(), description.connection.end(), [&](const sdk::SourceField& field) {
            const bool harmless = field.type == sdk::SourceField::Type::Number;
            return !harmless && textOf(was, field.name) != textOf(is, field.name);
        });
    if (!leadsElsewhere) return;
    for (const auto& name : kept)
        if (!read.secrets.contains(name))
            errors.push_back({"/settings/" + name, "is to be given again",
                              "give it with the other changes: a secret is not sent where it was not given for"});
}

/// The name of what is made: it stands in addresses.
std::string readName(JsonReader& in, std::span<const std::string_view> taken) {
    const auto name = in.requiredText("name", 50);
    const bool good = !name.empty() && name.front() != '-' &&
                      std::find(taken.begin(), taken.end(), name) == taken.end() &&
                      std::all_of(name.begin(), name.end(),
                                  [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    if (!common::trim(name).empty() && !good)
        in.wrong("name", "can't stand in an address", "use small Latin letters, digits and '-', as in 'moodle'");
    return name;
}

void skipShown(JsonReader& in, std::initializer_list<const char*> names) {
    for (const char* name : names) in.has(name);
}

}  // namespace

void finish(const JsonReader& in, const std::string& what, const Errors& more) {
    auto all = in.errors();
    all.insert(all.end(), more.begin(), more.end());
    if (all.empty()) return;
    throw AppError::validation(
        fmt::format("{}: {} {} wrong.", what, all.size(), all.size() == 1 ? "field is" : "fields are"), all);
}

std::string readKind(const Poco::JSON::Object::Ptr& body, const std::vector<std::string>& known) {
    JsonReader in(body);
    const auto kind = in.requiredText("kind", 100);
    if (std::find(known.begin(), known.end(), kind) != known.end()) return kind;
    if (!common::trim(kind).empty())
        in.wrong("kind", "is not a kind of source",
                 records::suggestion(kind, known) + fmt::format("Known: {}.", fmt::join(known, ", ")));
    readName(in, kNoConnection);
    in.finish("The connection is not valid");
    return kind;
}

ReadConnection readConnection(const Poco::JSON::Object::Ptr& body, const sdk::SourceDescription& description,
                              const std::optional<Connection>& before, const std::set<std::string>& keptSecrets) {
    JsonReader in(body);
    ReadConnection read;
    auto& connection = read.connection;
    if (before) connection = *before;
    if (!before) connection.name = readName(in, kNoConnection);
    skipShown(in, {"name", "kind", "revision", "changedAt", "changedBy", "lastCheck", "routes"});
    connection.title = in.text("title", kLongestTitle).value_or("");
    connection.enabled = in.boolean("enabled").value_or(true);
    connection.schedule = readSchedule(in);
    read.settings = readSettings(in, body, description.connection, keptSecrets);
    connection.settings = read.settings.json;
    auto more = read.settings.missing;
    if (before) requireSecretsAgain(more, description, *before, read.settings, keptSecrets);
    in.refuseUnknown();
    finish(in, "The connection is not valid", more);
    return read;
}

Route readRoute(const Poco::JSON::Object::Ptr& body, const Connection& connection,
                const sdk::SourceDescription& description, const std::optional<Route>& before) {
    JsonReader in(body);
    Route route;
    if (before) route = *before;
    if (!before) route.name = readName(in, kNoRoute);
    route.connectionId = connection.id;
    skipShown(in, {"name", "revision", "changedAt", "changedBy", "latestRun", "readUpTo", "fromSet"});
    route.title = in.text("title", kLongestTitle).value_or("");
    route.prefix = in.text("prefix", 100).value_or("");
    if (route.prefix.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_/") != std::string::npos)
        in.wrong("prefix", "can't stand in an address", "use small Latin letters, digits, '-', '_' and '/'");
    route.position = in.integer("position", 0, 10'000).value_or(before ? before->position : 0);
    route.enabled = in.boolean("enabled").value_or(true);
    route.schedule = readSchedule(in);
    auto settings = readSettings(in, body, description.route, {});
    route.settings = std::move(settings.json);
    auto more = std::move(settings.missing);
    route.mapping = readMapping(in, body, connection, more);
    if (before && more.empty()) route.mapping = assumedKept(route.mapping, before->mapping);
    route.watermark = readWatermark(in, description.takesWatermark);
    route.onError = readChoice(in, "onError", {"skip", "stop"});
    route.deletions = readChoice(in, "deletions", {"keep", "follow"});
    route.maxDeletedPercent = in.number("maxDeletedPercent", 0, 100).value_or(20);
    in.refuseUnknown();
    finish(in, "The route is not valid", more);
    return route;
}

namespace {

void writeSchedule(JsonWriter& json, const Schedule& schedule) {
    json.key("schedule");
    if (schedule.cron.empty())
        json.null();
    else
        json.object().member("cron", schedule.cron).member("zone", schedule.zone).end();
}

const std::vector<sdk::SourceField> kNoFields;

}  // namespace

void writeConnection(JsonWriter& json, const Connection& connection, const sdk::SourceDescription* description,
                     const SecretOf& secret, const ConnectionNews& news, const std::string& language) {
    json.object().member("name", connection.name).member("kind", connection.kind);
    json.member("title", connection.title).member("enabled", connection.enabled);
    writeSchedule(json, connection.schedule);
    writeSettings(json.key("settings"), connection.settings, description ? description->connection : kNoFields, secret);
    writeCheck(json.key("lastCheck"), news.check, language);
    writeSummary(json.key("routes"), news.routes, language);
    json.member("revision", connection.revision).key("changedAt").time(connection.changedAt);
    json.member("changedBy", connection.changedBy).end();
}

void writeRun(JsonWriter& json, const Run& run, const std::string& language, const std::string& route) {
    json.object().member("id", run.id);
    if (!route.empty()) json.member("route", route);
    json.member("mode", run.mode).member("trigger", run.trigger);
    json.member("requestedBy", run.requestedBy).member("state", run.state).key("startedAt").time(run.startedAt);
    json.timeMember("finishedAt", run.finishedAt).key("counts").object();
    for (const auto& [name, value] : run.counts) json.member(name, value);
    writeDiagnoses(json.end().key("diagnoses"), run.diagnoses, language);
    json.end();
}

void writeRoute(JsonWriter& json, const Route& route, const sdk::SourceDescription* description,
                const std::optional<std::string>& watermark, const std::optional<Run>& latest,
                const std::string& language) {
    json.object().member("name", route.name).member("title", route.title).member("prefix", route.prefix);
    json.member("position", route.position).member("enabled", route.enabled);
    writeSchedule(json, route.schedule);
    writeSettings(json.key("settings"), route.settings, description ? description->route : kNoFields);
    json.rawMember("mapping", assumedIn(route.mapping, language));
    json.rawMember("watermark", route.watermark.empty() ? "null" : route.watermark);
    json.member("onError", route.onError).member("deletions", route.deletions);
    json.member("maxDeletedPercent", route.maxDeletedPercent);
    json.member("fromSet", route.fromSet).member("readUpTo", watermark).key("latestRun");
    if (latest)
        writeRun(json, *latest, language);
    else
        json.null();
    json.member("revision", route.revision).key("changedAt").time(route.changedAt);
    json.member("changedBy", route.changedBy).end();
}

}  // namespace host::connections
