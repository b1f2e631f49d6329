#include "plugin/footprint/StructurePlanner.h"

namespace plugin::footprint {

using namespace host::sdk;

void StructurePlanner::plan() {
    const FlowStructure& all = p_.input.structure;
    // The course statement is of the flow, and its text is the programme's: a change of either is a new revision.
    if (!p_.drafter.kindsOf(Source::Flow).empty()) {
        p_.drafter.enter(p_.index.course());
        part(Source::Flow, {"flow", all.flow.id, all.flow.revision + all.programme.revision - 1}, p_.index.course());
    }
    parts(Source::Block, p_.index.blocks(), [](const StructurePlace& p) -> const RecordHead& { return *p.block; });
    parts(Source::Module, p_.index.modules(), [](const StructurePlace& p) -> const RecordHead& { return *p.module; });
    parts(Source::Theme, p_.index.themes(), [](const StructurePlace& p) -> const RecordHead& { return *p.theme; });
    parts(Source::Element, p_.index.elements(),
          [](const StructurePlace& p) -> const RecordHead& { return *p.element; });
    findPracticeBlock();
    planned_ = true;
}

template <class Head>
void StructurePlanner::parts(Source source, const std::vector<StructurePlace>& places, const Head& head) {
    if (p_.drafter.kindsOf(source).empty()) return;
    for (const StructurePlace& place : places) {
        if (source == Source::Element && needsNoStatement(*place.element)) continue;
        const RecordHead& record = head(place);
        p_.drafter.enter(place);
        Reference reference = part(source, {toString(source), record.id, record.revision}, place);
        if (source == Source::Element) elements_[record.id] = std::move(reference);
        if (source == Source::Block) blocks_[record.id] = std::move(reference);
    }
}

/// A diary's learners speak of the practice block: the profile has a learner's kind for the element and none of the
/// methodist's, wherever it hangs.
bool StructurePlanner::needsNoStatement(const Element& element) const {
    const StatementDrafter& d = p_.drafter;
    return !d.asks(Source::Element, element.kind) &&
           (d.asks(Source::Result, element.kind) || d.asks(Source::View, element.kind) ||
            d.asks(Source::Opening, element.kind));
}

/// The draft of one part of the programme, or why it can't be; the kind is known even then, where one fits.
const StatementKind* StructurePlanner::draft(Source source, const RecordRef& record, int cancels, StatementDraft& draft,
                                             std::optional<Refusal>& refusal) {
    const StatementKind* kind = p_.drafter.choose(source);
    if (kind == nullptr) {
        refusal = Refusal::of(reasons::kNoTemplate);
        return nullptr;
    }
    draft.kind = kind->name;
    draft.digest = p_.drafter.structureDigest(*kind);
    if (p_.methodist.problem != nullptr) {
        refusal = Refusal::of(*p_.methodist.problem);
        return kind;
    }
    draft.statementId = p_.drafter.statementId(*kind, std::to_string(record.id), 0, record.revision, cancels);
    draft.rank = kind->rank;
    draft.record = record;
    draft.flowId = p_.input.structure.flow.id;
    draft.timestamp = p_.plannedAt;
    refusal = p_.drafter.render(*kind, draft);
    return kind;
}

Reference StructurePlanner::part(Source source, const RecordRef& record, const StructurePlace& place) {
    const Planning::Sent sent = p_.sentAs(source, record.id);
    if (place.deleted) {
        if (sent.stands()) p_.correct(record, sent, 0, Refusal::of(reasons::kDeletedAfterSending));
        return {{}, Refusal::of(reasons::kElementDeleted)};
    }
    StatementDraft made;
    std::optional<Refusal> refusal;
    const StatementKind* kind = draft(source, record, sent.cancels, made, refusal);
    if (sent.stands()) {
        const bool kept = sent.known->digest.empty() ? sent.known->revision == record.revision
                                                     : kind == sent.kind && sent.known->digest == made.digest;
        if (kept)
            ++p_.counts.known;
        else if (p_.correct(record, sent, 0, Refusal::of(reasons::kChangedAfterSending)))
            return {{}, Refusal::of(reasons::kBeingCancelled)};
        return {sent.known->statementId, {}};
    }
    if (refusal) {
        p_.refuse(record, kind, 0, *refusal);
        return {{}, std::move(*refusal)};
    }
    Reference reference{made.statementId, {}};
    p_.due(std::move(made));
    return reference;
}

void StructurePlanner::findPracticeBlock() {
    int found = 0;
    for (const StructurePlace& place : p_.index.blocks()) {
        if (place.deleted || place.block->type != "practice") continue;
        ++found;
        const auto reference = blocks_.find(place.block->id);
        if (reference != blocks_.end()) practiceBlock_ = reference->second;
    }
    if (found == 1) return;
    practiceBlock_ = {{},
                      found == 0 ? Refusal::missing(Name::RefPracticeBlock) : Refusal::of(reasons::kTwoPracticeBlocks)};
}

Reference StructurePlanner::element(RecordId id) const {
    const auto found = elements_.find(id);
    return found == elements_.end() ? Reference{{}, Refusal::of(reasons::kNoTemplate)} : found->second;
}

}  // namespace plugin::footprint
