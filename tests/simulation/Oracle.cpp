#include "tests/simulation/Oracle.h"

#include "common/Rfc3339.h"
#include "plugin/footprint/FlowPlanner.h"

#include <fmt/format.h>

namespace tests::simulation {

using namespace host::sdk;
using plugin::store::UnsendableRow;

namespace {

std::string keyOf(const std::string& kind, RecordId id) {
    return fmt::format("{} {}", kind, id);
}

std::string textOf(const Told& told) {
    return told.actor + "|" + told.facts;
}

class DraftSink : public plugin::footprint::PlanSink {
public:
    void due(plugin::footprint::StatementDraft&& draft) override { drafts.push_back(std::move(draft)); }
    void unsendable(plugin::footprint::Unsendable&&) override {}
    std::vector<plugin::footprint::StatementDraft> drafts;
};

}  // namespace

void Oracle::violation(const std::string& what) {
    story_.tell("VIOLATION: " + what);
    std::lock_guard lock(mutex_);
    violations_.push_back(what);
}

std::vector<std::string> Oracle::violations() const {
    std::lock_guard lock(mutex_);
    return violations_;
}

void Oracle::beginStep(int step) {
    step_ = step;
    world_.remember(step);
}

void Oracle::trouble() {
    std::lock_guard lock(mutex_);
    troubles_.insert(step_);
}

/// Was the record ever to be told so?
bool Oracle::wasSo(const TrueRecord& record, const std::string& text) const {
    return std::any_of(record.versions.begin(), record.versions.end(),
                       [&](const Version& version) { return version.text == text; });
}

/// Was it to be told so in a step that was cut off? Then it may be told late.
bool Oracle::mayBeLate(const TrueRecord& record, const std::string& text) const {
    return std::any_of(record.versions.begin(), record.versions.end(), [&](const Version& version) {
        if (version.text != text) return false;
        const auto first = troubles_.lower_bound(version.from);
        return first != troubles_.end() && *first <= version.to;
    });
}

void Oracle::sending(const std::string& meant, const std::string& lrsStore, const std::vector<Told>& batch) {
    if (!lrsStore.empty()) {
        const auto* org = world_.byLrsStore(lrsStore);
        if (org == nullptr || !org->connected || org->binding.lrsStore != lrsStore)
            violation("a POST goes to the store " + lrsStore + ", where nobody sends any more");
        else
            for (const auto& told : batch)
                if (!told.refers && told.object.rfind(org->organization.activityBase, 0) != 0)
                    violation("a statement of another organization goes to " + lrsStore + ": " + told.bytes);
    }
    std::set<std::string> ids;
    for (const auto& told : batch) {
        if (!ids.insert(told.id).second) violation("one POST holds the id " + told.id + " twice");
        const auto first = firstUncertainBytes_.find(meant + told.id);
        if (first != firstUncertainBytes_.end() && first->second != told.bytes)
            violation("the bytes of " + told.id + " changed after they may have arrived");
    }
}

void Oracle::judged(const std::string& meant, const std::vector<Told>& batch, bool uncertain) {
    for (const auto& told : batch)
        if (uncertain)
            firstUncertainBytes_.emplace(meant + told.id, told.bytes);
        else if (LearningLocker::isPoisoned(told))
            firstUncertainBytes_.erase(meant + told.id);  // refused for its content: it can't be there
}

void Oracle::stored(const std::string& lrsStore, const Told& told) {
    const auto* store = &world_.locker.store(lrsStore);
    if (told.refers && store->statements.count(told.object) == 0)
        violation("stored before what it refers to: " + told.bytes);
    if (!told.isLearners()) return;
    const auto at = common::Rfc3339::parse(told.timestamp);
    const auto found = at ? world_.byTime(*at) : World::Found{};
    if (found.record == nullptr) return violation("told of no record at all: " + told.bytes);
    if (found.organization != world_.byLrsStore(lrsStore))
        return violation(found.organization->organization.id + "'s record is told in " + lrsStore);
    const auto text = textOf(told);
    const auto name = keyOf(found.record->kind, found.record->id);
    if (!wasSo(*found.record, text)) return violation(name + " is told as '" + text + "', which it never was");
    if (firstUncertainBytes_.count(lrsStore + told.id) == 0 &&
        world_.current(*found.organization, *found.record) != text && !mayBeLate(*found.record, text))
        violation(name + " is told as '" + text + "', which it was before and is no more");
}

void Oracle::afterNight(plugin::store::OutboxStore& outbox) {
    if (world_.locker.conflicts > 0) violation("the LRS has seen another content under an id it has (409)");
    for (const auto& [name, store] : world_.locker.stores()) {
        const auto* org = world_.byLrsStore(name);
        std::string storeId = org->binding.storeId;
        for (const auto& one : org->earlier)
            if (one.lrsStore == name) storeId = one.storeId;
        std::map<std::string, std::string> contents, cancellations;
        for (const auto& [id, told] : store.statements) {
            if (told.isCancellation()) {
                if (!cancellations.emplace(told.object, id).second)
                    violation("two cancellations of " + told.object + " in " + name);
                if (!org->resends) violation("cancelled without a word: " + told.object);
            } else if (store.cancelled.count(id) == 0) {
                const auto content = told.refers ? told.timestamp : told.verb + " " + told.object;
                const auto [first, fresh] = contents.emplace(content, id);
                if (!fresh)
                    violation(fmt::format("told twice in {}: {} and {} ({})", name, first->second, id, content));
            }
            if (outbox.bytesOf(storeId, id) != told.bytes)
                violation("the LRS holds other bytes of " + id + " than are frozen");
        }
    }
}

void Oracle::figures(const std::string& organization, const plugin::store::RunRow& run, const Traffic& traffic) {
    if (run.state == "failed" || run.state == "running" || run.state == "interrupted") return;
    const auto count = [&](const char* name) {
        const auto found = run.counts.find(name);
        return found == run.counts.end() ? 0 : found->second;
    };
    if (count("delivered") != traffic.accepted)
        violation(fmt::format("{}: run {} says {} delivered, the LRS answered {}", organization, run.id,
                              count("delivered"), traffic.accepted));
    if (count("posts") != traffic.posts)
        violation(fmt::format("{}: run {} says {} POSTs, there were {}", organization, run.id, count("posts"),
                              traffic.posts));
    if (traffic.refusedKeys > 2 * sessions)
        violation(
            fmt::format("{}: a refused key was used {} times in run {}", organization, traffic.refusedKeys, run.id));
}

std::vector<Oracle::Methodists> Oracle::structureOf(TrueOrganization& org, const FlowStructure& structure,
                                                    const plugin::delivery::NightParts& parts) {
    DraftSink sink;
    plugin::footprint::PlanInput input{.profile = parts.profiles.get(org.project.profile),
                                       .organization = org.organization,
                                       .project = org.project,
                                       .structure = structure,
                                       .learners = {},
                                       .installationId = parts.installationId,
                                       .now = parts.clock.now()};
    plugin::footprint::FlowPlanner(input, sink).structure();
    std::vector<Methodists> all;
    for (const auto& draft : sink.drafts) {
        const auto told = Told::parse("[" + draft.bytes + "]").at(0);
        all.push_back(
            {told.verb, told.object, told.title, draft.record.kind == "element" ? draft.record.id : 0, draft.record});
    }
    return all;
}

void Oracle::checkRecord(TrueOrganization& org, TrueRecord& record, const std::vector<const Told*>& live,
                         const Listed& listed, const std::set<RecordId>& blocked) {
    const auto name = org.organization.id + ": " + keyOf(record.kind, record.id);
    const auto row = listed.find(keyOf(record.kind, record.id));
    const bool isListed = row != listed.end();
    const auto code = isListed ? row->second : std::string();
    const auto text = world_.current(org, record);
    const auto& head = World::head(org, record);
    if (live.size() > 1) return;  // told twice: named already
    const bool refused = text.rfind("666", 0) == 0 || blocked.count(world_.elementOf(org, record)) != 0;
    if (live.empty()) {
        if (!text.empty() && !refused) return violation(name + " is due as '" + text + "' and was never told");
        // What isn't final waits in silence, unless the programme has no place for it.
        const bool waits = !World::isFinal(org, record) && world_.elementOf(org, record) != World::kNowhere;
        const bool silent = head.deleted || (text.empty() && waits);
        if (!isListed && !silent)
            violation(fmt::format("{} of learner {} on element {} was not told, and no list names it", name,
                                  world_.learnerOf(org, record), world_.elementOf(org, record)));
        return;
    }
    if (textOf(*live[0]) == text && !refused) {
        // Held since a change that was taken back: a person decides, as about every change.
        const bool changed = head.revision > 1 && code == "changed-after-sending" && !org.resends;
        if (isListed && !changed) violation(name + " is told as it is, and listed as if it could not go: " + code);
        return;
    }
    // Left out after it was told: what was told stays, and no more is.
    const bool leftOut = org.scope.leftOutLearners.count(world_.learnerOf(org, record)) != 0;
    if (!isListed && !leftOut && !(textOf(*live[0]) == text))
        violation(
            fmt::format("{} is told as '{}', is '{}' by now, and no list names it", name, textOf(*live[0]), text));
    if (org.resends && !leftOut && !refused)
        violation(
            fmt::format("{} is told as '{}', is '{}' by now, and was not cancelled", name, textOf(*live[0]), text));
}

void Oracle::atTheEnd(const plugin::delivery::NightParts& parts) {
    for (auto& org : world_.organizations) {
        plugin::store::UnsendableFilter filter;
        filter.organization = org.organization.id;
        Listed listed;
        for (const auto& row : parts.runs.unsendable(filter, 0, 100'000))
            if (row.origin == "statements") listed[keyOf(row.why.record.kind, row.why.record.id)] = row.why.code;
        const auto& store = world_.locker.store(org.binding.lrsStore);
        std::map<Micros, std::vector<const Told*>> learners;
        std::map<std::string, const Told*> methodists;
        for (const auto& [id, told] : store.statements) {
            if (told.isCancellation() || store.cancelled.count(id) != 0) continue;
            if (told.isLearners())
                learners[common::Rfc3339::parse(told.timestamp).value()].push_back(&told);
            else
                methodists[told.verb + " " + told.object] = &told;
        }
        std::size_t expected = 0;
        for (const auto& structure : org.records.structures_) {
            if (!org.goes(structure.flow.id)) continue;
            std::set<RecordId> blocked;
            for (const auto& one : structureOf(org, structure, parts)) {
                ++expected;
                const auto found = methodists.find(one.verb + " " + one.object);
                const bool isListed = listed.count(keyOf(one.record.kind, one.record.id)) != 0;
                const bool poisoned = one.title.find("POISON") != std::string::npos;
                if (found == methodists.end()) {
                    if (one.element != 0 && poisoned) blocked.insert(one.element);
                    if (!poisoned) violation(org.organization.id + ": " + one.object + " was never told");
                    if (!isListed && poisoned)
                        violation(org.organization.id + ": " + one.object + " was refused, and no list names it");
                    continue;
                }
                if (found->second->title != one.title && !isListed)
                    violation(org.organization.id + ": " + one.object + " was changed, and no list names it");
                if (one.element != 0 && !found->second->title.empty() &&
                    org.titles[one.element].count(found->second->title) == 0)
                    violation(org.organization.id + ": " + one.object + " is told with a title it never had");
            }
            for (auto& record : org.truth) {
                if (world_.flowOf(org, record) != structure.flow.id) continue;
                const auto& element = record.kind == "result" ? org.records.results_[record.index].at
                                      : record.kind == "view" ? org.records.views_[record.index].at
                                                              : org.records.openings_[record.index].at;
                checkRecord(org, record, learners[*element], listed, blocked);
            }
        }
    }
}

}  // namespace tests::simulation
