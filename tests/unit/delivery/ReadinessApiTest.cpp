#include "tests/unit/delivery/ReadinessWorld.h"

#include <set>

using namespace plugin;
using namespace tests;
using host::sdk::Method;
using testing::HasSubstr;

namespace {

struct ReadinessApi : testing::Test, ReadinessWorld {
    ReadinessApi() {
        addLearner(502, "Семёнова", "100002");
        addLearner(503, "100%_Смит");
        addLearner(504, "=Иванов", "100004");
        run();
    }
    std::vector<std::string> learnersOf(const std::string& query) {
        auto items = get("/readiness/flows/2" + query).json()->getArray("items");
        std::vector<std::string> ids;
        for (unsigned i = 0; i < items->size(); ++i)
            ids.push_back(items->getObject(i)->getValue<std::string>("learner"));
        return ids;
    }
};

TEST_F(ReadinessApi, countsAFlowsLearnersByWhatTheyLack) {
    auto one = flow();

    EXPECT_EQ(one->getValue<int>("learners"), 4);
    EXPECT_EQ(one->getValue<int>("notReady"), 4);
    EXPECT_EQ(one->getObject("byCode")->getValue<int>("no-unti-id"), 1);
    EXPECT_EQ(one->getObject("byCode")->getValue<int>("no-final-work"), 3);
    EXPECT_EQ(one->getValue<std::string>("flowTitle"), "Поток 1");
}

TEST_F(ReadinessApi, listsLearnersByCodeVerdictAndName) {
    EXPECT_THAT(learnersOf(""), testing::ElementsAre("501", "502", "503", "504"));
    EXPECT_THAT(learnersOf("?code=no-unti-id"), testing::ElementsAre("503"));
    EXPECT_THAT(learnersOf("?code=no-unti"), testing::IsEmpty()) << "a part of a code is none";
    EXPECT_THAT(learnersOf("?verdict=ready"), testing::IsEmpty());
    EXPECT_THAT(learnersOf("?q=СЕМЕНОВА"), testing::ElementsAre("502"));
    EXPECT_THAT(learnersOf("?q=иванов 100001"), testing::ElementsAre("501"));
    EXPECT_THAT(learnersOf("?q=s-504"), testing::ElementsAre("504"));
    EXPECT_THAT(learnersOf("?q=0%_"), testing::ElementsAre("503")) << "no wild cards";
}

TEST_F(ReadinessApi, pagesThroughLearnersByCursor) {
    std::vector<std::string> seen;
    std::string cursor;
    do {
        auto page = get("/readiness/flows/2?limit=3" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
        for (unsigned i = 0; i < page->getArray("items")->size(); ++i)
            seen.push_back(page->getArray("items")->getObject(i)->getValue<std::string>("learner"));
        cursor = page->isNull("next") ? "" : page->getValue<std::string>("next");
    } while (!cursor.empty());

    EXPECT_THAT(seen, testing::ElementsAre("501", "502", "503", "504"));
}

TEST_F(ReadinessApi, namesEachLackOnceInTheList) {
    auto lacks = get("/readiness/flows/2?q=s-503").json()->getArray("items")->getObject(0)->getArray("lacks");

    std::multiset<std::string> codes;
    for (unsigned i = 0; i < lacks->size(); ++i) codes.insert(lacks->getObject(i)->getValue<std::string>("code"));
    EXPECT_THAT(codes, testing::UnorderedElementsAre("no-unti-id", "no-final-work", "reflection-module-missing",
                                                     "reflection-programme-missing", "no-reflections"));
}

TEST_F(ReadinessApi, givesTheSameListAsCsvWithFormulasGuarded) {
    const auto csv = get("/readiness/flows/2", "text/csv");

    EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\n'), 5);
    EXPECT_THAT(csv.body, HasSubstr(",'=Иванов,"));
    EXPECT_THAT(csv.body, HasSubstr("Нет результата итоговой работы."));
    EXPECT_THAT(csv.header("Content-Disposition"), HasSubstr("readiness-2.csv"));
    const auto flows = get("/readiness", "text/csv");
    EXPECT_EQ(std::count(flows.body.begin(), flows.body.end(), '\n'), 2);
}

TEST_F(ReadinessApi, showsOneLearnerRuleByRule) {
    auto one = person();

    EXPECT_EQ(one->getValue<std::string>("externalId"), "s-1");
    EXPECT_EQ(one->getArray("rules")->size(), 9u);
    EXPECT_EQ(rule("final-work-raw")->getArray("records")->getObject(0)->getValue<std::string>("id"), "1046");
    EXPECT_DOUBLE_EQ(one->getObject("facts")->getObject("finalWork")->getObject("best")->getValue<double>("raw"), 8.5);
}

TEST_F(ReadinessApi, saysWhenAFlowEnds) {
    auto& flow = host.records_.flows_[0];
    flow.endsAt = 1'767'225'600'000'000;
    flow.closedAt.reset();

    const auto shown = get("/readiness").json()->getArray("items")->getObject(0);

    EXPECT_EQ(shown->getValue<std::string>("endsAt"), "2026-01-01T00:00:00Z");
    EXPECT_TRUE(shown->isNull("closedAt"));
}

TEST_F(ReadinessApi, refusesWhatItCannotAnswer) {
    EXPECT_EQ(get("/readiness/flows/2?verdict=maybe").status, 400);
    EXPECT_EQ(get("/readiness/flows/2?q=1 2 3 4 5 6 7 8 9 10 11").status, 400);
    EXPECT_EQ(get("/readiness/flows/77").status, 404);
    EXPECT_EQ(get("/readiness/flows/x").status, 404);
    EXPECT_EQ(get("/readiness/flows/2/learners/999").status, 404);
    EXPECT_THAT(get("/readiness/flows/77").body, HasSubstr("readiness"));
    EXPECT_EQ(get("/readiness?project=other").json()->getArray("items")->size(), 0u);
}

TEST_F(ReadinessApi, doesNotShowAnotherOrganizationsLearners) {
    for (const auto* path : {"/readiness/flows/2", "/readiness/flows/2/learners/501"})
        EXPECT_EQ(host.router_
                      .call(Method::Get, std::string("/api/v1/organizations/other/u2035") + path,
                            withRole("other", host::sdk::Role::OrganizationAdmin))
                      .status,
                  404);
    EXPECT_EQ(host.router_
                  .call(Method::Get, "/api/v1/organizations/other/u2035/readiness",
                        withRole("other", host::sdk::Role::OrganizationAdmin))
                  .json()
                  ->getArray("items")
                  ->size(),
              0u);
}

}  // namespace
