#include "tests/simulation/World.h"

#include "common/Encoding.h"
#include "common/Rfc3339.h"
#include "common/Uuid.h"
#include "plugin/footprint/SampleFlow.h"

#include <fmt/format.h>

namespace tests::simulation {

using namespace host::sdk;

namespace {

const std::vector<RecordId> kGraded = {34, 41, 42, 43, 44, 45, 51, 52};  ///< elements of the sample with marks

const plugin::footprint::SampleFlow& sample() {
    static const auto made = plugin::footprint::SampleFlow::make();
    return made;
}

template <class Ids>
void shift(Ids& records, RecordId by) {
    for (auto& record : records) record.id += by;
}

/// The sample's programme under ids of its own, with a flow of its own.
FlowStructure structureOf(RecordId base, int flow, const std::string& project) {
    FlowStructure s = sample().structure;
    s.programme.id += base;
    s.programme.project = project;
    s.flow.id += base + flow * 5;
    s.flow.programmeId = s.programme.id;
    s.flow.key = "s" + std::to_string(flow + 1);
    s.flow.u2035Id = 7'001 + flow;
    shift(s.blocks, base);
    shift(s.modules, base);
    shift(s.themes, base);
    shift(s.elements, base);
    for (auto& block : s.blocks) block.programmeId = s.programme.id;
    for (auto& module : s.modules) module.blockId += base;
    for (auto& theme : s.themes) theme.moduleId += base;
    // What needs a file needs a storage, which has tests of its own.
    std::erase_if(s.elements, [&](const Element& e) { return e.id == base + 46 || e.id == base + 53; });
    for (auto& element : s.elements) {
        element.programmeId = s.programme.id;
        element.fileIds.clear();
        for (auto* parent : {&element.blockId, &element.moduleId, &element.themeId})
            if (*parent) **parent += base;
    }
    return s;
}

}  // namespace

bool TrueOrganization::goes(RecordId flow) const {
    if (!connected || (!scope.allFlows && scope.flows.count(flow) == 0)) return false;
    const auto channel = scope.channels.find(flow);
    return channel == scope.channels.end() || channel->second != "tables";
}

host::sdk::Learner& TrueOrganization::learner(RecordId id) {
    for (auto& one : records.learners_)
        if (one.id == id) return one;
    throw std::logic_error("the world has no learner " + std::to_string(id));
}

World::World(Fate& fate, FakeClock& clock, Story& story, int count) : fate_(fate), clock_(clock), story_(story) {
    clock_.set(sample().now);
    projects = {{"bas", "Кадры для БАС", "bas", ""}, {"bas-resend", "Кадры для БАС", "bas-resend", ""}};
    const int drawn = (static_cast<int>(fate_.between(1, 5)) + 1) / 2;
    for (int i = 0, n = count > 0 ? count : drawn; i < n; ++i) found(i);
}

void World::found(int number) {
    auto& org = organizations.emplace_back();
    org.base = 10'000 * (number + 1);
    org.organization = sample().organization;
    org.organization.id = "org-" + std::to_string(number + 1);
    org.organization.activityBase = fmt::format("https://lms-{}.example.org", number + 1);
    org.resends = fate_.perMille(500);
    org.project = projects[org.resends ? 1 : 0];
    const int flows = fate_.perMille(300) ? 2 : 1;
    for (int i = 0; i < flows; ++i) org.records.structures_.push_back(structureOf(org.base, i, org.project.id));
    org.records.programmes_ = {org.records.structures_[0].programme};
    for (const auto& structure : org.records.structures_) org.records.flows_.push_back(structure.flow);
    for (const auto& element : org.records.structures_[0].elements) org.titles[element.id].insert(element.title);
    org.records.pageSize_ = fate_.perMille(300) ? 3 : 1'000;
    for (auto n = fate_.between(1, 4); n > 0; --n) addLearner(org);
    for (auto n = fate_.between(2, 14); n > 0; --n) addRecord(org);
    if (fate_.perMille(250)) changeTitle(org, true);
    bind(org, fate_.oneOf(kHosts));
    org.connected = fate_.perMille(900);
}

std::string World::key() {
    const int n = ++lastKey_;
    return common::toBase64(fmt::format("key-{}:secret-{}", n, n));
}

void World::bind(TrueOrganization& org, const std::string& host) {
    if (!org.binding.storeId.empty()) org.earlier.push_back(org.binding);
    org.binding.storeId = common::Uuid::v5(common::Uuid::kNamespaceDns, "store-" + std::to_string(++lastStore_));
    org.binding.host = host;
    org.binding.key = key();
    org.binding.lrsStore = fmt::format("{}/{}", org.organization.id, lastStore_);
    locker.grant(org.binding.host, "Basic " + org.binding.key, org.binding.lrsStore);
    org.keyExpired = false;
}

void World::expireKey(TrueOrganization& org) {
    locker.revoke(org.binding.host, "Basic " + org.binding.key);
    org.keyExpired = true;
}

void World::replaceKey(TrueOrganization& org) {
    expireKey(org);
    org.binding.key = key();
    locker.grant(org.binding.host, "Basic " + org.binding.key, org.binding.lrsStore);
    org.keyExpired = false;
}

void World::loseHost(const std::string& host, Micros until) {
    outages_[host] = until;
    story_.tell(fmt::format("{} is unreachable until {}", host, common::Rfc3339::utc(until)));
}

void World::addLearner(TrueOrganization& org) {
    Learner learner = sample().learners[0];
    learner.id = ++lastLearner_;
    learner.untiId = std::to_string(learner.id);
    if (fate_.perMille(100)) learner.untiId.clear();
    if (fate_.perMille(70)) learner.untiId = "666" + learner.untiId;
    org.records.learners_.push_back(learner);
    for (const auto& flow : org.records.flows_) {
        if (fate_.perMille(50)) continue;
        Enrollment enrollment;
        enrollment.id = ++lastRecord_;
        enrollment.learnerId = learner.id;
        enrollment.flowId = flow.id;
        enrollment.status = "enrolled";
        org.records.enrollments_.push_back(enrollment);
    }
}

void World::addRecord(TrueOrganization& org) {
    TrueRecord truth;
    truth.id = ++lastRecord_;
    const auto learner = fate_.oneOf(org.records.learners_).id;
    const auto flow = fate_.oneOf(org.records.flows_).id;
    // A minute of its own for every record of the world.
    const Micros at = sample().now - 90LL * 24 * 60 * kMinute + (truth.id % 100'000) * kMinute;
    const auto fill = [&](auto& record, RecordId element) {
        record.id = truth.id;
        record.learnerId = learner;
        record.elementId = org.base + element;
        record.flowId = flow;
        record.at = at;
        if (fate_.perMille(30)) {
            record.elementId = kNowhere;
            truth.valid = false;
        }
    };
    const auto which = fate_.upTo(9);
    if (which < 6) {
        const bool fact = fate_.perMille(250);
        Result result = sample().results[fact ? 7 : 0];
        result.fileIds.clear();
        fill(result, fact ? fate_.between(51, 52) : kGraded[static_cast<std::size_t>(fate_.upTo(5))]);
        result.raw = static_cast<double>(fate_.between(0, 5));
        result.success = *result.raw >= 3;
        result.attempt = static_cast<int>(fate_.between(1, 3));
        result.graded = fate_.perMille(750);
        if (fate_.perMille(40)) {
            result.raw = 99;
            truth.valid = false;
        }
        truth.kind = "result";
        truth.index = org.records.results_.size();
        org.records.results_.push_back(result);
    } else if (which < 8) {
        View view = sample().views[static_cast<std::size_t>(fate_.upTo(1))];
        fill(view, view.elementId);
        view.percent = static_cast<double>(fate_.between(70, 100));
        truth.kind = "view";
        truth.index = org.records.views_.size();
        org.records.views_.push_back(view);
    } else {
        Opening opening = sample().openings[static_cast<std::size_t>(fate_.upTo(1))];
        fill(opening, 33);
        truth.kind = "opening";
        truth.index = org.records.openings_.size();
        org.records.openings_.push_back(opening);
    }
    std::size_t number = 0;
    while (&organizations[number] != &org) ++number;
    times_[at] = {number, org.truth.size()};
    org.truth.push_back(std::move(truth));
}

RecordHead& World::head(TrueOrganization& org, const TrueRecord& record) {
    if (record.kind == "result") return org.records.results_[record.index];
    if (record.kind == "view") return org.records.views_[record.index];
    return org.records.openings_[record.index];
}

RecordId World::elementOf(const TrueOrganization& org, const TrueRecord& record) const {
    if (record.kind == "result") return org.records.results_[record.index].elementId;
    if (record.kind == "view") return org.records.views_[record.index].elementId;
    return org.records.openings_[record.index].elementId;
}
RecordId World::learnerOf(const TrueOrganization& org, const TrueRecord& record) const {
    if (record.kind == "result") return org.records.results_[record.index].learnerId;
    if (record.kind == "view") return org.records.views_[record.index].learnerId;
    return org.records.openings_[record.index].learnerId;
}
RecordId World::flowOf(const TrueOrganization& org, const TrueRecord& record) const {
    if (record.kind == "result") return org.records.results_[record.index].flowId;
    if (record.kind == "view") return org.records.views_[record.index].flowId;
    return org.records.openings_[record.index].flowId;
}

bool World::isFinal(const TrueOrganization& org, const TrueRecord& record) {
    if (record.kind == "result") return org.records.results_[record.index].graded;
    if (record.kind == "view") return org.records.views_[record.index].percent.value_or(0) >= 85;
    return true;
}

bool World::isElementPoisoned(const TrueOrganization& org, RecordId id) {
    for (const auto& element : org.records.structures_[0].elements)
        if (element.id == id) return element.title.find("POISON") != std::string::npos;
    return false;
}

std::string World::current(TrueOrganization& org, const TrueRecord& record) {
    if (head(org, record).deleted || !record.valid || !isFinal(org, record)) return {};
    const auto flow = flowOf(org, record);
    if (!org.goes(flow)) return {};
    const auto learnerId = learnerOf(org, record);
    const auto& learner = org.learner(learnerId);
    if (learner.deleted || learner.untiId.empty() || org.scope.leftOutLearners.count(learnerId) != 0) return {};
    const auto enrolled = [&] {
        for (const auto& one : org.records.enrollments_)
            if (one.learnerId == learnerId && one.flowId == flow && !one.deleted) return true;
        return false;
    };
    if (!enrolled()) return {};
    std::string facts;
    if (record.kind == "result") facts = fmt::format("passed {:g}", *org.records.results_[record.index].raw);
    if (record.kind == "view") facts = fmt::format("watch {:g}", *org.records.views_[record.index].percent);
    if (record.kind == "opening") facts = org.records.openings_[record.index].downloaded ? "downloaded " : "viewed ";
    return learner.untiId + "|" + facts;
}

void World::remember(int step) {
    for (auto& org : organizations)
        for (auto& record : org.truth) {
            auto text = current(org, record);
            if (!record.versions.empty() && record.versions.back().text == text)
                record.versions.back().to = step;
            else
                record.versions.push_back({std::move(text), step, step});
        }
}

World::Found World::byTime(Micros at) {
    const auto found = times_.find(at);
    if (found == times_.end()) return {};
    auto& org = organizations[found->second.first];
    return {&org, &org.truth[found->second.second]};
}

TrueOrganization* World::byLrsStore(const std::string& store) {
    for (auto& org : organizations) {
        if (org.binding.lrsStore == store) return &org;
        for (const auto& one : org.earlier)
            if (one.lrsStore == store) return &org;
    }
    return nullptr;
}

bool World::isUnreachable(const std::string& host) const {
    const auto found = outages_.find(host);
    return found != outages_.end() && clock_.now() < found->second;
}

TrueOrganization& World::named(const std::string& id) {
    for (auto& org : organizations)
        if (org.organization.id == id) return org;
    throw std::logic_error("the world has no organization " + id);
}

std::vector<plugin::store::Destination> World::active(const std::string& organization) {
    std::vector<plugin::store::Destination> out;
    for (const auto& org : organizations) {
        if (!org.connected || (!organization.empty() && org.organization.id != organization)) continue;
        plugin::store::Destination destination;
        destination.organization = org.organization.id;
        destination.project = org.project.id;
        destination.storeId = org.binding.storeId;
        destination.endpoint = "https://" + org.binding.host + "/data/xAPI";
        destination.basicToken = SecretString(org.binding.key);
        out.push_back(std::move(destination));
    }
    return out;
}

bool World::isStillActive(const std::string& organization, const std::string&, const std::string& storeId) {
    auto& org = named(organization);
    if (org.connected && disconnectsNow()) {
        org.connected = false;
        story_.tell(organization + ": disconnected in the middle of a night");
    }
    return org.connected && org.binding.storeId == storeId;
}

plugin::store::Scope World::scope(const std::string& organization, const std::string&) {
    return named(organization).scope;
}

}  // namespace tests::simulation
