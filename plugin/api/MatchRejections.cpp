// MatchApi: suggestions that people reject, and take back.

#include "common/JsonReader.h"
#include "plugin/api/Lists.h"
#include "plugin/api/MatchApi.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace plugin::api {

using host::sdk::RecordId;
using host::sdk::Request;
using host::sdk::Response;
using store::MatchRejection;

namespace {

/// Of learners, or of what else has an id of University 2035; `contour` gets that of learners.
std::vector<MatchRejection> wishesOf(const Request& request, bool learners, std::string& contour) {
    common::JsonReader in(common::parseJsonObject(request.body));
    if (learners) {
        contour = in.text("contour", 20).value_or("production");
        if (contour != "production" && contour != "test")
            in.wrong("contour", "is no contour", "Give \"production\" or \"test\".");
    }
    const auto items = in.array("items", kMostMatches);
    if (in.errors().empty() && (items.isNull() || items->size() == 0)) in.wrong("items", "is missing");
    std::vector<MatchRejection> wishes;
    for (std::size_t i = 0; !items.isNull() && i < items->size(); ++i)
        if (auto item = in.item("items", items, i)) {
            MatchRejection wish;
            wish.contour = contour;
            wish.kind = item->requiredText("kind", 20);
            wish.recordId = givenId(item->requiredText("id", 20));
            wish.value = item->requiredText("value", 19);
            if (learners && wish.kind != "learner") item->wrong("kind", "is no learner", "Give \"learner\".");
            if (!learners && !identities::matchedFrom(wish.kind))
                item->wrong("kind", "is no kind that has such an id", "Give programme, flow, module or theme.");
            item->refuseUnknown();
            wishes.push_back(std::move(wish));
        }
    in.refuseUnknown();
    in.finish("The rejection is not valid");
    return wishes;
}

Response answerOf(const std::vector<MatchRejection>& wishes, const std::vector<std::string>& states) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& state : states) ++counts[state];
    common::JsonWriter json;
    json.object().key("counts").object();
    for (const auto& [state, count] : counts) json.member(state, count);
    json.end().key("rows").array();
    for (std::size_t i = 0; i < wishes.size(); ++i)
        json.object()
            .member("kind", wishes[i].kind)
            .member("id", std::to_string(wishes[i].recordId))
            .member("value", wishes[i].value)
            .member("state", states[i])
            .end();
    json.end().end();
    return Response::json(json.take());
}

}  // namespace

Response MatchApi::reject(const Request& request, std::vector<MatchRejection> wishes, const std::string& contour,
                          const std::vector<Lacking>& all) {
    std::map<std::pair<std::string, RecordId>, const Lacking*> byRecord;
    for (const auto& one : all) byRecord[{one.kind, one.id}] = &one;
    std::vector<std::string> states;
    std::vector<MatchRejection> fresh;
    std::set<std::tuple<std::string, RecordId, std::string>> seen;
    for (auto& wish : wishes) {
        states.emplace_back("not-suggested");
        const auto found = byRecord.find({wish.kind, wish.recordId});
        if (found == byRecord.end()) continue;
        const auto is = [&](const auto& one) { return one.value == wish.value; };
        const auto& [suggested, rejected] = std::tie(found->second->suggestions, found->second->rejected);
        if (std::any_of(rejected.begin(), rejected.end(), is)) states.back() = "same";
        const auto it = std::find_if(suggested.begin(), suggested.end(), is);
        if (it == suggested.end()) continue;
        const bool again = !seen.emplace(wish.kind, wish.recordId, wish.value).second;
        states.back() = again ? "same" : "rejected";
        if (again) continue;
        wish.reason = toString(it->why);
        wish.from = it->from;
        fresh.push_back(wish);
    }
    const auto& organization = request.parameter("org");
    const auto& who = request.principal.login;
    if (matches_.reject(organization, fresh, who) > 0) {
        common::JsonWriter told;
        told.object().member("rejected", fresh.size());
        if (!contour.empty()) told.member("contour", contour);
        journal_.append({organization, who, request.clientAddress, "match.rejected",
                         contour.empty() ? "elements/match" : "learners/match", told.end().take(), request.requestId});
    }
    return answerOf(wishes, states);
}

Response MatchApi::restore(const Request& request, const std::vector<MatchRejection>& wishes) {
    const auto& organization = request.parameter("org");
    const auto there = matches_.restore(organization, wishes);
    std::vector<std::string> states;
    for (const bool one : there) states.emplace_back(one ? "restored" : "not-rejected");
    if (const auto count = std::count(there.begin(), there.end(), true); count > 0)
        journal_.append({organization, request.principal.login, request.clientAddress, "match.restored",
                         wishes.front().kind == "learner" ? "learners/match" : "elements/match",
                         fmt::format(R"({{"restored":{}}})", count), request.requestId});
    return answerOf(wishes, states);
}

Response MatchApi::rejectLearners(const Request& request) {
    std::string contour;
    auto wishes = wishesOf(request, true, contour);
    return reject(request, std::move(wishes), contour, lackingLearners(request.parameter("org"), contour == "test", 0));
}

Response MatchApi::restoreLearners(const Request& request) {
    std::string contour;
    return restore(request, wishesOf(request, true, contour));
}

Response MatchApi::rejectElements(const Request& request) {
    std::string none;
    auto wishes = wishesOf(request, false, none);
    return reject(request, std::move(wishes), "", lackingElements(request.parameter("org")));
}

Response MatchApi::restoreElements(const Request& request) {
    std::string none;
    return restore(request, wishesOf(request, false, none));
}

}  // namespace plugin::api
