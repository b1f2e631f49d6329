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

bool isOneOf(const std::string& text, const std::vector<std::string_view>& choices) {
    return std::find(choices.begin(), choices.end(), text) != choices.end();
}

const std::vector<std::string_view> kReasons{"named-in-table",    "same-leader-id", "same-title",
                                             "same-title-folded", "same-email",     kNone};
const std::vector<std::string_view> kSureness{"sure", "likely", "check"};

/// Of the first suggestion, as people are shown it; empty without one.
std::string surenessOf(const MatchApi::Lacking& one) {
    using identities::Why;
    if (one.suggestions.empty()) return {};
    if (takenAtOnce(one) == nullptr) return "check";
    const auto why = one.suggestions.front().why;
    return why == Why::NamedInTable || why == Why::SameLeaderId ? "sure" : "likely";
}

struct Count {
    std::int64_t count = 0, unique = 0;
};

Response summaryOf(const Request& request, std::vector<MatchApi::Lacking> all) {
    std::map<std::string, Count> byReason;
    std::map<std::string, std::int64_t> acceptable;
    std::int64_t rejected = 0, taken = 0;
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
    narrow(narrowingOf(request), all);
    for (const auto& one : all)
        if (takenAtOnce(one) != nullptr) {
            ++acceptable[reasonOf(one)];
            ++taken;
        }
    json.end().key("fitting").object().member("count", all.size()).member("acceptable", taken);
    json.key("byReason").object();
    for (const auto& [reason, count] : acceptable) json.member(reason, count);
    json.end().end().end();
    return Response::json(json.take());
}

}  // namespace

const identities::Suggestion* takenAtOnce(const MatchApi::Lacking& one) {
    if (one.suggestions.size() != 1) return nullptr;
    const auto& only = one.suggestions.front();
    return only.unique && only.why != identities::Why::SameEmail ? &only : nullptr;
}

Narrowing narrowingOf(const Request& request) {
    Narrowing narrowing;
    narrowing.rejected = queryChoice(request, "rejected", {"true", "false"}) == "true";
    narrowing.reason = queryChoice(request, "reason", kReasons);
    narrowing.sureness = queryChoice(request, "sureness", kSureness);
    narrowing.q = request.queryValue("q").value_or("");
    if (narrowing.q.size() > kMaxSearch)
        throw AppError::badRequest("The text to search for is longer than 200 bytes; shorten it.");
    return narrowing;
}

Narrowing narrowingOf(common::JsonReader& in) {
    Narrowing narrowing{in.text("q", kMaxSearch).value_or(""), in.text("reason", 30).value_or(""),
                        in.text("sureness", 10).value_or(""), in.boolean("rejected").value_or(false)};
    if (!narrowing.reason.empty() && !isOneOf(narrowing.reason, kReasons))
        in.wrong("reason", "is no reason of a suggestion", "Take it from the list's summary.");
    if (!narrowing.sureness.empty() && !isOneOf(narrowing.sureness, kSureness))
        in.wrong("sureness", "is not known", "Give sure, likely or check.");
    return narrowing;
}

void narrow(const Narrowing& narrowing, std::vector<MatchApi::Lacking>& all) {
    using MatchLacking = MatchApi::Lacking;
    if (narrowing.rejected) std::erase_if(all, [](const MatchLacking& one) { return one.rejected.empty(); });
    if (!narrowing.reason.empty())
        std::erase_if(all, [&](const MatchLacking& one) { return reasonOf(one) != narrowing.reason; });
    if (!narrowing.sureness.empty())
        std::erase_if(all, [&](const MatchLacking& one) { return surenessOf(one) != narrowing.sureness; });
    std::istringstream folded(identities::foldName(narrowing.q));
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
    return summaryOf(request, learnersOf(request));
}

Response MatchApi::elementsSummary(const Request& request) {
    return summaryOf(request, elementsOf(request));
}

}  // namespace plugin::api
