#include "plugin/api/MatchNames.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace plugin::api {

using host::sdk::RecordId;
using identities::Matched;

namespace {

constexpr std::size_t kFew = 50;

}  // namespace

std::string matchNameOf(const host::sdk::Learner& learner) {
    std::string name = learner.lastName;
    for (const auto* part : {&learner.firstName, &learner.middleName})
        if (!part->empty()) name += (name.empty() ? "" : " ") + *part;
    return name;
}

std::vector<MatchElement> matchElements(host::sdk::Records& records, const std::string& organization) {
    std::vector<MatchElement> all;
    const auto note = [&](Matched kind, const host::sdk::RecordHead& head, std::string title, std::string parent,
                          const std::optional<std::int64_t>& u2035Id, bool deleted) {
        all.push_back({{kind, head.id, std::move(title), std::move(parent), u2035Id}, head.externalId, deleted});
    };
    for (const auto& programme : records.programmes(organization, "")) {
        note(Matched::Programme, programme, programme.title, "", programme.u2035Id, false);
        bool structured = false;  // modules and themes stand in the structure of each flow
        for (const auto& flow : records.flows(organization, programme.id)) {
            note(Matched::Flow, flow, flow.title.empty() ? flow.key : flow.title, programme.title, flow.u2035Id, false);
            if (structured) continue;
            const auto structure = records.structure(organization, flow.id);
            if (!structure) continue;
            structured = true;
            std::map<RecordId, std::string> modules;
            for (const auto& module : structure->modules) {
                modules[module.id] = programme.title + " / " + module.title;
                note(Matched::Module, module, module.title, programme.title, module.u2035Id, module.deleted);
            }
            for (const auto& theme : structure->themes)
                note(Matched::Theme, theme, theme.title, modules[theme.moduleId], theme.u2035Id, theme.deleted);
        }
    }
    return all;
}

std::vector<MatchName> matchNames(host::sdk::Records& records, const std::string& organization,
                                  const std::vector<store::MatchRow>& rows) {
    std::map<std::pair<std::string, RecordId>, MatchName> names;
    const auto isLearner = [](const store::MatchRow& row) { return row.kind == "learner"; };
    if (!std::all_of(rows.begin(), rows.end(), isLearner))
        for (auto& one : matchElements(records, organization))
            names[{toString(one.titled.kind), one.titled.id}] = {std::move(one.externalId),
                                                                 std::move(one.titled.title)};
    // Of many at once: a learner at a time would be asked for each.
    if (rows.size() > kFew && isLearner(rows.front()))
        for (const auto& programme : records.programmes(organization, ""))
            for (const auto& flow : records.flows(organization, programme.id))
                for (const auto& one : records.learners(organization, flow.id))
                    names.try_emplace({"learner", one.id}, MatchName{one.externalId, matchNameOf(one)});
    std::vector<MatchName> found;
    for (const auto& row : rows) {
        auto [it, isNew] = names.try_emplace({row.kind, row.recordId});
        if (isNew && isLearner(row))
            if (const auto learner = records.learner(organization, row.recordId))
                it->second = {learner->externalId, matchNameOf(*learner)};
        found.push_back(it->second);
    }
    return found;
}

}  // namespace plugin::api
