#include "host/connections/Diagnosis.h"
#include "tests/unit/connections/RouteRunFixture.h"

namespace {

using namespace host;
using namespace host::connections;
using tests::Cells;
using tests::ScriptedReader;

class RouteRunTest : public tests::RouteRunFixture {};

TEST_F(RouteRunTest, bringsRowsInAndTheSecondRunBringsNothing) {
    auto rows = many(0, 2500);
    auto out = run(rows);
    EXPECT_EQ(out.end, End::Done) << out.detail;
    EXPECT_EQ(out.counts.created, 2500);
    const auto before = revisions();

    out = run(rows);
    EXPECT_EQ(out.counts.unchanged, 2500);
    EXPECT_EQ(out.counts.created + out.counts.updated, 0);
    EXPECT_EQ(revisions(), before);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM source_brought"), 2500);
}

TEST_F(RouteRunTest, aRowAsTheSourceHasItNowGetsTheNextRevision) {
    run({{"1", "501", "Ivanov", "1"}});
    const auto out = run({{"1", "501", "Petrov", "2"}});
    EXPECT_EQ(out.counts.updated, 1);
    EXPECT_EQ(revisions(), 2);
}

TEST_F(RouteRunTest, badRowsAreSkippedWithPlaceColumnValueReasonAndFix) {
    const auto out = run(
        {{"1", "501", "A", "1"}, {"2", "0502", "B", "2"}, {"3", std::nullopt, "C", "3"}, {"4", "504", "skip", "4"}});
    EXPECT_EQ(out.end, End::Done);
    EXPECT_EQ(out.counts.rows, 4);
    EXPECT_EQ(out.counts.created, 2);
    EXPECT_EQ(out.counts.skipped, 1);
    EXPECT_EQ(out.counts.rejected, 1);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].place, "row 2");
    EXPECT_EQ(errors[0].column, "unti");
    EXPECT_EQ(errors[0].value, "0502");
    EXPECT_FALSE(errors[0].reason.empty());
    EXPECT_FALSE(errors[0].fix.empty());
    EXPECT_EQ(out.failuresOfColumn.at("unti"), 1);
}

TEST_F(RouteRunTest, aBadRowStopsTheRunWhereTheRouteSaysSo) {
    rules.stopOnError = true;
    const auto out = run({{"1", "501", "A", "1"}, {"2", "0502", "B", "2"}, {"3", "503", "C", "3"}});
    EXPECT_EQ(out.end, End::BadRow);
    EXPECT_NE(out.detail.find("row 2"), std::string::npos) << out.detail;
    EXPECT_EQ(learners(), 1) << "what came before stays, what comes after is not read";
}

TEST_F(RouteRunTest, aRowThatCantBeReadStopsTheRunAsWell) {
    rules.stopOnError = true;
    ScriptedReader reader(columns, {{"1", "501", "A", "1"}, {"2", "502", "B", "2"}, {"3", "503", "C", "3"}});
    reader.problemAt(1, {"name", "is not windows-1251", "Give the encoding."});
    const auto out = run(reader);
    EXPECT_EQ(out.end, End::BadRow);
    EXPECT_EQ(learners(), 1);
}

TEST_F(RouteRunTest, saysWhichColumnIsAbsentAndWhichIsNear) {
    columns[1] = "untl";
    const auto out = run({{"1", "501", "A", "1"}});
    EXPECT_EQ(out.end, End::DoesNotFit);
    ASSERT_EQ(out.absent.size(), 1U);
    EXPECT_EQ(out.absent[0].pointer, "unti");
    EXPECT_NE(out.absent[0].fix.find("'untl'"), std::string::npos);
    EXPECT_EQ(learners(), 0);
}

TEST_F(RouteRunTest, whatCameBeforeTheConnectionWentStays) {
    ScriptedReader reader(columns, many(0, 3000));
    const auto out = run(reader.breaksAfter(1500));
    EXPECT_EQ(out.end, End::Broken);
    EXPECT_EQ(out.broken, sdk::SourceError::Kind::Interrupted);
    EXPECT_EQ(out.counts.created, 1500);

    const auto again = run(many(0, 3000));
    EXPECT_EQ(again.counts.created, 1500);
    EXPECT_EQ(again.counts.unchanged, 1500);
    EXPECT_EQ(revisions(), 3000);
}

TEST_F(RouteRunTest, aCrashBetweenBatchesLosesAndRepeatsNothing) {
    watermark();
    ScriptedReader reader(columns, many(0, 3000));
    reader.breaksAfter(2500, [] { throw std::runtime_error("killed"); });
    EXPECT_THROW(run(reader), std::runtime_error);
    EXPECT_EQ(learners(), 2000) << "whole batches only";
    EXPECT_EQ(savedMark(), "-") << "of rows in no order nothing can be left out";

    const auto again = run(many(0, 3000));
    EXPECT_FALSE(asked);
    EXPECT_EQ(again.counts.created, 1000);
    EXPECT_EQ(revisions(), 3000);
    EXPECT_EQ(savedMark(), "2999");
}

TEST_F(RouteRunTest, ofAscendingRowsACrashedRunIsGoneOnWith) {
    watermark(true);
    ScriptedReader reader(columns, many(0, 3000));
    reader.breaksAfter(2500, [] { throw std::runtime_error("killed"); });
    EXPECT_THROW(run(reader), std::runtime_error);
    EXPECT_EQ(savedMark(), "1999");

    const auto again = run(many(1999, 3000));
    EXPECT_EQ(asked, "1999");
    EXPECT_EQ(again.counts.unchanged, 1);
    EXPECT_EQ(learners(), 3000);
}

TEST_F(RouteRunTest, ascendingRowsThatAreNotEndTheRunAndTheNextReadsAll) {
    watermark(true);
    auto rows = many(0, 1500);
    rows[1200][3] = "5";
    const auto out = run(rows);
    EXPECT_EQ(out.end, End::OutOfOrder);
    EXPECT_EQ(savedMark(), "-");
}

TEST_F(RouteRunTest, rowsOfTheSameMomentComeAgainSoThatNoneIsLost) {
    watermark();
    run({{"1", "501", "A", "7"}, {"2", "502", "B", "7"}});
    EXPECT_EQ(savedMark(), "7");
    const auto out = run({{"1", "501", "A", "7"}, {"2", "502", "B", "7"}, {"3", "503", "C", "7"}});
    EXPECT_EQ(asked, "7");
    EXPECT_EQ(out.counts.created, 1);
    EXPECT_EQ(out.counts.unchanged, 2);
}

TEST_F(RouteRunTest, theWatermarkNeverPassesARowThatWasRefused) {
    watermark();
    run({{"1", "501", "A", "7"}, {"2", "bad", "B", "8"}, {"3", "503", "C", "9"}});
    EXPECT_EQ(savedMark(), "8");
    run({{"2", "502", "B", "8"}, {"3", "503", "C", "9"}});
    EXPECT_EQ(savedMark(), "9");
    EXPECT_EQ(learners(), 3);
}

TEST_F(RouteRunTest, aRowOfTheFutureIsTakenAndToldAndHidesNoneThatComeLater) {
    watermark();
    rules.watermark->type = WatermarkType::Time;
    auto out = run({{"1", "501", "A", "2026-02-01 10:00:00"}, {"2", "502", "B", "2062-01-01 00:00:00"}});
    EXPECT_EQ(out.counts.created, 2);
    EXPECT_EQ(savedMark(), "2026-02-01 10:00:00");
    const auto told = diagnose(out);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].code, "source.future");
    for (const auto* part : {"row 2", "changed", "2062-01-01 00:00:00"})
        EXPECT_NE(told[0].detail.find(part), std::string::npos) << told[0].detail;

    out = run({{"1", "501", "A", "2026-02-01 10:00:00"},
               {"2", "502", "B", "2062-01-01 00:00:00"},
               {"3", "503", "C", "2026-02-20 10:00:00"}});
    EXPECT_EQ(asked, "2026-02-01 10:00:00");
    EXPECT_EQ(out.counts.created, 1);
    EXPECT_EQ(savedMark(), "2026-02-20 10:00:00");
}

TEST_F(RouteRunTest, aRouteThatHadReadIntoTheFutureReadsEverythingAgain) {
    watermark();
    rules.watermark->type = WatermarkType::Time;
    db.execute("UPDATE source_route_state SET watermark = '2062-01-01T00:00:00Z' WHERE route_id = 1");
    const auto out = run({{"1", "501", "A", "2026-02-01T10:00:00Z"}});
    EXPECT_FALSE(asked) << "everything";
    EXPECT_EQ(out.counts.created, 1);
    EXPECT_EQ(savedMark(), "2026-02-01T10:00:00Z");
    ASSERT_EQ(diagnose(out).size(), 1U);
    EXPECT_EQ(diagnose(out)[0].code, "source.future");
    run({});
    EXPECT_EQ(asked, "2026-02-01T10:00:00Z");
}

TEST_F(RouteRunTest, ascendingRowsStayInOrderAfterOneOfTheFuture) {
    watermark(true);
    rules.watermark->type = WatermarkType::Time;
    const auto out = run({{"1", "501", "A", "2062-01-01T00:00:00Z"}, {"2", "502", "B", "2026-02-01T10:00:00Z"}});
    EXPECT_EQ(out.end, End::Done) << out.detail;
    EXPECT_EQ(savedMark(), "2026-02-01T10:00:00Z");
}

TEST_F(RouteRunTest, aFullRunLeavesTheWatermarkAside) {
    watermark();
    run({{"1", "501", "A", "7"}});
    run({{"1", "501", "A", "7"}}, {.full = true});
    EXPECT_FALSE(asked);
}

TEST_F(RouteRunTest, aRecordOfTwoRowsThatContradictIsToldAndOneThatRepeatsIsNot) {
    const auto out =
        run({{"1", "501", "A", "1"}, {"1", "501", "A", "1"}, {"1", "501", "B", "1"}, {"2", "502", "B", "1"}});
    EXPECT_EQ(out.counts.created, 2);
    EXPECT_EQ(out.counts.repeated, 1);
    EXPECT_EQ(out.counts.rejected, 1);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].place, "row 3");
    EXPECT_EQ(revisions(), 2);
    auto far = many(10, 2500);
    far.push_back(far.front());
    far.back()[2] = "Other";
    EXPECT_EQ(run(far).counts.rejected, 1) << "batches apart";
}

TEST_F(RouteRunTest, aRecordThatChangesWhileTheSourceIsReadIsTakenAsItIsNow) {
    watermark();
    const auto out = run({{"1", "501", "A", "1"}, {"2", "502", "B", "2"}, {"1", "501", "New", "3"}});
    EXPECT_EQ(out.counts.rejected, 0);
    EXPECT_EQ(out.counts.updated, 1);
}

TEST_F(RouteRunTest, followsDeletionsAfterAWholeFullRun) {
    rules.followDeletions = true;
    run(many(0, 10));
    const auto out = run(many(1, 10));
    EXPECT_EQ(out.end, End::Done) << out.detail;
    EXPECT_EQ(out.counts.deleted, 1);
    EXPECT_EQ(learners(), 9);
    EXPECT_EQ(run(many(1, 10)).counts.deleted, 0);
    EXPECT_EQ(run(many(0, 10)).counts.updated, 1) << "it is there again";
    EXPECT_EQ(learners(), 10);
}

TEST_F(RouteRunTest, deletesNothingWhenTheReaderBroke) {
    rules.followDeletions = true;
    run(many(0, 10));
    ScriptedReader reader(columns, many(0, 10));
    EXPECT_EQ(run(reader.breaksAfter(9)).end, End::Broken);
    EXPECT_EQ(learners(), 10);
}

TEST_F(RouteRunTest, deletesNothingWhenARowCouldNotBeIdentified) {
    rules.followDeletions = true;
    run(many(0, 10));
    ScriptedReader reader(columns, many(0, 10));
    reader.problemAt(9, {"", "is cut off", ""});
    EXPECT_EQ(run(reader).end, End::Done);
    EXPECT_EQ(learners(), 10);
    ASSERT_FALSE(notes.empty());
    auto rows = many(0, 10);
    rows[9][0] = std::nullopt;
    run(rows);
    EXPECT_EQ(learners(), 10);
}

TEST_F(RouteRunTest, aRefusedRowIsStillThere) {
    rules.followDeletions = true;
    run(many(0, 10));
    auto rows = many(0, 10);
    rows[9][1] = "bad";
    ScriptedReader reader(columns, rows);
    reader.problemAt(8, {"name", "is not UTF-8", ""});
    EXPECT_EQ(run(reader).counts.rejected, 2);
    EXPECT_EQ(learners(), 10);
    EXPECT_TRUE(notes.empty());
}

TEST_F(RouteRunTest, moreThanTheRouteAllowsAreDeletedOnAPersonsWordOnly) {
    rules.followDeletions = true;
    run(many(0, 10));
    auto out = run(many(3, 10));
    EXPECT_EQ(out.end, End::Deletions);
    EXPECT_EQ(out.toDelete, 3);
    EXPECT_EQ(learners(), 10);
    out = run({});
    EXPECT_EQ(out.end, End::Deletions) << "an empty answer deletes nobody";
    out = run(many(3, 10), {.full = true, .confirmDeletions = true});
    EXPECT_EQ(out.end, End::Done);
    EXPECT_EQ(out.counts.deleted, 3);
    EXPECT_EQ(learners(), 7);
}

TEST_F(RouteRunTest, anIncrementalRunDeletesNothing) {
    rules.followDeletions = true;
    rules.maxDeletedPercent = 100;
    watermark();
    run(many(0, 10));
    EXPECT_EQ(run({many(9, 10)}).counts.deleted, 0);
    EXPECT_EQ(learners(), 10);
}

TEST_F(RouteRunTest, whatAnotherRouteBringsStays) {
    rules.followDeletions = true;
    rules.maxDeletedPercent = 100;
    run(many(0, 2));
    addRoute(2);
    rules.routeId = 2;
    run(many(1, 3));
    rules.routeId = 1;
    const auto out = run(many(0, 1));
    EXPECT_EQ(out.counts.deleted, 0);
    EXPECT_EQ(learners(), 3);
}

TEST_F(RouteRunTest, aRunOfARouteThatWasChangedMeanwhileWritesNothingMore) {
    ScriptedReader reader(columns, many(0, 2500));
    reader.atRow = [&](std::size_t row) {
        if (row == 1500) db.database.write([](Poco::Data::Session& s) { RouteState(s, 1).change(true); });
    };
    EXPECT_EQ(run(reader).end, End::Changed);
    EXPECT_EQ(learners(), 1000);
}

TEST_F(RouteRunTest, endsWhenItIsAskedToAndKeepsWhatItHas) {
    std::stop_source source;
    ScriptedReader reader(columns, many(0, 2500));
    reader.atRow = [&](std::size_t row) {
        if (row == 1500) source.request_stop();
    };
    const auto out = run(reader, {}, source.get_token());
    EXPECT_EQ(out.end, End::Cancelled);
    EXPECT_EQ(learners(), 1501);
}

TEST_F(RouteRunTest, countsRowsThatNameRecordsWhichAreNotThere) {
    map(R"({"target":"enrollments","externalId":{"column":"id"},
            "fields":{"learner":{"column":"unti"},"flow":{"column":"name"},"status":{"constant":"enrolled"}}})");
    const auto out = run({{"1", "l9", "f9", "1"}});
    EXPECT_EQ(out.unknownTargets, 1);
    EXPECT_EQ(out.counts.rejected, 1);
}

}  // namespace
