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
    if (!input.known) return {};
    for (const StatementKind* kind : drafter.kindsOf(source))
        if (const Known* known = input.known(kind->name, id)) return {known, kind};
    return {};
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

void Planning::correct(const RecordRef& record, const Sent& sent, RecordId learnerId, Refusal change, bool mayKeep) {
    const Known& known = *sent.known;
    if (known.decision == Decision::Keep && mayKeep && known.decidedRevision == record.revision) {
        ++counts.kept;
        return;
    }
    const auto& kinds = drafter.kindsOf(Source::Sent);
    const bool wanted =
        known.decision == Decision::Cancel || input.profile.policies.corrections == CorrectionPolicy::CancelAndResend;
    if (kinds.empty() || !wanted || known.elsewhere) return refuse(record, sent.kind, learnerId, std::move(change));
    if (known.referred) return refuse(record, sent.kind, learnerId, Refusal::of(reasons::kReferredByLearners));
    StatementDraft draft;
    if (auto refusal = cancel(known, draft, *kinds.front()))
        return refuse(record, sent.kind, learnerId, std::move(*refusal));
    ++counts.cancellations;
    ++counts.waiting;  // the record itself goes anew when the store has accepted this
    due(std::move(draft));
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
