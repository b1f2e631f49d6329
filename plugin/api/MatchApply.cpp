// MatchApi: accepting and taking back.

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/MatchApi.h"
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
using identities::Why;
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

[[noreturn]] void nothingToAccept() {
    throw AppError(422, "match.nothing-to-accept",
                   "No suggestion stands alone on both sides; name those to be accepted in 'items'.");
}

}  // namespace

std::vector<MatchRow> MatchApi::writeLearners(const std::string& organization, bool test,
                                              const std::vector<Wish>& wishes, const std::string& who) {
    std::vector<host::sdk::UntiIdAssignment> wanted;
    // Who has none when the person decides: one that came meanwhile is never overwritten.
    for (const auto& wish : wishes) wanted.push_back({wish.id, test, wish.value, {}});
    const auto outcomes = records_.assignUntiIds(organization, wanted, who);
    std::vector<MatchRow> rows;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        MatchRow row{static_cast<std::int64_t>(i + 1), "learner", wishes[i].id, wishes[i].value, {}, {}};
        settle(row, wishes[i].value.empty() ? UntiIdVerdict::NotValid : outcomes.at(i).verdict);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<MatchRow> MatchApi::writeElements(const std::string& organization, const std::vector<Wish>& wishes,
                                              const std::string& who) {
    std::vector<host::sdk::Confirmation> wanted;
    for (const auto& wish : wishes)
        wanted.push_back({identities::fieldOf(*identities::matchedFrom(wish.kind)), wish.id, wish.value, {}});
    const auto outcomes = records_.confirm(organization, wanted, who);
    std::vector<MatchRow> rows;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        MatchRow row{static_cast<std::int64_t>(i + 1), wishes[i].kind, wishes[i].id, wishes[i].value, {}, {}};
        settle(row, outcomes.at(i).verdict);
        rows.push_back(std::move(row));
    }
    return rows;
}

Response MatchApi::acceptLearners(const Request& request) {
    const auto& organization = request.parameter("org");
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto contour = in.text("contour", 20).value_or("production");
    if (contour != "production" && contour != "test")
        in.wrong("contour", "is no contour", "Give \"production\" or \"test\".");
    const auto all = in.text("all", 20);
    if (all && *all != "unique") in.wrong("all", "is not known", "Give \"unique\".");
    const auto items = in.array("items", kMostMatches);
    if (all.has_value() == !items.isNull())
        in.wrong("", "must say what to accept in one way", "Give 'all' or 'items'.");
    std::vector<Wish> wishes;
    for (std::size_t i = 0; !items.isNull() && i < items->size(); ++i)
        if (auto item = in.item("items", items, i)) {
            Wish wish{"learner", givenId(item->requiredText("learner", 20)), item->requiredText("untiId", 19)};
            item->refuseUnknown();
            wishes.push_back(std::move(wish));
        }
    in.refuseUnknown();
    in.finish("The acceptance is not valid");
    if (all)
        for (const auto& one : lackingLearners(organization, contour == "test", 0))
            // An e-mail is nobody's proof: those are accepted one by one.
            if (one.suggestions.size() == 1 && one.suggestions[0].unique && one.suggestions[0].why == Why::SameLeaderId)
                wishes.push_back({"learner", one.id, one.suggestions[0].value});
    if (wishes.empty()) nothingToAccept();
    return accepted(request, "learners", contour,
                    writeLearners(organization, contour == "test", wishes, request.principal.login));
}

Response MatchApi::acceptElements(const Request& request) {
    const auto& organization = request.parameter("org");
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto all = in.text("all", 20);
    if (all && *all != "unique") in.wrong("all", "is not known", "Give \"unique\".");
    const auto items = in.array("items", kMostMatches);
    if (all.has_value() == !items.isNull())
        in.wrong("", "must say what to accept in one way", "Give 'all' or 'items'.");
    std::vector<Wish> wishes;
    for (std::size_t i = 0; !items.isNull() && i < items->size(); ++i)
        if (auto item = in.item("items", items, i)) {
            Wish wish{item->requiredText("kind", 20), givenId(item->requiredText("id", 20)),
                      item->requiredText("u2035Id", 19)};
            if (!identities::matchedFrom(wish.kind))
                item->wrong("kind", "is no kind that has such an id", "Give programme, flow, module or theme.");
            item->refuseUnknown();
            wishes.push_back(std::move(wish));
        }
    in.refuseUnknown();
    in.finish("The acceptance is not valid");
    if (all)
        for (const auto& one : lackingElements(organization))
            if (one.suggestions.size() == 1 && one.suggestions[0].unique)
                wishes.push_back({one.kind, one.id, one.suggestions[0].value});
    if (wishes.empty()) nothingToAccept();
    return accepted(request, "elements", "", writeElements(organization, wishes, request.principal.login));
}

Response MatchApi::accepted(const Request& request, const std::string& what, const std::string& contour,
                            const std::vector<MatchRow>& rows) {
    store::MatchBatch batch;
    batch.organization = request.parameter("org");
    batch.what = what;
    batch.contour = contour;
    batch.createdBy = request.principal.login;
    batch = matches_.add(std::move(batch), rows);
    common::JsonWriter told;
    told.object();
    for (const auto& [state, count] : batch.counts) told.member(state, count);
    journal_.append({batch.organization, request.principal.login, request.clientAddress, "match.accepted",
                     fmt::format("matches/{}", batch.id), told.end().take(), request.requestId});
    return batchAnswer(batch, 201);
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
        if (row.state != "applied") continue;
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
