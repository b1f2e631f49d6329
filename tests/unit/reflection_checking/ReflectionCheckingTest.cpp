#include "tests/unit/reflection_checking/ReflectionWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using footprint::ReflectionVerdict;
using testing::HasSubstr;
using Fate = footprint::ReflectionVerdict::Fate;

namespace {

struct ReflectionChecking : testing::Test, ReflectionWorld {};

TEST_F(ReflectionChecking, letsHonestTextsGoAndHoldsACopy) {
    reflect(1, 10, kHonest);
    reflect(2, 20, kOther);
    reflect(3, 30, "  " + kHonest);

    auto verdict = check();

    EXPECT_EQ(verdict(record(0)).fate, Fate::Send);
    EXPECT_EQ(verdict(record(1)).fate, Fate::Send);
    const auto held = verdict(record(2));
    EXPECT_EQ(held.fate, Fate::Hold);
    EXPECT_EQ(held.code, "reflection-held");
    EXPECT_EQ(held.field, "reflection.text");
    EXPECT_THAT(held.reason, HasSubstr("совпадает с рефлексией другого слушателя"));
    EXPECT_FALSE(held.fix.empty());
    EXPECT_EQ(counted("reflections.checked"), 3);
    EXPECT_EQ(counted("reflections.flagged"), 1);
    EXPECT_EQ(counted("reflections.held"), 1);
}

TEST_F(ReflectionChecking, keepsTheEvidenceWithTheTextItPointsAt) {
    reflect(1, 10, kHonest);
    reflect(3, 30, kHonest);

    check();

    const auto row = store.find(org, 3);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->verdict, "flagged");
    EXPECT_THAT(row->codes, testing::ElementsAre("copied-from-learner"));
    EXPECT_THAT(row->findings, HasSubstr(R"("reflection":"1")"));
    EXPECT_THAT(row->findings, HasSubstr(R"("learner":"10")"));
    EXPECT_THAT(row->findings, HasSubstr("зачем перед вылетом смотреть на влажность"));
    EXPECT_EQ(row->moduleId, 7);
    EXPECT_EQ(store.find(org, 1)->verdict, "fine");
}

TEST_F(ReflectionChecking, findsACopyFromAFlowThatTheNightDoesNotCover) {
    auto other = sample.structure;
    other.flow.id = 900;
    host.records_.flows_.push_back(other.flow);
    host.records_.structures_.push_back(other);
    reflect(1, 10, kHonest).flowId = 900;
    reflect(3, 30, kHonest);

    auto verdict = check();

    EXPECT_EQ(verdict(record(1)).fate, Fate::Hold);
    EXPECT_THAT(store.find(org, 3)->findings, HasSubstr(R"("flow":"900")"));
    EXPECT_FALSE(store.find(org, 1)) << "no verdict of a flow that was not asked about";
    EXPECT_EQ(verdict(record(0)).code, "reflection-unchecked");
}

TEST_F(ReflectionChecking, findsTheProgrammesWordsInAText) {
    host.records_.structures_[0].programme.description = kOther;
    reflect(1, 10, kOther + " Согласен.");

    check();

    EXPECT_THAT(store.find(org, 1)->codes, testing::Contains("borrowed-from-programme"));
}

TEST_F(ReflectionChecking, marksInsteadOfHoldingWhenThePolicySaysSo) {
    profile.policies.reflections = footprint::ReflectionPolicy::SendMarked;
    reflect(1, 10, "1111 1111 1111 1111 1111 1111 1111");

    auto verdict = check();

    EXPECT_EQ(verdict(record(0)).fate, Fate::SendMarked);
    EXPECT_EQ(counted("reflections.held"), 0);
}

TEST_F(ReflectionChecking, sendsWhatAPersonAcceptedUntilTheTextChanges) {
    reflect(1, 10, "1111 1111 1111 1111 1111 1111 1111");
    check();
    store.judge(org, 1, 1, {"accept", "Так и задумано.", "anna", 0});

    EXPECT_EQ(check()(record(0)).fate, Fate::Send);

    host.records_.reflections_[0].revision = 2;
    EXPECT_EQ(check()(record(0)).fate, Fate::Hold);
}

TEST_F(ReflectionChecking, holdsWhatAPersonHeldWhateverThePolicyAndTheChecks) {
    profile.policies.reflections = footprint::ReflectionPolicy::SendMarked;
    reflect(1, 10, kHonest);
    check();
    store.judge(org, 1, 1, {"hold", "Просила переписать", "anna", 0});

    const auto verdict = check()(record(0));

    EXPECT_EQ(verdict.fate, Fate::Hold);
    EXPECT_EQ(verdict.code, "reflection-held-by-person");
    EXPECT_THAT(verdict.reason, HasSubstr("Просила переписать"));
}

TEST_F(ReflectionChecking, holdsATextThatWasChangedAfterTheCheck) {
    reflect(1, 10, kHonest);
    auto verdict = check();
    auto changed = record(0);
    changed.revision = 2;
    changed.text = "1111";

    EXPECT_EQ(verdict(changed).fate, Fate::Hold);
    EXPECT_EQ(verdict(changed).code, "reflection-unchecked");
}

TEST_F(ReflectionChecking, raisesTheAlarmWhenAFlowEndsWithHeldReflections) {
    reflect(1, 10, "1111 1111 1111 1111 1111 1111 1111");
    const std::int64_t day = 86'400'000'000;
    host.records_.structures_[0].flow.endsAt = db.clock.now() + 10 * day;
    check();
    EXPECT_EQ(counted("reflectionsHeldNearEnd"), 0);

    host.records_.structures_[0].flow.endsAt = db.clock.now() + 2 * day;
    check();

    EXPECT_EQ(counted("reflectionsHeldNearEnd"), 1);
    EXPECT_THAT(host.logger_.text(), HasSubstr("Reflections are held and their flow ends"));
    EXPECT_THAT(host.logger_.text(), testing::Not(HasSubstr("1111 1111"))) << "no learner's text in the log";
}

TEST_F(ReflectionChecking, keepsNothingOfADryRun) {
    reflect(1, 10, "1111 1111 1111 1111 1111 1111 1111");

    check(true);

    EXPECT_EQ(counted("reflections.flagged"), 1);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_reflection"), 0);
}

TEST_F(ReflectionChecking, forgetsTheVerdictOfADeletedReflection) {
    reflect(1, 10, kHonest);
    check();
    host.records_.reflections_[0].deleted = true;

    check();

    EXPECT_FALSE(store.find(org, 1));
}

TEST_F(ReflectionChecking, saysWhichDictionaryIsMissing) {
    reflect(1, 10, kHonest);

    check();

    EXPECT_EQ(counted("reflections.dictionariesMissing"), 1);
    EXPECT_THAT(host.logger_.text(), HasSubstr("/nowhere/ru_RU"));
    EXPECT_THAT(delivery::missingDictionaries(dictionaries),
                testing::ElementsAre("/nowhere/ru_RU.aff", "/nowhere/ru_RU.dic"));
}

TEST_F(ReflectionChecking, keepsNoHalfOfAVerdictWhenTheNightIsStopped) {
    reflect(1, 10, kHonest);
    stop.request_stop();

    auto verdict = check();

    EXPECT_EQ(verdict(record(0)).code, "reflection-unchecked");
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_reflection"), 0);
}

TEST_F(ReflectionChecking, isPartOfTheNight) {
    connect();
    reflect(1, 10, "1111 1111 1111 1111 1111 1111 1111");
    settings.reflections = dictionaries;
    auto tonights = parts();
    tonights.reflections = &store;

    delivery::NightlyRun(std::move(tonights), settings).run({}, "schedule", "", "host-run", stop.get_token());

    EXPECT_EQ(store.find(org, 1)->verdict, "flagged");
    EXPECT_EQ(lastRun().counts.at("reflections.held"), 1);
}

}  // namespace
