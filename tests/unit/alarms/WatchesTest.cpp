#include "host/alarms/AlarmConfig.h"
#include "host/alarms/AlarmSchema.h"
#include "host/alarms/DatabaseWatch.h"
#include "host/alarms/DiskWatch.h"
#include "host/sdk/Error.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>

using namespace host::alarms;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

constexpr std::uint64_t kGiga = std::uint64_t{1} << 30;

struct DiskWatchTest : ::testing::Test {
    DiskWatch watch{{{"database", "/db"}, {"data", "/data"}}, {}, alarms, [this](const std::filesystem::path& path) {
                        return disks[path.string()];
                    }};
    tests::FakeAlarms alarms;
    std::map<std::string, std::optional<DiskSpace>> disks;
};

TEST_F(DiskWatchTest, raisesBelowTheLimitAndClearsSomewhatAboveIt) {
    disks["/db"] = DiskSpace{100 * kGiga, kGiga, 1};
    watch.look();
    EXPECT_TRUE(alarms.open().empty());
    disks["/db"]->free = kGiga - 1;
    watch.look();
    EXPECT_TRUE(alarms.isOpen("host/disk/database"));
    EXPECT_THAT(alarms.open().begin()->second.detail, HasSubstr("/db"));
    disks["/db"]->free = kGiga + 1;
    watch.look();
    EXPECT_TRUE(alarms.isOpen("host/disk/database"));
    disks["/db"]->free = 2 * kGiga;
    watch.look();
    EXPECT_TRUE(alarms.open().empty());
}

TEST_F(DiskWatchTest, twoFoldersOfOneDiskAreOneAlarm) {
    disks["/db"] = disks["/data"] = DiskSpace{100 * kGiga, 1, 1};
    watch.look();
    EXPECT_EQ(alarms.open().size(), 1U);
    disks["/data"]->disk = 2;
    watch.look();
    EXPECT_EQ(alarms.open().size(), 2U);
}

TEST_F(DiskWatchTest, aFolderThatIsNotThereIsNoAlarm) {
    watch.look();
    EXPECT_TRUE(alarms.raised().empty());
}

TEST(DiskSpace, isAskedOfTheSystem) {
    const auto space = diskSpace("/");
    ASSERT_TRUE(space);
    EXPECT_GT(space->size, 0U);
    EXPECT_LE(space->free, space->size);
    EXPECT_FALSE(diskSpace("/no/such/folder"));
}

TEST(DiskLimit, takesAShareASizeOrTheSmallerOfBoth) {
    EXPECT_EQ(parseDiskLimit({"5%", "1GB"})->of(10 * kGiga), 10 * kGiga / 20);
    EXPECT_EQ(parseDiskLimit({"5%", "1GB"})->of(1000 * kGiga), kGiga);
    EXPECT_EQ(parseDiskLimit({"10%"})->of(1000 * kGiga), 100 * kGiga);
    EXPECT_EQ(parseDiskLimit({"2GB"})->of(10 * kGiga), 2 * kGiga);
    for (const auto& bad :
         std::vector<std::vector<std::string>>{{}, {"x"}, {"0%"}, {"100%"}, {"5"}, {"%"}, {"1%", "2%", "3%"}})
        EXPECT_FALSE(parseDiskLimit(bad));
}

struct RefusingDatabase : host::sdk::Database {
    void read(const std::function<void(Poco::Data::Session&)>&) override {}
    void write(const std::function<void(Poco::Data::Session&)>&) override {
        if (!code.empty()) throw host::sdk::AppError(503, code, "It can't be written.");
    }
    void migrate(const std::vector<host::sdk::Migration>&) override {}
    std::string code;
};

TEST(DatabaseWatch, raisesWhenAWriteFailsAndClearsWhenOneDoesNot) {
    RefusingDatabase database;
    tests::FakeAlarms alarms;
    DatabaseWatch watch(database, alarms);
    watch.look();
    EXPECT_TRUE(alarms.raised().empty());
    database.code = "db.full";
    watch.look();
    EXPECT_TRUE(alarms.isOpen("host/database"));
    EXPECT_FALSE(watch.isWritable());
    database.code.clear();
    watch.look();
    EXPECT_TRUE(alarms.open().empty());
    EXPECT_TRUE(watch.isWritable());
}

TEST(DatabaseWatch, waitsForAnotherProcessForAWhile) {
    RefusingDatabase database;
    tests::FakeAlarms alarms;
    DatabaseWatch watch(database, alarms);
    database.code = "db-busy";
    watch.look();
    watch.look();
    EXPECT_TRUE(alarms.raised().empty());
    watch.look();
    EXPECT_TRUE(alarms.isOpen("host/database"));
}

TEST(DatabaseWatch, writesARealDatabaseWithoutChangingIt) {
    tests::TestDatabase db;
    db->migrate("host.alarms", alarmMigrations());
    tests::FakeAlarms alarms;
    DatabaseWatch watch(db.database, alarms);
    watch.look();
    EXPECT_TRUE(watch.isWritable());
    db.execute("CREATE TRIGGER refuse BEFORE UPDATE ON alarm_memory BEGIN SELECT RAISE(ABORT, 'no'); END");
    watch.look();
    EXPECT_FALSE(watch.isWritable()) << "the row is there, and is written";
}

host::base::Config configured(const std::vector<std::string>& options) {
    auto keys = alarmConfigKeys();
    keys.push_back({"outbound.ca_file", host::base::ConfigType::Path, "", ""});
    keys.push_back({"outbound.allow_http", host::base::ConfigType::Boolean, "false", ""});
    return host::base::Config::load(keys, {{}, {}, options});
}

TEST(AlarmConfig, namesWhatDoesNotFitTogether) {
    auto keysOf = [](const std::vector<std::string>& options) {
        auto config = configured(options);
        alarmSettings(config);
        std::vector<std::string> keys;
        for (const auto& problem : config.problems()) keys.push_back(problem.key);
        return keys;
    };
    EXPECT_THAT(keysOf({}), ElementsAre());
    EXPECT_THAT(keysOf({"alarms.mail.to=a@example.org"}), ElementsAre("alarms.mail.to"));
    EXPECT_THAT(keysOf({"alarms.mail.server=mail.example.org"}), ElementsAre("alarms.mail.from"));
    EXPECT_THAT(keysOf({"alarms.mail.server=m.example.org", "alarms.mail.from=a@example.org", "alarms.mail.user=u"}),
                ElementsAre("alarms.mail.password"));
    EXPECT_THAT(keysOf({"alarms.webhook.url=http://hooks.example.org"}), ElementsAre("alarms.webhook.url"));
    EXPECT_THAT(keysOf({"alarms.heartbeat.job=u2035.nightly"}), ElementsAre("alarms.heartbeat.url"));
    EXPECT_THAT(keysOf({"alarms.disk_free=much"}), ElementsAre("alarms.disk_free"));
}

TEST(AlarmConfig, tellsWhomTheServerTells) {
    auto config = configured({"alarms.mail.server=m.example.org", "alarms.mail.from=a@example.org",
                              "alarms.mail.to=b@example.org, c@example.org",
                              "alarms.webhook.url=https://h.example.org/x", "alarms.mail.security=tls"});
    const auto settings = alarmSettings(config);
    ASSERT_TRUE(config.problems().empty()) << config.report();
    std::vector<std::string> names;
    for (const auto& target : settings.serverTargets()) names.push_back(target.name());
    EXPECT_THAT(names, ElementsAre("/mail/b@example.org", "/mail/c@example.org", "/webhook/"));
    EXPECT_EQ(settings.mail.security, host::mail::MailSettings::Security::Tls);
}

}  // namespace
