#include "tests/unit/records/RecordsFixture.h"

#include <gmock/gmock.h>

namespace {

using tests::RecordsFixture;
using namespace host;
using enum sdk::ConfirmVerdict;
using sdk::ConfirmedField;
using sdk::ConfirmVerdict;

/// Programmes p1 (501) and p2 (none), learners l1 ("22") and l2 (none), as an LMS sends them.
class ConfirmedValuesTest : public RecordsFixture {
protected:
    void SetUp() override {
        programme("p1", R"("title":"БПЛА","u2035Id":501)");
        programme("p2", R"("title":"Сборка")");
        learner("l1", R"("leaderId":"22")");
        learner("l2", R"("lastName":"Орлов")");
    }

    std::string programme(const std::string& id, const std::string& fields) {
        return status(batch(R"({"kind":"programmes","project":"bas","externalId":")" + id + "\"," + fields + "}"), 0);
    }
    std::string learner(const std::string& id, const std::string& fields) {
        return status(batch(R"({"kind":"learners","externalId":")" + id + "\"," + fields + "}"), 0);
    }
    sdk::RecordId idOf(records::RecordKind kind, const std::string& externalId) {
        return store.findExternal("demo", kind, "lms", externalId)->id;
    }
    sdk::Programme programmeOf(const std::string& externalId) {
        for (auto& one : store.programmes("demo", ""))
            if (one.externalId == externalId) return one;
        return {};
    }
    sdk::Learner learnerOf(const std::string& externalId) {
        return *store.learner("demo", idOf(records::RecordKind::Learner, externalId));
    }
    sdk::ConfirmOutcome outcome(ConfirmedField field, const std::string& externalId, const std::string& value,
                                const std::string& current) {
        const auto kind =
            field == ConfirmedField::LeaderId ? records::RecordKind::Learner : records::RecordKind::Programme;
        const sdk::Confirmation wanted{field, idOf(kind, externalId), value, current};
        return store.confirm("demo", {&wanted, 1}, "anna").at(0);
    }
    ConfirmVerdict confirmCourse(const std::string& externalId, const std::string& value, const std::string& current) {
        return outcome(ConfirmedField::ProgrammeU2035Id, externalId, value, current).verdict;
    }
    ConfirmVerdict confirmLeader(const std::string& externalId, const std::string& value, const std::string& current) {
        return outcome(ConfirmedField::LeaderId, externalId, value, current).verdict;
    }
};

TEST_F(ConfirmedValuesTest, writesANumberAndRaisesTheRevision) {
    db.clock.advance(std::chrono::seconds(5));

    EXPECT_EQ(confirmCourse("p2", "777", ""), Written);

    const auto after = programmeOf("p2");
    EXPECT_EQ(after.u2035Id, 777);
    EXPECT_EQ(after.revision, 2);
    EXPECT_EQ(after.changedAt, db.clock.now());
}

TEST_F(ConfirmedValuesTest, writesALeaderIdAsText) {
    EXPECT_EQ(confirmLeader("l2", "a-7", ""), Written);

    EXPECT_EQ(learnerOf("l2").leaderId, "a-7");
}

TEST_F(ConfirmedValuesTest, keepsThePersonsWhenTheSourceIsSilentOrRepeatsWhatWasReplaced) {
    confirmCourse("p2", "777", "");
    confirmCourse("p1", "778", "501");
    confirmLeader("l2", "33", "");

    EXPECT_EQ(programme("p2", R"("title":"Сборка и ремонт")"), "updated");
    EXPECT_EQ(programme("p1", R"("title":"БПЛА-2","u2035Id":501)"), "updated");
    EXPECT_EQ(learner("l2", R"("lastName":"Орлов","firstName":"Пётр")"), "updated");

    EXPECT_EQ(programmeOf("p2").u2035Id, 777);
    EXPECT_EQ(programmeOf("p1").u2035Id, 778);
    EXPECT_EQ(learnerOf("l2").leaderId, "33");
}

TEST_F(ConfirmedValuesTest, showsTheSourcesWhenItGivesAnotherAndNamesBoth) {
    confirmCourse("p2", "777", "");

    programme("p2", R"("title":"Сборка","u2035Id":888)");

    EXPECT_EQ(programmeOf("p2").u2035Id, 888);
    const auto all = store.confirmed("demo");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].field, ConfirmedField::ProgrammeU2035Id);
    EXPECT_EQ(all[0].value, "777");
    EXPECT_EQ(all[0].recordValue, "888");
    EXPECT_EQ(all[0].confirmedBy, "anna");
}

TEST_F(ConfirmedValuesTest, takesBackWhatAPersonSetAndNothingElse) {
    confirmCourse("p1", "778", "501");

    EXPECT_EQ(confirmCourse("p1", "", "778"), TakenBack);
    EXPECT_EQ(programmeOf("p1").u2035Id, 501);
    EXPECT_EQ(confirmCourse("p1", "", "501"), Changed);
    EXPECT_TRUE(store.confirmed("demo").empty());
}

TEST_F(ConfirmedValuesTest, neverGivesOneIdToTwoRecords) {
    const auto refused = outcome(ConfirmedField::ProgrammeU2035Id, "p2", "501", "");

    EXPECT_EQ(refused.verdict, Taken);
    EXPECT_EQ(refused.otherId, idOf(records::RecordKind::Programme, "p1"));
    EXPECT_EQ(confirmLeader("l2", "22", ""), Taken);
}

TEST_F(ConfirmedValuesTest, refusesWhatTheFieldCannotHold) {
    for (const char* wrong : {"0", "-1", "007", "7a", " 7", "1.5", "99999999999999999999"})
        EXPECT_EQ(confirmCourse("p2", wrong, ""), NotValid) << wrong;
    EXPECT_EQ(confirmLeader("l2", std::string(51, 'x'), ""), NotValid);
}

TEST_F(ConfirmedValuesTest, writesNothingWhenTheRecordChangedMeanwhileOrIsNotThere) {
    EXPECT_EQ(confirmCourse("p1", "778", "500"), Changed);
    EXPECT_EQ(confirmCourse("p1", "501", "500"), Same);
    const sdk::Confirmation nobody{ConfirmedField::ThemeU2035Id, 999, "1", ""};
    EXPECT_EQ(store.confirm("demo", {&nobody, 1}, "anna").at(0).verdict, NoRecord);
}

TEST_F(ConfirmedValuesTest, reachesNothingOfAnotherOrganization) {
    const sdk::Confirmation wanted{ConfirmedField::LeaderId, idOf(records::RecordKind::Learner, "l2"), "7", ""};

    EXPECT_EQ(store.confirm("other", {&wanted, 1}, "anna").at(0).verdict, NoRecord);
    EXPECT_TRUE(store.confirmed("other").empty());
}

}  // namespace
