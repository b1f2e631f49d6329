#include "plugin/footprint/FlowPlanner.h"

#include "common/Sha256.h"
#include "common/Uuid.h"
#include "plugin/footprint/RecordGate.h"
#include "plugin/footprint/RecordValues.h"
#include "plugin/footprint/StatementValidator.h"

#include <fmt/format.h>

#include <iterator>
#include <stdexcept>
#include <vector>

namespace plugin::footprint {
namespace {

using namespace host::sdk;

constexpr Micros kSecond = 1'000'000;
constexpr std::size_t kDigestPart = 16;  ///< hex digits

std::string personPart(std::string_view untiId) {
    return common::Sha256::hex(std::string(untiId)).substr(0, kDigestPart);
}

/// Who the structure is sent as, and why nobody can.
struct Methodist {
    std::string untiId;
    const Reason* problem = nullptr;
};

Methodist methodistOf(const PlanInput& input) {
    const bool test = input.contour == Contour::Test;
    Methodist methodist{test ? input.testMethodistUntiId : input.structure.flow.methodistUntiId, nullptr};
    if (methodist.untiId.empty())
        methodist.problem = test ? &reasons::kNoTestMethodist : &reasons::kNoMethodist;
    else if (!isUntiId(methodist.untiId))
        methodist.problem = &reasons::kBadMethodist;
    return methodist;
}

/// What a learner's statement can refer to: the methodist's statement of an element, or why there is none.
struct Reference {
    std::string statementId;
    Refusal refusal;
};

}  // namespace

bool isOfPerson(const std::string& digest, std::string_view untiId) {
    return digest.empty() || digest.starts_with(personPart(untiId));
}

struct FlowPlanner::Impl {
    Impl(const PlanInput& planInput, PlanSink& planSink)
        : input(planInput),
          sink(planSink),
          index(input.structure),
          methodist(methodistOf(input)),
          values(input.profile, input.organization, input.project, index, methodist.untiId),
          gate(index, input.learners, input.leftOut, input.contour, input.now, input.profile.policies.viewingMark),
          ids(input.installationId),
          idPrefix(fmt::format("{}|{}|{}|", input.organization.id, input.project.id, input.structure.flow.id)),
          plannedAt(input.now / kSecond * kSecond) {
        for (const StatementKind& kind : input.profile.statements)
            bySource[static_cast<std::size_t>(kind.from)].push_back(&kind);
    }

    const std::vector<const StatementKind*>& kindsOf(Source source) const {
        return bySource[static_cast<std::size_t>(source)];
    }

    /// What is known of a record, under whatever kind it went.
    struct Sent {
        const Known* known = nullptr;
        const StatementKind* kind = nullptr;
    };
    Sent sentAs(Source source, RecordId id) const {
        if (!input.known) return {};
        for (const StatementKind* kind : kindsOf(source))
            if (const Known* known = input.known(kind->name, id)) return {known, kind};
        return {};
    }

    void refuse(const RecordRef& record, const StatementKind* kind, RecordId learnerId, Refusal refusal) {
        ++counts.unsendable;
        sink.unsendable({record, kind == nullptr ? std::string() : kind->name, input.structure.flow.id, learnerId,
                         std::move(refusal.code), std::move(refusal.field), std::move(refusal.reason),
                         std::move(refusal.fix)});
    }

    std::string statementId(const StatementKind& kind, RecordId id, int attempt, std::int64_t revision) {
        name.assign(idPrefix);
        fmt::format_to(std::back_inserter(name), "{}|{}|{}|{}", kind.name, id, attempt, revision);
        return ids.v5(name);
    }

    /// Renders and checks; the draft's bytes are right, or there is a refusal.
    std::optional<Refusal> render(const StatementKind& kind, StatementDraft& draft) {
        values.statement(draft.statementId, draft.timestamp);
        draft.bytes.reserve(1536);
        if (const auto failure = kind.body.render(values.values(), draft.bytes)) return Refusal::failed(*failure);
        if (draft.bytes.size() + 2 > static_cast<std::size_t>(input.profile.limits.bytes))
            return Refusal::of(reasons::kTooLarge, fmt::format("{} байт", draft.bytes.size()));
        const Expectation expected{input.now, kind.graded, draft.dependsOn, kind.contextExtensions};
        if (const auto broken = validator.check(draft.bytes, expected)) {
            Refusal refusal =
                Refusal::of(reasons::kInvalidStatement, fmt::format("правило {} ({})", broken->rule, broken->reason));
            refusal.field = broken->pointer;
            return refusal;
        }
        return std::nullopt;
    }

    // --- structure ---

    /// The draft of one part of the programme, or why it can't be.
    std::optional<Refusal> draftPart(Source source, const RecordRef& record, StatementDraft& draft) {
        const StatementKind* kind = nullptr;
        for (const StatementKind* candidate : kindsOf(source))
            if (kind == nullptr && fits(*candidate) && allHold(candidate->when, values.values())) kind = candidate;
        if (kind == nullptr) return Refusal::of(reasons::kNoTemplate);
        draft.kind = kind->name;
        if (methodist.problem != nullptr) return Refusal::of(*methodist.problem);
        draft.statementId = statementId(*kind, record.id, 0, record.revision);
        draft.rank = kind->rank;
        draft.record = record;
        draft.flowId = input.structure.flow.id;
        draft.timestamp = plannedAt;
        if (auto refusal = render(*kind, draft)) return refusal;
        draft.digest = digestOf(*kind);
        return std::nullopt;
    }

    bool fits(const StatementKind& kind) const { return part == nullptr || kind.fits(part->kind); }

    /// Of all that the statement tells but id and time, to tell a change that matters from one that does not (a flow
    /// that was closed). Of the values, not the bytes: a new version of the profile changes nothing that was sent.
    std::string digestOf(const StatementKind& kind) {
        std::vector<Name> names;
        for (std::size_t i = 0; i < kNameCount; ++i) {
            const auto one = static_cast<Name>(i);
            if (one != Name::StatementId && one != Name::StatementTimestamp && kind.body.uses(one))
                names.push_back(one);
        }
        return common::Sha256::hex(factsOf(names)).substr(0, 16);
    }

    Reference plan(Source source, const RecordRef& record, bool deleted, const Element* element) {
        part = element;
        const Sent sent = sentAs(source, record.id);
        if (deleted) {
            if (sent.known != nullptr) refuse(record, sent.kind, 0, Refusal::of(reasons::kDeletedAfterSending));
            return {{}, Refusal::of(reasons::kElementDeleted)};
        }
        StatementDraft draft;
        auto refusal = draftPart(source, record, draft);
        if (sent.known != nullptr) {
            const bool kept = sent.known->digest.empty()
                                  ? sent.known->revision == record.revision
                                  : !refusal && sent.known->digest == draft.digest && sent.kind->name == draft.kind;
            if (kept)
                ++counts.known;
            else
                refuse(record, sent.kind, 0, Refusal::of(reasons::kChangedAfterSending));
            return {sent.known->statementId, {}};
        }
        if (refusal) {
            refuse(record, input.profile.statement(draft.kind), 0, *refusal);
            return {{}, std::move(*refusal)};
        }
        Reference reference{draft.statementId, {}};
        ++counts.due;
        sink.due(std::move(draft));
        return reference;
    }

    void structure() {
        const FlowStructure& all = input.structure;
        const bool gone = all.flow.deleted || all.programme.deleted;
        if (!kindsOf(Source::Flow).empty())
            plan(Source::Flow, {"flow", all.flow.id, all.flow.revision + all.programme.revision - 1}, gone, nullptr);
        parts(Source::Block, index.blocks(), [](const StructurePlace& p) -> const RecordHead& { return *p.block; });
        parts(Source::Module, index.modules(), [](const StructurePlace& p) -> const RecordHead& { return *p.module; });
        parts(Source::Theme, index.themes(), [](const StructurePlace& p) -> const RecordHead& { return *p.theme; });
        parts(Source::Element, index.elements(),
              [](const StructurePlace& p) -> const RecordHead& { return *p.element; });
        planned = true;
    }

    template <class Head>
    void parts(Source source, const std::vector<StructurePlace>& places, const Head& head) {
        if (kindsOf(source).empty()) return;
        for (const StructurePlace& place : places) {
            const RecordHead& record = head(place);
            values.enter(place);
            Reference reference =
                plan(source, {toString(source), record.id, record.revision}, place.deleted, place.element);
            if (source == Source::Element) references[record.id] = std::move(reference);
        }
    }

    // --- learners ---

    /// What results and views have in common.
    template <class Record>
    void record(Source source, const Record& record, int attempt, const std::optional<Micros>& at) {
        const RecordRef ref{toString(source), record.id, record.revision};
        const Sent sent = sentAs(source, record.id);
        if (record.deleted) {
            if (sent.known != nullptr)
                refuse(ref, sent.kind, record.learnerId, Refusal::of(reasons::kDeletedAfterSending));
            return;
        }
        if (sent.known != nullptr) {
            if (auto refusal = changeOf(record, *sent.known))
                refuse(ref, sent.kind, record.learnerId, std::move(*refusal));
            else
                ++counts.known;
            return;
        }
        if (record.flowId != input.structure.flow.id)
            return refuse(ref, nullptr, record.learnerId, Refusal::of(reasons::kWrongFlow));
        const StructurePlace* place = index.element(record.elementId);
        if (place == nullptr) return refuse(ref, nullptr, record.learnerId, Refusal::of(reasons::kUnknownElement));
        if (!isFinal(record, *place)) {
            ++counts.waiting;
            return;
        }
        const RecordGate::Person& person = gate.person(record.learnerId);
        part = place->element;
        values.enter(*place);
        values.learner(person.untiId);
        fill(record);
        const StatementKind* kind = nullptr;
        for (const StatementKind* candidate : kindsOf(source))
            if (kind == nullptr && fits(*candidate) && allHold(candidate->when, values.values())) kind = candidate;
        if (kind == nullptr)
            return refuse(ref, nullptr, record.learnerId,
                          Refusal::of(reasons::kKindNotInProfile, host::sdk::toString(place->element->kind)));
        if (person.problem != nullptr)
            return refuse(ref, kind, record.learnerId, Refusal::of(*person.problem, person.detail));
        if (place->deleted) return refuse(ref, kind, record.learnerId, Refusal::of(reasons::kElementDeleted));
        if (const Reason* wrong = contradictionOf(record))
            return refuse(ref, kind, record.learnerId, Refusal::of(*wrong));
        if (!at) return refuse(ref, kind, record.learnerId, Refusal::missing(Name::StatementTimestamp));

        StatementDraft draft;
        if (kind->body.uses(Name::RefElement)) {
            const Reference& reference = references[record.elementId];
            if (reference.statementId.empty())
                return refuse(ref, kind, record.learnerId, unsendableReference(*place, reference));
            draft.dependsOn = reference.statementId;
            values.values().setText(Name::RefElement, draft.dependsOn);
        }
        draft.statementId = statementId(*kind, record.id, attempt, record.revision);
        draft.kind = kind->name;
        draft.rank = kind->rank;
        draft.record = ref;
        draft.flowId = record.flowId;
        draft.learnerId = record.learnerId;
        draft.timestamp = *at;
        draft.digest = factsDigest();
        if (auto refusal = render(*kind, draft)) {
            if (refusal->field == placeholder(Name::ResultFiles).text && hasFiles(record))
                refusal = Refusal::of(reasons::kFileNotInStorage, fileProblem(record));
            return refuse(ref, kind, record.learnerId, std::move(*refusal));
        }
        ++counts.due;
        sink.due(std::move(draft));
    }

    /// What of a sent record is no longer so, in the record itself or in what its statement told of others.
    template <class Record>
    std::optional<Refusal> changeOf(const Record& record, const Known& known) {
        if (known.revision != record.revision || record.flowId != input.structure.flow.id)
            return Refusal::of(reasons::kChangedAfterSending);
        if (known.digest.empty()) return std::nullopt;
        const RecordGate::Person& person = gate.person(record.learnerId);
        if (person.problem == &reasons::kUnknownLearner)
            return Refusal::of(reasons::kChangedAfterSending, "слушатель больше не зачислен на поток");
        if (person.problem == &reasons::kLearnerDeleted)
            return Refusal::of(reasons::kDeletedAfterSending, "удалён слушатель");
        const StructurePlace* place = index.element(record.elementId);
        if (place == nullptr)
            return Refusal::of(reasons::kChangedAfterSending, "элемента больше нет в программе потока");
        values.enter(*place);
        values.learner(person.untiId);
        fill(record);
        const std::string now = factsDigest();
        if (now == known.digest) return std::nullopt;
        return Refusal::of(reasons::kChangedAfterSending, isOfPerson(known.digest, person.untiId)
                                                              ? "изменились данные программы, потока или элемента"
                                                              : "у слушателя теперь другой unti_id");
    }

    /// Of what a learner's statement tells beyond its own record: whose it is, then of what. Not of the template, so
    /// that a new version of the profile changes nothing that was sent.
    std::string factsDigest() {
        return personPart(values.values()[Name::LearnerUntiId].text) +
               common::Sha256::hex(factsOf({Name::ProfileProject, Name::ProgrammeId, Name::FlowId, Name::ModuleNumber,
                                            Name::ResultRaw, Name::ResultMin, Name::ResultMax, Name::ResultSuccess,
                                            Name::ResultAttempt, Name::ViewPercent, Name::ViewWatched}))
                   .substr(0, kDigestPart);
    }

    template <class Names>
    std::string factsOf(const Names& names) {
        std::string text;
        for (const Name one : names) {
            const Value& value = values.values()[one];
            if (!value.present) continue;
            fmt::format_to(std::back_inserter(text), "{}=", static_cast<int>(one));
            switch (placeholder(one).type) {
                case ValueType::Integer:
                case ValueType::Duration:
                case ValueType::Time:
                    fmt::format_to(std::back_inserter(text), "{}", value.integer);
                    break;
                case ValueType::Number:
                    fmt::format_to(std::back_inserter(text), "{}", value.number);
                    break;
                case ValueType::Boolean:
                    text += value.boolean ? "true" : "false";
                    break;
                default:
                    text += value.text;
            }
            text += '\n';
        }
        return text;
    }
    std::string factsOf(std::initializer_list<Name> names) { return factsOf<std::initializer_list<Name>>(names); }

    static bool hasFiles(const Result& result) { return !result.fileIds.empty(); }
    static bool hasFiles(const View&) { return false; }
    std::string fileProblem(const Result& result) const {
        for (const RecordId id : result.fileIds)
            if (input.fileProblem && !(input.files && input.files(id))) return input.fileProblem(id);
        return {};
    }
    static std::string fileProblem(const View&) { return {}; }

    static Refusal unsendableReference(const StructurePlace& place, const Reference& reference) {
        Refusal refusal = Refusal::of(reasons::kRefersToUnsendable,
                                      fmt::format("«{}» — {}", place.element->title, reference.refusal.reason));
        refusal.fix = reference.refusal.fix;
        return refusal;
    }

    bool isFinal(const Result& result, const StructurePlace&) const { return result.graded; }
    bool isFinal(const View& view, const StructurePlace& place) const { return gate.isFinal(view, place); }
    const Reason* contradictionOf(const Result& result) { return gate.contradiction(result, values.values()); }
    const Reason* contradictionOf(const View& view) { return gate.contradiction(view); }

    void fill(const Result& result) {
        values.result(result);
        placed.clear();
        if (!input.files) return;
        for (const RecordId id : result.fileIds) {
            const PlacedFile* file = input.files(id);
            // All of a work or nothing: a statement that names half of the files would be taken for the whole.
            if (file == nullptr) return;
            placed.push_back(*file);
        }
        values.values().setFiles(placed);
    }
    void fill(const View& view) { values.view(view); }

    void mustBePlanned() const {
        if (!planned) throw std::logic_error("FlowPlanner: structure() comes first, learners' statements refer to it.");
    }

    PlanInput input;
    PlanSink& sink;
    FlowIndex index;
    Methodist methodist;
    RecordValues values;
    RecordGate gate;
    StatementValidator validator;
    common::UuidNamespace ids;
    std::string idPrefix;
    Micros plannedAt;
    std::array<std::vector<const StatementKind*>, 7> bySource;
    std::unordered_map<RecordId, Reference> references;
    std::vector<PlacedFile> placed;
    std::string name;
    const Element* part = nullptr;  ///< the element at work, for kinds that name some
    bool planned = false;
    PlanCounts counts;
};

FlowPlanner::FlowPlanner(const PlanInput& input, PlanSink& sink) : impl_(std::make_unique<Impl>(input, sink)) {}
FlowPlanner::~FlowPlanner() = default;

void FlowPlanner::structure() {
    impl_->structure();
}

void FlowPlanner::results(std::span<const Result> results) {
    impl_->mustBePlanned();
    for (const Result& result : results) impl_->record(Source::Result, result, result.attempt, result.at);
}

void FlowPlanner::views(std::span<const View> views) {
    impl_->mustBePlanned();
    for (const View& view : views) impl_->record(Source::View, view, 0, view.at);
}

const PlanCounts& FlowPlanner::counts() const noexcept {
    return impl_->counts;
}

}  // namespace plugin::footprint
