#include "plugin/footprint/Planning.h"

#include <fmt/format.h>

namespace plugin::footprint {

using namespace host::sdk;

namespace {

constexpr Micros kSecond = 1'000'000;

Methodist methodistOf(const PlanInput& input) {
    const bool test = input.contour == Contour::Test;
    Methodist methodist{test ? input.testMethodistUntiId : input.structure.flow.methodistUntiId, nullptr};
    if (methodist.untiId.empty())
        methodist.problem = test ? &reasons::kNoTestMethodist : &reasons::kNoMethodist;
    else if (!isUntiId(methodist.untiId))
        methodist.problem = &reasons::kBadMethodist;
    return methodist;
}

}  // namespace

Planning::Planning(const PlanInput& planInput, PlanSink& sink)
    : input(planInput),
      index(input.structure),
      methodist(methodistOf(input)),
      drafter(input, index, methodist.untiId),
      plannedAt(input.now / kSecond * kSecond),
      sink_(sink) {}

Planning::Sent Planning::sentAs(Source source, RecordId id) const {
    Sent sent;
    if (!input.known) return sent;
    // A record may have been told under one kind, cancelled, and told anew under another.
    for (const StatementKind* kind : drafter.kindsOf(source)) {
        const Known* known = input.known(kind->name, id);
        if (known == nullptr) continue;
        sent.cancels += known->cancels;
        if (sent.known != nullptr && (sent.stands() || (known->cancelled && known->seq < sent.known->seq))) continue;
        sent.known = known;
        sent.kind = kind;
    }
    return sent;
}

void Planning::due(StatementDraft&& draft) {
    ++counts.due;
    sink_.due(std::move(draft));
}

void Planning::refuse(const RecordRef& record, const StatementKind* kind, RecordId learnerId, Refusal refusal) {
    ++counts.unsendable;
    sink_.unsendable({record, kind == nullptr ? std::string() : kind->name, input.structure.flow.id, learnerId,
                      std::move(refusal.code), std::move(refusal.field), std::move(refusal.reason),
                      std::move(refusal.fix)});
}

bool Planning::correct(const RecordRef& record, const Sent& sent, RecordId learnerId, Refusal change, bool mayKeep) {
    const Known& known = *sent.known;
    // A word is about the record as it was then; what came later is asked about anew.
    const bool decided = known.decidedRevision == record.revision;
    const bool ofDeletion = change.code == reasons::kDeletedAfterSending.code;
    const bool sameChange = known.decidedOn == DecidedOn::Any || (known.decidedOn == DecidedOn::Deletion) == ofDeletion;
    if (known.decision == Decision::Keep && mayKeep && decided && sameChange) {
        ++counts.kept;
        return false;
    }
    const auto& kinds = drafter.kindsOf(Source::Sent);
    const bool wanted = (known.decision == Decision::Cancel && decided) ||
                        input.profile.policies.corrections == CorrectionPolicy::CancelAndResend;
    if (kinds.empty() || !wanted || known.elsewhere) {
        refuse(record, sent.kind, learnerId, std::move(change));
        return false;
    }
    StatementDraft draft;
    auto refusal = known.referred ? std::optional(Refusal::of(reasons::kReferredByLearners))
                                  : cancel(known, draft, *kinds.front());
    if (refusal) {
        refuse(record, sent.kind, learnerId, std::move(*refusal));
        return false;
    }
    ++counts.cancellations;
    ++counts.waiting;  // the record itself goes anew when the store has accepted this
    due(std::move(draft));
    return true;
}

std::optional<Refusal> Planning::cancel(const Known& known, StatementDraft& draft, const StatementKind& kind) {
    if (methodist.problem != nullptr) return Refusal::of(*methodist.problem);
    objectId_ = input.sentObject ? input.sentObject(known) : std::string();
    drafter.values().sent(known.statementId, objectId_);
    letter_.clear();
    if (known.letterFileId != 0) {
        const PlacedFile* letter = input.files ? input.files(known.letterFileId) : nullptr;
        if (!input.files) return Refusal::of(reasons::kNoStorage);
        if (letter == nullptr || letter->url.empty())
            return Refusal::of(reasons::kFileNotInStorage,
                               input.fileProblem ? input.fileProblem(known.letterFileId) : std::string());
        letter_.push_back(*letter);
    }
    drafter.values().values().setFiles(Name::SentLetter, letter_);
    draft.statementId = drafter.statementId(kind, known.statementId, 0, 1, 0);
    draft.kind = kind.name;
    draft.rank = kind.rank;
    draft.record = {"statement", known.seq, 1};
    draft.flowId = input.structure.flow.id;
    draft.timestamp = plannedAt;
    draft.dependsOn = known.statementId;
    draft.digest = drafter.structureDigest(kind);
    return drafter.render(kind, draft);
}

}  // namespace plugin::footprint
