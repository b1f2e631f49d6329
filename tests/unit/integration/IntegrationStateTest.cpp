#include "plugin/integration/IntegrationState.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::integration;
using host::sdk::AppError;

namespace {

std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const AppError& e) {
        return e.code();
    }
    return "ok";
}

Candidate withBasic(const std::string& fingerprint) {
    Candidate c;
    c.basic = {"abcd", fingerprint};
    c.endpoint = "https://lrs.example.org/data/xAPI/";
    c.fieldsFingerprint = "fields of " + fingerprint;
    return c;
}

RunningCheck aCheck(int stage, const std::string& basic, const std::string& id = "check-1") {
    return {id, stage, CheckPurpose::Stage, 60'000'000, withBasic(basic)};
}

IntegrationState checked(IntegrationState s, int stage, const std::string& basic, bool passed,
                         const std::string& guid = "guid-1") {
    return checkFinished(checkStarted(std::move(s), aCheck(stage, basic)), "check-1", {passed, guid, ""});
}

IntegrationState onStage2() {
    return continueStage(open({}), 1);
}
IntegrationState onStage3() {
    return continueStage(checked(onStage2(), 2, "test", true), 2);
}

IntegrationState onStage4() {
    return continueStage(onStage3(), 3);
}
IntegrationState activeOne() {
    return continueStage(checked(onStage4(), 4, "production", true), 4, "store-1");
}

}  // namespace

TEST(Wizard, isNotDoneUntilSomebodyOpensTheCard) {
    IntegrationState s;

    EXPECT_EQ(statusOf(s), Status::NotDone);
    EXPECT_EQ(statusOf(open(s)), Status::InProgress);
    EXPECT_EQ(open(s).opened, 1);
}

/// What each command answers in each situation: the whole table of transitions.
struct Row {
    const char* situation;
    std::function<IntegrationState()> state;
    const char* openIt;
    const char* select2;
    const char* continue1;
    const char* continue2;
    const char* continue4;
    const char* check2;
    const char* check4;
    const char* disconnectIt;
    Status status;
};

class WizardTable : public testing::TestWithParam<Row> {};

TEST_P(WizardTable, answersEveryCommand) {
    const Row& row = GetParam();
    IntegrationState s = row.state();

    EXPECT_EQ(statusOf(s), row.status);
    EXPECT_EQ(codeOf([&] { open(s); }), row.openIt);
    EXPECT_EQ(codeOf([&] { selectStage(s, 2); }), row.select2);
    EXPECT_EQ(codeOf([&] { continueStage(s, 1); }), row.continue1);
    EXPECT_EQ(codeOf([&] { continueStage(s, 2); }), row.continue2);
    EXPECT_EQ(codeOf([&] { continueStage(s, 4, "store-2"); }), row.continue4);
    EXPECT_EQ(codeOf([&] { checkStarted(s, aCheck(2, "another", "check-2")); }), row.check2);
    EXPECT_EQ(codeOf([&] { checkStarted(s, aCheck(4, "another", "check-2")); }), row.check4);
    EXPECT_EQ(codeOf([&] { disconnect(s); }), row.disconnectIt);
}

#define OPEN "integration.not-open"
#define LOCKED "integration.locked-stage"
#define AGAIN "integration.already-open"
#define ACTIVE "integration.active"
#define RUNNING "integration.check-running"
#define UNCHECKED "integration.not-checked"
#define UNCHANGED "integration.nothing-changed"

INSTANTIATE_TEST_SUITE_P(
    Situations, WizardTable,
    testing::Values(Row{"fresh", [] { return IntegrationState{}; }, "ok", OPEN, OPEN, OPEN, OPEN, OPEN, OPEN, OPEN,
                        Status::NotDone},
                    Row{"opened", [] { return open({}); }, AGAIN, LOCKED, "ok", LOCKED, LOCKED, LOCKED, LOCKED, "ok",
                        Status::InProgress},
                    Row{"on2", onStage2, AGAIN, "ok", "ok", UNCHECKED, LOCKED, "ok", LOCKED, "ok", Status::InProgress},
                    Row{"checking2", [] { return checkStarted(onStage2(), aCheck(2, "test")); }, AGAIN, "ok", "ok",
                        RUNNING, LOCKED, RUNNING, LOCKED, "ok", Status::InProgress},
                    Row{"failed2", [] { return checked(onStage2(), 2, "test", false); }, AGAIN, "ok", "ok", UNCHECKED,
                        LOCKED, "ok", LOCKED, "ok", Status::DataError},
                    Row{"checked2", [] { return checked(onStage2(), 2, "test", true); }, AGAIN, "ok", "ok", "ok",
                        LOCKED, "ok", LOCKED, "ok", Status::InProgress},
                    Row{"on3", onStage3, AGAIN, "ok", "ok", UNCHANGED, LOCKED, "ok", LOCKED, "ok", Status::InProgress},
                    Row{"on4", onStage4, AGAIN, "ok", "ok", UNCHANGED, UNCHECKED, "ok", "ok", "ok", Status::InProgress},
                    Row{"failed4", [] { return checked(onStage4(), 4, "production", false); }, AGAIN, "ok", "ok",
                        UNCHANGED, UNCHECKED, "ok", "ok", "ok", Status::DataError},
                    Row{"checked4", [] { return checked(onStage4(), 4, "production", true); }, AGAIN, "ok", "ok",
                        UNCHANGED, "ok", "ok", "ok", "ok", Status::InProgress},
                    Row{"active", activeOne, ACTIVE, ACTIVE, ACTIVE, ACTIVE, ACTIVE, ACTIVE, ACTIVE, "ok",
                        Status::Active},
                    Row{"disconnected", [] { return disconnect(activeOne()); }, "ok", OPEN, OPEN, OPEN, OPEN, OPEN,
                        OPEN, OPEN, Status::NotDone}),
    [](const auto& row) { return std::string(row.param.situation); });

TEST(Wizard, dataAtHandOpensTheNextStageAndFinishesThisOne) {
    IntegrationState s = continueStage(open({}), 1);

    EXPECT_EQ(stageStateOf(s, 1), StageState::Done);
    EXPECT_EQ(stageStateOf(s, 2), StageState::Open);
    EXPECT_EQ(stageStateOf(s, 3), StageState::Locked);
    EXPECT_EQ(s.chosen, 2);
}

TEST(Wizard, remembersTheChosenStage) {
    IntegrationState s = selectStage(onStage4(), 2);

    EXPECT_EQ(s.chosen, 2);
    EXPECT_EQ(s.opened, 4);
}

TEST(Wizard, knowsOnlyFourStages) {
    EXPECT_EQ(codeOf([] { selectStage(onStage4(), 5); }), "not-found");
    EXPECT_EQ(codeOf([] { selectStage(onStage4(), 0); }), "not-found");
}

TEST(Wizard, hasNoCheckOnStages1And3) {
    EXPECT_EQ(codeOf([] { checkStarted(onStage4(), aCheck(1, "x")); }), "not-found");
    EXPECT_EQ(codeOf([] { checkStarted(onStage4(), aCheck(3, "x")); }), "not-found");
}

TEST(Wizard, takesTheGuidFromASuccessOnStage2) {
    EXPECT_EQ(checked(onStage2(), 2, "test", true, "guid-7").guid, "guid-7");
    EXPECT_EQ(checked(onStage2(), 2, "test", false, "guid-7").guid, "");
}

TEST(Wizard, replacesTheGuidOnANewSuccess) {
    EXPECT_EQ(checked(onStage3(), 2, "test", true, "guid-2").guid, "guid-2");
}

TEST(Wizard, keepsThePassedStagesButtonInactiveWhenTheSameBasicIsCheckedAgain) {
    EXPECT_FALSE(canContinue(checked(onStage3(), 2, "test", true), 2));
}

TEST(Wizard, activatesThePassedStagesButtonWhenAnotherBasicIsChecked) {
    EXPECT_TRUE(canContinue(checked(onStage3(), 2, "other test", true), 2));
}

TEST(Wizard, closesNoOpenedStageWhenACheckIsRepeatedAndFails) {
    IntegrationState s = checked(onStage4(), 2, "wrong", false);

    EXPECT_EQ(statusOf(s), Status::DataError);
    EXPECT_EQ(stageStateOf(s, 2), StageState::Failed);
    EXPECT_EQ(s.opened, 4);
    EXPECT_EQ(s.testBasic.fingerprint, "test");
}

TEST(Wizard, leavesDataErrorWithTheNextSuccess) {
    EXPECT_EQ(statusOf(checked(checked(onStage4(), 2, "wrong", false), 4, "production", true)), Status::InProgress);
}

TEST(Wizard, forgetsASuccessWhenALaterCheckFails) {
    IntegrationState s = checked(checked(onStage2(), 2, "test", true), 2, "wrong", false);

    EXPECT_FALSE(canContinue(s, 2));
}

TEST(Wizard, tellsTheOtherContoursBasicBeforeAnythingIsSent) {
    EXPECT_EQ(codeOf([] { checkStarted(onStage4(), aCheck(4, "test")); }), "integration.same-basic");
    EXPECT_EQ(codeOf([] { checkStarted(checked(onStage4(), 4, "production", true), aCheck(2, "production")); }),
              "integration.same-basic");
}

TEST(Wizard, ignoresTheEndOfACheckThatIsNotRunning) {
    IntegrationState s = checkStarted(onStage2(), aCheck(2, "test"));

    EXPECT_TRUE(checkFinished(s, "check-0", {true, "guid", ""}).running);
    EXPECT_EQ(statusOf(checkFinished(disconnect(s), "check-1", {true, "guid", ""})), Status::NotDone);
}

TEST(Wizard, becomesActiveWithItsStore) {
    IntegrationState s = activeOne();

    EXPECT_EQ(statusOf(s), Status::Active);
    EXPECT_EQ(s.storeId, "store-1");
    EXPECT_EQ(stageStateOf(s, 4), StageState::Done);
}

TEST(Wizard, finishesWhileAFailedRecheckOfStage2IsOutdone) {
    IntegrationState s = checked(checked(onStage4(), 2, "wrong", false), 4, "production", true);

    EXPECT_EQ(statusOf(continueStage(s, 4, "store-1")), Status::Active);
}

TEST(Wizard, doesNotFinishWhileAnotherCheckRuns) {
    IntegrationState s = checkStarted(checked(onStage4(), 4, "production", true), aCheck(2, "new", "check-9"));

    EXPECT_EQ(codeOf([&] { continueStage(s, 4, "store-1"); }), "integration.check-running");
}

TEST(Wizard, wipesEverythingOnDisconnectButTheAdministratorsEndpoints) {
    IntegrationState s = overrideEndpoints(onStage4(), {"https://test.example.org/xAPI", ""});
    s.version = 17;

    IntegrationState after = disconnect(s);

    IntegrationState expected;
    expected.overrides = s.overrides;
    EXPECT_EQ(toJson(after), toJson(expected));
    EXPECT_EQ(after.version, 17);
}

TEST(Wizard, replacesAKeyOfAnActiveIntegrationOnlyWhenItsCheckPasses) {
    RunningCheck replace{"check-2", 4, CheckPurpose::ReplaceBasic, 0, withBasic("new")};
    IntegrationState running = checkStarted(activeOne(), replace);

    EXPECT_EQ(checkFinished(running, "check-2", {false, "", ""}).productionBasic.fingerprint, "production");
    EXPECT_EQ(checkFinished(running, "check-2", {true, "", ""}).productionBasic.fingerprint, "new");
    EXPECT_EQ(statusOf(checkFinished(running, "check-2", {false, "", ""})), Status::Active);
    EXPECT_EQ(checkFinished(running, "check-2", {true, "", ""}).storeId, "store-1");
}

TEST(Wizard, refusesToReplaceAKeyBeforeTheSetUpIsFinished) {
    RunningCheck replace{"check-2", 4, CheckPurpose::ReplaceBasic, 0, withBasic("new")};

    EXPECT_EQ(codeOf([&] { checkStarted(onStage4(), replace); }), "integration.not-active");
}

TEST(Wizard, refusesToReplaceAStorageKeyThatIsNotThere) {
    RunningCheck replace{"check-2", 4, CheckPurpose::ReplaceStorage, 0, {}};

    EXPECT_EQ(codeOf([&] { checkStarted(activeOne(), replace); }), "integration.no-storage");
}

TEST(Wizard, voidsAnUnconfirmedSuccessWhenItsEndpointChanges) {
    IntegrationState s = checked(onStage2(), 2, "test", true);

    EXPECT_FALSE(canContinue(overrideEndpoints(s, {"https://other.example.org/xAPI", ""}), 2));
    EXPECT_TRUE(canContinue(overrideEndpoints(s, {"", "https://other.example.org/xAPI"}), 2));
}

TEST(Wizard, keepsItsEndpointsWhileActive) {
    EXPECT_EQ(codeOf([] { overrideEndpoints(activeOne(), {"https://x.example.org", ""}); }), "integration.active");
}

TEST(WizardJson, bringsEveryFieldBack) {
    IntegrationState s = checkStarted(checked(onStage4(), 4, "production", true), aCheck(2, "new", "check-9"));
    s.storage = {"user-1", "AKIA", {"wxyz", "f4"}, "https://s3.example.org", "bucket"};
    s.lettersCopied["production-access"] = 1'768'213'800'000'000;
    s.overrides = {"https://a.example.org", "https://b.example.org"};
    s.running->candidate.storage = s.storage;
    s.running->candidate.endpointTyped = true;

    EXPECT_EQ(toJson(fromJson(toJson(s))), toJson(s));
    EXPECT_EQ(fromJson(toJson(s)).lettersCopied.at("production-access"), 1'768'213'800'000'000);
}

TEST(WizardJson, refusesATextThatIsNotAState) {
    EXPECT_EQ(codeOf([] { fromJson("{}"); }), "integration.state");
    EXPECT_EQ(codeOf([] { fromJson("nonsense"); }), "integration.state");
}

TEST(IntegrationState, keepsWhenAStageWasOpenedAndPassed) {
    auto s = continueStage(openBy({}, {10, "anna"}), 1, {}, {20, "boris"});
    s = continueStage(selectStage(s, 1), 1, {}, {30, "anna"});

    const auto read = fromJson(toJson(s));

    EXPECT_EQ(read.stage(1).openedAt, 10);
    EXPECT_EQ(read.stage(1).passedAt, 30);
    EXPECT_EQ(read.stage(1).passedBy, "anna");
    EXPECT_EQ(read.stage(2).openedAt, 20) << "first";
    EXPECT_EQ(read.stage(2).passedAt, std::nullopt);
}
