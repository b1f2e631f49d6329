#include "plugin/store/ReadingStore.h"
#include "plugin/store/ReceiptStore.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using testing::HasSubstr;
using testing::IsEmpty;
using Mode = delivery::ReadBackSettings::Mode;
using Reading = SimulatedLrs::Reading;

namespace {

struct ReadBack : testing::Test, NightWorld {
    ReadBack() {
        settings.readBack.mode = Mode::Whole;
        connect();
    }

    std::int64_t all() { return db.number("SELECT COUNT(*) FROM u2035_outbox"); }
    std::string idAt(std::int64_t seq) {
        return db.text("SELECT statement_id FROM u2035_outbox WHERE seq = " + std::to_string(seq));
    }
    /// A learner's statement of the first night.
    std::string anId() { return db.text("SELECT MIN(statement_id) FROM u2035_outbox WHERE learner_id <> 0"); }
    std::string stateOf(const std::string& id) {
        return db.text("SELECT state FROM u2035_outbox WHERE statement_id = '" + id + "'");
    }
    std::string verdictOf(const std::string& id) {
        return db.text(
            "SELECT COALESCE(MAX(r.verdict), '') FROM u2035_reading r JOIN u2035_outbox o ON o.seq = r.seq"
            " WHERE o.statement_id = '" +
            id + "'");
    }
    std::size_t getsOf(const std::string& id) {
        const auto gets = lrs.gets();
        return static_cast<std::size_t>(std::count(gets.begin(), gets.end(), "statementId=" + id));
    }
    std::size_t postsOf(const std::string& id) {
        std::size_t count = 0;
        for (const auto& post : lrs.posts())
            count += static_cast<std::size_t>(std::count(post.ids.begin(), post.ids.end(), id));
        return count;
    }
    store::ParsedReceipt lastReceipt() {
        return *store::parseReceipt(receipts.list({.organization = sample.organization.id}, 0, 1).at(0).text);
    }
    std::string unsendableOf(const std::string& code) {
        return db.text("SELECT COALESCE(MAX(reason), '') FROM u2035_unsendable WHERE code = '" + code + "'");
    }

    store::ReceiptStore receipts{db};
    std::string hidden;  ///< an id that the LRS shows late from the next POST on
};

TEST_F(ReadBack, confirmsWhatIsThereAsItWasSent) {
    auto report = run();

    EXPECT_GT(all(), 20);
    EXPECT_EQ(inState("confirmed"), all());
    EXPECT_EQ(report.counts["confirmed"], all());
    EXPECT_EQ(report.counts["missing"], 0);
    EXPECT_EQ(lastRun().state, "done");
    EXPECT_EQ(static_cast<std::int64_t>(lrs.gets().size()), all());
}

TEST_F(ReadBack, readsWhatIsConfirmedAgainOnlyAsASample) {
    settings.readBack.sample = 3;
    run();
    const auto before = lrs.gets().size();

    auto second = run();

    EXPECT_EQ(lrs.gets().size(), before + 3);
    EXPECT_EQ(second.counts["confirmed"], 0);
}

TEST_F(ReadBack, aSampleCoversEverythingOverTime) {
    settings.readBack.mode = Mode::Sample;
    settings.readBack.sample = 10;
    auto first = run();
    EXPECT_EQ(first.counts["confirmed"], 10);
    EXPECT_EQ(lastReceipt().mode, "sample");
    EXPECT_EQ(lastReceipt().count("read.of"), all());

    for (std::int64_t nights = all() / 10; nights > 0; --nights) run();

    EXPECT_EQ(inState("confirmed"), all());
}

TEST_F(ReadBack, readsNothingWhenItIsSwitchedOff) {
    settings.readBack.mode = Mode::None;

    run();

    EXPECT_THAT(lrs.gets(), IsEmpty());
    EXPECT_EQ(inState("accepted"), all());
    EXPECT_EQ(lastReceipt().mode, "none");
    EXPECT_EQ(lastReceipt().count("sent"), all());
}

TEST_F(ReadBack, whatIsMissingGoesAgainWithTheSameBytes) {
    run();
    const auto id = anId();
    const auto bytes = lrs.stored().at(id);
    lrs.forget(id);

    auto missed = run();

    EXPECT_EQ(missed.counts["missing"], 1);
    EXPECT_EQ(stateOf(id), "in_doubt");
    EXPECT_EQ(lastRun().state, "incomplete");
    EXPECT_EQ(lastReceipt().count("missing"), 1);
    auto again = run();
    EXPECT_EQ(again.counts["delivered"], 1);
    EXPECT_EQ(again.counts["confirmed"], 1);
    EXPECT_EQ(stateOf(id), "confirmed");
    EXPECT_EQ(lrs.stored().at(id), bytes);
    EXPECT_EQ(lastReceipt().count("sent"), 1);
    EXPECT_TRUE(receipts.verify(sample.organization.id).reason.empty());
}

TEST_F(ReadBack, aChangedRecordDoesNotChangeTheBytesOfWhatIsMissing) {
    run();
    const auto id = db.text("SELECT statement_id FROM u2035_outbox WHERE kind = 'learner.grade' LIMIT 1");
    const auto bytes = lrs.stored().at(id);
    lrs.forget(id);
    run();
    for (auto& result : host.records_.results_) result.revision += 1;

    run();

    EXPECT_EQ(lrs.stored().at(id), bytes);
}

TEST_F(ReadBack, whatIsShownLateIsNotMissing) {
    settings.readBack.mode = Mode::None;
    run();
    const auto id = anId();
    lrs.late_[id] = 1;
    settings.readBack.mode = Mode::Whole;
    // As if just sent: no receipt tells of it yet.
    db.execute("DELETE FROM u2035_receipt");
    const auto before = db.clock.steadyNow();

    auto report = run();

    EXPECT_EQ(report.counts["missing"], 0);
    EXPECT_EQ(stateOf(id), "confirmed");
    EXPECT_EQ(getsOf(id), 2u);
    EXPECT_GE(db.clock.steadyNow() - before, settings.readBack.pause);
    EXPECT_EQ(postsOf(id), 1u);
}

TEST_F(ReadBack, whatIsStillNotThereAfterThePauseIsMissing) {
    lrs.onPost_ = [this] {
        if (lrs.late_.empty() && !hidden.empty()) lrs.late_[hidden] = 2;
    };
    settings.readBack.mode = Mode::None;
    integrations.stillActive_ = false;
    run();  // planned only
    integrations.stillActive_ = true;
    hidden = anId();
    settings.readBack.mode = Mode::Whole;

    auto report = run();

    EXPECT_EQ(report.counts["missing"], 1);
    EXPECT_EQ(stateOf(hidden), "in_doubt");
    EXPECT_EQ(getsOf(hidden), 2u);
}

TEST_F(ReadBack, whatIsLateWithoutTimeForAPauseIsAskedForNextNight) {
    settings.readBack.budget = std::chrono::seconds(5);  // the pause is longer
    settings.readBack.mode = Mode::None;
    integrations.stillActive_ = false;
    run();
    integrations.stillActive_ = true;
    const auto id = anId();
    lrs.late_[id] = 1;
    settings.readBack.mode = Mode::Whole;

    run();

    EXPECT_EQ(stateOf(id), "accepted");
    EXPECT_EQ(verdictOf(id), "late");
    EXPECT_EQ(lastReceipt().count("read.late"), 1);
    EXPECT_EQ(lastReceipt().count("missing"), 0);
    run();
    EXPECT_EQ(stateOf(id), "confirmed");
    EXPECT_EQ(postsOf(id), 1u);
}

TEST_F(ReadBack, whatIsMissingThreeTimesIsListedAndNotSentForEver) {
    run();
    const auto id = anId();
    lrs.onGet_ = [&] { lrs.forget(id); };

    for (int night = 0; night < 6; ++night) run();

    EXPECT_EQ(postsOf(id), 3u);
    EXPECT_EQ(stateOf(id), "accepted");
    EXPECT_EQ(verdictOf(id), "lost");
    EXPECT_THAT(unsendableOf("lost-in-store"), HasSubstr(id));
    EXPECT_EQ(lastReceipt().count("totals.lost"), 1);
    EXPECT_TRUE(host.alarms_.isOpen("read-back/" + integrations.active_[0].storeId));
    lrs.onGet_ = {};
    lrs.put(id, outbox.bytesOf(integrations.active_[0].storeId, id));
    run();
    EXPECT_EQ(stateOf(id), "confirmed");
    EXPECT_EQ(unsendableOf("lost-in-store"), "");
    EXPECT_TRUE(host.alarms_.open().empty());
}

TEST_F(ReadBack, whatIsStoredOtherwiseIsListedAndNeverSentAgain) {
    settings.readBack.mode = Mode::None;
    run();
    settings.readBack.mode = Mode::Whole;
    const auto id = db.text("SELECT statement_id FROM u2035_outbox WHERE kind = 'learner.grade' LIMIT 1");
    auto corrupted = lrs.stored().at(id);
    const auto at = corrupted.find("\"actor\"");
    corrupted.replace(corrupted.find("\"name\":\"", at) + 8, 1, "\xEF\xBF\xBD");
    lrs.put(id, corrupted);

    auto report = run();
    run();

    EXPECT_EQ(report.counts["differs"], 1);
    EXPECT_EQ(stateOf(id), "accepted");
    EXPECT_EQ(postsOf(id), 1u);
    EXPECT_THAT(unsendableOf("stored-differently"), HasSubstr("/actor"));
    EXPECT_THAT(unsendableOf("stored-differently"), HasSubstr("\xEF\xBF\xBD"));
    EXPECT_EQ(lastReceipt().count("differs"), 0) << "told once";
    EXPECT_EQ(lastReceipt().count("totals.differs"), 1);
    EXPECT_THAT(host.logger_.text(), HasSubstr("ALARM: the LRS has statements otherwise"));
}

TEST_F(ReadBack, whatSomebodyElseVoidedIsListedAndNotMissing) {
    run();
    const auto id = anId();
    lrs.voided_.insert(id);

    auto report = run();

    EXPECT_EQ(report.counts["voided"], 1);
    EXPECT_EQ(report.counts["missing"], 0);
    EXPECT_EQ(stateOf(id), "accepted");
    EXPECT_THAT(unsendableOf("voided-there"), HasSubstr(id));
    EXPECT_EQ(postsOf(id), 1u);
}

TEST_F(ReadBack, whatWeCancelledIsConfirmedAsAVoidedOne) {
    settings.readBack.mode = Mode::None;
    run();
    settings.readBack.mode = Mode::Whole;
    const auto id = anId();
    db.execute("UPDATE u2035_outbox SET depends_on = '" + id +
               "', record_kind = 'statement' WHERE seq = (SELECT MAX(seq) FROM u2035_outbox WHERE statement_id <> '" +
               id + "')");
    lrs.voided_.insert(id);

    auto report = run();

    EXPECT_EQ(report.counts["voided"], 0);
    EXPECT_EQ(report.counts["missing"], 0);
    EXPECT_EQ(stateOf(id), "confirmed");
    EXPECT_EQ(getsOf(id), 0u) << "asked for as a voided one at once";
    lrs.forget(id);
    db.execute("UPDATE u2035_reading SET verdict = 'late'");
    db.execute("UPDATE u2035_outbox SET state = 'accepted' WHERE statement_id = '" + id + "'");
    run();
    EXPECT_EQ(verdictOf(id), "cancelled") << "gone as it was to be";
    EXPECT_EQ(postsOf(id), 1u);
}

TEST_F(ReadBack, aStoreThatForbidsReadingIsAskedOnceANightAndMissesNothing) {
    lrs.reading_ = Reading::Forbidden;

    auto report = run();

    EXPECT_EQ(lrs.gets().size(), 1u);
    EXPECT_EQ(report.counts["missing"], 0);
    EXPECT_EQ(lastRun().state, "done");
    EXPECT_EQ(inState("accepted"), all());
    EXPECT_EQ(lastReceipt().mode, "not-allowed");
    EXPECT_THAT(lastReceipt().note, HasSubstr("403"));
    const auto since = store::ReadingStore(db, db.clock).refusal(integrations.active_[0].storeId)->since;
    db.clock.advance(std::chrono::hours(24));
    run();
    EXPECT_EQ(lrs.gets().size(), 2u);
    EXPECT_EQ(store::ReadingStore(db, db.clock).refusal(integrations.active_[0].storeId)->since, since);

    lrs.reading_ = Reading::Allowed;
    run();
    EXPECT_EQ(inState("confirmed"), all());
    EXPECT_FALSE(store::ReadingStore(db, db.clock).refusal(integrations.active_[0].storeId));
}

TEST_F(ReadBack, aStoreThatFallsSilentIsLeftForTheNightAndFailsNothing) {
    lrs.reading_ = Reading::Failing;

    run();

    EXPECT_EQ(lrs.gets().size(), 3u);
    EXPECT_EQ(lastRun().state, "done");
    EXPECT_EQ(inState("accepted"), all());
    EXPECT_EQ(lastReceipt().mode, "unanswered");
    EXPECT_EQ(lastReceipt().count("read.unanswered"), 3);
    EXPECT_THAT(lastReceipt().note, HasSubstr("503"));
}

TEST_F(ReadBack, anAnswerWithAnotherStatementSaysNothing) {
    lrs.reading_ = Reading::Lying;

    run();

    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_reading WHERE verdict <> 'confirmed'"), 0);
    EXPECT_EQ(lastReceipt().mode, "unanswered");
    EXPECT_EQ(lastReceipt().count("differs"), 0);
}

TEST_F(ReadBack, goesOnNextNightWhenTheTimeIsUp) {
    settings.readBack.budget = std::chrono::seconds(10);
    settings.readBack.lanes = 1;  // several have some in hand when the time is up
    lrs.onGet_ = [this] { db.clock.advance(std::chrono::seconds(1)); };

    run();

    EXPECT_EQ(inState("confirmed"), 10);
    EXPECT_EQ(lastReceipt().mode, "out-of-time");
    EXPECT_EQ(lastRun().state, "done");
    lrs.onGet_ = {};
    run();
    EXPECT_EQ(inState("confirmed"), all());
}

TEST_F(ReadBack, aPausedDestinationIsNotAskedForStatements) {
    lrs.always(SimulatedLrs::Fault{SimulatedLrs::Fault::Kind::Status, 401});

    run();

    EXPECT_THAT(lrs.gets(), IsEmpty());
    EXPECT_EQ(lastReceipt().mode, "paused");
    EXPECT_EQ(lastReceipt().count("waiting"), all());
}

TEST_F(ReadBack, whatAPersonSaidWasHandedOverIsNotRead) {
    settings.readBack.mode = Mode::None;
    run();
    db.execute("UPDATE u2035_batch SET outcome = 'handed-over'");
    settings.readBack.mode = Mode::Whole;

    run();

    EXPECT_THAT(lrs.gets(), IsEmpty());
}

TEST_F(ReadBack, aSampleThatMissesSomethingMakesTheReadingWhole) {
    settings.readBack.mode = Mode::Sample;
    settings.readBack.sample = 5;
    run();
    const auto told = lrs.stored();
    lrs.forgetAll();

    auto missed = run();

    EXPECT_EQ(missed.counts["missing"], all());
    EXPECT_EQ(lastReceipt().mode, "whole");
    run();
    EXPECT_EQ(lrs.stored(), told);
    EXPECT_EQ(inState("accepted") + inState("confirmed"), all());
    EXPECT_TRUE(receipts.verify(sample.organization.id).reason.empty());
}

TEST_F(ReadBack, betweenNightsNothingIsReadAndWhatWasFoundStaysListed) {
    run();
    const auto id = anId();
    lrs.voided_.insert(id);
    run();
    const auto before = lrs.gets().size();

    night().followUp({sample.organization.id}, "host-run", stop.get_token());

    EXPECT_EQ(lrs.gets().size(), before);
    EXPECT_THAT(unsendableOf("voided-there"), HasSubstr(id));
    EXPECT_EQ(receipts.list({.organization = sample.organization.id}, 0, 10).size(), 2u);
}

TEST_F(ReadBack, severalLanesFindTheSame) {
    settings.readBack.lanes = 4;

    run();

    EXPECT_EQ(inState("confirmed"), all());
    EXPECT_EQ(static_cast<std::int64_t>(lrs.gets().size()), all());
}

TEST_F(ReadBack, aNightWithoutNewsHasOneReceiptOfTheWholeStore) {
    run();
    run();

    const auto list = receipts.list({.organization = sample.organization.id}, 0, 10);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].flowId, 0);
    EXPECT_EQ(list[0].previous, list[1].hash);
    EXPECT_EQ(lastReceipt().items, 0);
    EXPECT_EQ(lastReceipt().count("totals.confirmed"), all());
}

TEST_F(ReadBack, aReceiptTellsWhatWasRefusedAndWhatCannotBeSent) {
    integrations.stillActive_ = false;
    run();  // planned only
    integrations.stillActive_ = true;
    lrs.poisoned_.insert(anId());

    run();

    EXPECT_EQ(lastReceipt().count("refused"), 1);
    EXPECT_EQ(lastReceipt().count("quarantined"), 1);
    EXPECT_GT(lastReceipt().count("unsendable"), 0);
    EXPECT_EQ(lastReceipt().count("sent"), inState("confirmed"));
}

struct CrashedReading : ReadBack, testing::WithParamInterface<const char*> {};

TEST_P(CrashedReading, goesOnAndTellsEverythingOnce) {
    crashAt = GetParam();
    run();
    crashAt.clear();

    run();
    run();

    EXPECT_EQ(inState("confirmed"), all());
    EXPECT_TRUE(receipts.verify(sample.organization.id).reason.empty());
    for (const auto* fate : {"sent", "confirmed"})
        EXPECT_EQ(db.number(std::string("SELECT COUNT(*) FROM u2035_receipt_item WHERE fate = '") + fate + "'"), all());
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM (SELECT DISTINCT seq, fate FROM u2035_receipt_item)"), 2 * all());
}

INSTANTIATE_TEST_SUITE_P(Steps, CrashedReading,
                         testing::Values("answered", "answer-persisted", "read-back", "read-back-kept",
                                         "receipt-written"));

}  // namespace
