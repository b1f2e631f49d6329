#include "tests/unit/connections/RouteRunFixture.h"

namespace {

using namespace host;
using namespace host::connections;
using tests::ScriptedReader;

class RouteRunFilesTest : public tests::RouteRunFixture {
protected:
    RouteRunFilesTest() {
        fillStructure();
        batch(R"({"kind":"results","externalId":"r1","learner":"l1","element":"e1","flow":"f1","attempt":1,"raw":70})",
              "lms");
        columns = {"id", "name", "work", "hash"};
        mapFiles(false);
    }
    void mapFiles(bool immutable) {
        map(R"({"target":"files","source":"lms","externalId":{"column":"id"},
                "content":{"column":"hash","immutable":)" +
            std::string(immutable ? "true" : "false") + R"(},
                "fields":{"name":{"column":"name"},"result":{"column":"work"}}})");
    }
    ScriptedReader reader(std::vector<tests::Cells> rows = {{"f1", "work.txt", "r1", "aa"}}) {
        ScriptedReader one(columns, std::move(rows));
        one.file("aa", "the work").file("bb", "the other work");
        return one;
    }
    std::int64_t liveFiles() { return db.number("SELECT COUNT(*) FROM record_files WHERE deleted_at IS NULL"); }
};

TEST_F(RouteRunFilesTest, bringsTheBytesAndTiesThemToTheResult) {
    auto source = reader();
    const auto out = run(source);
    EXPECT_EQ(out.counts.created, 1) << (errors.empty() ? "" : errors[0].reason);
    EXPECT_EQ(out.counts.files, 1);
    EXPECT_EQ(db.number("SELECT revision FROM record_results"), 2) << "its files are part of it";
    const auto hash = db.text("SELECT sha256 FROM record_files");
    std::ostringstream bytes;
    bytes << files.open("demo", hash)->rdbuf();
    EXPECT_EQ(bytes.str(), "the work");
}

TEST_F(RouteRunFilesTest, theSameBytesAgainChangeNothing) {
    auto first = reader();
    run(first);
    auto second = reader();
    const auto out = run(second);
    EXPECT_EQ(out.counts.unchanged, 1);
    EXPECT_EQ(second.opened, 1);
    EXPECT_EQ(db.number("SELECT revision FROM record_results"), 2);
}

TEST_F(RouteRunFilesTest, aReferenceThatNeverChangesItsBytesIsReadOnce) {
    mapFiles(true);
    auto first = reader();
    run(first);
    auto second = reader();
    EXPECT_EQ(run(second).counts.unchanged, 1);
    EXPECT_EQ(second.opened, 0);
    auto changed = reader({{"f1", "work.txt", "r1", "bb"}});
    EXPECT_EQ(run(changed).counts.updated, 1);
    EXPECT_EQ(changed.opened, 1);
}

TEST_F(RouteRunFilesTest, aFileThatIsGoneIsToldAndTheOthersCome) {
    auto source =
        reader({{"f1", "work.txt", "r1", "zz"}, {"f2", "work2.txt", "r1", "bb"}, {"f3", "w.txt", "r1", std::nullopt}});
    const auto out = run(source);
    EXPECT_EQ(out.counts.created, 1);
    EXPECT_EQ(out.counts.rejected, 2);
    ASSERT_EQ(errors.size(), 2U);
    EXPECT_EQ(errors[0].place, "row 1");
    EXPECT_EQ(errors[0].column, "hash");
    EXPECT_EQ(errors[0].value, "zz");
}

TEST_F(RouteRunFilesTest, followsAFileThatWasTakenBack) {
    rules.followDeletions = true;
    rules.maxDeletedPercent = 100;
    auto first = reader({{"f1", "work.txt", "r1", "aa"}, {"f2", "work2.txt", "r1", "bb"}});
    run(first);
    auto second = reader();
    EXPECT_EQ(run(second).counts.deleted, 1);
    EXPECT_EQ(liveFiles(), 1);
}

TEST_F(RouteRunFilesTest, aMappingOfFilesNeedsToSayWhereTheBytesAre) {
    EXPECT_THROW(
        map(R"({"target":"files","source":"lms","externalId":{"column":"id"},"fields":{"name":{"column":"name"}}})"),
        sdk::AppError);
    EXPECT_THROW(map(R"({"target":"learners","externalId":{"column":"id"},"content":{"column":"id"},"fields":{}})"),
                 sdk::AppError);
}

}  // namespace
