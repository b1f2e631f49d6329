// MatchApi: accepting and taking back.

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/MatchApi.h"
#include "plugin/api/MatchLists.h"
#include "plugin/api/MatchNames.h"

#include <fmt/format.h>

#include <charconv>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::ConfirmVerdict;
using host::sdk::RecordId;
using host::sdk::Request;
using host::sdk::Response;
using host::sdk::UntiIdVerdict;
using store::MatchRow;

host::sdk::RecordId givenId(const std::string& text) {
    RecordId id = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, id);
    return fault == std::errc() && rest == end ? id : 0;
}

namespace {

/// What became of a decision; both kinds of verdict tell the same but for the names of two.
template <class Verdict>
void settle(MatchRow& row, Verdict verdict, Verdict written, Verdict noRecord) {
    if (verdict == written || verdict == Verdict::TakenBack) {
        row.state = "applied";
    } else if (verdict == Verdict::Same) {
        row.state = "same";
    } else {
        row.state = "refused";
        row.code = verdict == noRecord           ? "no-record"
                   : verdict == Verdict::Changed ? "changed"
                   : verdict == Verdict::Taken   ? "taken"
                                                 : "not-valid";
    }
}

void settle(MatchRow& row, UntiIdVerdict verdict) {
    settle(row, verdict, UntiIdVerdict::Assigned, UntiIdVerdict::NoLearner);
}

void settle(MatchRow& row, ConfirmVerdict verdict) {
    settle(row, verdict, ConfirmVerdict::Written, ConfirmVerdict::NoRecord);
}

/// Whoever accepts by a filter has seen so many; another set is another decision.
void expect(std::int64_t expected, std::size_t present) {
    if (static_cast<std::size_t>(expected) == present) return;
    throw AppError::conflict("match.changed",
                             fmt::format("The filter gives {} suggestions that can be accepted at once now, and {} "
                                         "were expected; look at the list again and send the present number.",
                                         present, expected))
        .withCurrent(fmt::format(R"({{"count":{}}})", present));
}

}  // namespace

void MatchApi::writeLearners(const store::MatchBatch& batch, std::vector<MatchRow>& rows) {
    std::vector<host::sdk::UntiIdAssignment> wanted;
    // Who has none when the person decides: one that came meanwhile is never overwritten.
    for (const auto& row : rows) wanted.push_back({row.recordId, batch.contour == "test", row.value, {}});
    const auto outcomes = records_.assignUntiIds(batch.organization, wanted, batch.createdBy);
    for (std::size_t i = 0; i < rows.size(); ++i)
        settle(rows[i], rows[i].value.empty() ? UntiIdVerdict::NotValid : outcomes.at(i).verdict);
}

void MatchApi::writeElements(const store::MatchBatch& batch, std::vector<MatchRow>& rows) {
    std::vector<host::sdk::Confirmation> wanted;
    for (const auto& row : rows)
        wanted.push_back({identities::fieldOf(*identities::matchedFrom(row.kind)), row.recordId, row.value, {}});
    const auto outcomes = records_.confirm(batch.organization, wanted, batch.createdBy);
    for (std::size_t i = 0; i < rows.size(); ++i) settle(rows[i], outcomes.at(i).verdict);
}

std::vector<MatchApi::Wish> MatchApi::named(common::JsonReader& in, bool learners) {
    std::vector<Wish> wishes;
    const auto items = in.array("items", kMostMatches);
    for (std::size_t i = 0; !items.isNull() && i < items->size(); ++i)
        if (auto item = in.item("items", items, i)) {
            Wish wish;
            wish.kind = learners ? "learner" : item->requiredText("kind", 20);
            wish.id = givenId(item->requiredText(learners ? "learner" : "id", 20));
            wish.value = item->requiredText(learners ? "untiId" : "u2035Id", 19);
            if (!learners && !identities::matchedFrom(wish.kind))
                item->wrong("kind", "is no kind that has such an id", "Give programme, flow, module or theme.");
            item->refuseUnknown();
            wishes.push_back(std::move(wish));
        }
    return wishes;
}

/// Everything that can be accepted at once of what a filter leaves.
std::vector<MatchApi::Wish> MatchApi::fitting(const std::string& organization, common::JsonReader& in, bool learners,
                                              bool test) {
    const auto narrowing = narrowingOf(in);
    const auto flow = learners ? in.text("flow", 20).value_or("") : std::string();
    const auto kind = learners ? std::string() : in.text("kind", 20).value_or("");
    if (!kind.empty() && !identities::matchedFrom(kind))
        in.wrong("kind", "is no kind that has such an id", "Give programme, flow, module or theme.");
    if (!flow.empty() && givenId(flow) == 0) in.wrong("flow", "is not an id", "Give the id as the API shows it.");
    in.refuseUnknown();
    if (!in.errors().empty()) return {};
    auto all = learners ? lackingLearners(organization, test, givenId(flow)) : lackingElements(organization);
    if (!kind.empty()) std::erase_if(all, [&](const Lacking& one) { return one.kind != kind; });
    narrow(narrowing, all);
    std::vector<Wish> wishes;
    for (const auto& one : all)
        if (const auto* taken = takenAtOnce(one)) wishes.push_back({one.kind, one.id, taken->value});
    return wishes;
}

Response MatchApi::accept(const Request& request, bool learners) {
    const auto& organization = request.parameter("org");
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto contour = learners ? in.text("contour", 20).value_or("production") : std::string();
    if (learners && contour != "production" && contour != "test")
        in.wrong("contour", "is no contour", "Give \"production\" or \"test\".");
    const bool byName = in.has("items");
    auto wishes = named(in, learners);
    const auto expected = in.integer("expected", 0);
    auto filter = in.object("filter");
    if (filter && !expected)
        in.wrong("expected", "is missing: it guards against accepting others than were seen",
                 "Send the number that the list's summary told (fitting.acceptable).");
    if (in.errors().empty() && filter.has_value() == byName)
        in.wrong("", "must say what to accept in one way", "Give 'filter' or 'items'.");
    in.refuseUnknown();
    if (filter) wishes = fitting(organization, *filter, learners, contour == "test");
    in.finish("The acceptance is not valid");
    if (filter) expect(*expected, wishes.size());
    if (wishes.empty())
        throw AppError(422, "match.nothing-to-accept",
                       "No suggestion stands alone on both sides; name those to be accepted in 'items'.");
    store::MatchBatch batch;
    batch.organization = organization;
    batch.what = learners ? "learners" : "elements";
    batch.contour = contour;
    batch.createdBy = request.principal.login;
    std::vector<MatchRow> rows;
    for (auto& wish : wishes)
        rows.push_back({static_cast<std::int64_t>(rows.size() + 1),
                        std::move(wish.kind),
                        wish.id,
                        std::move(wish.value),
                        "applying",
                        {}});
    batch = matches_.begin(std::move(batch), rows);
    learners ? writeLearners(batch, rows) : writeElements(batch, rows);
    matches_.settle(batch.id, rows);
    batch = *matches_.find(organization, batch.id);
    common::JsonWriter told;
    told.object();
    for (const auto& [state, count] : batch.counts) told.member(state, count);
    if (filter) told.member("byFilter", true);
    journal_.append({organization, request.principal.login, request.clientAddress, "match.accepted",
                     fmt::format("matches/{}", batch.id), told.end().take(), request.requestId});
    return batchAnswer(batch, 201);
}

Response MatchApi::acceptLearners(const Request& request) {
    return accept(request, true);
}

Response MatchApi::acceptElements(const Request& request) {
    return accept(request, false);
}

Response MatchApi::undo(const Request& request) {
    const auto found = matches_.find(request.parameter("org"), pathId(request, "match", "match"));
    if (!found) throw AppError::notFound("There is no such match here.");
    if (const auto expected = host::sdk::ifMatch(request); expected && *expected != found->revision)
        throw AppError(412, "precondition-failed", "The match was changed meanwhile; read it again, then repeat.");
    if (found->undoneAt) throw AppError::conflict("match.undone", "It was taken back already.");
    auto rows = matches_.rows(found->id);
    std::vector<host::sdk::UntiIdAssignment> untiIds;
    std::vector<host::sdk::Confirmation> values;
    std::vector<MatchRow*> changed;
    for (auto& row : rows) {
        if (row.state != "applied" && row.state != "applying") continue;
        changed.push_back(&row);
        if (found->what == "learners")
            untiIds.push_back({row.recordId, found->contour == "test", {}, row.value});
        else
            values.push_back({identities::fieldOf(*identities::matchedFrom(row.kind)), row.recordId, {}, row.value});
    }
    if (changed.empty()) throw AppError(422, "match.nothing-to-undo", "Nothing was written that could be taken back.");
    const auto mark = [&](std::size_t i, bool takenBack) {
        changed[i]->state = takenBack ? "undone" : "kept";
        changed[i]->code = takenBack ? "" : "kept";
    };
    const auto& who = request.principal.login;
    if (found->what == "learners") {
        const auto outcomes = records_.assignUntiIds(found->organization, untiIds, who);
        for (std::size_t i = 0; i < changed.size(); ++i) mark(i, outcomes.at(i).verdict == UntiIdVerdict::TakenBack);
    } else {
        const auto outcomes = records_.confirm(found->organization, values, who);
        for (std::size_t i = 0; i < changed.size(); ++i) mark(i, outcomes.at(i).verdict == ConfirmVerdict::TakenBack);
    }
    if (!matches_.undone(found->id, found->revision, rows, who))
        throw AppError(412, "precondition-failed", "The match was changed meanwhile; read it again, then repeat.");
    journal_.append({found->organization,
                     who,
                     request.clientAddress,
                     "match.undone",
                     fmt::format("matches/{}", found->id),
                     {},
                     request.requestId});
    return batchAnswer(*matches_.find(found->organization, found->id));
}

namespace {

void writeBatch(common::JsonWriter& json, const store::MatchBatch& batch) {
    json.object()
        .member("id", std::to_string(batch.id))
        .member("what", batch.what)
        .member("contour", batch.contour)
        .member("revision", batch.revision)
        .timeMember("createdAt", batch.createdAt)
        .member("createdBy", batch.createdBy)
        .timeMember("undoneAt", batch.undoneAt)
        .member("undoneBy", batch.undoneBy)
        .key("counts")
        .object();
    for (const auto& [state, count] : batch.counts) json.member(state, count);
    json.end();
}

}  // namespace

Response MatchApi::batchAnswer(const store::MatchBatch& batch, int status) {
    common::JsonWriter json;
    writeBatch(json, batch);
    json.key("rows").array();
    const auto rows = matches_.rows(batch.id);
    const auto names = matchNames(records_, batch.organization, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        json.object()
            .member("kind", row.kind)
            .member("id", std::to_string(row.recordId))
            .member("externalId", names[i].externalId)
            .member("title", names[i].title)
            .member("value", row.value)
            .member("state", row.state)
            .member("code", row.code)
            .end();
    }
    json.end().end();
    auto response = Response::json(json.take(), status);
    if (status == 201)
        response.header("Location",
                        fmt::format("/api/v1/organizations/{}/u2035/matches/{}", batch.organization, batch.id));
    return response.etag(batch.revision);
}

Response MatchApi::list(const Request& request) {
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto batches = matches_.list(request.parameter("org"), page.afterNumber(), page.limit + 1);
    const auto next = page.cut(batches, [](const auto& row) { return row.id; });
    if (wantsCsv(request)) {
        CsvText csv;
        for (const auto* name : {"id", "what", "contour", "createdAt", "createdBy", "undoneAt", "undoneBy"})
            csv.cell(name);
        csv.endRow();
        for (const auto& one : batches) {
            csv.cell(one.id).cell(one.what).cell(one.contour).time(one.createdAt).cell(one.createdBy);
            csv.time(one.undoneAt).cell(one.undoneBy).endRow();
        }
        return csvPage(request, csv, "matches.csv", next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& one : batches) {
        writeBatch(json, one);
        json.end();
    }
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response MatchApi::one(const Request& request) {
    const auto found = matches_.find(request.parameter("org"), pathId(request, "match", "match"));
    if (!found) throw AppError::notFound("There is no such match here.");
    return batchAnswer(*found);
}

}  // namespace plugin::api
