#include "plugin/readiness/FlowReadiness.h"
#include "plugin/readiness/Lacks.h"
#include "tests/unit/readiness/ReadinessKit.h"

#include <set>

namespace {

using namespace kit;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(FlowReadiness, aLearnerWhoLacksNothingIsReady) {
    const auto row = World().one();

    EXPECT_EQ(row.verdict, Verdict::Ready);
    EXPECT_THAT(row.codes(), IsEmpty());
    EXPECT_EQ(row.rules.size(), 9u);
    EXPECT_EQ(row.facts.reflectedModules, 3);
    EXPECT_TRUE(row.facts.work->told);
}

TEST(FlowReadiness, aProfileWithoutRulesNeverGivesAVerdict) {
    World world;
    for (const auto* name : {"bas", "code-future"}) {
        world.profile = &profileOf(name);
        const auto row = world.one();
        EXPECT_EQ(row.verdict, Verdict::Unknown) << name;
        EXPECT_THAT(row.rules, IsEmpty());
        EXPECT_EQ(row.facts.graded, 1) << "facts are shown all the same";
    }
}

TEST(FlowReadiness, asksForUntiIdInEveryProfileWithRules) {
    World world;
    world.learners[0].untiId.clear();
    world.told.clear();

    EXPECT_EQ(rule(world.one(), "unti-id").lacks.at(0).code, "no-unti-id");
    EXPECT_EQ(world.one().verdict, Verdict::NotReady);
    EXPECT_THAT(world.one().codes(), ElementsAre("no-unti-id"));
    world.learners[0].untiId = "012";
    EXPECT_THAT(world.one().codes(), ElementsAre("bad-unti-id"));
}

TEST(FlowReadiness, namesWhoIsExpelledLeftOutOrDeleted) {
    World world;
    world.enrollments[0].status = "expelled";
    EXPECT_THAT(world.one().codes(), ElementsAre("expelled"));

    world.enrollments[0].status = "finished";
    world.leftOut[501] = "просил не передавать";
    EXPECT_THAT(world.one().codes(), ElementsAre("learner-left-out"));
    EXPECT_THAT(rule(world.one(), "covered").lacks.at(0).reason, HasSubstr("просил не передавать"));

    world.leftOut.clear();
    world.learners[0].deleted = true;
    EXPECT_THAT(world.one().codes(), ElementsAre("learner-deleted"));
}

TEST(FlowReadiness, whoIsEnrolledAnewIsNotExpelled) {
    World world;
    world.enrollments[0].status = "expelled";
    Enrollment anew = world.enrollments[0];
    anew.id = 900;
    anew.status = "enrolled";
    world.enrollments.push_back(anew);
    EXPECT_EQ(world.one().verdict, Verdict::Ready);

    std::swap(world.enrollments[0], world.enrollments[1]);
    EXPECT_EQ(world.one().verdict, Verdict::Ready);

    world.enrollments[0].deleted = true;
    EXPECT_THAT(world.one().codes(), ElementsAre("expelled"));
}

TEST(FlowReadiness, saysWhatTheFinalWorkLacks) {
    World world;
    world.told.erase({"result", world.work().id});
    world.work().raw.reset();
    EXPECT_THAT(world.one().codes(), ElementsAre("no-mark"));
    EXPECT_EQ(rule(world.one(), "final-work-success").state, RuleState::NotMet) << "a work can't go in part";

    world.work().raw = 8;
    world.work().success.reset();
    EXPECT_THAT(world.one().codes(), ElementsAre("no-success"));

    world.work().success = true;
    world.work().fileIds.clear();
    EXPECT_THAT(world.one().codes(), ElementsAre("no-file"));
}

TEST(FlowReadiness, aMarkTakenAwayAfterSendingIsMissed) {
    World world;
    world.work().raw.reset();

    EXPECT_THAT(world.one().codes(), ElementsAre("no-mark"));
    EXPECT_EQ(rule(world.one(), "final-work-success").state, RuleState::Met);
}

TEST(FlowReadiness, whatWasToldStaysToldWhenItIsChangedAndThatIsSaid) {
    World world;
    world.work().revision = 2;
    const auto row = world.one();

    EXPECT_EQ(row.verdict, Verdict::Ready);
    ASSERT_EQ(row.hints.size(), 1u);
    EXPECT_EQ(row.hints[0].code, "changed-after-sending");
}

TEST(FlowReadiness, tellsAWorkUnderReviewFromNone) {
    World world;
    world.work().graded = false;
    EXPECT_THAT(world.one().codes(), ElementsAre("final-work-under-review"));

    world.work().deleted = true;
    EXPECT_THAT(world.one().codes(), ElementsAre("no-final-work"));

    for (Element& element : world.structure.elements) element.deleted = element.id == kWorkElement;
    EXPECT_THAT(world.one().codes(), ElementsAre("no-final-work-element"));
}

TEST(FlowReadiness, oneAttemptMustHaveAllThree) {
    World world;
    world.work().fileIds.clear();
    world.told.erase({"result", world.work().id});
    Result& second = world.addWork(501);
    second.attempt = 2;
    second.raw.reset();
    world.told.erase({"result", second.id});
    EXPECT_EQ(world.one().verdict, Verdict::NotReady) << "file of one attempt and mark of another are no whole";

    Result& third = world.addWork(501);
    third.attempt = 3;
    EXPECT_EQ(world.one().verdict, Verdict::Ready);
    EXPECT_EQ(world.one().facts.work->attempt, 3);
    EXPECT_THAT(rule(world.one(), "final-work-raw").records, testing::SizeIs(1));
}

TEST(FlowReadiness, successThatIsFalseMeetsTheRuleAndIsShown) {
    World world;
    world.work().success = false;
    const auto row = world.one();

    EXPECT_EQ(row.verdict, Verdict::Ready);
    ASSERT_EQ(row.hints.size(), 1u);
    EXPECT_EQ(row.hints[0].code, "final-work-not-passed");
    EXPECT_FALSE(*row.facts.work->success);
}

TEST(FlowReadiness, aWorkThatIsNotDeliveredWaits) {
    World world;
    world.told[{"result", world.work().id}].state = Telling::State::Waiting;
    const auto row = world.one();

    EXPECT_EQ(row.verdict, Verdict::NotReady);
    EXPECT_TRUE(row.onlyWaits());
    EXPECT_THAT(row.codes(), ElementsAre("not-delivered"));
    EXPECT_EQ(row.facts.waiting, 1);
    world.told[{"result", world.work().id}].state = Telling::State::InDoubt;
    EXPECT_TRUE(world.one().onlyWaits());
}

TEST(FlowReadiness, aRefusedWorkIsSomebodysToMend) {
    World world;
    world.told[{"result", world.work().id}] = {Telling::State::Refused, 1, {}};
    EXPECT_THAT(world.one().codes(), ElementsAre("refused-by-lrs"));
    EXPECT_FALSE(world.one().onlyWaits());

    world.told[{"result", world.work().id}] = {Telling::State::Refused, 0, {}};
    EXPECT_TRUE(world.one().onlyWaits()) << "mended since: it goes with the next night";

    world.told[{"result", world.work().id}] = {Telling::State::Refused, 1, {}, true};
    EXPECT_THAT(world.one().codes(), ElementsAre("discarded-by-person"));
}

TEST(FlowReadiness, saysWhatThePlanFoundWrongWithTheWork) {
    World world;
    world.told.erase({"result", world.work().id});
    world.blocked[{"result", world.work().id}] = Refusal::of(plugin::footprint::reasons::kMarkOutOfRange);
    EXPECT_THAT(world.one().codes(), ElementsAre("mark-out-of-range"));
    EXPECT_FALSE(world.one().onlyWaits());

    world.blocked[{"result", world.work().id}] = Refusal::of(plugin::footprint::reasons::kFileNotInStorage);
    EXPECT_TRUE(world.one().onlyWaits());

    world.work().revision = 2;
    EXPECT_THAT(world.one().codes(), ElementsAre("not-delivered")) << "the reason was of another revision";
}

TEST(FlowReadiness, whatWasSentAsAnotherPersonIsNotTheLearners) {
    World world;
    world.told[{"result", world.work().id}].digest = "0123456789abcdef0123456789abcdef";

    EXPECT_THAT(world.one().codes(), ElementsAre("sent-as-another-person"));
}

TEST(FlowReadiness, anLrsFlowNeedsTheFileProvenInTheStorage) {
    World world;
    world.files[world.work().fileIds[0]] = FileState::OnServer;
    EXPECT_THAT(world.one().codes(), ElementsAre("file-waits-for-storage"));
    EXPECT_TRUE(world.one().onlyWaits());
    EXPECT_EQ(rule(world.one(), "final-work-raw").state, RuleState::Met);

    world.work().fileIds.push_back(77'777);
    EXPECT_THAT(world.one().codes(), ElementsAre("no-file")) << "one of two files is gone";
}

TEST(FlowReadiness, aTablesFlowNeedsTheFileOnTheServerOnly) {
    World world;
    world.byTables();

    EXPECT_EQ(world.one().verdict, Verdict::Ready);
}

TEST(FlowReadiness, aTablesFlowSeesWhatItsRowWouldLackBeforeAnyTableIsWritten) {
    World world;
    world.byTables();
    world.work().raw = 11;
    EXPECT_THAT(world.one().codes(), ElementsAre("mark-out-of-range"));

    world.work().raw = 9;
    world.work().at.reset();
    EXPECT_EQ(world.one().verdict, Verdict::NotReady);

    world.work().at = world.sample.now;
    world.structure.programme.u2035Id.reset();
    EXPECT_EQ(world.one().verdict, Verdict::NotReady);
}

TEST(FlowReadiness, aWorkThatMayHaveArrivedIsNotInTheTables) {
    World world;
    world.byTables();
    world.told[{"result", world.work().id}].state = Telling::State::InDoubt;

    EXPECT_THAT(world.one().codes(), ElementsAre("may-have-arrived"));
}

TEST(FlowReadiness, namesTheModulesWithoutAReflection) {
    World world;
    world.reflection(100).deleted = true;
    world.reflection(102).deleted = true;
    const auto row = world.one();
    const auto& lack = rule(row, "reflection-modules").lacks.at(0);

    EXPECT_EQ(lack.code, "reflection-module-missing");
    EXPECT_THAT(lack.reason, HasSubstr("«Модуль 1», «Модуль 3»"));
    EXPECT_THAT(lack.reason, testing::Not(HasSubstr("Модуль 2")));
    EXPECT_EQ(lack.records.size(), 2u);
    EXPECT_EQ(row.facts.reflectedModules, 1);
}

TEST(FlowReadiness, aDeletedModuleNeedsNoReflection) {
    World world;
    world.structure.modules[1].deleted = true;
    world.reflection(101).deleted = true;

    EXPECT_EQ(world.one().verdict, Verdict::Ready);
}

TEST(FlowReadiness, aFlowWithoutModulesIsNotTakenForComplete) {
    EXPECT_THAT(World(0).one().codes(), ElementsAre("no-modules"));
}

TEST(FlowReadiness, namesAMissingReflectionOnTheProgramme) {
    World world;
    world.reflection(std::nullopt).deleted = true;

    EXPECT_THAT(world.one().codes(), ElementsAre("reflection-programme-missing"));
}

TEST(FlowReadiness, anEmptyReflectionIsNone) {
    World world;
    world.reflection(101).text = " \n\t";
    world.told.erase({"reflection", world.reflection(101).id});
    const auto row = world.one();

    EXPECT_THAT(row.codes(), ElementsAre("reflection-empty"));
    EXPECT_THAT(rule(row, "reflection-modules").lacks.at(0).reason, HasSubstr("«Модуль 2»"));
    EXPECT_EQ(row.facts.reflectedModules, 2);
}

TEST(FlowReadiness, ofSeveralReflectionsOnAModuleTheBestCounts) {
    World world;
    world.verdicts[world.reflection(100).id] = {ReflectionState::Flagged, {}};
    EXPECT_EQ(world.one().verdict, Verdict::NotReady);

    world.addReflection(501, 100);
    EXPECT_EQ(world.one().verdict, Verdict::Ready);
}

TEST(FlowReadiness, aFlagConcernsOneRuleOnly) {
    World world;
    world.verdicts[world.reflection(100).id] = {
        ReflectionState::Flagged,
        {{ReflectionAspect::OwnWords, "copied-from-learner", "Текст повторяет рефлексию другого слушателя.", "…"}}};
    const auto row = world.one();

    EXPECT_EQ(rule(row, "reflection-meaningful").state, RuleState::Met);
    EXPECT_EQ(rule(row, "reflection-own-words").lacks.at(0).code, "copied-from-learner");
    EXPECT_THAT(rule(row, "reflection-own-words").lacks.at(0).reason, HasSubstr("«Модуль 1»"));
    EXPECT_EQ(row.facts.flaggedReflections, 1);
}

TEST(FlowReadiness, aDoubtfulReflectionIsAPersonsToDecide) {
    World world;
    world.verdicts[world.reflection(100).id] = {ReflectionState::Borderline, {}};

    EXPECT_THAT(world.one().codes(), ElementsAre("reflection-borderline"));
    EXPECT_FALSE(world.one().onlyWaits());
}

TEST(FlowReadiness, anUncheckedReflectionIsNeverTakenForAGoodOne) {
    World world;
    world.verdicts.clear();
    const auto row = world.one();

    EXPECT_THAT(row.codes(), ElementsAre("reflection-unchecked"));
    EXPECT_TRUE(row.onlyWaits());
    EXPECT_EQ(rule(row, "reflection-meaningful").lacks.size(), 1u) << "four reflections, one thing to read";
}

TEST(FlowReadiness, withoutAnyReflectionNoneIsMeaningful) {
    World world;
    world.reflections.clear();

    EXPECT_THAT(world.one().codes(),
                ElementsAre("no-reflections", "reflection-module-missing", "reflection-programme-missing"));
}

TEST(FlowReadiness, reflectionsThatNoChannelCarriesAreNotTakenForDelivered) {
    World world;
    world.byTables();
    world.reflectionsGo = false;

    EXPECT_THAT(world.one().codes(), ElementsAre("reflections-have-no-way"));
}

TEST(FlowReadiness, viewingIsAFactAndNeverPartOfAVerdict) {
    World world;
    const auto before = world.one();
    for (const RecordId element : {kVideo, kWebinar}) {
        View view;
        view.id = ++world.last;
        view.learnerId = 501;
        view.elementId = element;
        view.flowId = world.structure.flow.id;
        view.percent = element == kVideo ? 90 : 20;
        world.views.push_back(view);
    }
    const auto after = world.one();

    EXPECT_EQ(before.verdict, after.verdict);
    EXPECT_EQ(before.facts.videos, 2);
    EXPECT_EQ(before.facts.meanPercent, std::nullopt);
    EXPECT_EQ(after.facts.watchedVideos, 2);
    EXPECT_EQ(after.facts.markedVideos, 1);
    EXPECT_EQ(after.facts.meanPercent, 55);
}

TEST(FlowReadiness, countsStatementsByWhatBecameOfThem) {
    World world;
    Opening opening;
    opening.id = 7;
    opening.learnerId = 501;
    world.openings = {opening};
    world.told[{"opening", 7}] = {Telling::State::Refused, 1, {}};
    const auto facts = world.one().facts;

    EXPECT_EQ(facts.delivered, 5);
    EXPECT_EQ(facts.refused, 1);
    EXPECT_EQ(facts.openings, 1);
}

TEST(FlowReadiness, recordsOfOthersAreNobodysHere) {
    World world;
    world.addWork(999);

    EXPECT_EQ(world.judge().size(), 1u);
    EXPECT_EQ(world.one().facts.graded, 1);
}

TEST(Lacks, everyReasonHasACodeOfItsOwnAWordAndARemedy) {
    std::set<std::string> codes;
    for (const auto* reason : plugin::footprint::allReasons()) codes.insert(reason->code);
    for (const auto* reason : lacks::all()) {
        EXPECT_TRUE(codes.insert(reason->code).second) << reason->code;
        EXPECT_TRUE(std::string(reason->reason).ends_with('.')) << reason->code;
        EXPECT_TRUE(std::string(reason->fix).ends_with('.')) << reason->code;
    }
}

}  // namespace
