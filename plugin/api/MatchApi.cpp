// MatchApi: what lacks a counterpart. Routes stand in MatchRoutes.cpp, accepting and taking back in MatchApply.cpp,
// rejecting in MatchRejections.cpp, what a list is narrowed to and its summary in MatchLists.cpp, tables in
// MatchTables.cpp.

#include "plugin/api/MatchApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/MatchLists.h"
#include "plugin/api/MatchNames.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace plugin::api {

using host::sdk::Learner;
using host::sdk::RecordId;
using host::sdk::Request;
using host::sdk::Response;
using identities::Matched;

namespace {

constexpr std::size_t kMaxImports = 50;  // of the latest, whose rows suggest

/// In a list; learners are of no kind of element.
std::pair<std::int64_t, std::int64_t> placeOf(const MatchApi::Lacking& one) {
    const auto kind = identities::matchedFrom(one.kind);
    return {kind ? static_cast<std::int64_t>(*kind) : 0, one.id};
}

/// Of a reason as it is kept.
std::string wordsFor(const std::string& reason, bool russian) {
    const auto why = identities::whyFrom(reason);
    return why ? explain(*why, russian) : "";
}

/// Column titles by field, as an import keeps them: [{"field","column"}].
std::map<std::string, std::string> columnsOf(const store::UntiImport& import) {
    std::map<std::string, std::string> titles;
    const auto value = common::parseJson(import.columns);
    if (value.type() != typeid(Poco::JSON::Array::Ptr)) return titles;
    for (const auto& item : *value.extract<Poco::JSON::Array::Ptr>()) {
        const auto& column = item.extract<Poco::JSON::Object::Ptr>();
        titles[column->getValue<std::string>("field")] = column->getValue<std::string>("column");
    }
    return titles;
}

std::string cellOf(const Poco::JSON::Object& cells, const std::map<std::string, std::string>& titles,
                   const std::string& field) {
    const auto it = titles.find(field);
    return it == titles.end() ? std::string() : cells.optValue<std::string>(it->second, "");
}

}  // namespace

std::vector<identities::SpareRow> MatchApi::spareRows(const std::string& organization, bool test) {
    using identities::RowState;
    auto rows = matches_.knownLearners(organization, test ? "test" : "production");
    for (const auto& import : imports_.list(organization, 0, kMaxImports)) {
        if ((import.contour == "test") != test) continue;
        const auto titles = columnsOf(import);
        for (const auto& row : imports_.rowsIn(
                 import.id, {RowState::Unmatched, RowState::Ambiguous, RowState::Matched, RowState::Undone})) {
            if (!identities::isUntiId(row.untiId)) continue;
            const auto cells = common::parseJsonObject(row.cells);
            rows.push_back({row.untiId, cellOf(*cells, titles, "leaderId"), cellOf(*cells, titles, "email"),
                            fmt::format("unti-ids/{}, {}", import.id, row.number), 0});
        }
    }
    return rows;
}

std::vector<MatchApi::Lacking> MatchApi::lackingLearners(const std::string& organization, bool test, RecordId flow) {
    std::map<RecordId, Learner> without;
    std::map<RecordId, std::string> flowsOf;
    std::set<std::string> held;
    std::set<RecordId> inFlow;
    for (const auto& programme : records_.programmes(organization, ""))
        for (const auto& one : records_.flows(organization, programme.id))
            for (auto& learner : records_.learners(organization, one.id)) {
                const auto& own = test ? learner.testUntiId : learner.untiId;
                if (!own.empty()) {
                    held.insert(own);
                    continue;
                }
                if (learner.deleted) continue;
                if (one.id == flow) inFlow.insert(learner.id);
                auto& titles = flowsOf[learner.id];
                titles += (titles.empty() ? "" : "; ") + (one.title.empty() ? one.key : one.title);
                without.emplace(learner.id, std::move(learner));
            }
    std::vector<Learner> inOrder;
    for (auto& [id, learner] : without) inOrder.push_back(std::move(learner));
    identities::Rejected rejected;
    std::map<RecordId, std::vector<store::MatchRejection>> rejections;
    for (auto& one : matches_.rejections(organization, test ? "test" : "production")) {
        rejected.emplace(one.recordId, one.value);
        rejections[one.recordId].push_back(std::move(one));
    }
    auto lists = identities::suggest(inOrder, spareRows(organization, test), held, rejected);
    std::vector<Lacking> all;
    // Narrowed at the end: what fits somebody of another flow too stands alone in neither.
    for (std::size_t i = 0; i < inOrder.size(); ++i)
        if (flow == 0 || inFlow.contains(inOrder[i].id))
            all.push_back({"learner", inOrder[i].id, inOrder[i].externalId, matchNameOf(inOrder[i]),
                           flowsOf[inOrder[i].id], std::move(lists[i]), std::move(rejections[inOrder[i].id])});
    return all;
}

std::vector<MatchApi::Lacking> MatchApi::lackingElements(const std::string& organization) {
    std::vector<identities::Titled> titled;
    std::vector<std::string> externalIds;
    for (auto& one : matchElements(records_, organization)) {
        if (one.deleted) continue;
        titled.push_back(std::move(one.titled));
        externalIds.push_back(std::move(one.externalId));
    }
    std::map<Matched, identities::Rejected> rejected;
    std::map<std::pair<Matched, RecordId>, std::vector<store::MatchRejection>> rejections;
    for (auto& one : matches_.rejections(organization, ""))
        if (const auto kind = identities::matchedFrom(one.kind)) {
            rejected[*kind].emplace(one.recordId, one.value);
            rejections[{*kind, one.recordId}].push_back(std::move(one));
        }
    auto lists = identities::suggest(titled, matches_.known(organization), rejected);
    std::vector<Lacking> all;
    for (std::size_t i = 0; i < titled.size(); ++i)
        if (!titled[i].u2035Id)
            all.push_back({toString(titled[i].kind), titled[i].id, externalIds[i], titled[i].title, titled[i].parent,
                           std::move(lists[i]), std::move(rejections[{titled[i].kind, titled[i].id}])});
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return placeOf(a) < placeOf(b); });
    return all;
}

Response MatchApi::shown(const Request& request, std::vector<Lacking> all, const std::string& file) {
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"), 2);
    const std::pair after{page.afterNumber(-1, 0), page.afterNumber(0, 1)};
    const bool russian = request.language == "ru";
    narrow(narrowingOf(request), all);
    // In order of kind and id: a record that was matched meanwhile leaves the list, and none is passed over for it.
    all.erase(all.begin(), std::find_if(all.begin(), all.end(), [&](const auto& one) { return placeOf(one) > after; }));
    const auto next = page.cut(all, [](const Lacking& one) {
        const auto [kind, id] = placeOf(one);
        return std::vector{std::to_string(kind), std::to_string(id)};
    });
    CsvText csv;
    common::JsonWriter json;
    for (const auto& name : tableTitles()) csv.cell(name);
    csv.endRow();
    json.object().key("items").array();
    for (const auto& one : all) {
        for (const auto& cell : tableCells(one, russian)) csv.cell(cell);
        csv.endRow();
        json.object()
            .member("kind", one.kind)
            .member("id", std::to_string(one.id))
            .member("externalId", one.externalId)
            .member("title", one.title)
            .member("parent", one.parent)
            .key("suggestions")
            .array();
        for (const auto& suggestion : one.suggestions)
            json.object()
                .member("value", suggestion.value)
                .member("reason", toString(suggestion.why))
                .member("text", explain(suggestion.why, russian))
                .member("from", suggestion.from)
                .member("unique", suggestion.unique)
                .end();
        json.end().key("rejected").array();
        for (const auto& rejection : one.rejected)
            json.object()
                .member("value", rejection.value)
                .member("reason", rejection.reason)
                .member("text", wordsFor(rejection.reason, russian))
                .member("from", rejection.from)
                .timeMember("rejectedAt", rejection.rejectedAt)
                .member("rejectedBy", rejection.rejectedBy)
                .end();
        json.end().end();
    }
    if (wantsCsv(request)) return csvPage(request, csv, file, next);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response MatchApi::learners(const Request& request) {
    return shown(request, learnersOf(request), "learners-without-unti-id.csv");
}

Response MatchApi::elements(const Request& request) {
    return shown(request, elementsOf(request), "elements-without-id.csv");
}

}  // namespace plugin::api
