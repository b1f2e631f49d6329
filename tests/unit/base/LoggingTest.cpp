#include "common/JsonReader.h"
#include "host/base/LogFormatter.h"
#include "host/base/Logging.h"
#include "tests/support/TempDir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace host::base;
using host::sdk::AppError;
using testing::HasSubstr;
using testing::Not;

namespace {

/// What is logged while it lives; the log goes back to standard error afterwards.
class Captured {
public:
    Captured(const std::string& format, const std::string& level) {
        setUpLogging({.level = level, .format = format, .output = "stderr"}, stream_);
    }
    ~Captured() { setUpLogging({}); }
    std::string text() const { return stream_.str(); }

private:
    std::ostringstream stream_;
};

}  // namespace

TEST(JsonLog, isOneObjectALineWithFieldsInOrder) {
    Captured log("json", "information");

    HouseLogger("room", {{"module", "u2035"}})
        .warning("It took long", {{"duration_ms", "120"}, {"id", "0012"}, {"who", "Ёж \"a\"\n"}});

    std::string line = log.text();
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    auto json = common::parseJsonObject(line);
    EXPECT_EQ(json->getValue<std::string>("level"), "warning");
    EXPECT_EQ(json->getValue<std::string>("logger"), "room");
    EXPECT_EQ(json->getValue<std::string>("msg"), "It took long");
    EXPECT_THAT(line, HasSubstr(R"("module":"u2035","duration_ms":120,"id":"0012","who":"Ёж \"a\"\n")"));
    EXPECT_TRUE(json->getValue<std::string>("ts").ends_with('Z'));
}

TEST(TextLog, keepsAForgedLineInItsLine) {
    Captured log("text", "information");

    HouseLogger("room").info("one\ntwo", {{"a", "x\ny"}, {"b", "plain"}});

    EXPECT_THAT(log.text(), HasSubstr(R"(information [room] one two a="x\ny" b=plain)"));
    std::string text = log.text();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
}

TEST(TextLog, writesWhatMustBeFoundLaterAtAnyLevel) {
    Captured log("text", "error");

    HouseLogger("room").info("lost");
    HouseLogger("room").always("journal", {{"row", "7"}});

    EXPECT_THAT(log.text(), HasSubstr("[room] journal row=7"));
    EXPECT_THAT(log.text(), Not(HasSubstr("lost")));
}

TEST(TextLog, leavesNoEscapeForTheTerminal) {
    Captured log("text", "information");

    HouseLogger("room").info("\x1b[2Jgone", {{"err", "a\x1b[31mred"}});

    EXPECT_THAT(log.text(), Not(HasSubstr("\x1b")));
    EXPECT_THAT(log.text(), HasSubstr("[31mred"));
}

TEST(Log, masksFieldsThatSoundLikeSecrets) {
    for (const char* format : {"json", "text"}) {
        Captured log(format, "information");

        HouseLogger("room").info("x",
                                 {{"Authorization", "v1"}, {"basicToken", "v2"}, {"db_password", "v3"}, {"id", "v4"}});

        EXPECT_THAT(log.text(), Not(HasSubstr("v1")));
        EXPECT_THAT(log.text(), Not(HasSubstr("v2")));
        EXPECT_THAT(log.text(), Not(HasSubstr("v3")));
        EXPECT_THAT(log.text(), HasSubstr("v4"));
    }
}

TEST(Log, leavesOutWhatIsBelowItsLevel) {
    Captured log("text", "warning");

    HouseLogger logger("room");
    logger.debug("d");
    logger.info("i");
    logger.warning("w");
    logger.error("e");

    EXPECT_THAT(log.text(), Not(HasSubstr("[room] i")));
    EXPECT_THAT(log.text(), HasSubstr("[room] w"));
    EXPECT_THAT(log.text(), HasSubstr("[room] e"));
}

TEST(Log, reachesLoggersThatWereThereBefore) {
    HouseLogger before("early");
    Captured log("text", "debug");

    before.debug("now");

    EXPECT_THAT(log.text(), HasSubstr("debug [early] now"));
}

TEST(Log, tellsAnErrorWithEveryCause) {
    host::sdk::LogFields fields;
    try {
        try {
            throw Poco::IOException("disk gone");
        } catch (...) {
            std::throw_with_nested(AppError(503, "db.failed", "The database failed."));
        }
    } catch (const std::exception& e) {
        fields = withError({{"task", "t"}}, e);
    }

    EXPECT_EQ(fields,
              (host::sdk::LogFields{
                  {"task", "t"}, {"err_code", "db.failed"}, {"err", "The database failed.: I/O error: disk gone"}}));
}

TEST(Log, isWrittenToAFile) {
    tests::TempDir folder;
    setUpLogging({.format = "json", .output = (folder / "lmsd.log").string()});
    HouseLogger("room").info("to the file");
    setUpLogging({});

    EXPECT_THAT(tests::TempDir::read(folder / "lmsd.log"), HasSubstr("to the file"));
}

TEST(Log, saysWhichFileCantBeWritten) {
    try {
        setUpLogging({.output = "/nowhere/at/all.log"});
        FAIL() << "nothing thrown";
    } catch (const AppError& e) {
        EXPECT_EQ(e.code(), "log.open");
    }
    setUpLogging({});
}

TEST(LogFields, comeBackFromTheirPackedForm) {
    host::sdk::LogFields fields{{"a", ""}, {"", "1:2"}, {"б", std::string("\0x", 2)}};

    EXPECT_EQ(unpackFields(packFields(fields)), fields);
    EXPECT_TRUE(unpackFields("").empty());
}
