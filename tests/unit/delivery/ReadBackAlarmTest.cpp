// When what a reading found is told to a person, and when it is settled: a reading cut short, a cancellation of ours.
#include "plugin/delivery/StoreAlarms.h"
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

namespace {

struct ReadBackAlarm : testing::Test, NightWorld {
    ReadBackAlarm() {
        connect();
        run();
        settings.readBack.mode = Mode::Whole;
    }

    std::string storeId() const { return integrations.active_[0].storeId; }
    bool isAlarmed() const { return host.alarms_.isOpen(delivery::kReadBackAlarm + storeId()); }
    std::string alarm() const { return host.alarms_.open().at(delivery::kReadBackAlarm + storeId()).detail; }
    std::int64_t all() { return db.number("SELECT COUNT(*) FROM u2035_outbox"); }
    /// A learner's statement.
    std::string anId() { return db.text("SELECT MIN(statement_id) FROM u2035_outbox WHERE learner_id <> 0"); }
    std::string stateOf(const std::string& id) {
        return db.text("SELECT state FROM u2035_outbox WHERE statement_id = '" + id + "'");
    }
    store::ParsedReceipt lastReceipt() {
        return *store::parseReceipt(receipts.list({.organization = sample.organization.id}, 0, 1).at(0).text);
    }
    std::int64_t listed() {
        return db.number(
            "SELECT COUNT(*) FROM u2035_unsendable"
            " WHERE code IN ('stored-differently', 'lost-in-store', 'voided-there')");
    }
    void corrupt(const std::string& id) {
        auto bytes = lrs.stored().at(id);
        bytes.replace(bytes.find("\"name\":\"", bytes.find("\"actor\"")) + 8, 1, "\xEF\xBF\xBD");
        lrs.put(id, bytes);
    }
    /// A cancellation of ours in a state, which no night sends before its time comes.
    void addCancellation(const std::string& id, const std::string& state) {
        auto draft = anElement(900, 1);
        draft.kind = "methodist.cancel";
        draft.record = {"statement", 1, 1};
        draft.flowId = sample.structure.flow.id;
        draft.dependsOn = id;
        outbox.add({storeId(), sample.organization.id, sample.project.id}, "bas", "1", 1, {draft});
        setCancellation(state);
    }
    void setCancellation(const std::string& state) {
        db.execute("UPDATE u2035_outbox SET state = '" + state + "', next_at = " +
                   std::to_string(db.clock.now() + 400LL * 86'400'000'000) + " WHERE record_kind = 'statement'");
    }
    void refuseCancellation(bool conflict) {
        setCancellation("quarantined");
        db.execute(
            "INSERT INTO u2035_refusal (seq, refused_at, status, conflict, reason, error_id)"
            " SELECT seq, 1, " +
            std::string(conflict ? "409, 1" : "400, 0") +
            ", 'no', 'e' FROM u2035_outbox WHERE record_kind = 'statement'");
    }

    store::ReceiptStore receipts{db};
};

TEST_F(ReadBackAlarm, aStoreThatLostEverythingIsToldThoughTheTimeRunsOut) {
    settings.readBack.mode = Mode::Sample;
    settings.readBack.sample = 5;
    settings.readBack.budget = std::chrono::seconds(10);  // just the sample's, under both names
    lrs.onGet_ = [this] { db.clock.advance(std::chrono::seconds(1)); };
    lrs.forgetAll();

    auto report = run();

    EXPECT_EQ(report.counts["missing"], 5);
    EXPECT_EQ(lastReceipt().mode, "out-of-time");
    ASSERT_TRUE(isAlarmed());
    EXPECT_THAT(alarm(), HasSubstr("передаётся снова: 5."));
}

TEST_F(ReadBackAlarm, whatWasFoundIsToldThoughTheStoreFallsSilentAfterwards) {
    for (const auto& [id, bytes] : lrs.stored()) lrs.voided_.insert(id);
    settings.readBack.lanes = 1;  // with more, the fourteen questions may end in the middle of two statements
    lrs.onGet_ = [this, asked = 0]() mutable {
        if (++asked > 14) lrs.reading_ = SimulatedLrs::Reading::Failing;
    };

    auto report = run();

    EXPECT_EQ(report.counts["voided"], 7);
    EXPECT_EQ(lastReceipt().mode, "unanswered");
    ASSERT_TRUE(isAlarmed());
    EXPECT_THAT(alarm(), HasSubstr("Отменено не нами: 7."));
}

TEST_F(ReadBackAlarm, aReadingCutShortEndsNoAlarm) {
    lrs.forget(anId());
    run();
    ASSERT_TRUE(isAlarmed());

    lrs.reading_ = SimulatedLrs::Reading::Failing;
    run();
    EXPECT_TRUE(isAlarmed()) << "sent again, but nobody saw it there";

    lrs.reading_ = SimulatedLrs::Reading::Allowed;
    run();
    EXPECT_FALSE(isAlarmed());
}

TEST_F(ReadBackAlarm, aNightOfOneFlowRaisesTheAlarmAndEndsNone) {
    delivery::NightArguments oneFlow;
    oneFlow.flowId = sample.structure.flow.id;
    lrs.voided_.insert(anId());

    run(oneFlow);

    EXPECT_TRUE(isAlarmed());
    lrs.voided_.clear();
    run(oneFlow);
    EXPECT_TRUE(isAlarmed()) << "other flows may miss something";
    run();
    EXPECT_FALSE(isAlarmed());
}

TEST_F(ReadBackAlarm, aNightOfOneFlowCountsTheWholeStoreAndListsItsOwn) {
    lrs.voided_.insert(anId());
    run();
    const auto other =
        db.text("SELECT MAX(statement_id) FROM u2035_outbox WHERE learner_id <> 0 AND state = 'confirmed'");
    db.execute("UPDATE u2035_outbox SET flow_id = 999 WHERE statement_id = '" + anId() + "'");
    corrupt(other);
    db.execute("UPDATE u2035_outbox SET state = 'accepted' WHERE statement_id = '" + other + "'");
    db.execute("DELETE FROM u2035_unsendable");
    delivery::NightArguments oneFlow;
    oneFlow.flowId = sample.structure.flow.id;

    run(oneFlow);

    EXPECT_THAT(alarm(), HasSubstr("каким передано: 1. Пропадало трижды: 0. Отменено не нами: 1."));
    EXPECT_EQ(listed(), 1);
}

TEST_F(ReadBackAlarm, whatWasCancelledSinceItWasFoundIsSettled) {
    const auto id = anId();
    corrupt(id);
    run();
    ASSERT_EQ(listed(), 1);
    ASSERT_EQ(lastReceipt().count("totals.differs"), 1);
    ASSERT_TRUE(isAlarmed());

    addCancellation(id, "accepted");
    lrs.voided_.insert(id);
    auto report = run();

    EXPECT_EQ(db.number(fmt::format("SELECT COUNT(*) FROM u2035_unsendable WHERE run_id = {}"
                                    " AND code = 'stored-differently'",
                                    lastRun().id)),
              0);
    EXPECT_EQ(lastReceipt().count("totals.differs"), 0);
    EXPECT_FALSE(isAlarmed());
    EXPECT_EQ(report.counts["differs"], 0);
}

TEST_F(ReadBackAlarm, howACancelledStatementIsStoredIsNoNews) {
    const auto id = anId();
    corrupt(id);
    addCancellation(id, "accepted");
    lrs.voided_.insert(id);

    auto report = run();

    EXPECT_EQ(report.counts["differs"], 0);
    EXPECT_THAT(host.logger_.text(), testing::Not(HasSubstr("ALARM")));
    EXPECT_FALSE(isAlarmed());
}

TEST_F(ReadBackAlarm, aCancellationOfOursInDoubtIsNobodyElsesVoiding) {
    const auto id = anId();
    addCancellation(id, "in_doubt");
    lrs.voided_.insert(id);

    auto report = run();

    ASSERT_EQ(inState("in_doubt"), 1) << "nothing decided it meanwhile";
    EXPECT_EQ(report.counts["voided"], 0);
    EXPECT_EQ(listed(), 0);
    EXPECT_FALSE(isAlarmed());
    EXPECT_EQ(stateOf(id), "accepted");
    EXPECT_EQ(inState("confirmed"), all() - 2) << "everything else was read";
    setCancellation("accepted");
    run();
    EXPECT_EQ(stateOf(id), "confirmed") << "as a voided one";
}

TEST_F(ReadBackAlarm, aCancellationThatMetAConflictIsNobodyElsesVoiding) {
    const auto id = anId();
    addCancellation(id, "waiting");
    refuseCancellation(true);
    lrs.voided_.insert(id);

    auto report = run();

    EXPECT_EQ(report.counts["voided"], 0);
    EXPECT_FALSE(isAlarmed());
}

TEST_F(ReadBackAlarm, aCancellationRefusedForItsContentExplainsNothing) {
    const auto id = anId();
    addCancellation(id, "waiting");
    refuseCancellation(false);
    lrs.voided_.insert(id);

    auto report = run();

    EXPECT_EQ(report.counts["voided"], 1);
    EXPECT_TRUE(isAlarmed());
}

TEST_F(ReadBackAlarm, whatIsGoneWhileItsCancellationIsInDoubtIsNotSentAgain) {
    const auto id = anId();
    addCancellation(id, "in_doubt");
    lrs.forget(id);

    auto report = run();

    EXPECT_EQ(report.counts["missing"], 0);
    EXPECT_EQ(stateOf(id), "accepted");
}

TEST_F(ReadBackAlarm, whatIsThereWhileItsCancellationIsInDoubtIsReadAsEver) {
    const auto id = anId();
    addCancellation(id, "in_doubt");

    run();

    EXPECT_EQ(stateOf(id), "confirmed");
}

TEST_F(ReadBackAlarm, aCancellationOnItsWayIsOpen) {
    const auto id = anId();
    const auto seq = db.number("SELECT seq FROM u2035_outbox WHERE statement_id = '" + id + "'");
    addCancellation(id, "waiting");
    store::ReadingStore readings(db, db.clock);
    EXPECT_FALSE(readings.texts({seq}).at(0).mayBeCancelled) << "it has gone nowhere";

    setCancellation("sending");

    EXPECT_TRUE(readings.texts({seq}).at(0).mayBeCancelled);
    EXPECT_FALSE(readings.texts({seq}).at(0).cancelled);
}

TEST_F(ReadBackAlarm, aClosedStoreKeepsNoAlarmAndAnotherOnesStays) {
    lrs.voided_.insert(anId());
    settings.quarantineAlarm = 0;
    run();
    ASSERT_EQ(host.alarms_.open().size(), 2u) << "of the reading and of the quarantine";
    host::sdk::Alarm other;
    other.key = delivery::kReadBackAlarm + "22222222-2222-4222-8222-222222222222";
    host.alarms_.raise(other);

    delivery::clearAlarmsOf(host.alarms_, storeId());

    ASSERT_EQ(host.alarms_.open().size(), 1u);
    EXPECT_TRUE(host.alarms_.isOpen(other.key));
}

}  // namespace
