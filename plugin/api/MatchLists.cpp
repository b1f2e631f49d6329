// What a list of records without a counterpart is narrowed to, and its summary.

#include "plugin/api/MatchLists.h"

#include "plugin/api/Lists.h"
#include "plugin/identities/Fold.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <string>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Request;
using host::sdk::Response;

namespace {

constexpr std::size_t kMaxSearch = 200;
constexpr const char* kNone = "none";

std::string reasonOf(const MatchApi::Lacking& one) {
    return one.suggestions.empty() ? kNone : toString(one.suggestions.front().why);
}

/// Everything of a row that is searched, folded as `q` is.
std::string textOf(const MatchApi::Lacking& one) {
    auto text = one.title + " " + one.externalId + " " + one.parent;
    for (const auto& suggestion : one.suggestions) text += " " + suggestion.value;
    return identities::foldName(text);
}

Response summaryOf(const std::vector<MatchApi::Lacking>& all) {
    struct Count {
        std::int64_t count = 0, unique = 0;
    };
    std::map<std::string, Count> byReason;
    std::int64_t rejected = 0;
    for (const auto& one : all) {
        auto& counted = byReason[reasonOf(one)];
        ++counted.count;
        if (!one.suggestions.empty() && one.suggestions.front().unique) ++counted.unique;
        if (!one.rejected.empty()) ++rejected;
    }
    common::JsonWriter json;
    json.object().member("total", all.size()).member("rejected", rejected).key("byReason").object();
    for (const auto& [reason, counted] : byReason)
        json.key(reason).object().member("count", counted.count).member("unique", counted.unique).end();
    json.end().end();
    return Response::json(json.take());
}

}  // namespace

void narrow(const Request& request, std::vector<MatchApi::Lacking>& all) {
    using MatchLacking = MatchApi::Lacking;
    if (queryChoice(request, "rejected", {"true", "false"}) == "true")
        std::erase_if(all, [](const MatchLacking& one) { return one.rejected.empty(); });
    const auto reason =
        queryChoice(request, "reason",
                    {"named-in-table", "same-leader-id", "same-title", "same-title-folded", "same-email", kNone});
    if (!reason.empty()) std::erase_if(all, [&](const MatchLacking& one) { return reasonOf(one) != reason; });
    const auto q = request.queryValue("q").value_or("");
    if (q.size() > kMaxSearch)
        throw AppError::badRequest("The text to search for is longer than 200 bytes; shorten it.");
    std::istringstream folded(identities::foldName(q));
    std::vector<std::string> words;
    for (std::string word; folded >> word;) words.push_back(word);
    if (words.empty()) return;
    std::erase_if(all, [&](const MatchLacking& one) {
        const auto text = textOf(one);
        return !std::all_of(words.begin(), words.end(),
                            [&](const auto& word) { return text.find(word) != std::string::npos; });
    });
}

std::vector<MatchApi::Lacking> MatchApi::learnersOf(const Request& request) {
    const bool test = queryChoice(request, "contour", {"production", "test"}) == "test";
    return lackingLearners(request.parameter("org"), test, queryId(request, "flow"));
}

std::vector<MatchApi::Lacking> MatchApi::elementsOf(const Request& request) {
    const auto kind = queryChoice(request, "kind", {"programme", "flow", "module", "theme"});
    auto all = lackingElements(request.parameter("org"));
    if (!kind.empty()) std::erase_if(all, [&](const Lacking& one) { return one.kind != kind; });
    return all;
}

Response MatchApi::learnersSummary(const Request& request) {
    return summaryOf(learnersOf(request));
}

Response MatchApi::elementsSummary(const Request& request) {
    return summaryOf(elementsOf(request));
}

}  // namespace plugin::api
