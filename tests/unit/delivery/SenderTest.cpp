#include "plugin/delivery/Sender.h"
#include "tests/support/FakeHost.h"
#include "tests/support/SimulatedLrs.h"
#include "tests/unit/delivery/Drafts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace plugin::delivery;
using namespace tests;
using Fault = SimulatedLrs::Fault;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

namespace {

/// Time passes only here.
class FakeWaiter : public Waiter {
public:
    explicit FakeWaiter(FakeClock& clock) : clock_(clock) {}
    void wait(std::chrono::milliseconds duration, std::stop_token) override {
        std::lock_guard lock(mutex_);
        waited_.push_back(duration);
        clock_.advance(duration);
        if (onWait_) onWait_();
    }
    std::vector<std::chrono::milliseconds> waited_;
    std::function<void()> onWait_;

private:
    FakeClock& clock_;
    std::mutex mutex_;
};

struct Crash {};

struct SenderRules : testing::Test {
    OutboxDatabase db;
    store::OutboxStore outbox{db, db.clock};
    store::DestinationStore destinations{db, db.clock};
    FakeAlarms alarms;
    SimulatedLrs lrs;
    lrs::LrsClient client{lrs,
                          {.endpoint = "https://lrs.example.org/data/xAPI", .basic = lrs::basicFrom("key", "secret")}};
    FakeWaiter waiter{db.clock};
    RecordingLogger logger;
    FakeMetrics metrics;
    bool active = true;
    std::string crashAt;
    std::stop_source stop;
    SenderSettings settings;

    SenderRules() { settings.sessions = 1; }

    void add(std::vector<footprint::StatementDraft> drafts) { outbox.add(kTarget, "bas", "bas 1 abc", 1, drafts); }
    void addGrades(std::int64_t from, std::int64_t to) {
        std::vector<footprint::StatementDraft> drafts;
        for (auto i = from; i <= to; ++i) drafts.push_back(aGrade(i));
        add(drafts);
    }
    SendReport send() {
        Sender sender(
            {outbox, destinations, alarms, client, db.clock, waiter, logger, metrics, [this] { return active; },
             [this](std::string_view step) {
                 if (step == crashAt) throw Crash();
             }},
            kTarget, settings);
        return sender.run(1, stop.get_token());
    }
    std::int64_t inState(const std::string& state) {
        return db.number("SELECT COUNT(*) FROM u2035_outbox WHERE state = '" + state + "'");
    }
    std::string stateOf(std::int64_t record) {
        return db.text("SELECT state FROM u2035_outbox WHERE record_id = " + std::to_string(record));
    }
    /// Every planned statement is at the LRS, once, with the outbox's bytes.
    void expectAllDelivered(std::size_t count) {
        EXPECT_EQ(inState("accepted"), static_cast<std::int64_t>(count));
        EXPECT_THAT(lrs.stored(), SizeIs(count));
    }
};

TEST_F(SenderRules, sendsEverythingDueInBatchesOfFifty) {
    addGrades(1, 120);

    auto report = send();

    EXPECT_EQ(report.accepted, 120);
    EXPECT_EQ(report.posts, 3);
    EXPECT_EQ(report.reason, "");
    expectAllDelivered(120);
}

TEST_F(SenderRules, keepsABatchUnderTheByteLimit) {
    settings.maxBytes = 1'000;
    addGrades(1, 30);

    send();

    for (const auto& post : lrs.posts()) EXPECT_LE(post.bytes, 1'000u);
    expectAllDelivered(30);
}

TEST_F(SenderRules, sendsNothingASecondTime) {
    addGrades(1, 10);
    send();

    auto second = send();

    EXPECT_EQ(second.posts, 0);
    EXPECT_THAT(lrs.posts(), SizeIs(1));
}

TEST_F(SenderRules, finishesTheMethodistsBeforeTheLearners) {
    settings.maxStatements = 2;
    settings.sessions = 4;
    add({aGrade(1, idOf("element-5")), aGrade(2, idOf("element-6")), anElement(5, 6), anElement(6, 1),
         anElement(7, 6)});

    send();

    auto posts = lrs.posts();
    ASSERT_THAT(posts, SizeIs(3));
    EXPECT_THAT(posts[0].ids, ElementsAre(idOf("element-6"), idOf("element-5")));
    EXPECT_THAT(posts[1].ids, ElementsAre(idOf("element-7")));
    expectAllDelivered(5);
}

TEST_F(SenderRules, doesNotSendALearnersStatementWhoseMethodistsWasRefused) {
    add({anElement(5), aGrade(1, idOf("element-5")), aGrade(2)});
    lrs.poisoned_ = {idOf("element-5")};

    send();

    EXPECT_EQ(stateOf(5), "quarantined");
    EXPECT_EQ(stateOf(1), "waiting");
    EXPECT_EQ(stateOf(2), "accepted");
}

TEST_F(SenderRules, sendsTheSameBytesAgainAfterALostAnswerAndIsAcceptedOnce) {
    addGrades(1, 3);
    lrs.next({Fault::Kind::LoseAnswer});
    std::string whileWaiting;
    waiter.onWait_ = [&] { whileWaiting = stateOf(1); };

    auto report = send();

    EXPECT_EQ(whileWaiting, "in_doubt");
    EXPECT_EQ(report.accepted, 3);
    auto posts = lrs.posts();
    ASSERT_THAT(posts, SizeIs(2));
    EXPECT_EQ(posts[0].ids, posts[1].ids);
    EXPECT_EQ(posts[0].bytes, posts[1].bytes);
    expectAllDelivered(3);
}

TEST_F(SenderRules, triesAgainAfterTroubleOnTheirSide) {
    addGrades(1, 3);
    lrs.next({Fault::Kind::Status, 503, "", "<html>Bad gateway</html>"});
    lrs.next({Fault::Kind::Unreachable});
    lrs.next({Fault::Kind::Status, 429});

    auto report = send();

    EXPECT_EQ(report.accepted, 3);
    EXPECT_THAT(waiter.waited_, SizeIs(2));
    EXPECT_LT(waiter.waited_[0], waiter.waited_[1]);
}

TEST_F(SenderRules, whatMayHaveArrivedStaysInDoubtWhenALaterAttemptIsRefused) {
    addGrades(1, 1);
    lrs.next({Fault::Kind::LoseAnswer});
    lrs.next({Fault::Kind::Status, 401});

    send();

    EXPECT_EQ(stateOf(1), "in_doubt");
}

TEST_F(SenderRules, aServerThatFailsInTheMiddleLeavesItsBatchInDoubt) {
    addGrades(1, 1);
    lrs.always(Fault{Fault::Kind::Status, 502});

    send();

    EXPECT_EQ(stateOf(1), "in_doubt");
}

TEST_F(SenderRules, obeysRetryAfter) {
    addGrades(1, 1);
    lrs.next({Fault::Kind::Status, 503, "120"});

    send();

    ASSERT_THAT(waiter.waited_, SizeIs(1));
    EXPECT_GE(waiter.waited_[0], std::chrono::seconds(120));
}

TEST_F(SenderRules, aSilentDestinationRestsAndIsLeftAlone) {
    addGrades(1, 120);
    lrs.always(Fault{Fault::Kind::Unreachable});
    settings.patience = std::chrono::seconds(600);

    auto report = send();

    EXPECT_THAT(report.reason, HasSubstr("gives no answer that counts"));
    EXPECT_EQ(inState("waiting"), 120) << "nothing is lost";
    const auto asked = lrs.posts().size();
    EXPECT_THAT(send().reason, HasSubstr("rests until"));
    EXPECT_THAT(lrs.posts(), SizeIs(asked)) << "not asked while it rests";
    EXPECT_THAT(alarms.raised(), SizeIs(0)) << "a short outage is no cause for a message";
    lrs.always(std::nullopt);
    db.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(send().accepted, 120);
    EXPECT_FALSE(destinations.find(kTarget.storeId));
}

TEST_F(SenderRules, aDestinationThatAsksForALongPauseIsNotWaitedForAndNotAskedBefore) {
    addGrades(1, 60);
    lrs.next({Fault::Kind::Status, 503, "7200"});

    send();

    EXPECT_THAT(waiter.waited_, SizeIs(0)) << "the run does not wait two hours";
    db.clock.advance(std::chrono::minutes(119));
    send();
    EXPECT_THAT(lrs.posts(), SizeIs(1));
    db.clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(send().accepted, 60);
    EXPECT_THAT(lrs.posts()[1].ids, SizeIs(1)) << "one probe reopens it";
}

TEST_F(SenderRules, aSilenceThatLastsIsOneAlarmUntilItIsOver) {
    addGrades(1, 3);
    lrs.always(Fault{Fault::Kind::Status, 503});
    for (int i = 0; i < 12; ++i) {
        send();
        db.clock.advance(std::chrono::minutes(31));
    }
    EXPECT_TRUE(alarms.isOpen("destination-silent/" + kTarget.storeId));

    lrs.always(std::nullopt);
    send();

    EXPECT_THAT(alarms.open(), SizeIs(0));
    expectAllDelivered(3);
}

TEST_F(SenderRules, patienceIsWithOneSilenceAndNotWithTheWholeRun) {
    addGrades(1, 400);
    settings.patience = std::chrono::seconds(100);
    for (int i = 0; i < 8; ++i) {
        for (int k = 0; k < 6; ++k) lrs.next({Fault::Kind::Status, 503});
        lrs.next({});
    }

    EXPECT_EQ(send().accepted, 400) << "each silence was shorter than the patience";
}

TEST_F(SenderRules, aStatementThatBreaksTheLrsStopsNoOther) {
    add({anElement(5), anElement(6)});
    addGrades(1, 60);
    lrs.fatal_ = {idOf("element-5"), idOf("grade-18-1")};

    auto report = send();

    EXPECT_EQ(report.aside, 2);
    EXPECT_EQ(report.accepted, 60);
    EXPECT_EQ(stateOf(18), "in_doubt") << "whether the LRS has stored it nobody knows";
    EXPECT_FALSE(destinations.find(kTarget.storeId)) << "the destination answers";
    EXPECT_THAT(alarms.raised(), SizeIs(0));
    const auto posts = lrs.posts().size();
    send();
    EXPECT_THAT(lrs.posts(), SizeIs(posts)) << "put aside";
    lrs.fatal_.clear();
    db.clock.advance(std::chrono::hours(7));
    EXPECT_EQ(send().accepted, 2);
}

TEST_F(SenderRules, aRowThatAPersonDecidedMeanwhileIsLeftOutOfItsBatch) {
    addGrades(1, 100);
    lrs.onPost_ = [&] {
        lrs.onPost_ = nullptr;
        db.execute("UPDATE u2035_outbox SET state = 'accepted' WHERE record_id IN (60, 61)");
    };

    EXPECT_EQ(send().accepted, 98);
    EXPECT_EQ(stateOf(60), "accepted");
    EXPECT_THAT(lrs.stored(), SizeIs(98));
}

TEST_F(SenderRules, aRetryAfterOfTheEmptyProbeIsObeyedToo) {
    addGrades(1, 1);
    for (int i = 0; i < 3; ++i) lrs.next({Fault::Kind::LoseAnswer});
    lrs.next({Fault::Kind::Status, 429, "90"});  // the probe

    EXPECT_EQ(send().accepted, 1);

    EXPECT_GE(waiter.waited_.back(), std::chrono::seconds(90));
}

TEST_F(SenderRules, aLaneThatHasNothingLeftToKnockWithLetsTheOthersGoOn) {
    settings.sessions = 3;
    addGrades(1, 150);
    std::atomic<int> failed{0};
    lrs.always(Fault{Fault::Kind::Status, 429});
    // While one lane waits, a person decides about everything of its batch, whichever that is.
    waiter.onWait_ = [&] {
        if (++failed != 1) return;
        db.execute("UPDATE u2035_outbox SET state = 'accepted' WHERE state IN ('waiting', 'in_doubt')");
        lrs.always(std::nullopt);
    };

    auto report = send();

    EXPECT_EQ(report.reason, "");
    EXPECT_EQ(inState("waiting") + inState("in_doubt") + inState("sending"), 0);
}

TEST_F(SenderRules, oneFailureOfAPartBlamesNoStatement) {
    addGrades(1, 2);
    // The pair fails until it is taken apart; its parts fail once each by chance.
    for (int i = 0; i < 3; ++i) lrs.next({Fault::Kind::LoseAnswer});
    lrs.next({});                         // the empty probe
    lrs.next({Fault::Kind::LoseAnswer});  // tried once more
    lrs.next({});                         // the empty probe: the batch is blamed
    lrs.next({Fault::Kind::LoseAnswer});

    auto report = send();

    EXPECT_EQ(report.aside, 0);
    expectAllDelivered(2);
}

TEST_F(SenderRules, oneLaneKnocksWhileTheOthersWait) {
    settings.sessions = 8;
    settings.patience = std::chrono::seconds(30);
    addGrades(1, 2'000);
    lrs.always(Fault{Fault::Kind::Unreachable});

    send();

    EXPECT_LE(lrs.posts().size(), 8u + 6u + 2u) << "those in flight, then one at a time";
    EXPECT_EQ(destinations.find(kTarget.storeId)->failures, 1);
}

TEST_F(SenderRules, goesOnWithEveryLaneAfterASilence) {
    settings.sessions = 4;
    addGrades(1, 1'000);
    for (int i = 0; i < 9; ++i) lrs.next({Fault::Kind::LoseAnswer});

    EXPECT_EQ(send().accepted, 1'000);
    expectAllDelivered(1'000);
}

TEST_F(SenderRules, pausesADestinationThatRefusesTheCredentialWithOneAlarm) {
    addGrades(1, 120);
    lrs.always(Fault{Fault::Kind::Status, 401});

    auto first = send();
    db.clock.advance(std::chrono::minutes(16));
    send();

    EXPECT_THAT(first.reason, HasSubstr("paused"));
    EXPECT_THAT(lrs.posts(), SizeIs(2));
    EXPECT_THAT(lrs.posts().back().ids, SizeIs(1)) << "a paused destination is probed with one statement";
    EXPECT_EQ(inState("waiting"), 120) << "nothing is lost";
    EXPECT_TRUE(alarms.isOpen("destination-paused/" + kTarget.storeId));
    EXPECT_THAT(alarms.open(), SizeIs(1));
    EXPECT_EQ(destinations.find(kTarget.storeId)->failures, 2);
}

TEST_F(SenderRules, reopensAPausedDestinationWithOneProbe) {
    addGrades(1, 60);
    lrs.next({Fault::Kind::Status, 403});
    send();
    db.clock.advance(std::chrono::minutes(16));

    auto report = send();

    EXPECT_EQ(report.accepted, 60);
    EXPECT_THAT(lrs.posts()[1].ids, SizeIs(1));
    EXPECT_FALSE(destinations.find(kTarget.storeId));
    EXPECT_THAT(alarms.open(), SizeIs(0));
    expectAllDelivered(60);
}

TEST_F(SenderRules, aPersonsRunAsksAPausedDestinationAtOnce) {
    addGrades(1, 60);
    lrs.next({Fault::Kind::Status, 401});
    send();
    settings.probeAnyway = true;

    EXPECT_EQ(send().accepted, 60);
}

TEST_F(SenderRules, aClockThatWasSetBackMakesNoDestinationRestLonger) {
    addGrades(1, 60);
    lrs.next({Fault::Kind::Status, 401});
    send();
    db.clock.set(db.clock.now() - std::int64_t{3'600} * 1'000'000);

    EXPECT_EQ(send().accepted, 60);
}

TEST_F(SenderRules, oldRecordsGoWhenNothingFreshIsLeft) {
    addGrades(1, 60);
    std::vector<footprint::StatementDraft> fresh;
    for (std::int64_t i = 101; i <= 160; ++i) {
        auto draft = aGrade(i);
        draft.timestamp += 1;
        fresh.push_back(draft);
    }
    outbox.add(kTarget, "bas", "bas 1 abc", 1, fresh, aGrade(1).timestamp + 1);
    std::vector<footprint::StatementDraft> old{aGrade(201), aGrade(202)};
    outbox.add(kTarget, "bas", "bas 1 abc", 1, old, aGrade(1).timestamp + 1);

    send();

    expectAllDelivered(122);
    EXPECT_THAT(lrs.posts().back().ids, ElementsAre(idOf("grade-201-1"), idOf("grade-202-1")));
}

TEST_F(SenderRules, oldRecordsLeaveTheirRunToOthersWhenItsTimeIsUp) {
    std::vector<footprint::StatementDraft> old;
    for (std::int64_t i = 1; i <= 200; ++i) old.push_back(aGrade(i));
    outbox.add(kTarget, "bas", "bas 1 abc", 1, old, old[0].timestamp + 1);
    settings.oldBudget = std::chrono::seconds(60);
    lrs.onPost_ = [&] { db.clock.advance(std::chrono::seconds(30)); };

    auto report = send();

    EXPECT_TRUE(report.oldLeft);
    EXPECT_EQ(report.accepted, 100);
    EXPECT_EQ(send().accepted, 100);
}

TEST_F(SenderRules, quarantinesTheNamedCulpritInOneRoundTrip) {
    addGrades(0 + 1, 30);
    lrs.poisoned_ = {idOf("grade-18-1")};

    auto report = send();

    EXPECT_EQ(report.posts, 2);
    EXPECT_EQ(report.refused, 1);
    EXPECT_EQ(stateOf(18), "quarantined") << "statements.17 is the eighteenth";
    EXPECT_THAT(outbox.detail("demo", 18)->refusal->reason, HasSubstr("statements.17.verb"));
    EXPECT_EQ(inState("accepted"), 29);
}

TEST_F(SenderRules, quarantinesEveryNamedCulpritAtOnce) {
    addGrades(1, 50);
    lrs.poisoned_ = {idOf("grade-1-1"), idOf("grade-11-1"), idOf("grade-50-1")};

    auto report = send();

    EXPECT_EQ(report.posts, 2);
    EXPECT_EQ(inState("quarantined"), 3);
    EXPECT_EQ(inState("accepted"), 47);
}

TEST_F(SenderRules, quarantinesAConflictAndDeliversTheRest) {
    addGrades(1, 10);
    lrs.put(idOf("grade-4-1"), "other content");

    auto report = send();

    EXPECT_EQ(report.posts, 2);
    EXPECT_EQ(stateOf(4), "quarantined");
    EXPECT_TRUE(outbox.detail("demo", 4)->refusal->conflict);
    EXPECT_EQ(inState("accepted"), 9);
}

TEST_F(SenderRules, bisectsWhenNothingIsNamed) {
    addGrades(1, 50);
    lrs.namesCulprits_ = false;
    lrs.poisoned_ = {idOf("grade-18-1")};

    auto report = send();

    EXPECT_EQ(inState("quarantined"), 1);
    EXPECT_EQ(stateOf(18), "quarantined");
    EXPECT_EQ(inState("accepted"), 49);
    EXPECT_LE(report.posts, 13) << "two per halving of fifty";
}

TEST_F(SenderRules, halvesABatchThatIsTooLarge) {
    addGrades(1, 40);
    lrs.maxBody_ = 1'500;

    send();

    expectAllDelivered(40);
}

TEST_F(SenderRules, quarantinesAStatementThatIsTooLargeAlone) {
    auto large = aGrade(2);
    large.bytes = bytesOf(large.statementId, std::string(4'000, 'x'));
    add({aGrade(1), large, aGrade(3)});
    lrs.maxBody_ = 1'500;

    send();

    EXPECT_EQ(stateOf(2), "quarantined");
    EXPECT_EQ(inState("accepted"), 2);
}

TEST_F(SenderRules, finishesTheBatchInFlightWhenAskedToEnd) {
    addGrades(1, 120);
    lrs.onPost_ = [&] { stop.request_stop(); };

    auto report = send();

    EXPECT_TRUE(report.stopped);
    EXPECT_EQ(report.accepted, 50);
    EXPECT_EQ(inState("sending"), 0);
    EXPECT_EQ(inState("waiting"), 70);
}

TEST_F(SenderRules, stopsAfterTheBatchInFlightWhenTheIntegrationIsDisconnected) {
    addGrades(1, 120);
    lrs.onPost_ = [&] { active = false; };

    auto report = send();

    EXPECT_EQ(report.accepted, 50);
    EXPECT_THAT(report.reason, HasSubstr("disconnected"));
}

TEST_F(SenderRules, sendsEveryRowOnceOverSeveralSessions) {
    settings.sessions = 4;
    addGrades(1, 1'230);

    auto report = send();

    EXPECT_EQ(report.accepted, 1'230);
    EXPECT_EQ(report.posts, 25);
    expectAllDelivered(1'230);
}

class SenderCrash : public SenderRules, public testing::WithParamInterface<const char*> {};

TEST_P(SenderCrash, losesAndRepeatsNothingWhereverAProcessDies) {
    add({anElement(5)});
    addGrades(1, 120);
    crashAt = GetParam();
    EXPECT_THROW(send(), Crash);

    crashAt.clear();
    auto report = send();

    EXPECT_EQ(report.reason, "");
    expectAllDelivered(121);
    auto stored = lrs.stored();
    for (std::int64_t seq = 1; seq <= 121; ++seq)
        EXPECT_EQ(stored.count(outbox.detail("demo", seq)->row.statementId), 1u);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, SenderCrash,
                         testing::Values("before-sending-persisted", "sending-persisted", "answered",
                                         "answer-persisted"));

TEST_F(SenderRules, crashesOverSeveralSessionsReachTheCaller) {
    settings.sessions = 4;
    addGrades(1, 400);
    crashAt = "answered";

    EXPECT_THROW(send(), Crash);
    crashAt.clear();
    EXPECT_GT(send().recovered, 0);
    expectAllDelivered(400);
}

}  // namespace
