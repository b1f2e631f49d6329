#include "plugin/readiness/Judging.h"

#include "plugin/footprint/RecordGate.h"
#include "plugin/readiness/Lacks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace plugin::readiness {

using footprint::Refusal;

namespace {

constexpr const char* kFile = "final-work-file";
constexpr const char* kRaw = "final-work-raw";
constexpr const char* kSuccess = "final-work-success";

Lack lackOf(RuleState state, const Refusal& refusal, std::vector<footprint::RecordRef> records = {}) {
    return {state, refusal.code, refusal.field, refusal.reason, refusal.fix, std::move(records)};
}

Lack lackOf(const footprint::Reason& reason, std::string_view detail = {},
            std::vector<footprint::RecordRef> records = {}) {
    return lackOf(RuleState::NotMet, Refusal::of(reason, detail), std::move(records));
}

/// A way that is not at its end; \pre it has a reason.
Lack lackOf(const Way& way, std::vector<footprint::RecordRef> records) {
    return lackOf(way.standing == Standing::Waiting ? RuleState::Waiting : RuleState::NotMet, *way.why,
                  std::move(records));
}

footprint::RecordRef refOf(const Reflected& one) {
    return {"reflection", one.id, one.revision};
}

void finish(RuleOutcome& outcome) {
    outcome.state = RuleState::Met;
    for (const Lack& lack : outcome.lacks) outcome.state = std::max(outcome.state, lack.state);
}

/// One lack per reason, whatever the number of reflections it holds for.
class Grouped {
public:
    void add(Lack lack, const footprint::RecordRef& record, const std::string& place) {
        auto& [kept, places] =
            groups_.try_emplace({lack.code, lack.reason}, std::move(lack), std::string()).first->second;
        kept.records.push_back(record);
        places += places.empty() ? place : ", " + place;
    }
    void moveTo(std::vector<Lack>& lacks) {
        for (auto& [key, group] : groups_) {
            auto& [lack, places] = group;
            lack.reason = fmt::format("{} Рефлексии: {}.", lack.reason, places);
            lacks.push_back(std::move(lack));
        }
        groups_.clear();
    }

private:
    std::map<std::pair<std::string, std::string>, std::pair<Lack, std::string>> groups_;
};

int worthOf(RuleState state) {
    return 2 - static_cast<int>(state);
}

}  // namespace

Demands::Demands(const footprint::Profile& profile) : any(!profile.readiness.empty()) {
    for (const auto& rule : profile.readiness) {
        file = file || rule.check == kFile;
        raw = raw || rule.check == kRaw;
        success = success || rule.check == kSuccess;
        quality = quality || rule.check == "reflection-meaningful" || rule.check == "reflection-own-words";
    }
}

Judging::Judging(const footprint::Profile& profile, footprint::Channel channel,
                 std::vector<const host::sdk::ProgrammeModule*> modules, int workElements)
    : profile_(profile),
      channel_(channel),
      demands_(profile),
      modules_(std::move(modules)),
      workElements_(workElements) {}

RuleState Judging::stateOf(const std::string& check, const Work& work) const {
    const bool there = check == kRaw       ? work.raw.has_value()
                       : check == kSuccess ? work.success.has_value()
                                           : work.file != FileState::Missing;
    if (!there || work.way.standing == Standing::Blocked) return RuleState::NotMet;
    if (work.way.standing == Standing::Waiting) return RuleState::Waiting;
    const bool unproven = check == kFile && channel_ == footprint::Channel::Lrs && work.file != FileState::InStorage;
    return unproven ? RuleState::Waiting : RuleState::Met;
}

/// How near the rules are to being met by this one result.
int Judging::worth(const Work& work) const {
    int sum = 0;
    for (const auto& [demanded, check] :
         {std::pair(demands_.raw, kRaw), {demands_.success, kSuccess}, {demands_.file, kFile}})
        if (demanded) sum += worthOf(stateOf(check, work));
    return sum;
}

bool Judging::isBetter(const Work& one, const Work& other) const {
    // Of results that the rules tell not apart, the one that shows the learner best: passed, complete, the latest.
    const auto key = [this](const Work& work) {
        return std::tuple(worth(work),
                          work.raw.has_value() + work.success.has_value() + (work.file != FileState::Missing),
                          work.success.value_or(false), work.attempt, work.id);
    };
    return key(one) > key(other);
}

bool Judging::isBetter(const Reflected& one, const Reflected& other) const {
    const auto key = [this](const Reflected& reflected) {
        const int quality = demands_.quality ? 3 - static_cast<int>(reflected.quality) : 0;
        const int way = static_cast<int>(reflected.way.standing);
        const bool good = way == static_cast<int>(Standing::Told) &&
                          (!demands_.quality || reflected.quality == ReflectionState::Fine);
        return std::tuple(good, quality, way, reflected.id);
    };
    return key(one) > key(other);
}

LearnerReadiness Judging::judge(const host::sdk::Learner& learner, const LearnerState& state) const {
    LearnerReadiness out;
    out.learnerId = learner.id;
    out.facts = state.facts;
    reflectionFacts(state, out.facts);
    if (state.work) {
        const Work& work = *state.work;
        out.facts.work =
            WorkFact{work.id, work.attempt, work.raw, work.success, work.files, work.way.standing == Standing::Told};
        if (work.success && !*work.success)
            out.hints.push_back({"final-work-not-passed",
                                 "Успешность итоговой работы передаётся как «нет»: Университет 20.35 проверяет, что "
                                 "успешность указана; как он оценит такой результат, неизвестно."});
    }
    const bool changed =
        (state.work && state.work->way.changed) || std::any_of(state.reflections.begin(), state.reflections.end(),
                                                               [](const Reflected& one) { return one.way.changed; });
    if (changed)
        out.hints.push_back(
            {footprint::reasons::kChangedAfterSending.code,
             "Данные изменены после отправки: Университет 20.35 знает их такими, какими они были тогда."});
    if (!demands_.any) return out;
    out.rules.push_back(covered(learner, state));
    out.rules.push_back(untiId(learner));
    for (const auto& rule : profile_.readiness) {
        RuleOutcome outcome{rule.check, rule.title, RuleState::Met, {}, {}};
        if (rule.check == kFile || rule.check == kRaw || rule.check == kSuccess)
            work(state, outcome);
        else if (rule.check == "reflection-modules")
            moduleReflections(state, outcome);
        else if (rule.check == "reflection-programme")
            programmeReflection(state, outcome);
        else if (rule.check == "reflection-meaningful")
            quality(state, ReflectionAspect::Meaning, outcome);
        else if (rule.check == "reflection-own-words")
            quality(state, ReflectionAspect::OwnWords, outcome);
        else
            // The profile's reader knows every check; one that this room doesn't know must never count as met.
            throw host::sdk::AppError(500, "readiness.unknown-check",
                                      "The readiness rule '" + rule.check + "' of the profile '" + profile_.name +
                                          "' has no check in this version.");
        finish(outcome);
        out.rules.push_back(std::move(outcome));
    }
    const bool ready = std::all_of(out.rules.begin(), out.rules.end(),
                                   [](const RuleOutcome& rule) { return rule.state == RuleState::Met; });
    out.verdict = ready ? Verdict::Ready : Verdict::NotReady;
    return out;
}

void Judging::reflectionFacts(const LearnerState& state, Facts& facts) const {
    facts.modules = static_cast<int>(modules_.size());
    for (std::size_t i = 0; i < state.reflections.size(); ++i) {
        const Reflected& one = state.reflections[i];
        if (one.id == 0 || one.blank) continue;
        if (i < modules_.size())
            ++facts.reflectedModules;
        else
            facts.reflectedProgramme = true;
        if (one.quality == ReflectionState::Borderline || one.quality == ReflectionState::Flagged)
            ++facts.flaggedReflections;
    }
}

RuleOutcome Judging::covered(const host::sdk::Learner& learner, const LearnerState& state) const {
    RuleOutcome outcome{
        "covered", "Слушатель зачислен на поток, не отчислен и его данные передаются", RuleState::Met, {}, {}};
    if (learner.deleted) outcome.lacks.push_back(lackOf(footprint::reasons::kLearnerDeleted));
    if (!state.enrolled) outcome.lacks.push_back(lackOf(footprint::reasons::kUnknownLearner));
    if (state.enrolment == "expelled") outcome.lacks.push_back(lackOf(lacks::kExpelled));
    if (state.isLeftOut) outcome.lacks.push_back(lackOf(footprint::reasons::kLearnerLeftOut, state.leftOut));
    finish(outcome);
    return outcome;
}

RuleOutcome Judging::untiId(const host::sdk::Learner& learner) const {
    RuleOutcome outcome{"unti-id", "У слушателя есть unti_id", RuleState::Met, {}, {}};
    if (learner.untiId.empty())
        outcome.lacks.push_back(lackOf(footprint::reasons::kNoUntiId));
    else if (!footprint::isUntiId(learner.untiId))
        outcome.lacks.push_back(lackOf(footprint::reasons::kBadUntiId));
    finish(outcome);
    return outcome;
}

void Judging::work(const LearnerState& state, RuleOutcome& outcome) const {
    if (workElements_ == 0) {
        outcome.lacks.push_back(lackOf(lacks::kNoFinalWorkElement));
        return;
    }
    if (!state.work) {
        outcome.lacks.push_back(
            lackOf(state.facts.worksUnderReview > 0 ? lacks::kFinalWorkUnderReview : lacks::kNoFinalWork));
        return;
    }
    const Work& work = *state.work;
    outcome.records = {{"result", work.id, work.revision}};
    if (stateOf(outcome.check, work) == RuleState::Met) return;
    const auto missing = [&](bool there, footprint::Name name) {
        if (!there) outcome.lacks.push_back(lackOf(RuleState::NotMet, Refusal::missing(name), outcome.records));
    };
    if (outcome.check == kRaw) missing(work.raw.has_value(), footprint::Name::ResultRaw);
    if (outcome.check == kSuccess) missing(work.success.has_value(), footprint::Name::ResultSuccess);
    if (outcome.check == kFile) missing(work.file != FileState::Missing, footprint::Name::ResultFileNames);
    if (!outcome.lacks.empty()) return;
    if (work.way.standing != Standing::Told)
        outcome.lacks.push_back(lackOf(work.way, outcome.records));
    else
        outcome.lacks.push_back(lackOf(RuleState::Waiting, Refusal::of(lacks::kFileWaits), outcome.records));
}

std::string Judging::placeOf(std::size_t slot) const {
    return slot < modules_.size() ? fmt::format("«{}»", modules_[slot]->title) : "курс целиком";
}

void Judging::moduleReflections(const LearnerState& state, RuleOutcome& outcome) const {
    if (modules_.empty()) {
        outcome.lacks.push_back(lackOf(lacks::kNoModules));
        return;
    }
    std::string names;
    std::vector<footprint::RecordRef> missing;
    Grouped unfinished;
    for (std::size_t i = 0; i < modules_.size(); ++i) {
        const Reflected& one = state.reflections[i];
        if (one.id == 0) {
            names += (names.empty() ? "" : ", ") + placeOf(i);
            missing.push_back({"module", modules_[i]->id, modules_[i]->revision});
            continue;
        }
        outcome.records.push_back(refOf(one));
        if (one.way.standing != Standing::Told) unfinished.add(lackOf(one.way, {}), refOf(one), placeOf(i));
    }
    if (!missing.empty()) outcome.lacks.push_back(lackOf(lacks::kModuleReflectionMissing, names, std::move(missing)));
    unfinished.moveTo(outcome.lacks);
}

void Judging::programmeReflection(const LearnerState& state, RuleOutcome& outcome) const {
    const Reflected& one = state.reflections.back();
    if (one.id == 0) {
        outcome.lacks.push_back(lackOf(lacks::kProgrammeReflectionMissing));
        return;
    }
    outcome.records = {refOf(one)};
    if (one.way.standing != Standing::Told) outcome.lacks.push_back(lackOf(one.way, outcome.records));
}

void Judging::quality(const LearnerState& state, ReflectionAspect aspect, RuleOutcome& outcome) const {
    Grouped doubts;
    bool any = false;
    for (std::size_t i = 0; i < state.reflections.size(); ++i) {
        const Reflected& one = state.reflections[i];
        if (one.id == 0 || one.blank) continue;
        any = true;
        if (auto lack = doubt(one, aspect)) doubts.add(std::move(*lack), refOf(one), placeOf(i));
    }
    doubts.moveTo(outcome.lacks);
    // Reflections that are missing are named by their own rules; with none at all there is nothing that is meaningful.
    if (!any) outcome.lacks.push_back(lackOf(lacks::kNoReflections));
}

std::optional<Lack> Judging::doubt(const Reflected& one, ReflectionAspect aspect) {
    if (one.quality == ReflectionState::Fine) return std::nullopt;
    if (one.quality == ReflectionState::Unchecked)
        return lackOf(RuleState::Waiting, Refusal::of(footprint::reasons::kReflectionUnchecked));
    Lack lack =
        lackOf(one.quality == ReflectionState::Borderline ? lacks::kReflectionBorderline : lacks::kReflectionFlagged);
    if (!one.flags || one.flags->empty()) return lack;
    const auto flag = std::find_if(one.flags->begin(), one.flags->end(),
                                   [&](const ReflectionFlag& candidate) { return candidate.about == aspect; });
    if (flag == one.flags->end()) return std::nullopt;
    if (!flag->code.empty()) lack.code = flag->code;
    if (!flag->reason.empty()) lack.reason = flag->reason;
    if (!flag->fix.empty()) lack.fix = flag->fix;
    return lack;
}

}  // namespace plugin::readiness
