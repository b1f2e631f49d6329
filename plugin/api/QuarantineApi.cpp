#include "plugin/api/QuarantineApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "common/Uuid.h"
#include "plugin/api/QuarantineDocs.h"
#include "plugin/api/RussianTexts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::Role;
using store::QuarantineFilter;
using store::QuarantineRow;

namespace {

/// More than a person can have looked through; a narrower filter says the rest.
constexpr std::size_t kMostAtOnce = 10'000;
constexpr std::size_t kMostNamed = 1'000;

QuarantineFilter filterOf(const Request& request, host::sdk::RecordNames& names) {
    QuarantineFilter filter;
    filter.organization = request.parameter("org");
    filter.project = request.queryValue("project").value_or("");
    filter.kind = request.queryValue("kind").value_or("");
    filter.reason = request.queryValue("reason").value_or("");
    filter.cause = queryChoice(request, "cause", causes());
    filter.flowId = queryId(request, "flow");
    filter.learnerId = queryId(request, "learner");
    filter.runId = queryId(request, "run");
    if (const auto conflict = queryChoice(request, "conflict", {"true", "false"}); !conflict.empty())
        filter.conflict = conflict == "true";
    filter.state = queryChoice(request, "state", {"open", "queued", "replayed", "discarded", "superseded", "any"});
    if (filter.state.empty()) filter.state = "open";
    if (filter.state == "any") filter.state.clear();
    filter.search = searchIn(request, names);
    return filter;
}

QuarantineFilter filterOf(common::JsonReader& in, const std::string& organization, host::sdk::RecordNames& names) {
    QuarantineFilter filter;
    filter.organization = organization;
    filter.project = in.text("project").value_or("");
    filter.kind = in.text("kind").value_or("");
    filter.reason = in.text("reason").value_or("");
    filter.cause = in.text("cause").value_or("");
    const auto known = causes();
    if (!filter.cause.empty() && std::find(known.begin(), known.end(), filter.cause) == known.end())
        in.wrong("cause", fmt::format("'{}' is no cause", filter.cause),
                 fmt::format("Use one of: {}.", fmt::join(known, ", ")));
    filter.flowId = in.integer("flow", 1).value_or(0);
    filter.learnerId = in.integer("learner", 1).value_or(0);
    filter.runId = in.integer("run", 1).value_or(0);
    filter.conflict = in.boolean("conflict");
    filter.search = searchFor(names, organization, in.text("q").value_or(""));
    return filter;
}

std::int64_t numberIn(const std::string& text) {
    std::int64_t id = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), id);
    return code == std::errc() && end == text.data() + text.size() && id > 0 ? id : 0;
}

/// Characters that are no spaces.
std::size_t saidIn(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return c != ' ' && c != '\n' && c != '\t' && (static_cast<unsigned char>(c) & 0xc0u) != 0x80u;
    }));
}

/// Whoever acts on a filter has seen so many rows; another set is another decision.
void expect(std::int64_t expected, std::size_t present) {
    if (static_cast<std::size_t>(expected) == present) return;
    throw AppError::conflict("quarantine.changed",
                             fmt::format("The filter fits {} statements now, and {} were expected; look at the list "
                                         "again and send the present number.",
                                         present, expected));
}

}  // namespace

std::vector<host::sdk::Registration> QuarantineApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    const auto add = [&](Method method, const std::string& path, host::sdk::Operation operation,
                         Response (QuarantineApi::*handler)(const Request&)) {
        host::sdk::RouteOptions options;
        const bool change = method == Method::Post;
        options.least = change ? Role::OrganizationAdmin : Role::Methodist;
        if (change) options.maxBody = 128 * 1024;
        options.operation = std::move(operation);
        kept.push_back(router.add(method, under(path), options,
                                  [this, handler](const Request& request) { return (this->*handler)(request); }));
    };
    add(Method::Get, "/quarantine", docs::listQuarantine(), &QuarantineApi::list);
    add(Method::Get, "/quarantine/groups", docs::groupQuarantine(), &QuarantineApi::groups);
    add(Method::Get, "/quarantine/{statement}", docs::getQuarantined(), &QuarantineApi::one);
    add(Method::Post, "/quarantine/replay", docs::replayQuarantined(), &QuarantineApi::replay);
    add(Method::Post, "/quarantine/discard", docs::discardQuarantined(), &QuarantineApi::discard);
    add(Method::Post, "/quarantine/restore", docs::restoreQuarantined(), &QuarantineApi::restore);
    return kept;
}

SourceRecords QuarantineApi::sourcesOf(const std::string& organization, const std::vector<QuarantineRow>& rows) {
    SourceRecords sources(parts_.records, organization);
    std::vector<std::pair<footprint::RecordRef, host::sdk::RecordId>> wanted;
    wanted.reserve(rows.size());
    for (const auto& row : rows) wanted.emplace_back(row.record, row.flowId);
    sources.load(wanted);
    return sources;
}

std::vector<RecordNamesOf> QuarantineApi::namesOfRows(const std::string& organization,
                                                      const std::vector<QuarantineRow>& rows) {
    return namesOf(parts_.names, organization, rows, [](const QuarantineRow& row) {
        return host::sdk::RecordMention{row.record.kind, row.record.id, row.flowId, row.learnerId};
    });
}

Response QuarantineApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto rows = parts_.quarantine.list(filterOf(request, parts_.names), page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.seq; });
    auto sources = sourcesOf(request.parameter("org"), rows);
    const auto names = namesOfRows(request.parameter("org"), rows);
    if (wantsCsv(request)) return quarantineCsv(request, rows, sources, names, next);
    common::JsonWriter json;
    json.object().key("items").array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        json.object();
        writeRow(json, rows[i], sources, names[i], isRussian(request));
        json.end();
    }
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response QuarantineApi::groups(const Request& request) {
    const auto groups = parts_.quarantine.groups(filterOf(request, parts_.names));
    std::int64_t total = 0;
    std::map<std::string, std::int64_t> byCause;
    for (const auto& one : groups) {
        total += one.count;
        byCause[one.cause] += one.count;
    }
    common::JsonWriter json;
    const bool russian = isRussian(request);
    json.object().member("total", total).key("byCause").array();
    for (const auto& [cause, count] : byCause)
        json.object()
            .member("cause", cause)
            .member("title", causeText(cause, russian).title)
            .member("count", count)
            .end();
    json.end().key("groups").array();
    for (const auto& one : groups)
        json.object()
            .member("group", one.group)
            .member("cause", one.cause)
            .member("title", causeText(one.cause, russian).title)
            .member("project", one.project)
            .member("kind", one.kind)
            .member("count", one.count)
            .member("example", one.example)
            .end();
    json.end().end();
    return Response::json(json.take());
}

QuarantineApi::Asked QuarantineApi::byNames(const std::string& organization, const std::vector<std::string>& names) {
    Asked asked;
    std::map<std::int64_t, std::string> wanted;
    for (const auto& name : names) {
        const auto seq = common::Uuid::isValid(name) ? parts_.quarantine.rowOf(organization, name) : numberIn(name);
        if (seq == 0)
            asked.unknown.push_back(name);
        else
            wanted.emplace(seq, name);
    }
    if (wanted.empty()) return asked;
    QuarantineFilter filter;
    filter.organization = organization;
    for (const auto& [seq, name] : wanted) filter.seqs.push_back(seq);
    asked.rows = parts_.quarantine.list(filter, 0, wanted.size());
    for (const auto& row : asked.rows) wanted.erase(row.seq);
    for (const auto& [seq, name] : wanted) asked.unknown.push_back(name);
    return asked;
}

Response QuarantineApi::one(const Request& request) {
    const auto& organization = request.parameter("org");
    auto asked = byNames(organization, {request.parameter("statement")});
    const auto detail = asked.rows.empty() ? std::nullopt : parts_.outbox.detail(organization, asked.rows.front().seq);
    if (!detail) throw AppError::notFound("There is no such statement in quarantine here, and there never was.");
    const auto& row = asked.rows.front();
    auto sources = sourcesOf(organization, asked.rows);
    const auto record = sources.find(row.record.kind, row.record.id, row.flowId);
    common::JsonWriter json;
    json.object();
    writeRow(json, row, sources, namesOfRows(organization, asked.rows).front(), isRussian(request));
    // The LRS answered the whole batch: its words about the others are part of the answer.
    json.key("answer");
    if (detail->batch)
        json.object()
            .member("status", detail->batch->status)
            .member("text", detail->batch->message)
            .member("errorId", detail->batch->errorId)
            .member("batch", std::to_string(detail->batch->id))
            .member("statements", detail->batch->statements)
            .timeMember("at", detail->batch->answeredAt)
            .end();
    else
        json.null();
    json.key("place");
    const auto attempts = parts_.ways.attempts(row.seq);
    attempts.empty() || attempts.back().place == 0 ? json.null() : json.value(attempts.back().place);
    json.member("attempts", detail->row.attempts)
        .member("profileVersion", detail->profileVersion)
        .timeMember("timestamp", detail->timestamp)
        .rawMember("statement", detail->bytes)
        .key("sourceRecord");
    record ? json.raw(record->json) : json.null();
    json.key("history").array();
    for (const auto& decision : parts_.quarantine.decisions(row.seq)) writeDecision(json, decision);
    json.end().end();
    return Response::json(json.take());
}

QuarantineApi::Order QuarantineApi::read(const Request& request, const std::string& action, const std::string& state) {
    const auto& organization = request.parameter("org");
    common::JsonReader in(common::parseJsonObject(request.body));
    Order order;
    const auto names = in.texts("statements", kMostNamed);
    const auto expected = in.integer("expected", 0);
    std::optional<QuarantineFilter> filter;
    if (auto object = in.object("filter")) {
        filter = filterOf(*object, organization, parts_.names);
        object->refuseUnknown();
    }
    if (in.errors().empty()) {
        if (names.has_value() == filter.has_value())
            in.wrong("statements", "give either the statements or a filter",
                     "Take the ids from the quarantine's list.");
        else if (names && names->empty())
            in.wrong("statements", "is empty", "Take the ids from the quarantine's list.");
        if (filter && !expected)
            in.wrong("expected", "is missing: it guards against acting on other statements than were seen",
                     "Send the number that the list or its groups showed.");
    }
    if (action == "replay") order.force = in.boolean("force").value_or(false);
    if (action == "discard") order.dependents = in.boolean("dependents").value_or(false);
    if (action == "discard") {
        order.comment = in.requiredText("comment", 1'000);
        if (!order.comment.empty() && saidIn(order.comment) < 3)
            in.wrong("comment", "says nothing", "Write why it is not to be sent, in 3 to 1,000 characters.");
    } else {
        order.comment = in.text("comment", 1'000).value_or("");
    }
    in.refuseUnknown();
    in.finish("The request is not valid");
    if (names) {
        order.asked = byNames(organization, *names);
        return order;
    }
    filter->state = state;
    order.asked.rows = parts_.quarantine.list(*filter, 0, kMostAtOnce + 1);
    if (order.asked.rows.size() > kMostAtOnce)
        throw AppError::validation(
            fmt::format("The filter fits more than {} statements.", kMostAtOnce),
            {{"/filter", "is too wide", "Narrow it by flow, kind, cause or reason and act piece by piece."}});
    expect(*expected, order.asked.rows.size());
    return order;
}

Response QuarantineApi::act(const Request& request, const std::string& action, const char* done, const Order& order,
                            const Judge& judge) {
    const auto& organization = request.parameter("org");
    std::vector<QuarantineVerdict> verdicts;
    std::vector<QuarantineRow> chosen;
    for (const auto& row : order.asked.rows) {
        const char* verdict = judge(row);
        if (verdict == nullptr) chosen.push_back(row);
        verdicts.push_back(
            {std::to_string(row.seq), row.statementId, verdict == nullptr ? "changed-meanwhile" : verdict});
    }
    for (const auto& name : order.asked.unknown) verdicts.push_back({name, {}, "unknown"});
    const auto& who = request.principal.login;
    const auto acted = action == "restore" ? parts_.quarantine.restore(chosen, order.comment, who)
                                           : parts_.quarantine.mark(action, chosen, order.comment, who);
    std::set<std::string> ids;
    for (const auto seq : acted) ids.insert(std::to_string(seq));
    for (auto& one : verdicts)
        if (ids.count(one.id) != 0) one.verdict = done;
    if (!acted.empty()) {
        common::JsonWriter details;
        details.object().member("statements", acted.size()).member("comment", order.comment);
        if (action == "replay") details.member("force", order.force);
        details.key("ids").array();
        // All of a small decision; of a large one the rows themselves remember.
        for (std::size_t i = 0; i < acted.size() && i < 100; ++i) details.value(std::to_string(acted[i]));
        details.end().end();
        parts_.journal.append({.organization = organization,
                               .actor = who,
                               .clientAddress = request.clientAddress,
                               .action = "quarantine." + action,
                               .subject = "quarantine",
                               .details = details.take(),
                               .requestId = request.requestId});
    }
    common::JsonWriter json;
    json.object().member("asked", verdicts.size()).member("done", acted.size()).key("items").array();
    for (const auto& one : verdicts) {
        json.object().member("id", one.id).key("statementId");
        one.statementId.empty() ? json.null() : json.value(one.statementId);
        json.member("verdict", one.verdict).member("text", verdictText(one.verdict, isRussian(request))).end();
    }
    json.end().end();
    return Response::json(json.take());
}

Response QuarantineApi::replay(const Request& request) {
    const auto& organization = request.parameter("org");
    const auto order = read(request, "replay", "open");
    const auto sources = sourcesOf(organization, order.asked.rows);
    std::set<std::string> connected;
    for (const auto& destination : parts_.integrations.active(organization)) connected.insert(destination.storeId);
    return act(request, "replay", "queued", order, [&](const QuarantineRow& row) -> const char* {
        if (row.statement != "quarantined") return "not-quarantined";
        if (row.state == "superseded") return "superseded";
        if (row.state == "discarded") return "discarded-before";
        if (row.state == "replayed") return "already-queued";
        // A plan tells of a changed record by another statement; this one would tell it a second time, and wrong.
        switch (sources.state(row.record, row.flowId)) {
            case SourceState::Changed:
                return "source-changed";
            case SourceState::Deleted:
                return "source-deleted";
            case SourceState::Missing:
                return "source-missing";
            case SourceState::Same:
            case SourceState::None:
                break;
        }
        if (connected.count(row.target.storeId) == 0) return "not-connected";
        if (row.conflict && !order.force) return "conflict";
        return nullptr;
    });
}

Response QuarantineApi::discard(const Request& request) {
    const auto order = read(request, "discard", "open");
    const auto judge = [](const QuarantineRow& row) -> const char* {
        if (row.statement != "quarantined") return "not-quarantined";
        if (row.state == "superseded") return "superseded";
        return row.state == "discarded" ? "already-discarded" : nullptr;
    };
    std::int64_t dependents = 0;
    for (const auto& row : order.asked.rows)
        if (judge(row) == nullptr) dependents += row.dependents;
    if (dependents > 0 && !order.dependents)
        throw AppError::conflict(
            "quarantine.dependents",
            fmt::format("{} statements of learners wait for what is to be discarded and can't go without it; send "
                        "\"dependents\": true to discard it all the same.",
                        dependents));
    return act(request, "discard", "discarded", order, judge);
}

Response QuarantineApi::restore(const Request& request) {
    return act(request, "restore", "restored", read(request, "restore", "discarded"),
               [](const QuarantineRow& row) -> const char* {
                   if (row.statement != "quarantined") return "not-quarantined";
                   return row.word ? nullptr : "no-word";
               });
}

}  // namespace plugin::api
