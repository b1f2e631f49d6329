#include "host/sdk/Error.h"
#include "plugin/store/ArtifactMigrations.h"
#include "plugin/store/ArtifactStore.h"
#include "plugin/store/Migrations.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::store;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

const std::string kStorage = "storage";

WantedArtifact aWork(const std::string& key, const std::string& sha256 = "aa") {
    WantedArtifact one;
    one.storageId = kStorage;
    one.key = key;
    one.organization = "demo";
    one.project = "bas";
    one.flowId = 7;
    one.learnerId = 41;
    one.kind = "final-work";
    one.fileId = 9;
    one.sha256 = sha256;
    one.size = 5;
    one.contentType = "application/pdf";
    return one;
}

class ArtifactStoreTest : public testing::Test {
protected:
    ArtifactStoreTest() { database->migrate("u2035", numbered({artifactMigrations()})); }

    ArtifactRow row(const std::string& key) { return artifacts.byKeys(kStorage, {key}).at(key); }

    tests::TestDatabase database;
    ArtifactStore artifacts{database, database.clock};
};

TEST_F(ArtifactStoreTest, givesTheNightWhatItWantsAndIsNotProven) {
    artifacts.want({aWork("a"), aWork("b"), aWork("c")}, 1);
    artifacts.proven(row("b").id, "https://x/b");
    artifacts.want({aWork("a"), aWork("b")}, 2);

    const auto due = artifacts.due(kStorage, 2, 0, 10);

    ASSERT_THAT(due, SizeIs(1));
    EXPECT_EQ(due[0].wanted.key, "a");
    EXPECT_EQ(row("b").state, "proven");
    EXPECT_EQ(row("b").url, "https://x/b");
}

TEST_F(ArtifactStoreTest, pagesThroughAnyNumber) {
    std::vector<WantedArtifact> many;
    for (int i = 0; i < 1'203; ++i) many.push_back(aWork("k" + std::to_string(i)));
    artifacts.want(many, 1);
    std::size_t seen = 0;
    std::int64_t after = 0;
    for (auto page = artifacts.due(kStorage, 1, after, 100); !page.empty();
         page = artifacts.due(kStorage, 1, after, 100)) {
        seen += page.size();
        after = page.back().id;
    }
    EXPECT_EQ(seen, many.size());
    std::vector<std::string> keys;
    for (const auto& one : many) keys.push_back(one.key);
    EXPECT_THAT(artifacts.byKeys(kStorage, keys), SizeIs(many.size()));
}

TEST_F(ArtifactStoreTest, neverTakesOtherBytesUnderAKeyThatIsThere) {
    artifacts.want({aWork("a", "aa")}, 1);
    artifacts.want({aWork("a", "bb")}, 2);

    EXPECT_EQ(row("a").wanted.sha256, "aa");
    EXPECT_THAT(artifacts.due(kStorage, 2, 0, 10), IsEmpty());
}

TEST_F(ArtifactStoreTest, knowsNothingOfAnotherStorage) {
    artifacts.want({aWork("a")}, 1);
    EXPECT_THAT(artifacts.byKeys("another", {"a"}), IsEmpty());
    EXPECT_THAT(artifacts.due("another", 1, 0, 10), IsEmpty());
}

TEST_F(ArtifactStoreTest, keepsAnUploadWithItsPartsUntilItIsOver) {
    artifacts.want({aWork("a")}, 1);
    const auto id = row("a").id;
    artifacts.begin(id);
    artifacts.uploadCreated(id, "upload-1", 8);
    artifacts.partDone(id, {2, "\"e2\"", 8, "h2"});
    artifacts.partDone(id, {1, "\"e1\"", 8, "h1"});
    artifacts.partDone(id, {2, "\"e3\"", 8, "h3"});

    EXPECT_TRUE(artifacts.isOnRecord(kStorage, "upload-1"));
    EXPECT_FALSE(artifacts.isOnRecord("another", "upload-1"));
    ASSERT_THAT(artifacts.parts(id), SizeIs(2));
    EXPECT_EQ(artifacts.parts(id)[1].etag, "\"e3\"");
    EXPECT_EQ(row("a").state, "uploading");

    artifacts.uploaded(id);
    EXPECT_THAT(artifacts.parts(id), IsEmpty());
    EXPECT_FALSE(artifacts.isOnRecord(kStorage, ""));
}

TEST_F(ArtifactStoreTest, findsUploadsThatANightNoLongerWants) {
    artifacts.want({aWork("a"), aWork("b")}, 1);
    artifacts.uploadCreated(row("a").id, "upload-a", 8);
    artifacts.uploadCreated(row("b").id, "upload-b", 8);
    artifacts.want({aWork("b")}, 2);

    const auto left = artifacts.abandoned(kStorage, "demo", "bas", 2);

    ASSERT_THAT(left, SizeIs(1));
    EXPECT_EQ(left[0].uploadId, "upload-a");
    EXPECT_THAT(artifacts.abandoned(kStorage, "other", "bas", 2), IsEmpty());
}

TEST_F(ArtifactStoreTest, listsNewestFirstByStateFlowAndLearner) {
    auto others = aWork("c");
    others.learnerId = 42;
    others.flowId = 8;
    artifacts.want({aWork("a"), aWork("b"), others}, 1);
    artifacts.failed(row("a").id, {"code", "cause", "fix"}, true);
    const auto keys = [&](ArtifactFilter filter) {
        std::string text;
        for (const auto& one : artifacts.list(filter, 0, 10)) text += one.wanted.key;
        return text;
    };

    EXPECT_EQ(keys({.organization = "demo", .project = {}, .state = {}}), "cba");
    EXPECT_EQ(keys({.organization = "other", .project = {}, .state = {}}), "");
    EXPECT_EQ(keys({.organization = "demo", .project = {}, .state = "failed"}), "a");
    EXPECT_EQ(keys({.organization = "demo", .project = {}, .state = {}, .flowId = 8}), "c");
    EXPECT_EQ(keys({.organization = "demo", .project = {}, .state = {}, .learnerId = 41}), "ba");
    EXPECT_EQ(artifacts.list({.organization = "demo", .project = {}, .state = {}}, row("b").id, 10).size(), 1u);
    EXPECT_EQ(row("a").failure.cause, "cause");
}

TEST_F(ArtifactStoreTest, refusesAKeyThatCouldEndAStatement) {
    EXPECT_THROW(artifacts.byKeys(kStorage, {"a') OR 1=1 --"}), host::sdk::AppError);
}

}  // namespace
