#include "host/alarms/AlarmSchema.h"
#include "host/alarms/AlarmStore.h"
#include "host/alarms/MessageStore.h"
#include "host/sdk/Error.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>

using namespace host::alarms;
using namespace std::chrono_literals;
using host::sdk::Alarm;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

namespace {

struct AlarmStoreTest : ::testing::Test {
    AlarmStoreTest() {
        db->migrate("host.alarms", alarmMigrations());
        store.onChange([this] { ++changes; });
    }
    static Alarm paused(const std::string& detail = "401 с 02:00") {
        return {"u2035/destination/7",        "spo-12", "destination-paused",
                "Передача в LRS остановлена", detail,   "Замените ключ."};
    }
    std::vector<std::string> listed(AlarmState state) {
        std::vector<std::string> out;
        for (const auto& row : store.list({.organization = {}, .code = {}, .keyPrefix = {}, .state = state}, {}, 100))
            out.push_back(row.alarm.key + (row.isOpen() ? " open" : " closed"));
        return out;
    }

    tests::TestDatabase db;
    tests::RecordingLogger log;
    AlarmStore store{db.database, db.clock, log};
    int changes = 0;
};

TEST_F(AlarmStoreTest, opensOnceAndRefreshesWhatItSays) {
    store.raise(paused());
    db.clock.advance(10min);
    store.raise(paused("401 с 02:00, попыток 12"));

    auto rows = store.list({}, {}, 100);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].alarm.detail, "401 с 02:00, попыток 12");
    EXPECT_EQ(rows[0].openedAt, tests::FakeClock::kStart);
    EXPECT_EQ(rows[0].refreshedAt, tests::FakeClock::kStart + 600'000'000);
    EXPECT_EQ(changes, 1);
}

TEST_F(AlarmStoreTest, keepsItsOrganizationAndCodeWhileItIsOpen) {
    store.raise(paused());
    Alarm other = paused();
    other.organization = "somebody-else";
    other.code = "other";
    store.raise(other);

    auto open = store.findOpen("u2035/destination/7");
    ASSERT_TRUE(open);
    EXPECT_EQ(open->alarm.organization, "spo-12");
    EXPECT_EQ(open->alarm.code, "destination-paused");
}

TEST_F(AlarmStoreTest, isANewAlarmAfterItWasCleared) {
    store.raise(paused());
    store.clear("u2035/destination/7");
    store.raise(paused());

    EXPECT_EQ(changes, 3);
    EXPECT_THAT(listed(AlarmState::All), ElementsAre("u2035/destination/7 open", "u2035/destination/7 closed"));
    EXPECT_THAT(listed(AlarmState::Closed), ElementsAre("u2035/destination/7 closed"));
}

TEST_F(AlarmStoreTest, clearingWhatIsNotOpenChangesNothing) {
    const auto writes = db->statistics().writes;
    store.clear("u2035/destination/7");
    EXPECT_EQ(changes, 0);
    EXPECT_EQ(db->statistics().writes, writes);
}

TEST_F(AlarmStoreTest, survivesANewStore) {
    store.raise(paused());
    AlarmStore later(db.database, db.clock, log);
    later.raise(paused("снова"));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM alarm"), 1);
}

TEST_F(AlarmStoreTest, pagesGoThroughOpenOnesFirst) {
    for (int i = 1; i <= 5; ++i) {
        Alarm a = paused();
        a.key = "k/" + std::to_string(i);
        store.raise(a);
    }
    store.clear("k/2");
    store.clear("k/5");

    std::vector<std::string> seen;
    std::optional<AlarmKey> after;
    for (;;) {
        auto page = store.list({.organization = {}, .code = {}, .keyPrefix = {}, .state = AlarmState::All}, after, 2);
        for (const auto& row : page) seen.push_back(row.alarm.key);
        if (page.size() < 2) break;
        after = AlarmKey{page.back().isOpen(), page.back().id};
    }
    EXPECT_THAT(seen, ElementsAre("k/4", "k/3", "k/1", "k/5", "k/2"));
}

TEST_F(AlarmStoreTest, narrowsByOrganizationCodeAndModule) {
    store.raise(paused());
    store.raise({"host/disk", "", "disk-nearly-full", "Мало места", "", ""});

    auto keys = [&](const AlarmFilter& filter) {
        std::vector<std::string> out;
        for (const auto& row : store.list(filter, {}, 10)) out.push_back(row.alarm.key);
        return out;
    };
    EXPECT_THAT(keys({.organization = "spo-12", .code = {}, .keyPrefix = {}}), ElementsAre("u2035/destination/7"));
    EXPECT_THAT(keys({.organization = "", .code = {}, .keyPrefix = {}}), ElementsAre("host/disk"));
    EXPECT_THAT(keys({.organization = {}, .code = "disk-nearly-full", .keyPrefix = {}}), ElementsAre("host/disk"));
    EXPECT_THAT(keys({.organization = {}, .code = {}, .keyPrefix = "u2035/"}), ElementsAre("u2035/destination/7"));
    EXPECT_THAT(store.openSince("host/"), ElementsAre(Pair("host/disk", tests::FakeClock::kStart)));
    EXPECT_THAT(store.openByCode(), ElementsAre(Pair("destination-paused", 1), Pair("disk-nearly-full", 1)));
}

TEST_F(AlarmStoreTest, textsAreBoundedAndTheTitleIsOneLine) {
    Alarm a = paused(std::string(5000, 'x') + "\xFF");
    a.title = "Первая\r\nBcc: all@example.org";
    store.raise(a);

    auto row = store.findOpen(a.key);
    EXPECT_EQ(row->alarm.title, "Первая  Bcc: all@example.org");
    EXPECT_EQ(row->alarm.detail, std::string(3999, 'x') + "…");
}

TEST_F(AlarmStoreTest, refusesAnAlarmWithoutAName) {
    Alarm a = paused();
    a.key.clear();
    EXPECT_THROW(store.raise(a), host::sdk::AppError);
}

TEST_F(AlarmStoreTest, forgetsWhatWasClosedLongAgoOnly) {
    store.raise(paused());
    store.clear("u2035/destination/7");
    store.raise({"host/disk", "", "disk-nearly-full", "Мало места", "", ""});
    db.clock.advance(24h);

    store.removeClosedBefore(db.clock.now());
    EXPECT_THAT(listed(AlarmState::All), ElementsAre("host/disk open"));
}

TEST_F(AlarmStoreTest, aNewAlarmNeverGetsTheMessagesOfAForgottenOne) {
    MessageStore messages(db.database, db.clock);
    const Target ops{"", Channel::Mail, "ops@example.org"};
    auto told = [&](const std::string& key) {
        store.raise({key, "", "code", "Причина", "", ""});
        messages.plan({ops});
        for (const auto& due : messages.due(10)) messages.sent(due);
        store.clear(key);
    };
    told("host/1");
    told("host/2");
    db.clock.advance(24h);
    store.removeClosedBefore(db.clock.now());
    EXPECT_THAT(listed(AlarmState::All), ElementsAre("host/2 closed")) << "the greatest id is counted on from";
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM alarm_message WHERE alarm_id = 1"), 0);

    store.raise({"host/3", "", "code", "Причина", "", ""});
    messages.plan({ops});
    std::vector<std::int64_t> ids;
    for (const auto& due : messages.due(10))
        if (due.kind == "opened") ids.push_back(due.alarmId);
    EXPECT_THAT(ids, ElementsAre(3));
    store.removeClosedBefore(db.clock.now());
    EXPECT_THAT(listed(AlarmState::All), ElementsAre("host/3 open"));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM alarm_message WHERE alarm_id < 3"), 0);
}

TEST_F(AlarmStoreTest, forgettingIsDoneWholeOrNotAtAll) {
    MessageStore messages(db.database, db.clock);
    for (const char* key : {"host/1", "host/2"}) {
        store.raise({key, "", "code", "Причина", "", ""});
        messages.plan({{"", Channel::Mail, "ops@example.org"}});
        store.clear(key);
    }
    db.clock.advance(24h);
    db.execute("CREATE TRIGGER refuse BEFORE DELETE ON alarm BEGIN SELECT RAISE(ABORT, 'no'); END");
    EXPECT_ANY_THROW(store.removeClosedBefore(db.clock.now()));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM alarm_message WHERE alarm_id = 1"), 1);
}

}  // namespace
