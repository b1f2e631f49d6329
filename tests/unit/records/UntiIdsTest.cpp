#include "tests/unit/records/RecordsFixture.h"

namespace {

using tests::RecordsFixture;
using namespace host;
using enum sdk::UntiIdVerdict;
using sdk::UntiIdVerdict;

/// Learners l1 ("555") and l2 (none), as an LMS sends them.
class UntiIdsTest : public RecordsFixture {
protected:
    void SetUp() override {
        lms("l1", R"("untiId":"555","lastName":"Соколова")");
        lms("l2", R"("lastName":"Орлов")");
    }

    std::string lms(const std::string& id, const std::string& fields) {
        return status(batch(R"({"kind":"learners","externalId":")" + id + "\"," + fields + "}"), 0);
    }
    sdk::Learner learner(const std::string& externalId) {
        const auto found = store.findExternal("demo", records::RecordKind::Learner, "lms", externalId);
        return *store.learner("demo", found->id);
    }
    UntiIdVerdict assign(const std::string& externalId, const std::string& untiId, const std::string& current,
                         bool test = false) {
        return outcome(externalId, untiId, current, test).verdict;
    }
    sdk::UntiIdOutcome outcome(const std::string& externalId, const std::string& untiId, const std::string& current,
                               bool test = false) {
        const sdk::UntiIdAssignment wanted{learner(externalId).id, test, untiId, current};
        return store.assignUntiIds("demo", {&wanted, 1}, "anna").at(0);
    }
};

TEST_F(UntiIdsTest, writesAnUntiIdAndRaisesTheRevision) {
    db.clock.advance(std::chrono::seconds(5));

    EXPECT_EQ(assign("l2", "777", ""), Assigned);

    const auto after = learner("l2");
    EXPECT_EQ(after.untiId, "777");
    EXPECT_EQ(after.revision, 2);
    EXPECT_EQ(after.changedAt, db.clock.now());
}

TEST_F(UntiIdsTest, keepsThePersonsWhenTheSourceIsSilentAndTheRecordUnchanged) {
    assign("l2", "777", "");

    EXPECT_EQ(lms("l2", R"("lastName":"Орлов")"), "unchanged");
    EXPECT_EQ(learner("l2").untiId, "777");
}

TEST_F(UntiIdsTest, keepsThePersonsWhenTheSourceIsSilentAndTheRecordChanged) {
    assign("l2", "777", "");

    EXPECT_EQ(lms("l2", R"("lastName":"Орлов","firstName":"Пётр")"), "updated");

    EXPECT_EQ(learner("l2").untiId, "777");
    EXPECT_EQ(learner("l2").firstName, "Пётр");
    EXPECT_EQ(learner("l2").revision, 3);
}

TEST_F(UntiIdsTest, keepsThePersonsWhenTheSourceRepeatsWhatWasReplaced) {
    assign("l1", "777", "555");

    lms("l1", R"("untiId":"555","lastName":"Соколова","firstName":"Анна")");

    EXPECT_EQ(learner("l1").untiId, "777");
}

TEST_F(UntiIdsTest, showsTheSourcesWhenItGivesAnotherAndNamesTheContradiction) {
    assign("l2", "777", "");

    lms("l2", R"("untiId":"888","lastName":"Орлов")");

    EXPECT_EQ(learner("l2").untiId, "888");
    const auto all = store.assignedUntiIds("demo");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].untiId, "777");
    EXPECT_EQ(all[0].recordUntiId, "888");
    EXPECT_EQ(all[0].assignedBy, "anna");
}

TEST_F(UntiIdsTest, showsThePersonsAgainWhenTheSourceFallsSilentAgain) {
    assign("l2", "777", "");
    lms("l2", R"("untiId":"888","lastName":"Орлов")");

    lms("l2", R"("lastName":"Орлов")");

    EXPECT_EQ(learner("l2").untiId, "777");
}

TEST_F(UntiIdsTest, neverReplacesWhatTheCallerDidNotSee) {
    EXPECT_EQ(assign("l1", "777", ""), Changed);
    EXPECT_EQ(learner("l1").untiId, "555");
    EXPECT_EQ(learner("l1").revision, 1);
}

TEST_F(UntiIdsTest, writesNothingWhenTheLearnerHasItAlready) {
    EXPECT_EQ(assign("l1", "555", ""), Same);
    EXPECT_EQ(learner("l1").revision, 1);
    EXPECT_TRUE(store.assignedUntiIds("demo").empty());
}

TEST_F(UntiIdsTest, refusesTheUntiIdOfAnotherLiveLearner) {
    const auto refused = outcome("l2", "555", "");

    EXPECT_EQ(refused.verdict, Taken);
    EXPECT_EQ(refused.otherLearnerId, learner("l1").id);
}

TEST_F(UntiIdsTest, takesTheUntiIdOfADeletedLearnerAndNeverGivesItBackTwice) {
    assign("l2", "777", "");
    store.remove("demo", records::RecordKind::Learner, learner("l2").id, std::nullopt);
    lms("l3", R"("lastName":"Новый")");
    EXPECT_EQ(assign("l3", "777", ""), Assigned);

    lms("l2", R"("lastName":"Орлов")");  // revives

    EXPECT_EQ(learner("l2").untiId, "");
    EXPECT_EQ(store.assignedUntiIds("demo")[0].untiId, "777");
    EXPECT_EQ(store.assignedUntiIds("demo")[0].recordUntiId, "");
    EXPECT_EQ(store.assignedUntiIds("demo")[0].otherLearnerId, learner("l3").id);
}

TEST_F(UntiIdsTest, tellsWhenTheSourceGivesAPersonsUntiIdToSomebodyElse) {
    assign("l2", "777", "");
    assign("l2", "778", "", true);
    EXPECT_EQ(store.assignedUntiIds("demo")[0].otherLearnerId, 0);

    lms("l1", R"("untiId":"777","testUntiId":"778","lastName":"Соколова")");

    EXPECT_EQ(store.assignedUntiIds("demo")[0].otherLearnerId, learner("l1").id);
    EXPECT_EQ(store.assignedUntiIds("demo")[1].otherLearnerId, learner("l1").id);
}

TEST_F(UntiIdsTest, keepsTheContoursApart) {
    EXPECT_EQ(assign("l2", "555", "", true), Assigned);
    EXPECT_EQ(learner("l2").testUntiId, "555");
    EXPECT_EQ(learner("l2").untiId, "");
}

TEST_F(UntiIdsTest, keepsOrganizationsApart) {
    const sdk::UntiIdAssignment wanted{learner("l2").id, false, "777", ""};

    EXPECT_EQ(store.assignUntiIds("other", {&wanted, 1}, "anna").at(0).verdict, NoLearner);
    EXPECT_TRUE(store.assignedUntiIds("other").empty());
}

TEST_F(UntiIdsTest, refusesWhatIsNoUntiId) {
    for (const char* bad : {"0777", "x", "7 7", "-7", "12345678901234567890"})
        EXPECT_EQ(assign("l2", bad, ""), NotValid) << bad;
}

TEST_F(UntiIdsTest, refusesADeletedLearner) {
    const auto id = learner("l2").id;
    store.remove("demo", records::RecordKind::Learner, id, std::nullopt);
    const sdk::UntiIdAssignment wanted{id, false, "777", ""};

    EXPECT_EQ(store.assignUntiIds("demo", {&wanted, 1}, "anna").at(0).verdict, NoLearner);
}

TEST_F(UntiIdsTest, oneThatCantBeWrittenStopsNoOther) {
    const sdk::UntiIdAssignment wanted[] = {
        {learner("l1").id, false, "777", ""}, {learner("l2").id, false, "778", ""}, {999, false, "779", ""}};

    const auto outcomes = store.assignUntiIds("demo", wanted, "anna");

    EXPECT_EQ(outcomes.at(0).verdict, Changed);
    EXPECT_EQ(outcomes.at(1).verdict, Assigned);
    EXPECT_EQ(outcomes.at(2).verdict, NoLearner);
}

TEST_F(UntiIdsTest, givesOneUntiIdToOneOfTwo) {
    lms("l3", R"("lastName":"Новый")");
    const sdk::UntiIdAssignment wanted[] = {{learner("l2").id, false, "777", ""}, {learner("l3").id, false, "777", ""}};

    EXPECT_EQ(store.assignUntiIds("demo", wanted, "anna").at(1).verdict, Taken);
}

TEST_F(UntiIdsTest, takesBackWhatAPersonSet) {
    assign("l2", "777", "");
    assign("l1", "778", "555");

    EXPECT_EQ(assign("l2", "", "777"), TakenBack);
    EXPECT_EQ(assign("l1", "", "778"), TakenBack);

    EXPECT_EQ(learner("l2").untiId, "");
    EXPECT_EQ(learner("l1").untiId, "555");
    EXPECT_TRUE(store.assignedUntiIds("demo").empty());
}

TEST_F(UntiIdsTest, takingBackLeavesWhatTheSourceGaveMeanwhile) {
    assign("l2", "777", "");
    lms("l2", R"("untiId":"777","lastName":"Орлов")");

    EXPECT_EQ(assign("l2", "", "777"), TakenBack);
    EXPECT_EQ(learner("l2").untiId, "777");
}

TEST_F(UntiIdsTest, takesNothingBackThatNoPersonSet) {
    EXPECT_EQ(assign("l1", "", "555"), Changed);
    EXPECT_EQ(learner("l1").untiId, "555");
}

TEST_F(UntiIdsTest, aPersonsOverAnotherPersonsKeepsTheSourcesBehindBoth) {
    assign("l1", "777", "555");
    assign("l1", "778", "777");

    EXPECT_EQ(assign("l1", "", "778"), TakenBack);
    EXPECT_EQ(learner("l1").untiId, "555");
}

}  // namespace
