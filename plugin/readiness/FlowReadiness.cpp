#include "plugin/readiness/FlowReadiness.h"

#include "common/Text.h"
#include "plugin/footprint/RecordGate.h"
#include "plugin/readiness/Judging.h"
#include "plugin/readiness/Lacks.h"
#include "plugin/readiness/TableGate.h"

#include <algorithm>
#include <unordered_map>

namespace plugin::readiness {

using namespace host::sdk;
using footprint::Channel;
using footprint::Refusal;
using footprint::StructurePlace;

namespace {

using SharedRefusal = std::shared_ptr<const Refusal>;

SharedRefusal share(Refusal refusal) {
    return std::make_shared<const Refusal>(std::move(refusal));
}

bool isWatchable(ElementKind kind) {
    return kind == ElementKind::Video || kind == ElementKind::Webinar;
}

std::vector<const ProgrammeModule*> liveModules(const footprint::FlowIndex& index) {
    std::vector<const ProgrammeModule*> modules;
    for (const StructurePlace& place : index.modules())
        if (!place.deleted) modules.push_back(place.module);
    return modules;
}

int liveWorks(const footprint::FlowIndex& index) {
    return static_cast<int>(std::count_if(
        index.elements().begin(), index.elements().end(),
        [](const StructurePlace& place) { return !place.deleted && place.element->kind == ElementKind::FinalWork; }));
}

/// Reasons that go away without anybody doing anything.
bool passes(const Refusal& refusal) {
    return refusal.code == footprint::reasons::kFileNotInStorage.code ||
           refusal.code == footprint::reasons::kMayHaveArrived.code;
}

}  // namespace

bool tellsReflections(const footprint::Profile& profile, Channel channel) {
    const auto fromReflections = [](const auto& kind) {
        return std::string_view(footprint::toString(kind.from)) == "reflection";
    };
    return channel == Channel::Lrs ? std::any_of(profile.statements.begin(), profile.statements.end(), fromReflections)
                                   : std::any_of(profile.tables.begin(), profile.tables.end(), fromReflections);
}

struct FlowReadiness::Impl {
    explicit Impl(const FlowInput& flow)
        : input(flow),
          demands(flow.profile),
          index(flow.structure),
          modules(liveModules(index)),
          workElements(liveWorks(index)),
          judging(flow.profile, flow.channel, modules, workElements),
          tables(flow.profile, flow.organization, flow.project, index, flow.now),
          notDelivered(share(Refusal::of(lacks::kNotDelivered))),
          fileWaits(share(Refusal::of(lacks::kFileWaits))),
          anotherPerson(share(Refusal::of(lacks::kSentAsAnother))),
          emptyText(share(Refusal::of(lacks::kReflectionEmpty))),
          noWay(share(Refusal::of(lacks::kReflectionsHaveNoWay))) {
        for (std::size_t i = 0; i < modules.size(); ++i) slots.emplace(modules[i]->id, i);
        for (const StructurePlace& place : index.elements())
            if (!place.deleted && isWatchable(place.element->kind))
                watchSlots.emplace(place.element->id, watchSlots.size());
        addLearners();
    }

    void addLearners() {
        states.resize(input.learners.size());
        for (std::size_t i = 0; i < states.size(); ++i) {
            const Learner& learner = input.learners[i];
            byLearner.emplace(learner.id, i);
            LearnerState& state = states[i];
            state.reflections.resize(modules.size() + 1);
            state.watched.resize(watchSlots.size());
            state.facts.hasUntiId = !learner.untiId.empty();
            state.facts.workElements = workElements;
            state.facts.videos = static_cast<int>(watchSlots.size());
            if (input.leftOut != nullptr)
                if (const auto found = input.leftOut->find(learner.id); found != input.leftOut->end()) {
                    state.isLeftOut = true;
                    state.leftOut = found->second;
                }
            state.person = personProblem(learner, state);
        }
        for (const Enrollment& enrolment : input.enrollments) {
            const auto found = byLearner.find(enrolment.learnerId);
            if (enrolment.deleted || found == byLearner.end()) continue;
            LearnerState& state = states[found->second];
            // Enrolled anew after having been expelled: the enrolment that goes on counts.
            if (!state.enrolled || state.enrolment == "expelled") state.enrolment = enrolment.status;
            state.enrolled = true;
            state.facts.enrolment = state.enrolment;
        }
    }

    /// Why nothing of the learner can be told, whatever the record.
    static SharedRefusal personProblem(const Learner& learner, const LearnerState& state) {
        if (state.isLeftOut) return share(Refusal::of(footprint::reasons::kLearnerLeftOut, state.leftOut));
        if (learner.deleted) return share(Refusal::of(footprint::reasons::kLearnerDeleted));
        if (learner.untiId.empty()) return share(Refusal::of(footprint::reasons::kNoUntiId));
        if (!footprint::isUntiId(learner.untiId)) return share(Refusal::of(footprint::reasons::kBadUntiId));
        return nullptr;
    }

    LearnerState* stateOf(RecordId learnerId) {
        const auto found = byLearner.find(learnerId);
        return found == byLearner.end() ? nullptr : &states[found->second];
    }
    const Learner& learnerOf(const LearnerState& state) const {
        return input.learners[static_cast<std::size_t>(&state - states.data())];
    }

    Telling told(const char* kind, RecordId id, Facts& facts) const {
        if (!input.lookups.told) return {};
        Telling telling = input.lookups.told(kind, id);
        if (telling.state == Telling::State::Accepted)
            ++facts.delivered;
        else if (telling.state == Telling::State::Refused)
            ++facts.refused;
        else if (telling.state != Telling::State::Nothing)
            ++facts.waiting;
        return telling;
    }

    /// Where a live record stands; `lacking`: what it lacks itself, or null.
    template <class Record>
    Way wayOf(const char* kind, const Record& record, const Telling& telling, const LearnerState& state,
              SharedRefusal lacking) const {
        if (telling.state == Telling::State::Accepted)
            return footprint::isOfPerson(telling.digest, learnerOf(state).untiId)
                       ? Way{Standing::Told, telling.revision != record.revision, nullptr}
                       : Way{Standing::Blocked, false, anotherPerson};
        if (state.person) return {Standing::Blocked, false, state.person};
        if (lacking) return {Standing::Blocked, false, std::move(lacking)};
        const Refusal* blocked =
            input.lookups.blocked ? input.lookups.blocked(kind, record.id, record.revision) : nullptr;
        if (blocked != nullptr)
            return {passes(*blocked) ? Standing::Waiting : Standing::Blocked, false, share(*blocked)};
        if (input.channel == Channel::Tables)
            return telling.state == Telling::State::InDoubt
                       ? Way{Standing::Waiting, false, share(Refusal::of(footprint::reasons::kMayHaveArrived))}
                       : Way{Standing::Told, false, nullptr};
        if (telling.state == Telling::State::Refused && telling.revision == record.revision)
            return {Standing::Blocked, false,
                    share(Refusal::of(telling.discarded ? footprint::reasons::kDiscardedByPerson
                                                        : footprint::reasons::kRefusedByLrs))};
        return {Standing::Waiting, false, notDelivered};
    }

    void result(const Result& result) {
        LearnerState* state = stateOf(result.learnerId);
        if (state == nullptr) return;
        const Telling telling = told("result", result.id, state->facts);
        const StructurePlace* place = index.element(result.elementId);
        if (result.deleted || place == nullptr || place->deleted) return;
        const bool isWork = place->element->kind == ElementKind::FinalWork;
        if (!result.graded) {
            ++state->facts.underReview;
            state->facts.worksUnderReview += isWork;
            return;
        }
        ++state->facts.graded;
        if (!isWork) return;
        Work work{result.id,
                  result.revision,
                  result.attempt,
                  result.raw,
                  result.success,
                  static_cast<int>(result.fileIds.size()),
                  fileOf(result, *place, *state),
                  {}};
        work.way = wayOf("result", result, telling, *state, lackingIn(work, result, *place, *state));
        if (work.way.standing == Standing::Waiting && work.way.why == notDelivered && work.file == FileState::OnServer)
            work.way.why = fileWaits;
        if (!state->work || judging.isBetter(work, *state->work)) state->work = std::move(work);
    }

    /// All files of a work or none: a statement that names half of them would be taken for the whole.
    FileState fileOf(const Result& result, const StructurePlace& place, const LearnerState& state) const {
        if (result.fileIds.empty() || !input.lookups.file) return FileState::Missing;
        FileState worst = FileState::InStorage;
        for (const RecordId id : result.fileIds)
            worst = std::min(worst, input.lookups.file(*place.element, learnerOf(state), id));
        return worst;
    }

    /// What the rules ask for and this result hasn't: it can't go in part.
    SharedRefusal lackingIn(const Work& work, const Result& result, const StructurePlace& place,
                            const LearnerState& state) {
        if (demands.raw && !work.raw) return share(Refusal::missing(footprint::Name::ResultRaw));
        if (demands.success && !work.success) return share(Refusal::missing(footprint::Name::ResultSuccess));
        if (demands.file && work.file == FileState::Missing)
            return share(Refusal::missing(footprint::Name::ResultFileNames));
        if (input.channel == Channel::Tables)
            if (auto refusal = tables.refusal(result, place, learnerOf(state))) return share(std::move(*refusal));
        return nullptr;
    }

    void view(const View& view) {
        LearnerState* state = stateOf(view.learnerId);
        if (state == nullptr) return;
        told("view", view.id, state->facts);
        const auto slot = watchSlots.find(view.elementId);
        if (view.deleted || slot == watchSlots.end()) return;
        Watched& watched = state->watched[slot->second];
        watched.any = true;
        watched.attended = watched.attended || view.attended.value_or(false);
        if (view.percent) watched.percent = std::max(watched.percent, static_cast<float>(*view.percent));
    }

    void reflection(const Reflection& reflection) {
        LearnerState* state = stateOf(reflection.learnerId);
        if (state == nullptr) return;
        const Telling telling = told("reflection", reflection.id, state->facts);
        if (reflection.deleted) return;
        std::size_t slot = modules.size();
        if (reflection.moduleId) {
            const auto found = slots.find(*reflection.moduleId);
            if (found == slots.end()) return;  // on a module that is gone: nobody asks for it
            slot = found->second;
        }
        Reflected one;
        one.id = reflection.id;
        one.revision = reflection.revision;
        one.blank = common::trim(reflection.text).empty();
        one.way = wayOf("reflection", reflection, telling, *state,
                        one.blank ? emptyText : (input.reflectionsGo ? nullptr : noWay));
        if (!one.blank && input.lookups.verdict) {
            ReflectionVerdict verdict = input.lookups.verdict(reflection);
            one.quality = verdict.state;
            if (!verdict.flags.empty())
                one.flags = std::make_shared<const std::vector<ReflectionFlag>>(std::move(verdict.flags));
        }
        Reflected& best = state->reflections[slot];
        if (best.id == 0 || judging.isBetter(one, best)) best = std::move(one);
    }

    void watchFacts(const LearnerState& state, Facts& facts) const {
        const auto& mark = input.profile.policies.viewingMark;
        double sum = 0;
        int withPercent = 0;
        for (const Watched& watched : state.watched) {
            facts.watchedVideos += watched.any;
            facts.markedVideos += mark && (watched.attended || watched.percent >= static_cast<float>(*mark));
            if (watched.percent < 0) continue;
            sum += watched.percent;
            ++withPercent;
        }
        if (withPercent > 0) facts.meanPercent = sum / withPercent;
    }

    FlowInput input;
    Demands demands;
    footprint::FlowIndex index;
    std::vector<const ProgrammeModule*> modules;
    int workElements;
    Judging judging;
    TableGate tables;
    SharedRefusal notDelivered, fileWaits, anotherPerson, emptyText, noWay;
    std::unordered_map<RecordId, std::size_t> slots;       ///< module → its place among `modules`
    std::unordered_map<RecordId, std::size_t> watchSlots;  ///< video or webinar → its place in LearnerState::watched
    std::unordered_map<RecordId, std::size_t> byLearner;
    std::vector<LearnerState> states;  ///< as input.learners
};

FlowReadiness::FlowReadiness(const FlowInput& input) : impl_(std::make_unique<Impl>(input)) {}
FlowReadiness::~FlowReadiness() = default;

void FlowReadiness::results(std::span<const Result> page) {
    for (const Result& result : page) impl_->result(result);
}

void FlowReadiness::views(std::span<const View> page) {
    for (const View& view : page) impl_->view(view);
}

void FlowReadiness::openings(std::span<const Opening> page) {
    for (const Opening& opening : page) {
        LearnerState* state = impl_->stateOf(opening.learnerId);
        if (state == nullptr) continue;
        impl_->told("opening", opening.id, state->facts);
        state->facts.openings += !opening.deleted;
    }
}

void FlowReadiness::reflections(std::span<const Reflection> page) {
    for (const Reflection& reflection : page) impl_->reflection(reflection);
}

void FlowReadiness::each(const std::function<void(const Learner&, LearnerReadiness&&)>& learner) const {
    for (std::size_t i = 0; i < impl_->states.size(); ++i) {
        const LearnerState& state = impl_->states[i];
        LearnerReadiness row = impl_->judging.judge(impl_->input.learners[i], state);
        impl_->watchFacts(state, row.facts);
        learner(impl_->input.learners[i], std::move(row));
    }
}

}  // namespace plugin::readiness
