#include "host/alarms/AlarmNotifier.h"
#include "host/alarms/AlarmSchema.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>

#include <deque>

using namespace host::alarms;
using namespace std::chrono_literals;
using host::sdk::Alarm;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using Outcome = Delivery::Outcome;

namespace {

/// Says what became of each try; "mail/a@x.org opened KEY" is what went out, or was tried.
struct ScriptedMessenger : Messenger {
    Delivery deliver(const Target& target, const Message& message, std::stop_token) noexcept override {
        ids.push_back(message.id);
        tried.push_back(target.name() + " " + toString(message.kind) + " " + message.alarm.alarm.key);
        if (slow && target.name() == slow->name()) clock->advance(10s);
        const auto it = answers.find(target.name());
        return it == answers.end() ? Delivery{} : it->second;
    }
    std::vector<std::string> take() { return std::exchange(tried, {}); }

    std::optional<Target> slow;  ///< takes its time: 10 s
    tests::FakeClock* clock = nullptr;
    std::map<std::string, Delivery> answers;  ///< by target; others are sent
    std::vector<std::string> tried;
    std::vector<std::string> ids;
};

/// A database whose writes fail while the test says so.
struct BreakableDatabase : host::sdk::Database {
    explicit BreakableDatabase(host::sdk::Database& r) : real(r) {}
    void read(const std::function<void(Poco::Data::Session&)>& fn) override { real.read(fn); }
    void write(const std::function<void(Poco::Data::Session&)>& fn) override {
        if (broken) throw host::sdk::AppError::unavailable("db.full", "Its disk is full.");
        if (writesLeft == 0) throw host::sdk::AppError(500, "db.failed", "The database failed.");
        if (writesLeft > 0) --writesLeft;
        real.write(fn);
    }
    void migrate(const std::vector<host::sdk::Migration>&) override {}
    host::sdk::Database& real;
    bool broken = false;
    int writesLeft = -1;
};

const Target kOps{"", Channel::Mail, "ops@example.org"};
const Target kHook{"", Channel::Webhook, "https://hooks.example.org/a"};
const Target kAnna{"spo-12", Channel::Mail, "anna@example.org"};

struct AlarmNotifierTest : ::testing::Test {
    AlarmNotifierTest() {
        db->migrate("host.alarms", alarmMigrations());
        start();
    }
    /// A process's life.
    void start() {
        notifier.reset();
        held = std::make_unique<HeldAlarms>(store, db.clock, log);
        notifier = std::make_unique<AlarmNotifier>(AlarmNotifier::Parts{store, messages, *held, messenger, db.clock,
                                                                        log, metrics, server,
                                                                        [this] { return organizations; }, "inst"});
    }
    void tick() { notifier->tick({}); }
    static Alarm paused(const std::string& organization = "spo-12") {
        return {"u2035/" + organization, organization, "destination-paused", "Остановлено", "401", "Замените ключ."};
    }
    MessageRow row(const std::string& target, const std::string& kind = "opened") {
        for (const auto& [id, rows] : messages.ofAlarms(0, 1000))
            for (const auto& one : rows)
                if (one.target == target && one.kind == kind) return one;
        return {};
    }

    tests::TestDatabase db;
    BreakableDatabase database{db.database};
    tests::RecordingLogger log;
    tests::FakeMetrics metrics;
    AlarmStore store{database, db.clock, log};
    MessageStore messages{database, db.clock};
    ScriptedMessenger messenger;
    std::vector<Target> server{kOps};
    std::vector<Target> organizations;
    std::unique_ptr<HeldAlarms> held;
    std::unique_ptr<AlarmNotifier> notifier;
};

TEST_F(AlarmNotifierTest, tellsOneOpeningAndOneClosing) {
    store.raise(paused());
    tick();
    store.raise(paused());
    db.clock.advance(1h);
    tick();
    EXPECT_THAT(messenger.take(), ElementsAre("/mail/ops@example.org opened u2035/spo-12"));

    store.clear("u2035/spo-12");
    tick();
    tick();
    EXPECT_THAT(messenger.take(), ElementsAre("/mail/ops@example.org closed u2035/spo-12"));
}

TEST_F(AlarmNotifierTest, aRestartTellsNothingTwice) {
    store.raise(paused());
    tick();
    start();
    messages.tryNow("");
    tick();
    store.clear("u2035/spo-12");
    start();
    tick();
    start();
    tick();
    EXPECT_THAT(messenger.take(),
                ElementsAre("/mail/ops@example.org opened u2035/spo-12", "/mail/ops@example.org closed u2035/spo-12"));
}

TEST_F(AlarmNotifierTest, triesAgainAtGrowingIntervalsAlsoAfterARestart) {
    messenger.answers[kOps.name()] = Delivery::failed("its certificate has expired", "renew it");
    store.raise(paused());
    tick();
    EXPECT_EQ(row(kOps.name()).problem, "its certificate has expired");
    EXPECT_EQ(row(kOps.name()).fix, "renew it");
    db.clock.advance(59s);
    tick();
    EXPECT_THAT(messenger.take(), SizeIs(1));

    start();
    db.clock.advance(1s);
    tick();
    EXPECT_THAT(messenger.take(), SizeIs(1));
    db.clock.advance(119s);
    tick();
    EXPECT_THAT(messenger.take(), IsEmpty());
    messenger.answers.clear();
    db.clock.advance(1s);
    tick();
    EXPECT_THAT(messenger.take(), SizeIs(1));
    EXPECT_EQ(row(kOps.name()).state, "sent");
    EXPECT_EQ(row(kOps.name()).attempts, 3);
    EXPECT_EQ(row(kOps.name()).problem, "");
}

TEST_F(AlarmNotifierTest, pausesEndAtHalfAnHour) {
    EXPECT_EQ(AlarmNotifier::pauseAfter(0), 1min);
    EXPECT_EQ(AlarmNotifier::pauseAfter(4), 16min);
    EXPECT_EQ(AlarmNotifier::pauseAfter(5), 30min);
    EXPECT_EQ(AlarmNotifier::pauseAfter(1'000'000), 30min);
}

TEST_F(AlarmNotifierTest, whatWasOverBeforeItWasToldNeedsNoWord) {
    messenger.answers[kOps.name()] = Delivery::failed("down", "");
    store.raise(paused());
    tick();
    store.clear("u2035/spo-12");
    messenger.answers.clear();
    messenger.take();
    db.clock.advance(1h);
    tick();
    tick();
    EXPECT_THAT(messenger.take(), IsEmpty());
    EXPECT_EQ(row(kOps.name()).state, "dropped");
    EXPECT_EQ(messages.waiting(), 0);
}

TEST_F(AlarmNotifierTest, aLostAnswerMeansTheSameIdAgain) {
    messenger.answers[kOps.name()] = {Outcome::InDoubt, "no answer", "", false};
    store.raise(paused());
    tick();
    messenger.answers.clear();
    db.clock.advance(1min);
    tick();
    ASSERT_THAT(messenger.ids, SizeIs(2));
    EXPECT_EQ(messenger.ids[0], messenger.ids[1]);
    EXPECT_EQ(row(kOps.name()).state, "sent");
}

TEST_F(AlarmNotifierTest, whoMayHaveBeenToldIsToldThatItIsOver) {
    messenger.answers[kOps.name()] = {Outcome::InDoubt, "no answer", "", false};
    store.raise(paused());
    tick();
    messenger.answers.clear();
    store.clear("u2035/spo-12");
    messenger.take();
    db.clock.advance(1h);
    tick();
    EXPECT_THAT(messenger.take(), ElementsAre("/mail/ops@example.org closed u2035/spo-12"));
}

TEST_F(AlarmNotifierTest, aSecondTimeIsToldAnew) {
    for (int i = 0; i < 2; ++i) {
        store.raise(paused());
        tick();
        store.clear("u2035/spo-12");
        tick();
    }
    EXPECT_THAT(messenger.tried, SizeIs(4));
    EXPECT_THAT(std::set<std::string>(messenger.ids.begin(), messenger.ids.end()), SizeIs(4));
}

TEST_F(AlarmNotifierTest, anOrganizationIsToldOfItsOwnOnly) {
    organizations = {kAnna};
    store.raise(paused());
    store.raise(paused("other"));
    store.raise({"host/disk", "", "disk-nearly-full", "Мало места", "", ""});
    tick();
    EXPECT_THAT(messenger.take(), UnorderedElementsAre("/mail/ops@example.org opened u2035/spo-12",
                                                       "/mail/ops@example.org opened u2035/other",
                                                       "/mail/ops@example.org opened host/disk",
                                                       "spo-12/mail/anna@example.org opened u2035/spo-12"));
}

TEST_F(AlarmNotifierTest, aPersonOnBothListsIsToldOnce) {
    organizations = {{"spo-12", Channel::Mail, "ops@example.org"}};
    store.raise(paused());
    tick();
    EXPECT_THAT(messenger.take(), ElementsAre("/mail/ops@example.org opened u2035/spo-12"));
}

TEST_F(AlarmNotifierTest, aNewRecipientIsToldOfWhatIsOpen) {
    store.raise(paused());
    store.raise(paused("over"));
    store.clear("u2035/over");
    tick();
    messenger.take();
    organizations = {kAnna};
    tick();
    EXPECT_THAT(messenger.take(), ElementsAre("spo-12/mail/anna@example.org opened u2035/spo-12"));
}

TEST_F(AlarmNotifierTest, nothingWaitsForARecipientThatIsGone) {
    organizations = {kAnna};
    messenger.answers[kAnna.name()] = Delivery::failed("down", "");
    store.raise(paused());
    tick();
    organizations.clear();
    tick();
    EXPECT_EQ(messages.waiting(), 0);
}

TEST_F(AlarmNotifierTest, oneTargetThatFailsHoldsUpNoOther) {
    server = {kOps, kHook};
    start();
    messenger.answers[kOps.name()] = Delivery::failed("no such user", "");
    store.raise(paused());
    store.raise(paused("other"));
    tick();
    // The first failure puts off what else waits for that target: one try, not two.
    EXPECT_THAT(messenger.take(),
                UnorderedElementsAre("/mail/ops@example.org opened u2035/spo-12", "/webhook/ opened u2035/spo-12",
                                     "/webhook/ opened u2035/other"));
}

TEST_F(AlarmNotifierTest, aSlowWebhookOfOneOrganizationHoldsUpNobodyElse) {
    const Target slow{"spo-12", Channel::Webhook, "https://slow.example.org"};
    const Target other{"spo-13", Channel::Mail, "egor@example.org"};
    messenger.slow = slow;
    messenger.clock = &db.clock;
    organizations = {slow};
    for (int i = 0; i < 500; ++i) {
        auto one = paused();
        one.key += "/" + std::to_string(i);
        store.raise(one);
    }
    // Its messages are the oldest.
    messages.plan(organizations);
    db.clock.advance(1s);
    organizations = {slow, other};
    store.raise(paused("spo-13"));
    tick();
    const auto tried = messenger.take();
    auto to = [&](const Target& target) {
        return std::count_if(tried.begin(), tried.end(),
                             [&](const auto& one) { return one.starts_with(target.name() + " "); });
    };
    EXPECT_EQ(to(kOps), 501);
    EXPECT_TRUE(tried[500].starts_with(kOps.name())) << "the server's own come first";
    EXPECT_EQ(to(slow), 2) << "10 s each: its turn is over after 15";
    EXPECT_EQ(to(other), 1);

    tick();
    EXPECT_THAT(messenger.take(), SizeIs(2)) << "it goes on in the next turn";
}

TEST_F(AlarmNotifierTest, aMailServerThatIsDownIsAskedOnceForAllAddresses) {
    server = {kOps, {"", Channel::Mail, "second@example.org"}, kHook};
    start();
    for (const auto& target : server)
        if (target.channel == Channel::Mail) messenger.answers[target.name()] = Delivery::failed("down", "", true);
    store.raise(paused());
    tick();
    EXPECT_THAT(messenger.take(), SizeIs(2));
    EXPECT_EQ(row("/mail/second@example.org").problem, "down");
}

TEST_F(AlarmNotifierTest, aClosingThatNobodyTakesIsGivenUpAfterAWeek) {
    store.raise(paused());
    tick();
    store.clear("u2035/spo-12");
    messenger.answers[kOps.name()] = Delivery::failed("down", "");
    for (int i = 0; i < 8 * 24; ++i) {
        tick();
        db.clock.advance(1h);
    }
    EXPECT_EQ(row(kOps.name(), "closed").state, "dropped");
    EXPECT_EQ(messages.waiting(), 0);
}

TEST_F(AlarmNotifierTest, whatWentOutAndCouldNotBeWrittenDownIsNotSentAgain) {
    store.raise(paused());
    database.writesLeft = 1;  // the plan; then the disk is gone
    tick();
    EXPECT_THAT(messenger.take(), SizeIs(1));
    database.writesLeft = -1;
    db.clock.advance(1h);
    tick();
    EXPECT_THAT(messenger.take(), IsEmpty());
    EXPECT_EQ(row(kOps.name()).state, "sent");
}

TEST_F(AlarmNotifierTest, whatTheDatabaseRefusesIsToldFromMemoryAndPutOnRecordLater) {
    organizations = {kAnna};
    database.broken = true;
    const Alarm full{"host/database", "", "database-unwritable", "В базу нельзя писать", "", ""};
    held->raise(full);
    tick();
    held->raise(full);
    db.clock.advance(1h);
    tick();
    EXPECT_THAT(messenger.take(), ElementsAre("/mail/ops@example.org opened host/database"));
    EXPECT_THAT(held->held(), SizeIs(1));

    database.broken = false;
    held->clear("host/database");
    tick();
    EXPECT_THAT(messenger.take(), ElementsAre("/mail/ops@example.org closed host/database"));
    EXPECT_THAT(held->held(), IsEmpty());
    AlarmFilter all;
    all.state = AlarmState::All;
    EXPECT_THAT(store.list(all, {}, 10), SizeIs(1));
}

TEST_F(AlarmNotifierTest, heldAndNotToldIsTriedAgain) {
    database.broken = true;
    messenger.answers[kOps.name()] = Delivery::failed("down", "");
    held->raise({"host/database", "", "database-unwritable", "В базу нельзя писать", "", ""});
    tick();
    tick();
    EXPECT_THAT(messenger.take(), SizeIs(1));
    messenger.answers.clear();
    db.clock.advance(1min);
    tick();
    EXPECT_THAT(messenger.take(), SizeIs(1));
}

TEST_F(AlarmNotifierTest, heldAndOverBeforeAnybodyWasToldIsForgotten) {
    database.broken = true;
    held->raise({"host/database", "", "database-unwritable", "В базу нельзя писать", "", ""});
    held->clear("host/database");
    database.broken = false;
    tick();
    EXPECT_THAT(messenger.take(), IsEmpty());
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM alarm"), 0);
}

TEST_F(AlarmNotifierTest, saysWhenToLookAgain) {
    const auto now = db.clock.now();
    EXPECT_EQ(notifier->tick({}), now + 60'000'000);
    messenger.answers[kOps.name()] = Delivery::failed("down", "");
    store.raise(paused());
    db.clock.advance(1s);
    EXPECT_EQ(notifier->tick({}), db.clock.now() + 60'000'000);
    db.clock.advance(30s);
    EXPECT_EQ(notifier->tick({}), db.clock.now() + 30'000'000);
}

}  // namespace
