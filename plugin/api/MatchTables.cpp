// MatchApi: the lists as XLSX, and tables that are given back filled in.

#include "common/Json.h"
#include "plugin/api/Lists.h"
#include "plugin/api/MatchApi.h"
#include "plugin/api/MatchLists.h"
#include "plugin/api/MatchNames.h"
#include "plugin/api/RussianTexts.h"
#include "plugin/api/Workbook.h"
#include "plugin/identities/TableFile.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::api {

using host::sdk::Request;
using host::sdk::Response;
using identities::IdHolders;
using identities::RefusedRow;
using identities::ToldId;

const std::vector<std::string>& tableTitles() {
    static const std::vector<std::string> titles{"kind",    "id",        "externalId", "title", "parent",
                                                 "u2035Id", "suggested", "reason",     "from",  "rejected"};
    return titles;
}

std::vector<std::string> MatchApi::tableCells(const Lacking& one, bool russian) {
    const auto* first = one.suggestions.empty() ? nullptr : &one.suggestions.front();
    std::string rejected;
    for (const auto& rejection : one.rejected) rejected += (rejected.empty() ? "" : "; ") + rejection.value;
    return {one.kind,
            std::to_string(one.id),
            one.externalId,
            one.title,
            one.parent,
            "",
            first ? first->value : "",
            first ? explain(first->why, russian) : "",
            first ? first->from : "",
            rejected};
}

Response MatchApi::workbook(const Request& request, std::vector<Lacking> all, const char* file) {
    narrow(narrowingOf(request), all);
    Workbook book(folder_, "u2035", tableTitles());
    const auto& titles = tableTitles();
    book.keepAsText(static_cast<std::size_t>(std::find(titles.begin(), titles.end(), "u2035Id") - titles.begin()));
    for (const auto& one : all) book.row(tableCells(one, isRussian(request)));
    return book.answer(file);
}

Response MatchApi::learnersTable(const Request& request) {
    return workbook(request, learnersOf(request), "learners-without-unti-id.xlsx");
}

Response MatchApi::elementsTable(const Request& request) {
    return workbook(request, elementsOf(request), "elements-without-id.xlsx");
}

Response MatchApi::tellLearners(const Request& request) {
    const auto chosen = queryChoice(request, "contour", {"production", "test"});
    const bool test = chosen == "test";
    const auto& organization = request.parameter("org");
    IdHolders holders;
    for (const auto& programme : records_.programmes(organization, ""))
        for (const auto& flow : records_.flows(organization, programme.id))
            for (auto& one : records_.learners(organization, flow.id))
                if (!one.deleted)
                    holders[{"learner", one.id}] = {std::move(one.externalId),
                                                    std::move(test ? one.testUntiId : one.untiId)};
    return told(request, true, test ? "test" : "production", holders);
}

Response MatchApi::tellElements(const Request& request) {
    IdHolders holders;
    for (auto& one : matchElements(records_, request.parameter("org")))
        if (!one.deleted)
            holders[{toString(one.titled.kind), one.titled.id}] = {
                std::move(one.externalId), one.titled.u2035Id ? std::to_string(*one.titled.u2035Id) : ""};
    return told(request, false, "", holders);
}

Response MatchApi::told(const Request& request, bool learners, const std::string& contour, const IdHolders& holders) {
    const auto& organization = request.parameter("org");
    identities::TableFile file(request.body, request.queryValue("sheet").value_or(""));
    const identities::KnownIdColumns columns(file.titles(), learners);
    std::vector<ToldId> ids;
    std::vector<RefusedRow> refused;
    file.read(
        [&](std::size_t row, std::span<const identities::TableCell> cells) { columns.read(row, cells, ids, refused); });
    identities::judge(ids, holders, refused);
    matches_.learn(organization, contour, ids);
    common::JsonWriter details;
    details.object().member("ids", ids.size()).member("refused", refused.size()).memberIfSet("contour", contour).end();
    journal_.append({organization, request.principal.login, request.clientAddress, "match.table-read",
                     learners ? "learners/match" : "elements/match", details.take(), request.requestId});
    common::JsonWriter json;
    json.object().member("read", ids.size()).key("refused").array();
    for (const auto& one : refused) {
        const auto text = explain(one.fault, isRussian(request));
        json.object()
            .member("row", one.row)
            .member("column", one.column)
            .member("value", one.value)
            .member("code", toString(one.fault))
            .member("reason", one.with.empty() ? text.reason : fmt::format("{} ({})", text.reason, one.with))
            .member("fix", text.fix)
            .end();
    }
    json.end().end();
    return Response::json(json.take());
}

}  // namespace plugin::api
