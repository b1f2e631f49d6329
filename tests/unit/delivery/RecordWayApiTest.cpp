// One record's whole way on one page.

#include "tests/unit/delivery/QuarantineWorld.h"

#include <gmock/gmock.h>

using namespace tests;
using host::sdk::Method;
using host::sdk::Role;
using testing::Not;

namespace {

TEST_F(QuarantineWay, aRecordsWholeWayTellsOfEveryStatementPostAndDecision) {
    const auto refused = idOf("view", kView);
    lrs.poisoned_ = {refused};
    run();
    act("discard", refused, R"(,"comment":"ошибочно")");
    correctView(96);
    nextDay();
    EXPECT_EQ(text(get("/records/view/1031/way").json()->getObject("check"), "outcome"), "corrected");
    run();

    auto way = get("/records/view/1031/way").json();

    EXPECT_EQ(text(way->getObject("source"), "id"), "1031");
    EXPECT_EQ(way->getObject("source")->getValue<int>("percent"), 96);
    EXPECT_EQ(text(way->getObject("check"), "outcome"), "planned");
    auto statements = way->getArray("statements");
    ASSERT_EQ(statements->size(), 2u);
    auto old = statements->getObject(0), fresh = statements->getObject(1);
    EXPECT_TRUE(old->getValue<bool>("superseded"));
    EXPECT_EQ(text(old->getObject("word"), "comment"), "ошибочно");
    EXPECT_EQ(text(old->getArray("decisions")->getObject(0), "action"), "discard");
    EXPECT_EQ(old->getArray("posts")->getObject(0)->getValue<int>("status"), 400);
    EXPECT_EQ(text(fresh, "state"), "accepted");
    EXPECT_EQ(fresh->getArray("posts")->getObject(0)->getValue<int>("place"), 1);
    EXPECT_TRUE(fresh->isNull("readBack")) << "nobody has read it back";
}

TEST_F(QuarantineWay, aRecordsWayEndsWithWhatTheLrsGaveBack) {
    settings.readBack.mode = plugin::delivery::ReadBackSettings::Mode::Whole;
    run();

    auto statement = get("/records/view/1031/way").json()->getArray("statements")->getObject(0);

    EXPECT_EQ(text(statement, "state"), "confirmed");
    EXPECT_EQ(text(statement->getObject("readBack"), "verdict"), "confirmed");
    EXPECT_FALSE(text(statement->getObject("readBack"), "at").empty());
}

TEST_F(QuarantineWay, theWayOfWhatCantGoNamesTheReason) {
    for (auto& learner : host.records_.learners_) learner.untiId.clear();
    nextDay();
    run();

    auto way = get("/records/view/1031/way").json();

    EXPECT_EQ(text(way->getObject("check"), "outcome"), "unsendable");
    EXPECT_EQ(text(way->getObject("check")->getArray("unsendable")->getObject(0), "code"), "no-unti-id");
    integrations.scope_.leftOutLearners[sample.views[0].learnerId] = "по просьбе";
    EXPECT_EQ(text(get("/records/view/1031/way").json()->getObject("check"), "leftOut"), "по просьбе");
    EXPECT_EQ(get("/records/view/999/way").status, 404);
    EXPECT_EQ(get("/records/view/999/way?flow=" + std::to_string(sample.structure.flow.id)).status, 404);
    EXPECT_EQ(get("/records/secret/1031/way").status, 404);
    EXPECT_EQ(get("/records/view/1031/way", Role::Viewer).status, 403);
    auto foreign = host.router_.call(Method::Get, "/api/v1/organizations/other/u2035/records/view/1031/way",
                                     withRole("other", Role::OrganizationAdmin));
    EXPECT_EQ(foreign.status, 404);
}

TEST_F(QuarantineWay, aPartOfTheProgrammeHasAWayInItsFlow) {
    run();
    const auto flow = std::to_string(sample.structure.flow.id);

    auto element = get("/records/element/41/way?flow=" + flow).json();
    auto course = get("/records/flow/" + flow + "/way").json();

    EXPECT_EQ(text(element->getObject("source"), "id"), "41");
    EXPECT_EQ(text(element->getArray("statements")->getObject(0), "state"), "accepted");
    EXPECT_EQ(text(course->getObject("check"), "outcome"), "planned");
    EXPECT_THAT(text(course->getObject("source")->getObject("programme"), "title"), Not(testing::IsEmpty()));
}

}  // namespace
