#include "host/base/BaseConfig.h"
#include "host/base/Config.h"
#include "host/store/StoreConfig.h"
#include "tests/support/TempDir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdlib.h>

using namespace host::base;
using host::sdk::AppError;
using testing::HasSubstr;
using testing::Not;

namespace {

std::vector<ConfigKey> keys() {
    return {{"http.port", ConfigType::Integer, "8080", "where it listens", false, 0, 65535},
            {"http.idle", ConfigType::Duration, "5s", "idle connections"},
            {"http.body", ConfigType::Bytes, "1MB", "largest body"},
            {"http.tls", ConfigType::Boolean, "false", "TLS"},
            {"http.name", ConfigType::Text, "", "name"},
            {"data.path", ConfigType::Path, "", "folder"},
            {"data.kinds", ConfigType::List, "a,b", "kinds"},
            {"data.password", ConfigType::Text, "", "password", true}};
}

Config fromText(const tests::TempDir& folder, std::string_view text, ConfigSources sources = {}) {
    sources.file = folder.write("lmsd.conf", text);
    return Config::load(keys(), sources);
}

}  // namespace

TEST(Config, givesTypedDefaults) {
    auto config = Config::load(keys(), {});

    EXPECT_EQ(config.integer("http.port"), 8080);
    EXPECT_EQ(config.duration("http.idle"), std::chrono::seconds(5));
    EXPECT_EQ(config.bytes("http.body"), 1U << 20);
    EXPECT_FALSE(config.boolean("http.tls"));
    EXPECT_EQ(config.text("http.name"), "");
    EXPECT_FALSE(config.isSet("http.name"));
    EXPECT_EQ(config.list("data.kinds"), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(config.report(), "");
}

TEST(Config, letsEachLayerWinOverTheOnesBefore) {
    tests::TempDir folder;
    folder.write("conf.d/20-b.conf", "http.idle = 3s\nhttp.body = 3MB\n");
    folder.write("conf.d/10-a.conf", "http.port = 2\nhttp.idle = 2s\nhttp.body = 2MB\nhttp.name = a\n");
    folder.write("conf.d/ignored.conf.bak", "http.port = 99\n");
    ConfigSources sources;
    sources.environment = {
        {"LMSD_HTTP__BODY", "4MB"}, {"LMSD_HTTP__NAME", "env"}, {"LMSD_SHARED", "/x"}, {"PATH", "/bin"}};
    sources.options = {"http.name=option"};

    auto config = fromText(folder, "http.port = 1\nhttp.idle = 1s\nhttp.tls = true\n", sources);

    EXPECT_EQ(config.report(), "");
    EXPECT_TRUE(config.boolean("http.tls"));
    EXPECT_EQ(config.integer("http.port"), 2);
    EXPECT_EQ(config.duration("http.idle"), std::chrono::seconds(3));
    EXPECT_EQ(config.bytes("http.body"), 4U << 20);
    EXPECT_EQ(config.text("http.name"), "option");
}

TEST(Config, reportsEveryProblemOfEveryLayerWithItsOrigin) {
    tests::TempDir folder;
    folder.write("conf.d/10.conf", "http.idle = 5\n");
    ConfigSources sources;
    sources.environment = {{"LMSD_HTTP__TLS", "yes"}};
    sources.options = {"http.prot=1", "nonsense"};

    auto config =
        fromText(folder, "# comment\nhttp.port = 99999\nno equals sign\nhttp.name = a\nhttp.name = b\n", sources);

    std::string report = config.report();
    EXPECT_EQ(config.problems().size(), 7U) << report;
    EXPECT_THAT(report, HasSubstr("lmsd.conf:2: 'http.port' is above the most, 65535"));
    EXPECT_THAT(report, HasSubstr("lmsd.conf:3: the line is not 'key = value'"));
    EXPECT_THAT(report, HasSubstr("lmsd.conf:5: 'http.name' is set twice"));
    EXPECT_THAT(report, HasSubstr("10.conf:1: 'http.idle' is not a duration"));
    EXPECT_THAT(report, HasSubstr("environment LMSD_HTTP__TLS: 'http.tls' is neither true nor false"));
    EXPECT_THAT(report, HasSubstr("--set: 'http.prot' is not a known key; did you mean 'http.port'?"));
    EXPECT_THAT(report, HasSubstr("--set nonsense: is not 'key=value'"));
}

TEST(Config, throwsTheWholeReport) {
    auto config = Config::load(keys(), {.file = "", .environment = {}, .options = {"a.b=1", "http.port=x"}});

    try {
        config.throwIfWrong();
        FAIL() << "nothing thrown";
    } catch (const AppError& e) {
        EXPECT_EQ(e.code(), "config");
        EXPECT_EQ(e.errors().size(), 2U);
    }
}

TEST(Config, addsProblemsFoundLaterWithTheOriginOfTheirKey) {
    tests::TempDir folder;
    auto config = fromText(folder, "module.u2035.schedule = never\n");

    config.addProblem("module.u2035.schedule", "is no schedule", "give five fields");

    EXPECT_THAT(config.report(), HasSubstr("lmsd.conf:1: 'module.u2035.schedule' is no schedule; give five fields"));
}

TEST(Config, saysWhenTheFileIsMissing) {
    auto config = Config::load(keys(), {.file = "/nowhere/lmsd.conf", .environment = {}, .options = {}});

    EXPECT_THAT(config.report(), HasSubstr("/nowhere/lmsd.conf: the file can't be read"));
}

TEST(Config, refusesALineThatIsNotUtf8) {
    tests::TempDir folder;

    EXPECT_THAT(fromText(folder, "http.name = \xcf\xf0\n").report(), HasSubstr("lmsd.conf:1: the line is not UTF-8"));
}

TEST(Config, takesByteOrderMarkCarriageReturnsAndEqualsSignsInValues) {
    tests::TempDir folder;

    auto config = fromText(folder, "\xef\xbb\xbfhttp.name = a=b\r\nhttp.port = 1\r\n");

    EXPECT_EQ(config.report(), "");
    EXPECT_EQ(config.text("http.name"), "a=b");
}

TEST(Config, resolvesAPathFromTheFolderOfItsFile) {
    tests::TempDir folder;

    auto config = fromText(folder, "data.path = sub/../data\n");

    EXPECT_EQ(config.path("data.path"), folder / "data");
}

TEST(Config, passesAModulesKeysThroughWithoutTheirPrefix) {
    tests::TempDir folder;

    auto config = fromText(folder, "module.u2035.schedule = 0 2 * * *\nmodule.other.x = 1\n");

    EXPECT_EQ(config.report(), "");
    EXPECT_THAT(config.moduleConfig("u2035"), testing::ElementsAre(testing::Pair("schedule", "0 2 * * *")));
}

TEST(Config, refusesAPlainSecretWithoutRepeatingIt) {
    tests::TempDir folder;

    std::string report = fromText(folder, "data.password = hunter2\n").report();

    EXPECT_THAT(report, HasSubstr("'data.password' holds a secret in plain text"));
    EXPECT_THAT(report, Not(HasSubstr("hunter2")));
}

TEST(Config, readsASecretWhereItIsKeptEachTime) {
    tests::TempDir folder;
    auto file = folder.write("secret", "first\n");
    auto config = fromText(folder, "data.password = file:" + file.string() + "\n");

    EXPECT_EQ(config.secret("data.password")->reveal(), "first");
    folder.write("secret", "second");
    EXPECT_EQ(config.secret("data.password")->reveal(), "second");
}

TEST(Config, readsASecretOfTheEnvironmentOrOfSystemd) {
    tests::TempDir folder;
    folder.write("name", "from systemd");
    ::setenv("LMSD_TEST_SECRET", "from environment", 1);
    ::setenv("CREDENTIALS_DIRECTORY", folder.path().c_str(), 1);

    EXPECT_EQ(resolveSecret("env:LMSD_TEST_SECRET").reveal(), "from environment");
    EXPECT_EQ(resolveSecret("credential:name").reveal(), "from systemd");
    EXPECT_THROW(resolveSecret("env:LMSD_TEST_NO_SUCH"), AppError);
    EXPECT_THROW(resolveSecret("credential:../name"), AppError);
    EXPECT_THROW(resolveSecret("file:/nowhere"), AppError);

    ::unsetenv("CREDENTIALS_DIRECTORY");
    ::unsetenv("LMSD_TEST_SECRET");
}

TEST(Config, printsEveryValueWithItsOriginAndNoSecret) {
    tests::TempDir folder;
    auto config = fromText(folder, "data.password = file:/run/very-private\nmodule.m.token = abc\nhttp.port = 1\n");

    std::string printed = config.print();

    EXPECT_THAT(printed, HasSubstr("data.password = file:***  # " + (folder / "lmsd.conf").string() + ":1\n"));
    EXPECT_THAT(printed, HasSubstr("module.m.token = ***"));
    EXPECT_THAT(printed, HasSubstr("http.port = 1  # " + (folder / "lmsd.conf").string() + ":3\n"));
    EXPECT_THAT(printed, HasSubstr("http.idle = 5s  # default\n"));
    EXPECT_THAT(printed, Not(HasSubstr("abc")));
}

TEST(Config, describesEveryKeyForPeople) {
    EXPECT_THAT(Config::describeKeys(keys()), HasSubstr("| `http.idle` | duration | `5s` | idle connections |\n"));
}

TEST(Config, isAProgramFaultToAskForWhatNobodyDeclared) {
    auto config = Config::load(keys(), {});

    EXPECT_THROW(config.integer("http.prot"), std::logic_error);
    EXPECT_THROW(config.integer("http.name"), std::logic_error);
    EXPECT_THROW(config.text("data.password"), std::logic_error);
}

TEST(BaseConfig, isValidAsDeclaredAndReachesTheStore) {
    tests::TempDir folder;
    ConfigSources sources;
    sources.file = folder.write("lmsd.conf", "database.path = a.db\ndatabase.readers = 2\ndatabase.wait = 1s\n");

    auto config = Config::load(baseConfigKeys(), sources);
    auto options = host::store::sqliteOptions(config);

    EXPECT_EQ(config.report(), "");
    EXPECT_EQ(options.path, folder / "a.db");
    EXPECT_EQ(options.readers, 2U);
    EXPECT_EQ(options.wait, std::chrono::seconds(1));
    EXPECT_EQ(options.readerCacheKib, 2048);
    EXPECT_EQ(secretKeyPath(config), folder / "secrets.key");
}
