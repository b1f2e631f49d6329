#include "plugin/store/OutboxStore.h"
#include "plugin/store/XapiFileStore.h"
#include "tests/unit/delivery/Drafts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::store;
using namespace tests;
using testing::ElementsAre;

namespace {

struct Outbox : testing::Test {
    OutboxDatabase db;
    OutboxStore outbox{db, db.clock};

    Added add(std::vector<plugin::footprint::StatementDraft> drafts, std::int64_t run = 1) {
        return outbox.add(kTarget, "bas", "bas 1 abc", run, drafts);
    }
    std::vector<std::int64_t> dueLearners() {
        std::vector<std::int64_t> seqs;
        for (const auto& row : outbox.due(kTarget.storeId, DueKind::Learners, db.clock.now(), {}, 100))
            seqs.push_back(row.seq);
        return seqs;
    }
    std::vector<std::int64_t> dueMethodist() {
        std::vector<std::int64_t> seqs;
        for (const auto& row : outbox.due(kTarget.storeId, DueKind::Methodist, db.clock.now(), {}, 100))
            seqs.push_back(row.seq);
        return seqs;
    }
    void accept(std::vector<std::int64_t> seqs) {
        BatchResult result;
        result.batchId = outbox.startBatch(kTarget.storeId, 1, seqs, 10);
        result.outcome = "accepted";
        result.status = 200;
        result.accepted = seqs;
        outbox.finishBatch(result);
    }
    std::string state(std::int64_t seq) {
        return db.text("SELECT state FROM u2035_outbox WHERE seq = " + std::to_string(seq));
    }
};

TEST_F(Outbox, addsEachStatementOnceAndKeepsItsFirstBytes) {
    auto first = aGrade(1);
    auto again = first;
    again.bytes = bytesOf(first.statementId, "another rendering");

    EXPECT_EQ(add({first}).fresh, 1);
    auto second = add({again, aGrade(2)});

    EXPECT_EQ(second.fresh, 1);
    EXPECT_EQ(second.repeated, 1);
    EXPECT_EQ(outbox.bytes({1}).front(), first.bytes);
}

TEST_F(Outbox, takesARepetitionWithinOneBatchOnce) {
    auto added = add({aGrade(1), aGrade(1)});

    EXPECT_EQ(added.fresh, 1);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_outbox"), 1);
}

TEST_F(Outbox, rendersAnewWhatWasNeverAttemptedWhenItsReferenceChanged) {
    auto first = aGrade(1, idOf("element-5"));
    auto again = aGrade(1, idOf("element-6"));
    again.bytes = bytesOf(first.statementId, "refers to another");

    add({first});
    add({again}, 2);

    EXPECT_EQ(outbox.bytes({1}).front(), again.bytes);
}

TEST_F(Outbox, renewsTheBytesOfWhatTheLrsHasNotSeenWhenItsFactsChange) {
    auto first = aGrade(1);
    first.digest = "100001";
    auto again = first;
    again.digest = "100002";
    again.bytes = bytesOf(first.statementId, "another unti_id");
    add({first});
    BatchResult refused;
    refused.batchId = outbox.startBatch(kTarget.storeId, 1, {1}, 10);
    refused.outcome = "configuration";
    refused.waiting = {1};
    outbox.finishBatch(refused);

    add({again}, 2);

    EXPECT_EQ(outbox.bytes({1}).front(), again.bytes);
}

TEST_F(Outbox, keepsTheBytesOfWhatMayHaveArrivedWhateverChanges) {
    auto first = aGrade(1, idOf("element-5"));
    auto again = aGrade(1, idOf("element-6"));
    again.bytes = bytesOf(first.statementId, "refers to another");
    add({first});
    BatchResult failed;
    failed.batchId = outbox.startBatch(kTarget.storeId, 1, {1}, 10);
    failed.outcome = "in-doubt";
    failed.inDoubt = {1};
    outbox.finishBatch(failed);

    add({again}, 2);

    EXPECT_EQ(outbox.bytes({1}).front(), first.bytes);
}

TEST_F(Outbox, holdsALearnersStatementUntilTheMethodistsIsAccepted) {
    add({anElement(5), aGrade(1, idOf("element-5"))});

    EXPECT_THAT(dueLearners(), ElementsAre());
    accept({1});
    EXPECT_THAT(dueLearners(), ElementsAre(2));
}

TEST_F(Outbox, countsOnlyAcceptanceByTheSameStore) {
    const Target other{"22222222-2222-4222-8222-222222222222", "demo", "bas"};
    outbox.add(other, "bas", "v", 1, {anElement(5)});
    accept({1});
    add({aGrade(1, idOf("element-5"))});

    EXPECT_THAT(dueLearners(), ElementsAre());
    EXPECT_EQ(outbox.counts(kTarget.storeId).blocked, 1);
}

TEST_F(Outbox, givesTheMethodistsInOrderOfKinds) {
    add({anElement(1, 6), anElement(2, 1), anElement(3, 6)});

    EXPECT_THAT(dueMethodist(), ElementsAre(2, 1, 3));
}

TEST_F(Outbox, givesNothingBeforeItsTime) {
    add({aGrade(1)});
    BatchResult later;
    later.batchId = outbox.startBatch(kTarget.storeId, 1, {1}, 10);
    later.outcome = "transient";
    later.waiting = {1};
    later.nextAt = db.clock.now() + 1'000'000;
    outbox.finishBatch(later);

    EXPECT_THAT(dueLearners(), ElementsAre());
    db.clock.advance(std::chrono::seconds(1));
    EXPECT_THAT(dueLearners(), ElementsAre(1));
}

TEST_F(Outbox, isNotHeldUpByAClockThatWasAheadWhenTheAnswerWasLost) {
    add({aGrade(1)});
    const auto right = db.clock.now();
    db.clock.set(right + std::int64_t{40} * 86'400 * 1'000'000);
    BatchResult result;
    result.batchId = outbox.startBatch(kTarget.storeId, 1, {1}, 10);
    result.outcome = "in-doubt";
    result.inDoubt = {1};
    result.nextAt = db.clock.now() + 1'000'000;
    outbox.finishBatch(result);

    EXPECT_THAT(dueLearners(), ElementsAre());
    db.clock.set(right);
    EXPECT_THAT(dueLearners(), ElementsAre(1));
    EXPECT_TRUE(outbox.isAnyDue(kTarget.storeId, right));
}

TEST_F(Outbox, findsRowsLeftInTheMiddleOfSendingInDoubt) {
    add({aGrade(1), aGrade(2)});
    outbox.startBatch(kTarget.storeId, 1, {1}, 10);

    EXPECT_EQ(outbox.recoverInterrupted(kTarget.storeId), 1);
    EXPECT_EQ(state(1), "in_doubt");
    EXPECT_THAT(dueLearners(), ElementsAre(1, 2));
}

TEST_F(Outbox, withdrawsWhatALaterPlanNoLongerHolds) {
    add({aGrade(1), aGrade(2), aGrade(3)}, 1);
    accept({3});
    add({aGrade(1)}, 2);

    EXPECT_EQ(outbox.withdrawUnplanned(kTarget.storeId, 7, 2), 1);
    EXPECT_EQ(state(1), "waiting");
    EXPECT_EQ(state(2), "withdrawn");
    EXPECT_EQ(state(3), "accepted");
}

TEST_F(Outbox, aCancellationThatIsNotWantedAnyMoreDoesNotGoWithTheOthers) {
    auto cancellation = aGrade(9);
    cancellation.record.kind = "statement";
    cancellation.learnerId = 0;
    add({aGrade(1), cancellation}, 1);

    EXPECT_EQ(outbox.withdrawUnplanned(kTarget.storeId, 7, 2, true), 1);
    EXPECT_EQ(state(1), "waiting");
    EXPECT_EQ(state(2), "withdrawn");
}

TEST_F(Outbox, whatWasCancelledStaysSoInAStoreThatTakesItOver) {
    add({aGrade(5)}, 1);  // so that the copies get other numbers than the rows have
    auto cancellation = aGrade(3, idOf("grade-2-1"));
    cancellation.record.kind = "statement";
    cancellation.kind = "methodist.cancel";
    cancellation.learnerId = 0;
    add({aGrade(2), cancellation}, 1);
    accept({2});
    accept({3});
    const Target files{"99999999-9999-4999-8999-999999999999", kTarget.organization, kTarget.project};

    EXPECT_EQ(XapiFileStore(db, db.clock).adopt(kTarget.storeId, files, false), 2);

    KnownRecords known(db, files.storeId, 7);
    ASSERT_NE(known.find("learner.grade", 2), nullptr);
    EXPECT_TRUE(known.find("learner.grade", 2)->cancelled);
}

TEST_F(Outbox, bringsAWithdrawnStatementBackWhenItIsPlannedAgain) {
    add({aGrade(1)}, 1);
    outbox.withdrawUnplanned(kTarget.storeId, 7, 2);

    add({aGrade(1)}, 3);

    EXPECT_EQ(state(1), "waiting");
}

TEST_F(Outbox, readsItsDueRowsFromThePartialIndex) {
    std::string plan;
    db.database.read([&](Poco::Data::Session& session) {
        std::vector<int> a, b, c;
        std::vector<std::string> detail;
        using namespace Poco::Data::Keywords;
        session << "EXPLAIN QUERY PLAN SELECT o.seq FROM u2035_outbox o WHERE o.store_id = 'x'"
                   " AND o.state IN ('waiting', 'sending', 'in_doubt') AND o.state <> 'sending'"
                   " AND o.lane = 0 AND (o.kind_rank, o.seq) > (1, 1) ORDER BY o.kind_rank, o.seq LIMIT 10",
            into(a), into(b), into(c), into(detail), now;
        for (const auto& line : detail) plan += line + "\n";
    });

    EXPECT_THAT(plan, testing::HasSubstr("u2035_outbox_due"));
    EXPECT_THAT(plan, testing::Not(testing::HasSubstr("TEMP B-TREE")));
}

TEST_F(Outbox, knowsAttemptedRecordsOfTheFlowAndNothingElse) {
    add({aGrade(1), aGrade(2), aGrade(3), anElement(5)});
    accept({1, 4});
    KnownRecords known(db, kTarget.storeId, 7);

    ASSERT_NE(known.find("learner.grade", 1), nullptr);
    EXPECT_EQ(known.find("learner.grade", 1)->revision, 1);
    EXPECT_EQ(known.find("learner.grade", 2), nullptr) << "never attempted: a plan may still replace it";
    ASSERT_NE(known.find("methodist.assessment", 5), nullptr);
    EXPECT_EQ(known.find("methodist.assessment", 5)->digest, "d5");
    EXPECT_EQ(KnownRecords(db, kTarget.storeId, 8).find("methodist.assessment", 5), nullptr)
        << "a part of the programme is told once per flow";
    EXPECT_NE(KnownRecords(db, kTarget.storeId, 8).find("learner.grade", 1), nullptr)
        << "a learner's record once, whatever flow it is moved to";
}

TEST_F(Outbox, doesNotKnowAQuarantinedRecordSoThatACorrectedOneIsPlanned) {
    add({aGrade(1)});
    BatchResult refused;
    refused.batchId = outbox.startBatch(kTarget.storeId, 1, {1}, 10);
    refused.outcome = "data";
    refused.status = 400;
    refused.refused = {{1, "Missing required value", false}};
    outbox.finishBatch(refused);

    EXPECT_EQ(KnownRecords(db, kTarget.storeId, 7).find("learner.grade", 1), nullptr);
    EXPECT_EQ(outbox.detail("demo", 1)->refusal->reason, "Missing required value");
}

TEST_F(Outbox, walksManyKnownRecordsThroughASmallWindow) {
    std::vector<plugin::footprint::StatementDraft> drafts;
    std::vector<std::int64_t> seqs;
    for (std::int64_t i = 1; i <= 95; ++i) {
        drafts.push_back(aGrade(i * 2));
        seqs.push_back(i);
    }
    add(drafts);
    accept(seqs);
    KnownRecords known(db, kTarget.storeId, 7, 10);
    DeliveredRecords delivered(db, 10);

    int found = 0, accepted = 0;
    for (std::int64_t id = 1; id <= 200; ++id) {
        if (known.find("learner.grade", id) != nullptr) ++found;
        if (const auto* one = delivered.find("result", id); one != nullptr && one->accepted) ++accepted;
    }

    EXPECT_EQ(found, 95);
    EXPECT_EQ(accepted, 95);
}

TEST_F(Outbox, knowsTheNewestRevisionOfARecord) {
    add({aGrade(1), aGrade(1, "", 2), aGrade(2)});
    accept({1, 2, 3});

    for (std::size_t window : {std::size_t{2}, std::size_t{3}, std::size_t{100}})
        EXPECT_EQ(KnownRecords(db, kTarget.storeId, 7, window).find("learner.grade", 1)->revision, 2) << window;
}

TEST_F(Outbox, listsNewestFirstByKeyset) {
    add({aGrade(1), aGrade(2), aGrade(3)});
    StatementFilter filter;
    filter.organization = "demo";

    auto first = outbox.list(filter, 0, 2);
    auto rest = outbox.list(filter, first.back().seq, 2);

    EXPECT_EQ(first.size(), 2u);
    EXPECT_EQ(first.front().seq, 3);
    ASSERT_EQ(rest.size(), 1u);
    EXPECT_EQ(rest.front().seq, 1);
    filter.learnerId = 1'002;
    EXPECT_EQ(outbox.list(filter, 0, 10).size(), 1u);
    filter.organization = "other";
    EXPECT_TRUE(outbox.list(filter, 0, 10).empty());
}

}  // namespace
