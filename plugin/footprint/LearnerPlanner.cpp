#include "plugin/footprint/LearnerPlanner.h"

#include <fmt/format.h>

namespace plugin::footprint {

using namespace host::sdk;

namespace {

/// Where a record belongs; nullptr: the flow has no such place.
template <class Record>
const StructurePlace* placeOf(const FlowIndex& index, const Record& record) {
    return index.element(record.elementId);
}
const StructurePlace* placeOf(const FlowIndex& index, const Reflection& reflection) {
    return reflection.moduleId ? index.module(*reflection.moduleId) : &index.course();
}

const Reason& unknownPlace(const StructurePlace*, const Reflection&) {
    return reasons::kUnknownModule;
}
template <class Record>
const Reason& unknownPlace(const StructurePlace*, const Record&) {
    return reasons::kUnknownElement;
}

/// "video", or "reflection": for what the profile describes nothing.
std::string kindText(const StructurePlace& place) {
    return place.element == nullptr ? "reflection" : host::sdk::toString(place.element->kind);
}

bool isFinal(const RecordGate&, const Result& result, const StructurePlace&) {
    return result.graded;
}
bool isFinal(const RecordGate& gate, const View& view, const StructurePlace& place) {
    return gate.isFinal(view, place);
}
bool isFinal(const RecordGate&, const Opening&, const StructurePlace&) {
    return true;
}
bool isFinal(const RecordGate&, const Reflection&, const StructurePlace&) {
    return true;
}

const Reason* contradictionOf(const RecordGate& gate, const Result& result, const Values& values) {
    return gate.contradiction(result, values);
}
template <class Record>
const Reason* contradictionOf(const RecordGate& gate, const Record& record, const Values&) {
    return gate.contradiction(record);
}

void fill(StatementDrafter& drafter, const Result& result, bool) {
    drafter.values().result(result);
    drafter.files(result);
}
void fill(StatementDrafter& drafter, const View& view, bool) {
    drafter.values().view(view);
}
void fill(StatementDrafter& drafter, const Opening& opening, bool) {
    drafter.values().opening(opening);
}
void fill(StatementDrafter& drafter, const Reflection& reflection, bool marked) {
    drafter.values().reflection(reflection, marked);
}

}  // namespace

LearnerPlanner::LearnerPlanner(Planning& planning, const StructurePlanner& structure)
    : p_(planning),
      structure_(structure),
      gate_(p_.index, p_.input.learners, p_.input.leftOut, p_.input.contour, p_.input.now,
            p_.input.profile.policies.viewingMark) {}

void LearnerPlanner::add(const Result& result) {
    record(Source::Result, result, result.attempt);
}
void LearnerPlanner::add(const View& view) {
    record(Source::View, view, 0);
}
void LearnerPlanner::add(const Opening& opening) {
    record(Source::Opening, opening, 0);
}
void LearnerPlanner::add(const Reflection& reflection) {
    record(Source::Reflection, reflection, 0);
}

template <class Record>
void LearnerPlanner::record(Source source, const Record& record, int attempt) {
    const RecordRef ref{toString(source), record.id, record.revision};
    if (p_.drafter.kindsOf(source).empty()) {
        if (!record.deleted) ++p_.counts.notAsked[ref.kind];
        return;
    }
    const Planning::Sent sent = p_.sentAs(source, record.id);
    if (record.deleted) {
        if (sent.stands()) p_.correct(ref, sent, record.learnerId, Refusal::of(reasons::kDeletedAfterSending));
        return;
    }
    if (sent.stands()) {
        bool ofPerson = false;
        if (auto change = changeOf(source, record, *sent.known, ofPerson))
            p_.correct(ref, sent, record.learnerId, std::move(*change), !ofPerson);
        else
            ++p_.counts.known;
        return;
    }
    const auto refuse = [&](const StatementKind* kind, Refusal refusal) {
        p_.refuse(ref, kind, record.learnerId, std::move(refusal));
    };
    if (record.flowId != p_.input.structure.flow.id) return refuse(nullptr, Refusal::of(reasons::kWrongFlow));
    const StructurePlace* place = placeOf(p_.index, record);
    if (place == nullptr) return refuse(nullptr, Refusal::of(unknownPlace(place, record)));
    if (!isFinal(gate_, record, *place)) {
        ++p_.counts.waiting;
        return;
    }
    const RecordGate::Person& person = gate_.person(record.learnerId);
    p_.drafter.enter(*place);
    p_.drafter.values().learner(person.untiId, person.leaderId);
    bool marked = false;
    auto held = judged(record, marked);
    fill(p_.drafter, record, marked);
    const StatementKind* kind = p_.drafter.choose(source);
    if (kind == nullptr) return refuse(nullptr, Refusal::of(reasons::kKindNotInProfile, kindText(*place)));
    if (person.problem != nullptr) return refuse(kind, Refusal::of(*person.problem, person.detail));
    if (place->deleted) return refuse(kind, Refusal::of(reasons::kElementDeleted));
    if (const Reason* wrong = contradictionOf(gate_, record, p_.drafter.values().values()))
        return refuse(kind, Refusal::of(*wrong));
    if (!record.at) return refuse(kind, Refusal::missing(Name::StatementTimestamp));
    if (held) return refuse(kind, std::move(*held));
    if (marked) ++p_.counts.marked;

    StatementDraft draft;
    if (auto refusal = refer(*kind, *place, draft)) return refuse(kind, std::move(*refusal));
    draft.statementId =
        p_.drafter.statementId(*kind, std::to_string(record.id), attempt, record.revision, sent.cancels);
    draft.kind = kind->name;
    draft.rank = kind->rank;
    draft.record = ref;
    draft.flowId = record.flowId;
    draft.learnerId = record.learnerId;
    draft.timestamp = *record.at;
    draft.digest = p_.drafter.learnerDigest(source);
    if (auto refusal = p_.drafter.render(*kind, draft)) return refuse(kind, std::move(*refusal));
    p_.due(std::move(draft));
}

std::optional<Refusal> LearnerPlanner::judged(const Reflection& reflection, bool& marked) const {
    if (!p_.input.reflectionVerdict) return std::nullopt;
    auto verdict = p_.input.reflectionVerdict(reflection);
    marked = verdict.fate == ReflectionVerdict::Fate::SendMarked;
    if (verdict.fate != ReflectionVerdict::Fate::Hold) return std::nullopt;
    return Refusal{std::move(verdict.code), std::move(verdict.field), std::move(verdict.reason),
                   std::move(verdict.fix)};
}

/// What the statement refers to, where its template says so.
std::optional<Refusal> LearnerPlanner::refer(const StatementKind& kind, const StructurePlace& place,
                                             StatementDraft& draft) {
    if (kind.body.uses(Name::RefPracticeBlock)) {
        const Reference& block = structure_.practiceBlock();
        if (block.statementId.empty()) return block.refusal;
        draft.dependsOn = block.statementId;
        p_.drafter.values().values().setText(Name::RefPracticeBlock, draft.dependsOn);
    }
    if (kind.body.uses(Name::RefElement)) {
        const Reference reference = structure_.element(place.element->id);
        if (reference.statementId.empty()) {
            Refusal refusal = Refusal::of(reasons::kRefersToUnsendable,
                                          fmt::format("«{}» — {}", place.element->title, reference.refusal.reason));
            refusal.fix = reference.refusal.fix;
            return refusal;
        }
        draft.dependsOn = reference.statementId;
        p_.drafter.values().values().setText(Name::RefElement, draft.dependsOn);
    }
    return std::nullopt;
}

/// What of a sent record is no longer so, in the record itself or in what its statement told of others.
template <class Record>
std::optional<Refusal> LearnerPlanner::changeOf(Source source, const Record& record, const Known& known,
                                                bool& ofPerson) {
    const RecordGate::Person& person = gate_.person(record.learnerId);
    ofPerson = !person.untiId.empty() && !isOfPerson(known.digest, person.untiId);
    // First, so that a word about another change of the record does not speak for this one.
    if (person.problem == &reasons::kLearnerDeleted)
        return Refusal::of(reasons::kDeletedAfterSending, "удалён слушатель");
    if (known.revision != record.revision || record.flowId != p_.input.structure.flow.id)
        return Refusal::of(reasons::kChangedAfterSending);
    if (known.digest.empty()) return std::nullopt;
    if (person.problem == &reasons::kUnknownLearner)
        return Refusal::of(reasons::kChangedAfterSending, "слушатель больше не зачислен на поток");
    const StructurePlace* place = placeOf(p_.index, record);
    if (place == nullptr) return Refusal::of(reasons::kChangedAfterSending, "элемента больше нет в программе потока");
    p_.drafter.enter(*place);
    p_.drafter.values().learner(person.untiId, person.leaderId);
    fill(p_.drafter, record, false);
    if (p_.drafter.learnerDigest(source) == known.digest) return std::nullopt;
    return Refusal::of(reasons::kChangedAfterSending, isOfPerson(known.digest, person.untiId)
                                                          ? "изменились данные программы, потока или элемента"
                                                          : "у слушателя теперь другой unti_id");
}

}  // namespace plugin::footprint
