// What people and sources do to the world between two nights.

#include "tests/simulation/World.h"

#include <fmt/format.h>

#include <utility>

namespace tests::simulation {

using namespace host::sdk;

void World::changeRecord(TrueOrganization& org) {
    if (org.truth.empty()) return;
    auto& record = fate_.oneOf(org.truth);
    auto& changed = head(org, record);
    if (changed.deleted || !record.valid) return;
    ++changed.revision;
    if (fate_.perMille(200)) {
        changed.deleted = true;
    } else if (record.kind == "result") {
        // A new revision is another content, as with every source.
        auto& result = org.records.results_[record.index];
        if (result.graded && fate_.perMille(80))
            result.graded = false;
        else if (!std::exchange(result.graded, true) && fate_.perMille(700))
            ;  // graded as it stood
        else
            result.raw = static_cast<double>((static_cast<int>(*result.raw) + fate_.between(1, 5)) % 6);
        result.success = *result.raw >= 3;
    } else if (record.kind == "view") {
        auto& percent = *org.records.views_[record.index].percent;
        percent = percent >= 100 ? static_cast<double>(fate_.between(80, 99)) : percent + 1;
    } else {
        auto& opening = org.records.openings_[record.index];
        opening.downloaded = !opening.downloaded;
    }
    story_.tell(fmt::format("{}: {} {} is now revision {}{}", org.organization.id, record.kind, record.id,
                            changed.revision, changed.deleted ? ", deleted" : ""));
}

void World::changeLearner(TrueOrganization& org) {
    auto& learner = fate_.oneOf(org.records.learners_);
    ++learner.revision;
    switch (fate_.upTo(5)) {
        case 0:
            learner.untiId = std::to_string(700'000 + ++lastLearner_);
            break;
        case 1:
            learner.untiId.clear();
            break;
        case 2:
            learner.untiId = std::to_string(learner.id);
            break;
        case 3:
            for (auto& enrollment : org.records.enrollments_)
                if (enrollment.learnerId == learner.id) enrollment.deleted = !enrollment.deleted;
            break;
        case 4:
            if (org.scope.leftOutLearners.erase(learner.id) == 0) org.scope.leftOutLearners[learner.id] = "по просьбе";
            break;
        default:
            learner.untiId = "666" + std::to_string(learner.id);
    }
    story_.tell(fmt::format("{}: learner {} has unti_id '{}'", org.organization.id, learner.id, learner.untiId));
}

void World::changeTitle(TrueOrganization& org, bool poison) {
    const auto& elements = org.records.structures_[0].elements;
    std::size_t chosen = 0;
    do chosen = static_cast<std::size_t>(fate_.upTo(static_cast<std::int64_t>(elements.size()) - 1));
    while (elements[chosen].kind == ElementKind::Fact);  // its statement tells no title
    const auto title = fmt::format("{}Title {}", poison ? "POISON " : "", fate_.upTo(1'000));
    for (auto& structure : org.records.structures_) {
        auto& element = structure.elements[chosen];
        element.title = title;
        ++element.revision;
        org.titles[element.id].insert(title);
    }
    story_.tell(fmt::format("{}: element {} is now '{}'", org.organization.id, elements[chosen].id, title));
}

void World::administer(TrueOrganization& org) {
    const auto flow = fate_.oneOf(org.records.flows_).id;
    const char* what = "";
    switch (fate_.upTo(7)) {
        case 0:
            org.connected = false;
            what = "disconnected";
            break;
        case 1:
            org.connected = true;
            what = "connected to the same store";
            break;
        case 2:
            bind(org, fate_.oneOf(kHosts));
            org.connected = true;
            what = "connected to another store";
            break;
        case 3:
            expireKey(org);
            what = "the key has expired";
            break;
        case 4:
            replaceKey(org);
            what = "the key is replaced";
            break;
        case 5:
            org.scope.channels[flow] = "tables";
            what = "a flow goes by tables";
            break;
        case 6:
            org.scope.channels.clear();
            org.scope.allFlows = true;
            what = "all flows go by the LRS";
            break;
        default:
            org.scope.allFlows = !org.scope.allFlows;
            org.scope.flows = {org.records.flows_[0].id};
            what = "the scope changes";
    }
    story_.tell(fmt::format("{}: {}", org.organization.id, what));
}

void World::disturb() {
    const auto& host = fate_.oneOf(kHosts);
    if (fate_.perMille(250)) loseHost(host, clock_.now() + fate_.between(1, 40) * 60 * kMinute);
    locker.namesCulprits = fate_.perMille(750);
    locker.maxBody = fate_.perMille(200) ? 2'500 : 1024 * 1024;
}

void World::live(bool manyChanges) {
    for (auto& org : organizations) {
        for (auto n = fate_.upTo(3); n > 0; --n) addRecord(org);
        if (fate_.perMille(150)) addLearner(org);
        for (auto n = fate_.upTo(manyChanges ? 4 : 1); n > 0; --n) changeRecord(org);
        if (fate_.perMille(manyChanges ? 400 : 150)) changeLearner(org);
        if (fate_.perMille(120)) changeTitle(org, fate_.perMille(300));
        if (fate_.perMille(300)) administer(org);
    }
    disturb();
}

void World::heal(bool mendPoison) {
    outages_.clear();
    locker.namesCulprits = true;
    locker.maxBody = 1024 * 1024;
    for (auto& org : organizations) {
        org.connected = true;
        if (org.keyExpired) replaceKey(org);
        if (!mendPoison) continue;
        for (auto& learner : org.records.learners_)
            if (learner.untiId.rfind("666", 0) == 0) {
                learner.untiId = std::to_string(800'000 + ++lastLearner_);
                ++learner.revision;
            }
        for (auto& structure : org.records.structures_)
            for (auto& element : structure.elements)
                if (isElementPoisoned(org, element.id)) {
                    element.title = "Mended " + std::to_string(element.id);
                    ++element.revision;
                    org.titles[element.id].insert(element.title);
                }
    }
    story_.tell("all trouble ends");
}

}  // namespace tests::simulation
