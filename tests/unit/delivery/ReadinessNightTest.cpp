#include "tests/unit/delivery/ReadinessWorld.h"

using namespace plugin;
using namespace tests;
using testing::HasSubstr;

namespace {

struct ReadinessNight : testing::Test, ReadinessWorld {};

TEST_F(ReadinessNight, judgesATablesFlowByWhatItsTablesCarry) {
    run();

    EXPECT_EQ(flow()->getValue<std::string>("channel"), "tables");
    EXPECT_THAT(flow()->getValue<std::string>("note"), HasSubstr("таблицами"));
    for (const auto* check : {"covered", "unti-id", "final-work-file", "final-work-raw", "final-work-success"})
        EXPECT_EQ(lackOf(check), "") << check;
    EXPECT_EQ(lackOf("reflection-modules"), "reflections-have-no-way") << "no table carries reflections";
    EXPECT_EQ(lackOf("reflection-meaningful"), "reflection-unchecked");
    EXPECT_EQ(lastRun().counts.at("readiness.notReady"), 1);
}

TEST_F(ReadinessNight, whatTheTablesRefusedIsNamedInItsRule) {
    host.records_.results_[5].raw = 99;
    run();

    EXPECT_EQ(lackOf("final-work-raw"), "mark-out-of-range");
}

TEST_F(ReadinessNight, anLrsFlowIsReadyOnceAllIsAcceptedProvenAndRead) {
    connect();
    tell("result", kWork, "accepted");
    for (const auto& reflection : host.records_.reflections_) tell("reflection", reflection.id, "accepted");
    judge();
    EXPECT_EQ(lackOf("final-work-file"), "file-waits-for-storage") << "nobody has proven it";
    EXPECT_EQ(stateOf("final-work-raw"), "met");

    readinessSources.inStorage = [](const auto&, const auto&, const auto& structure, const auto& questions) {
        EXPECT_EQ(structure.flow.id, 2);
        EXPECT_EQ(questions.at(0).untiId, "100001");
        EXPECT_EQ(questions.at(0).kind, host::sdk::ElementKind::FinalWork);
        return std::vector<bool>(questions.size(), true);
    };
    readinessSources.reflections = [](const auto&, auto page) {
        std::map<host::sdk::RecordId, readiness::ReflectionVerdict> verdicts;
        for (const auto& one : page) verdicts[one.id] = {readiness::ReflectionState::Fine, {}};
        return verdicts;
    };
    judge();

    EXPECT_EQ(person()->getValue<std::string>("verdict"), "ready");
    EXPECT_EQ(flow()->getValue<int>("ready"), 1);
    EXPECT_EQ(person()->getObject("facts")->getObject("statements")->getValue<int>("delivered"), 4);
}

TEST_F(ReadinessNight, whatIsAcceptedByAnotherStoreWaitsForThisOne) {
    connect();
    tell("result", kWork, "accepted");
    integrations.active_[0].storeId = "22222222-2222-4222-8222-222222222222";
    judge();

    EXPECT_EQ(stateOf("final-work-raw"), "waiting");
}

TEST_F(ReadinessNight, whatWasCancelledIsToldNoMore) {
    connect();
    tell("result", kWork, "accepted");
    judge();
    ASSERT_EQ(stateOf("final-work-raw"), "met");

    const auto seq = db.number("SELECT seq FROM u2035_outbox WHERE record_kind = 'result'");
    tell("statement", seq, "waiting", idOf("result" + std::to_string(kWork)));
    judge();
    EXPECT_EQ(stateOf("final-work-raw"), "met") << "the store has it still";

    db.execute("UPDATE u2035_outbox SET state = 'accepted' WHERE record_kind = 'statement'");
    judge();
    EXPECT_EQ(stateOf("final-work-raw"), "waiting");
    EXPECT_EQ(person()->getObject("facts")->getObject("statements")->getValue<int>("delivered"), 0);
}

TEST_F(ReadinessNight, aNightNamesWhyAWorkDidNotGo) {
    connect();
    host.records_.results_[5].raw.reset();
    run();
    EXPECT_EQ(lackOf("final-work-raw"), "no-mark");

    host.records_.results_[5].raw = 8.5;
    host.records_.results_[5].at.reset();
    run();
    EXPECT_EQ(stateOf("final-work-raw"), "not-met");
    EXPECT_EQ(
        lackOf("final-work-raw"),
        runs.unsendable(
                {.organization = org, .project = "", .code = "", .kind = "learner.final-work", .origin = "statements"},
                0, 10)
            .at(0)
            .why.code);
}

TEST_F(ReadinessNight, anInterruptedPageOfTheOutboxIsCountedByItsState) {
    connect();
    tell("result", kWork, "in_doubt");
    tell("view", 1031, "quarantined");
    tell("view", 1032, "withdrawn");
    judge();

    auto statements = person()->getObject("facts")->getObject("statements");
    EXPECT_EQ(statements->getValue<int>("delivered"), 0);
    EXPECT_EQ(statements->getValue<int>("waiting"), 1);
    EXPECT_EQ(statements->getValue<int>("refused"), 1);
    EXPECT_EQ(stateOf("final-work-raw"), "waiting");
}

TEST_F(ReadinessNight, aProfileWithoutRulesGivesFactsOnly) {
    host.organizations_.projects_[0].profile = "bas";
    run();

    EXPECT_EQ(person()->getValue<std::string>("verdict"), "unknown");
    EXPECT_EQ(person()->getArray("rules")->size(), 0u);
    EXPECT_EQ(flow()->getValue<std::string>("note"), "требования приёма неизвестны");
    EXPECT_EQ(flow()->getValue<int>("unknown"), 1);
    EXPECT_GT(person()->getObject("facts")->getObject("results")->getValue<int>("graded"), 3);
}

TEST_F(ReadinessNight, aDryRunAndTheTestContourLeaveReadinessAlone) {
    delivery::NightArguments dry;
    dry.dryRun = true;
    run(dry);
    delivery::NightArguments test;
    test.statements = false;
    test.contour = footprint::Contour::Test;
    run(test);

    EXPECT_TRUE(readiness.flows(org, "", 0, 10).empty());
}

TEST_F(ReadinessNight, judgingAnewSendsAndWritesNothing) {
    connect();
    host.router_.call(host::sdk::Method::Post, base + "/runs", asAdmin(org),
                      {.body = R"({"only":"readiness","flow":2})"});

    EXPECT_EQ(lastRun().state, "done");
    EXPECT_EQ(lastRun().arguments, R"({"only":"readiness","flow":2})");
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_outbox"), 0);
    EXPECT_TRUE(runs.exports(org, 0, 10).empty());
    EXPECT_EQ(flow()->getValue<std::string>("run"), std::to_string(lastRun().id));
}

TEST_F(ReadinessNight, judgingAnewLeavesTheListOfTheUnsendableAlone) {
    host.records_.learners_[0].untiId.clear();
    run();
    const auto before = unsendable().at("no-unti-id");
    judge();

    EXPECT_EQ(unsendable().at("no-unti-id"), before);
}

TEST_F(ReadinessNight, aNightCutOffKeepsTheEarlierVerdicts) {
    run();
    host.records_.pageSize_ = 1;
    host.records_.results_.clear();
    readinessSources.reflections = [this](const auto&, auto) {
        stop.request_stop();
        return std::map<host::sdk::RecordId, readiness::ReflectionVerdict>();
    };
    judge();

    EXPECT_EQ(stateOf("final-work-raw"), "met");
    EXPECT_EQ(lastRun().state, "incomplete");
}

TEST_F(ReadinessNight, aFailureToJudgeTakesNothingBack) {
    readinessSources.reflections = [](const auto&,
                                      auto) -> std::map<host::sdk::RecordId, readiness::ReflectionVerdict> {
        throw std::runtime_error("no reflections today");
    };
    host.records_.learners_[0].untiId.clear();
    run();

    EXPECT_EQ(lastRun().state, "incomplete");
    EXPECT_THAT(lastRun().message, HasSubstr("readiness"));
    EXPECT_THAT(host.logger_.text(), HasSubstr("no reflections today"));
    EXPECT_GT(unsendable().at("no-unti-id"), 0);
    EXPECT_EQ(runs.exports(org, 0, 10).size(), 1u);
}

TEST_F(ReadinessNight, aFlowThatIsNoLongerCoveredIsForgotten) {
    run();
    ASSERT_EQ(readiness.flows(org, "", 0, 10).size(), 1u);
    integrations.scope_.allFlows = false;
    judge();

    EXPECT_TRUE(readiness.flows(org, "", 0, 10).empty());
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_readiness_learner"), 0);
}

TEST_F(ReadinessNight, aLearnerWhoLeftTheFlowIsForgotten) {
    addLearner(502, "Петрова", "100002");
    run();
    host.records_.enrollments_[1].deleted = true;
    judge();

    EXPECT_EQ(flow()->getValue<int>("learners"), 1);
    EXPECT_EQ(get("/readiness/flows/2/learners/502").status, 404);
}

TEST_F(ReadinessNight, aFileThatIsGoneFromTheServerIsMissed) {
    host.records_.files_[0].deleted = true;
    run();

    EXPECT_EQ(lackOf("final-work-file"), "no-file");
}

}  // namespace
