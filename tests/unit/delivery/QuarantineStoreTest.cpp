// A refused statement under a person's word, from plan to plan, and every POST it was in.

#include "plugin/store/QuarantineStore.h"
#include "plugin/store/RecordFates.h"
#include "plugin/store/RecordWay.h"
#include "plugin/store/RefusalGroup.h"
#include "plugin/store/Sql.h"
#include "tests/unit/delivery/Drafts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::store;
using namespace tests;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

struct Quarantine : testing::Test {
    OutboxDatabase db;
    OutboxStore outbox{db, db.clock};
    QuarantineStore quarantine{db, db.clock};
    RecordWayStore ways{db};

    void plan(std::vector<plugin::footprint::StatementDraft> drafts, std::int64_t run,
              const std::string& version = "bas 1 abc") {
        outbox.add(kTarget, "bas", version, run, drafts);
    }
    void post(std::vector<std::int64_t> seqs, std::vector<Refusal> refused, std::int64_t run = 1, int status = 400) {
        BatchResult result;
        result.batchId = outbox.startBatch(kTarget.storeId, run, seqs, 10);
        result.outcome = refused.empty() ? "accepted" : "data";
        result.status = refused.empty() ? 200 : status;
        result.errorId = refused.empty() ? "" : "e-1";
        for (const auto seq : seqs)
            if (std::none_of(refused.begin(), refused.end(), [&](const auto& one) { return one.seq == seq; }))
                (refused.empty() ? result.accepted : result.waiting).push_back(seq);
        result.refused = std::move(refused);
        outbox.finishBatch(result);
    }
    static Refusal wrong(std::int64_t seq, const std::string& place = "0") {
        return {seq, "Missing required value in 'statements." + place + ".verb'", false};
    }
    std::string state(std::int64_t seq) {
        return db.text("SELECT state FROM u2035_outbox WHERE seq = " + std::to_string(seq));
    }
    std::vector<std::int64_t> due() {
        std::vector<std::int64_t> seqs;
        for (const auto kind : {DueKind::Methodist, DueKind::Learners})
            for (const auto& row : outbox.due(kTarget.storeId, kind, db.clock.now(), {}, 100)) seqs.push_back(row.seq);
        return seqs;
    }
    std::vector<QuarantineRow> rows(const std::string& state, QuarantineFilter filter = {}) {
        filter.organization = kTarget.organization;
        filter.state = state;
        return quarantine.list(filter, 0, 100);
    }
    std::vector<std::int64_t> seqs(const std::string& state, QuarantineFilter filter = {}) {
        std::vector<std::int64_t> found;
        for (const auto& row : rows(state, std::move(filter))) found.push_back(row.seq);
        return found;
    }
    std::vector<std::string> actions(std::int64_t seq) {
        std::vector<std::string> found;
        for (const auto& one : quarantine.decisions(seq)) found.push_back(one.action + " by " + one.by);
        return found;
    }
    std::string discardedIn(std::int64_t run) {
        std::string found;
        outbox.eachStuck(kTarget.storeId, 0, run, [&](std::span<const StuckRow> page) {
            for (const auto& row : page)
                found += std::to_string(row.seq) + (row.waits ? " waits " : " ") + row.discardedBy + row.comment + ";";
        });
        return found;
    }
};

TEST(RefusalGroups, oneCauseHasOneGroupWhateverItsPlaceIdAndValue) {
    EXPECT_EQ(refusalGroup("Missing required value in 'statements.17.attachments.0.sha2'"),
              "Missing required value in 'statements.N.attachments.N.sha2'");
    EXPECT_EQ(refusalGroup(R"(Problem in 'statements.1.result.score'. Received '{"raw":105,"max":100}')"),
              refusalGroup(R"(Problem in 'statements.49.result.score'. Received '{"raw":12,"max":10}')"));
    EXPECT_EQ(refusalGroup("11111111-1111-4111-8111-000000013177 is conflicting"), "{id} is conflicting");
    EXPECT_EQ(refusalGroup("Version 1.0.3 is old"), "Version 1.0.3 is old") << "a number that is no position stays";
}

TEST(RefusalGroups, severalWarningsAreNamedOnceEach) {
    EXPECT_EQ(
        refusalGroup("Problem in 'statements.0.a'. Received '\"x; y\"'; Missing required value in 'statements.0.b'; "
                     "Missing required value in 'statements.0.b'"),
        "Problem in 'statements.N.a'; Missing required value in 'statements.N.b'");
    EXPECT_EQ(refusalGroup("Problem in 'statements.0.a'. Received '{cut"), "Problem in 'statements.N.a'");
    EXPECT_EQ(refusalGroup(""), "");
}

TEST(RefusalGroups, tellsTheKindOfCause) {
    EXPECT_STREQ(refusalCause("x is conflicting", true, 409), "conflict");
    EXPECT_STREQ(refusalCause("The LRS takes no body of this size", false, 413), "too-large");
    EXPECT_STREQ(refusalCause("Missing required value in 'statements.0.verb'", false, 400), "missing-value");
    EXPECT_STREQ(refusalCause("Problem in 'statements.0.verb.id'. Received '1'", false, 400), "wrong-value");
    EXPECT_STREQ(refusalCause("Unknown keys (Test) set in 'statements.0'", false, 400), "unknown-key");
    EXPECT_STREQ(refusalCause("x is duplicated in the current batch", false, 400), "repeated-id");
    EXPECT_STREQ(refusalCause("Received missing attachments (00)", false, 400), "missing-attachment");
    EXPECT_STREQ(refusalCause("<html>", false, 400), "other");
}

TEST_F(Quarantine, groupsWhatWasRefusedForOneCause) {
    plan({aGrade(1), aGrade(2), aGrade(3)}, 1);
    post({1, 2, 3}, {wrong(1, "0"), wrong(2, "1"), {3, idOf("grade-3-1") + " is conflicting", true}});
    QuarantineFilter filter;
    filter.organization = kTarget.organization;

    const auto groups = quarantine.groups(filter);

    ASSERT_THAT(groups, SizeIs(2));
    EXPECT_EQ(groups[0].group, "Missing required value in 'statements.N.verb'");
    EXPECT_EQ(groups[0].count, 2);
    EXPECT_EQ(groups[1].cause, "conflict");
    filter.reason = groups[0].group;
    EXPECT_THAT(quarantine.list(filter, 0, 100), SizeIs(2));
    filter.reason = "STATEMENTS.1.";
    EXPECT_THAT(quarantine.list(filter, 0, 100), SizeIs(1)) << "a part of the words";
    filter.reason = "statements%1";
    EXPECT_THAT(quarantine.list(filter, 0, 100), IsEmpty()) << "a sign is a sign, no pattern";
}

TEST_F(Quarantine, aRunHasWhatItsOwnRefusalPutAside) {
    const auto of = [this](std::int64_t run, const std::string& state = "open") {
        QuarantineFilter filter;
        filter.runId = run;
        return seqs(state, filter);
    };
    plan({aGrade(1), aGrade(2), aGrade(3)}, 1);
    post({1, 2, 3}, {wrong(1), wrong(2)}, 1);
    db.clock.advance(std::chrono::hours(24));
    quarantine.mark("replay", rows("open"), "", "anna");
    plan({aGrade(1), aGrade(2), aGrade(3)}, 2);

    post({1, 2}, {wrong(1)}, 2);
    post({2}, {}, 2);

    EXPECT_THAT(of(1), IsEmpty()) << "refused anew in the second run";
    EXPECT_THAT(of(2), ElementsAre(1));
    EXPECT_THAT(of(1, "replayed"), ElementsAre(2)) << "its last refusal was the first run's";
    EXPECT_THAT(of(3, ""), IsEmpty());
    QuarantineFilter second;
    second.organization = kTarget.organization;
    second.runId = 2;
    ASSERT_THAT(quarantine.groups(second), SizeIs(1));
    EXPECT_EQ(quarantine.groups(second)[0].count, 1);
    EXPECT_THAT(db.text("SELECT COUNT(*) FROM u2035_attempt WHERE seq = 1"), testing::Eq("2"));
}

TEST_F(Quarantine, aRowsSuccessorIsLookedUpByItsRecordHoweverLargeTheStoreIs) {
    std::vector<std::string> steps;
    db.database.read([&](Poco::Data::Session& session) {
        std::vector<int> ids, parents, unused;
        session << std::string("EXPLAIN QUERY PLAN SELECT o.seq FROM u2035_outbox o WHERE ") + kSuperseded,
            Poco::Data::Keywords::into(ids), Poco::Data::Keywords::into(parents), Poco::Data::Keywords::into(unused),
            Poco::Data::Keywords::into(steps), Poco::Data::Keywords::now;
    });

    EXPECT_THAT(steps, testing::Contains(testing::HasSubstr("(record_kind=? AND record_id=?)")));
}

TEST_F(Quarantine, aRefusalOfBeforeThereWereAttemptsIsKnownByItsLastPost) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)}, 1);
    db.execute("DELETE FROM u2035_attempt");
    QuarantineFilter first;
    first.runId = 1;

    EXPECT_THAT(seqs("open", first), ElementsAre(1));
}

TEST_F(Quarantine, listsNewestFirstByKeysetAndByFilter) {
    plan({aGrade(1), aGrade(2), aGrade(3)}, 1);
    post({1, 2, 3}, {wrong(1), wrong(2), {3, "x is conflicting", true}});
    QuarantineFilter all;
    all.organization = kTarget.organization;

    auto first = quarantine.list(all, 0, 2);
    auto second = quarantine.list(all, first.back().seq, 2);

    ASSERT_THAT(first, SizeIs(2));
    EXPECT_EQ(first[0].seq, 3);
    ASSERT_THAT(second, SizeIs(1));
    EXPECT_EQ(second[0].seq, 1);
    QuarantineFilter some;
    some.conflict = true;
    EXPECT_THAT(seqs("open", some), ElementsAre(3));
    some.conflict = false;
    EXPECT_THAT(seqs("open", some), ElementsAre(2, 1));
    QuarantineFilter ofLearner;
    ofLearner.learnerId = 1'002;
    EXPECT_THAT(seqs("open", ofLearner), ElementsAre(2));
    QuarantineFilter foreign;
    foreign.organization = "another";
    EXPECT_THAT(quarantine.list(foreign, 0, 10), IsEmpty());
}

TEST_F(Quarantine, aReplayGoesWithTheSameBytesOnceAPlanHoldsItAgain) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});
    const auto before = outbox.bytes({1}).front();

    EXPECT_THAT(quarantine.mark("replay", rows("open"), "ещё раз", "anna"), ElementsAre(1));

    EXPECT_THAT(due(), IsEmpty()) << "nothing goes that no plan has confirmed";
    EXPECT_THAT(seqs("open"), IsEmpty());
    EXPECT_THAT(seqs("replayed"), ElementsAre(1));
    auto again = aGrade(1);
    again.bytes = bytesOf(again.statementId, "rendered at another time");
    plan({again}, 2);
    EXPECT_THAT(due(), ElementsAre(1));
    EXPECT_EQ(outbox.bytes({1}).front(), before);
    EXPECT_THAT(actions(1), ElementsAre("replay by anna"));
    post({1}, {}, 2);
    EXPECT_EQ(state(1), "accepted");
    EXPECT_EQ(rows("replayed").at(0).reason, wrong(1).reason) << "the refusal that it was about is remembered";
}

TEST_F(Quarantine, aReplayOfWhatChangedIsRenderedAnew) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});
    quarantine.mark("replay", rows("open"), "", "anna");
    auto changed = aGrade(1);
    changed.digest = "other facts";
    changed.bytes = bytesOf(changed.statementId, "new");

    plan({changed}, 2);

    EXPECT_THAT(due(), ElementsAre(1));
    EXPECT_EQ(outbox.bytes({1}).front(), changed.bytes);
}

TEST_F(Quarantine, withoutAWordThePlanWritesDownWhatItRendersAnew) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});

    plan({aGrade(1)}, 2);
    EXPECT_EQ(state(1), "quarantined") << "the same would be refused again";
    plan({aGrade(1)}, 3, "bas 2 def");

    EXPECT_EQ(state(1), "waiting");
    EXPECT_THAT(actions(1), ElementsAre("renewed by run:3"));
    EXPECT_EQ(quarantine.decisions(1).at(0).reason, wrong(1).reason);
}

TEST_F(Quarantine, aConflictGoesAgainOnlyByAPersonsWord) {
    plan({aGrade(1)}, 1);
    post({1}, {{1, "x is conflicting", true}}, 1, 409);
    plan({aGrade(1)}, 2, "bas 2 def");
    EXPECT_THAT(due(), IsEmpty());

    quarantine.mark("replay", rows("open"), "", "anna");
    plan({aGrade(1)}, 3);

    EXPECT_THAT(due(), ElementsAre(1));
    post({1}, {{1, "x is conflicting", true}}, 3, 409);
    EXPECT_THAT(seqs("open"), ElementsAre(1)) << "refused again: the word is used up";
    plan({aGrade(1)}, 4);
    EXPECT_THAT(due(), IsEmpty());
}

TEST_F(Quarantine, whatIsDiscardedStaysWhateverChangesAroundItAndIsNamedEveryNight) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});
    quarantine.mark("discard", rows("open"), "ошибка", "anna");
    auto changed = aGrade(1);
    changed.digest = "other facts";

    plan({changed}, 2, "bas 2 def");

    EXPECT_EQ(state(1), "quarantined");
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_EQ(discardedIn(2), "1 annaошибка;");
    EXPECT_THAT(seqs("discarded"), ElementsAre(1));
    const auto counts = outbox.counts(kTarget.storeId);
    EXPECT_EQ(counts.quarantined, 0);
    EXPECT_EQ(counts.discarded, 1);
    EXPECT_FALSE(outbox.frozen(kTarget.storeId, {changed.statementId}).at(changed.statementId).replaceable)
        << "a preview shows what is frozen, not what will never go";
    RecordFates fates(db, kTarget.storeId);
    fates.load(changed.record.kind, {changed.record.id});
    EXPECT_TRUE(fates.find(changed.record.id)->discarded);
}

TEST_F(Quarantine, aNewRevisionOfWhatWasDiscardedIsDueAndTheOldOneDone) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});
    quarantine.mark("discard", rows("open"), "ошибка", "anna");

    plan({aGrade(1, "", 2)}, 2);

    EXPECT_THAT(due(), ElementsAre(2));
    EXPECT_THAT(seqs("discarded"), IsEmpty());
    EXPECT_THAT(seqs("superseded"), ElementsAre(1));
    EXPECT_EQ(outbox.counts(kTarget.storeId).discarded, 0);
    EXPECT_EQ(discardedIn(2), "");
}

TEST_F(Quarantine, aRestoredOneIsOpenAgainAndGoesWhenItIsReplayed) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});
    quarantine.mark("discard", rows("open"), "ошибка", "anna");

    EXPECT_THAT(quarantine.restore(rows("discarded"), "", "boris"), ElementsAre(1));

    EXPECT_THAT(seqs("open"), ElementsAre(1));
    EXPECT_EQ(outbox.counts(kTarget.storeId).quarantined, 1);
    quarantine.mark("replay", rows("open"), "", "anna");
    plan({aGrade(1)}, 2);
    EXPECT_THAT(due(), ElementsAre(1));
    EXPECT_THAT(actions(1), ElementsAre("discard by anna", "restore by boris", "replay by anna"));
}

TEST_F(Quarantine, aWordAboutOneRefusalIsNoneAboutAnother) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});
    const auto seen = rows("open");
    quarantine.mark("replay", seen, "", "boris");
    plan({aGrade(1)}, 2);
    db.clock.advance(std::chrono::minutes(1));
    post({1}, {{1, "x is conflicting", true}}, 2, 409);

    EXPECT_THAT(quarantine.mark("replay", seen, "", "anna"), IsEmpty());
    EXPECT_EQ(state(1), "quarantined");
    EXPECT_THAT(actions(1), ElementsAre("replay by boris"));
}

TEST_F(Quarantine, saysHowManyWaitForAMethodistsStatement) {
    const auto element = anElement(5);
    plan({element, aGrade(1, element.statementId), aGrade(2, element.statementId)}, 1);
    post({1}, {wrong(1)});

    EXPECT_EQ(rows("open").at(0).dependents, 2);
    quarantine.mark("discard", rows("open"), "лишний", "anna");
    plan({element, aGrade(1, element.statementId), aGrade(2, element.statementId)}, 2);
    EXPECT_EQ(discardedIn(2), "1 annaлишний;2 waits annaлишний;3 waits annaлишний;");
}

TEST_F(Quarantine, aLaterPlanUnderAnotherKindTakesThePlaceOfTheRefused) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});
    auto other = aGrade(1);
    other.kind = "learner.final-work";
    other.statementId = idOf("final-work-1");
    plan({other}, 2);
    EXPECT_THAT(seqs("superseded"), ElementsAre(1));

    plan({aGrade(1)}, 3);
    outbox.withdrawUnplanned(kTarget.storeId, 0, 3);

    EXPECT_THAT(seqs("open"), ElementsAre(1)) << "told as before again";
}

TEST_F(Quarantine, aRefusedCancellationCancelsNothingUntilItIsReplayedAndAccepted) {
    plan({aGrade(1)}, 1);
    post({1}, {});
    auto cancel = anElement(1);
    cancel.kind = "methodist.cancel";
    cancel.record = {"statement", 1, 1};
    cancel.dependsOn = aGrade(1).statementId;
    plan({cancel}, 2);
    post({2}, {wrong(2)}, 2);
    const auto cancelled = [&] {
        KnownRecords known(db, kTarget.storeId, 7);
        return known.find("learner.grade", 1)->cancelled;
    };

    quarantine.mark("discard", rows("open"), "отмена не нужна", "anna");
    plan({cancel}, 3);

    EXPECT_EQ(discardedIn(3), "2 annaотмена не нужна;");
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_FALSE(cancelled()) << "what was told stands";
    quarantine.restore(rows("discarded"), "", "anna");
    quarantine.mark("replay", rows("open"), "", "anna");
    plan({cancel}, 4);
    EXPECT_THAT(due(), ElementsAre(2));
    post({2}, {}, 4);
    EXPECT_TRUE(cancelled());
    const auto way = ways.find(kTarget.organization, "result", 1, 0);
    ASSERT_THAT(way.statements, SizeIs(2));
    EXPECT_EQ(way.statements[1].cancels, aGrade(1).statementId);
}

TEST_F(Quarantine, remembersEveryPostOfAStatementAndItsPlace) {
    plan({aGrade(1), aGrade(2), aGrade(3)}, 1);
    post({1, 2, 3}, {wrong(2, "1")});
    post({1, 3}, {});
    quarantine.mark("replay", rows("open"), "", "anna");
    plan({aGrade(2)}, 2);
    post({2}, {}, 2);

    const auto second = ways.attempts(2);
    const auto third = ways.attempts(3);

    ASSERT_THAT(second, SizeIs(2));
    EXPECT_EQ(second[0].place, 2);
    EXPECT_EQ(second[0].batch.outcome, "data");
    EXPECT_EQ(second[1].place, 1);
    EXPECT_EQ(second[1].batch.runId, 2);
    ASSERT_THAT(third, SizeIs(2));
    EXPECT_EQ(third[0].place, 3);
    EXPECT_EQ(third[1].place, 2);
    EXPECT_EQ(third[1].batch.outcome, "accepted");
}

TEST_F(Quarantine, whatWasPostedBeforePlacesWereKeptIsKnownByItsLastPost) {
    plan({aGrade(1)}, 1);
    post({1}, {});
    db.execute("DELETE FROM u2035_attempt");

    const auto found = ways.attempts(1);

    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].place, 0);
    EXPECT_EQ(found[0].batch.status, 200);
}

TEST_F(Quarantine, groupsWhatAnEarlierVersionRefused) {
    plan({aGrade(1)}, 1);
    post({1}, {wrong(1)});
    db.execute("UPDATE u2035_refusal SET cause = '', reason_group = ''");

    quarantine.groupOlder();

    EXPECT_EQ(rows("open").at(0).cause, "missing-value");
    EXPECT_EQ(rows("open").at(0).group, "Missing required value in 'statements.N.verb'");
}

TEST_F(Quarantine, tellsAllRevisionsAndStoresOfARecordAndNoOther) {
    plan({aGrade(1), aGrade(2)}, 1);
    post({1}, {wrong(1)});
    plan({aGrade(1, "", 2)}, 2);
    outbox.add({"22222222-2222-4222-8222-222222222222", kTarget.organization, kTarget.project}, "bas", "bas 1 abc", 2,
               {aGrade(1, "", 2)});

    const auto way = ways.find(kTarget.organization, "result", 1, 0);

    ASSERT_THAT(way.statements, SizeIs(3));
    EXPECT_TRUE(way.statements[0].superseded);
    ASSERT_TRUE(way.statements[0].refusal);
    EXPECT_EQ(way.statements[0].refusal->errorId, "e-1");
    EXPECT_THAT(way.statements[0].attempts, SizeIs(1));
    EXPECT_EQ(way.statements[1].row.record.revision, 2);
    EXPECT_NE(way.statements[1].row.target.storeId, way.statements[2].row.target.storeId);
    EXPECT_THAT(ways.find("another", "result", 1, 0).statements, IsEmpty());
    EXPECT_THAT(ways.find(kTarget.organization, "view", 1, 0).statements, IsEmpty());
}

}  // namespace
