#include "host/records/RecordFacts.h"

#include "common/Rfc3339.h"
#include "host/records/RecordSql.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace host::records {
namespace {

using namespace Poco::Data::Keywords;
using Poco::Nullable;
using Poco::Data::Statement;

template <class T>
std::optional<T> maybe(const Nullable<T>& value) {
    return value.isNull() ? std::nullopt : std::optional<T>(value.value());
}

std::int64_t idOf(const RecordDraft& draft, const char* field) {
    const auto& value = draft.values[fieldIndex(draft.kind, field)];
    const auto* id = std::get_if<std::int64_t>(&value);
    return id == nullptr ? 0 : *id;
}

void requireProgramme(RecordDraft& draft, const char* field, std::int64_t actual, std::int64_t expected) {
    if (actual != expected) draft.fail(field, "belongs to another programme", "Name a record of the same programme.");
}

void elementRules(RecordDraft& draft, RecordFacts& facts) {
    auto& programme = draft.values[fieldIndex(RecordKind::Element, "programme")];
    if (auto id = idOf(draft, "block")) programme = facts.programmeOfBlock(id);
    if (auto id = idOf(draft, "module")) programme = facts.programmeOfModule(id);
    if (auto id = idOf(draft, "theme")) programme = facts.programmeOfTheme(id);
    if (auto flow = idOf(draft, "flow"))
        requireProgramme(draft, "flow", facts.flow(flow).programmeId, std::get<std::int64_t>(programme));
}

/// Finds or checks the flow of a result, view or opening.
void resolveFlow(RecordDraft& draft, RecordFacts& facts) {
    const auto& element = facts.element(idOf(draft, "element"));
    auto& value = draft.values[fieldIndex(draft.kind, "flow")];
    if (auto flow = idOf(draft, "flow")) {
        if (element.flowId && *element.flowId != flow)
            draft.fail("flow", "is not the flow that has this element",
                       "Leave 'flow' out, or name the element's flow.");
        else
            requireProgramme(draft, "flow", facts.flow(flow).programmeId, element.programmeId);
        return;
    }
    if (element.flowId) {
        value = *element.flowId;
        return;
    }
    const auto& flows = facts.flowsOf(idOf(draft, "learner"), element.programmeId);
    if (flows.size() == 1) {
        value = flows.front();
        return;
    }
    draft.fail("flow",
               flows.empty()
                   ? "is missing, and the learner is enrolled in no flow of the programme"
                   : fmt::format("is missing, and the learner is enrolled in {} flows of the programme", flows.size()),
               flows.empty() ? "Send the enrolment first, or give 'flow'." : "Give 'flow'.");
}

void resolveTimes(RecordDraft& draft, RecordFacts& facts) {
    const auto& fields = spec(draft.kind).fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto* relative = std::get_if<FromFlowStart>(&draft.values[i]);
        if (relative == nullptr) continue;
        const auto flow = idOf(draft, "flow");
        const auto start = flow == 0 ? std::nullopt : facts.flow(flow).startsAt;
        if (!start) {
            draft.fail(fields[i].name, "is counted from the flow's start, which is not known",
                       "Give the flow 'startsAt'.");
            continue;
        }
        const auto distance = std::llround(relative->amount * static_cast<double>(relative->unitSeconds) * 1e6);
        auto time = *start + distance;
        if (relative->zone && relative->unitSeconds == 86400) {
            const auto local = *start + relative->zone->offsetSeconds(*start) * 1'000'000;
            time = relative->zone->fromLocal(local + distance);
        }
        draft.values[i] = time;
        if (!common::Rfc3339::isWritable(time))
            draft.fail(fields[i].name, "is too far from the flow's start", "Give a time of the years 1 to 9999.");
    }
}

void scoreRules(RecordDraft& draft, RecordFacts& facts) {
    static const auto kRaw = fieldIndex(RecordKind::Result, "raw");
    static const auto kMin = fieldIndex(RecordKind::Result, "min");
    static const auto kMax = fieldIndex(RecordKind::Result, "max");
    static const auto kPass = fieldIndex(RecordKind::Result, "passScore");
    static const auto kSuccess = fieldIndex(RecordKind::Result, "success");
    const auto& element = facts.element(idOf(draft, "element"));
    const auto raw = draft.number(kRaw);
    const auto least = draft.has(kMin) ? draft.number(kMin) : element.minScore;
    const auto greatest = draft.has(kMax) ? draft.number(kMax) : element.maxScore;
    if (raw && ((least && *raw < *least) || (greatest && *raw > *greatest)))
        draft.fail("raw", "is outside the element's scale",
                   fmt::format("Give a mark from {} to {}, or correct the scale.",
                               least ? fmt::to_string(*least) : "any", greatest ? fmt::to_string(*greatest) : "any"));
    if (std::holds_alternative<RawReachesPass>(draft.values[kSuccess])) {
        const auto pass = draft.has(kPass) ? draft.number(kPass) : element.passScore;
        draft.values[kSuccess] = raw && pass ? Value(*raw >= *pass) : Value();
    }
}

}  // namespace

// Our own numbers stand in the text: binding a thousand of them costs more than finding them.
void RecordFacts::expectElements(const std::vector<std::int64_t>& ids) {
    std::vector<std::int64_t> unknown;
    for (const auto id : ids)
        if (elements_.try_emplace(id).second) unknown.push_back(id);
    forSlices(unknown, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> found, programmes;
        std::vector<Nullable<std::int64_t>> flows;
        std::vector<Nullable<double>> least, greatest, pass;
        Statement select(session_);
        select << fmt::format(
            "SELECT id, programme_id, flow_id, min_score, max_score, pass_score FROM record_elements WHERE "
            "organization_id = ? AND id IN ({})",
            fmt::join(some, ",")),
            into(found), into(programmes), into(flows), into(least), into(greatest), into(pass), use(organization_);
        select.execute();
        for (std::size_t i = 0; i < found.size(); ++i)
            elements_[found[i]] = {programmes[i], maybe(flows[i]), maybe(least[i]), maybe(greatest[i]), maybe(pass[i])};
    });
}

const ElementFacts& RecordFacts::element(std::int64_t id) {
    if (!elements_.contains(id)) expectElements({id});
    return elements_[id];
}

const FlowFacts& RecordFacts::flow(std::int64_t id) {
    auto [it, fresh] = flows_.try_emplace(id);
    if (!fresh) return it->second;
    Nullable<std::int64_t> starts;
    auto& facts = it->second;
    Statement select(session_);
    select << "SELECT programme_id, starts_at FROM record_flows WHERE organization_id = ? AND id = ?",
        into(facts.programmeId), into(starts), use(organization_), use(id), now;
    facts.startsAt = maybe(starts);
    return facts;
}

std::int64_t RecordFacts::parent(Parents& known, const char* table, const char* column, std::int64_t id) {
    auto [it, fresh] = known.try_emplace(id, 0);
    if (!fresh) return it->second;
    Statement select(session_);
    select << fmt::format("SELECT {} FROM {} WHERE organization_id = ? AND id = ?", column, table), into(it->second),
        use(organization_), use(id), now;
    return it->second;
}

void RecordFacts::expectFlowsOf(const std::vector<std::int64_t>& learnerIds) {
    std::vector<std::int64_t> unknown;
    for (const auto id : learnerIds)
        if (enrolled_.try_emplace(id).second) unknown.push_back(id);
    forSlices(unknown, [&](std::span<const std::int64_t> some) {
        std::vector<std::int64_t> learners, programmes, flows;
        Statement select(session_);
        select << fmt::format(
            "SELECT e.learner_id, f.programme_id, e.flow_id FROM record_enrollments e JOIN record_flows f ON "
            "f.id = e.flow_id WHERE e.organization_id = ? AND e.learner_id IN ({}) AND e.deleted_at IS NULL AND "
            "f.deleted_at IS NULL",
            fmt::join(some, ",")),
            into(learners), into(programmes), into(flows), use(organization_);
        select.execute();
        for (std::size_t i = 0; i < flows.size(); ++i) {
            auto& all = enrolled_[learners[i]][programmes[i]];  // two records may enrol a learner in one flow
            if (std::find(all.begin(), all.end(), flows[i]) == all.end()) all.push_back(flows[i]);
        }
    });
}

const std::vector<std::int64_t>& RecordFacts::flowsOf(std::int64_t learnerId, std::int64_t programmeId) {
    if (!enrolled_.contains(learnerId)) expectFlowsOf({learnerId});
    return enrolled_[learnerId][programmeId];
}

bool RecordFacts::flowKeyTaken(const std::string& key, const std::string& source, const std::string& externalId) {
    std::int64_t count = 0;
    std::string keyCopy = key, sourceCopy = source, externalCopy = externalId;
    Statement select(session_);
    select << "SELECT COUNT(*) FROM record_flows WHERE organization_id = ? AND flow_key = ? AND deleted_at IS NULL "
              "AND NOT (source = ? AND external_id = ?)",
        into(count), use(organization_), use(keyCopy), use(sourceCopy), use(externalCopy), now;
    return count > 0;
}

void RecordFacts::forget() {
    elements_.clear();
    flows_.clear();
    blocks_.clear();
    modules_.clear();
    themes_.clear();
    enrolled_.clear();
}

void applyRules(RecordDraft& draft, const std::string& source, RecordFacts& facts) {
    switch (draft.kind) {
        case RecordKind::Flow: {
            const auto& key = std::get<std::string>(draft.values[fieldIndex(RecordKind::Flow, "key")]);
            if (facts.flowKeyTaken(key, source, draft.externalId))
                draft.fail("key", "is the key of another flow",
                           "Give a key that no other flow of the organization has.");
            break;
        }
        case RecordKind::Element:
            elementRules(draft, facts);
            break;
        case RecordKind::Result:
        case RecordKind::View:
        case RecordKind::Opening:
            resolveFlow(draft, facts);
            break;
        case RecordKind::Reflection:
            if (auto module = idOf(draft, "module"))
                requireProgramme(draft, "module", facts.programmeOfModule(module),
                                 facts.flow(idOf(draft, "flow")).programmeId);
            break;
        default:
            break;
    }
    if (!draft.errors.empty()) return;
    resolveTimes(draft, facts);
    if (draft.kind == RecordKind::Result) scoreRules(draft, facts);
}

}  // namespace host::records
