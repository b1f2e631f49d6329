#include "tests/unit/wizard_api/WizardFixture.h"

using namespace tests;
using testing::HasSubstr;

namespace {

class WizardScope : public WizardFixture {
protected:
    WizardScope() {
        host::sdk::Programme programme;
        programme.id = 1;
        programme.project = "bas";
        programme.title = "Оператор БПЛА";
        host.records_.programmes_ = {programme};
        for (int id : {11, 12}) {
            host::sdk::Flow flow;
            flow.id = id;
            flow.programmeId = 1;
            flow.title = "Поток " + std::to_string(id);
            host.records_.flows_.push_back(flow);
        }
        host::sdk::Learner learner;
        learner.id = 5;
        host.records_.learners_ = {learner};
    }
    FakeRouter::Answer put(const std::string& body, const std::string& etag) {
        return host.router_.call(Method::Put, path("/scope"), asAdmin("demo"), {body, {{"if-match", etag}}});
    }
};

}  // namespace

TEST_F(WizardScope, coversEveryFlowByDefault) {
    auto scope = get("/scope");

    EXPECT_TRUE(scope.json()->getValue<bool>("allFlows"));
    EXPECT_EQ(scope.json()->getArray("known")->size(), 2u);
    EXPECT_EQ(scope.json()->getArray("known")->getObject(0)->getValue<std::string>("channel"), "lrs");
    EXPECT_EQ(scope.etag(), "\"0\"");
}

TEST_F(WizardScope, isNarrowedByChoice) {
    auto saved = put(R"({"allFlows":false,"flows":["12"],"channels":[{"flow":"12","channel":"tables"}],)"
                     R"("leftOutLearners":[{"learner":"5","reason":"отказался"}]})",
                     "\"0\"");

    ASSERT_EQ(saved.status, 200) << saved.body;
    EXPECT_EQ(saved.etag(), "\"1\"");
    auto scope = integrations.scope("demo", "bas");
    EXPECT_FALSE(scope.allFlows);
    EXPECT_EQ(scope.channels.at(12), "tables");
    EXPECT_EQ(scope.leftOutLearners.at(5), "отказался");
    EXPECT_FALSE(get("/scope").json()->getArray("known")->getObject(0)->getValue<bool>("covered"));
    EXPECT_EQ(host.journal_.actions().back(), "integration.scope-changed");
}

TEST_F(WizardScope, namesFlowsAndLearnersThatAreNotThere) {
    auto answer =
        put(R"({"allFlows":false,"flows":["99"],"leftOutLearners":[{"learner":"77","reason":"x"}]})", "\"0\"");

    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.json()->getArray("errors")->size(), 2u);
}

TEST_F(WizardScope, wantsAReasonForEachLearnerLeftOut) {
    EXPECT_EQ(put(R"({"allFlows":true,"leftOutLearners":[{"learner":"5","reason":""}]})", "\"0\"").status, 422);
}

TEST_F(WizardScope, answersALaterWriterWithTheCurrentScope) {
    put(R"({"allFlows":false,"flows":["11"]})", "\"0\"");

    auto late = put(R"({"allFlows":true})", "\"0\"");

    EXPECT_EQ(late.status, 412);
    EXPECT_FALSE(late.json()->getObject("current")->getValue<bool>("allFlows"));
}

TEST_F(WizardScope, refusesTheLrsAndTablesAtOnceOrAnythingElse) {
    EXPECT_EQ(put(R"({"allFlows":true,"channels":[{"flow":"11","channel":"both"}]})", "\"0\"").status, 422);
    EXPECT_EQ(put(R"({"allFlows":true,"flows":["11"]})", "\"0\"").status, 422);
    EXPECT_EQ(put(R"({"flows":["abc"]})", "\"0\"").status, 422);
}
