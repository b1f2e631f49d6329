#include "common/Json.h"
#include "host/sdk/Error.h"
#include "plugin/delivery/XapiFileSet.h"
#include "tests/support/TempDir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

using namespace plugin::delivery;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct XapiFileSetTest : testing::Test {
    tests::TempDir folder;
    std::filesystem::path xapi() const { return folder.path() / "xapi"; }
    XapiFileFacts facts{"demo", "bas", "due", 1'700'000'000'000'000};

    struct Given {
        bool methodist;
        std::string id, kind, bytes;
    };
    static void add(XapiFileSet& set, const Given& one) {
        set.add(one.methodist, {one.id, one.kind, "bas 1", one.bytes});
    }
};

/// The statements of a file, as they stand in it.
std::vector<std::string> statementsOf(const std::string& text) {
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    EXPECT_FALSE(document.HasParseError()) << text;
    EXPECT_TRUE(document.IsArray());
    std::vector<std::string> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line == "[" || line == "]") continue;
        if (line.back() == ',') line.pop_back();
        out.push_back(line);
    }
    EXPECT_EQ(out.size(), document.Size());
    return out;
}

TEST_F(XapiFileSetTest, whateverTheLimitsEveryStatementStandsOnceInOrderWithItsBytes) {
    std::mt19937 random(20350);
    for (int round = 0; round < 40; ++round) {
        const XapiFileLimits limits{1 + random() % 12, 64 + random() % 900};
        std::vector<Given> given;
        const auto methodists = random() % 20;
        const auto all = methodists + random() % 60;
        for (std::size_t i = 0; i < all; ++i) {
            const std::string id = "id-" + std::to_string(i);
            given.push_back({i < methodists, id, i % 3 == 0 ? "learner.grade" : "learner.video",
                             R"({"id":")" + id + R"(","x":")" + std::string(random() % 300, 'x') + R"("})"});
        }
        XapiFileSet set(folder.path(), limits, facts);
        for (const auto& one : given) add(set, one);
        set.finish();
        set.publish();

        std::vector<std::string> found;
        for (const auto& file : set.files()) {
            const auto text = read(xapi() / file.path);
            const auto statements = statementsOf(text);
            ASSERT_EQ(text.size(), static_cast<std::size_t>(file.bytes));
            ASSERT_EQ(common::Sha256::hex(text), file.sha256);
            ASSERT_EQ(statements.size(), static_cast<std::size_t>(file.statements));
            ASSERT_LE(statements.size(), limits.statements);
            ASSERT_TRUE(text.size() <= limits.bytes || statements.size() == 1) << text.size() << " " << limits.bytes;
            for (const auto& one : statements) found.push_back(one);
        }
        ASSERT_EQ(found.size(), given.size());
        for (std::size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], given[i].bytes);
    }
}

TEST_F(XapiFileSetTest, aFileHoldsTheMethodistsOrTheLearnersStatementsAndNeverBoth) {
    XapiFileSet set(folder.path(), {}, facts);
    add(set, {true, "a", "methodist.course", "{}"});
    add(set, {false, "b", "learner.grade", "{}"});
    set.finish();

    ASSERT_EQ(set.files().size(), 2u);
    EXPECT_TRUE(set.files()[0].methodist);
    EXPECT_FALSE(set.files()[1].methodist);
}

TEST_F(XapiFileSetTest, theManifestNamesOrderKindsAndBounds) {
    XapiFileSet set(folder.path(), {2, 10'000}, facts);
    for (const auto* id : {"a", "b", "c"})
        add(set, {false, id, "learner.grade", R"({"id":")" + std::string(id) + R"("})"});
    set.finish();
    set.publish();

    rapidjson::Document manifest;
    manifest.Parse(read(xapi() / "manifest.json").c_str());
    ASSERT_FALSE(manifest.HasParseError());
    const auto& second = manifest["files"][1];
    EXPECT_STREQ(second["path"].GetString(), "xapi-0002.json");
    EXPECT_EQ(second["order"].GetInt(), 2);
    EXPECT_STREQ(second["firstId"].GetString(), "c");
    EXPECT_STREQ(second["lastId"].GetString(), "c");
    EXPECT_EQ(manifest["files"][0]["kinds"]["learner.grade"].GetInt(), 2);
    EXPECT_EQ(manifest["kinds"]["learner.grade"].GetInt(), 3);
    EXPECT_EQ(manifest["files"][0]["profileVersions"]["bas 1"].GetInt(), 2);
    EXPECT_EQ(manifest["statements"].GetInt(), 3);
}

TEST_F(XapiFileSetTest, nothingIsThereBeforeItIsPublishedAndNothingStaysWhenItIsNot) {
    {
        XapiFileSet set(folder.path(), {}, facts);
        add(set, {true, "a", "methodist.course", "{}"});
        set.finish();
        EXPECT_FALSE(std::filesystem::exists(xapi()));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(XapiFileSetTest, aSetThatIsPublishedAgainLeavesNoFileOfTheEarlierOne) {
    for (const std::size_t perFile : {1u, 10u}) {
        XapiFileSet set(folder.path(), {perFile, 10'000}, facts);
        for (const auto* id : {"a", "b", "c"}) add(set, {false, id, "learner.grade", "{}"});
        set.finish();
        set.publish();
    }
    EXPECT_TRUE(std::filesystem::exists(xapi() / "xapi-0001.json"));
    EXPECT_FALSE(std::filesystem::exists(xapi() / "xapi-0002.json"));
}

TEST_F(XapiFileSetTest, aFolderThatCannotBeWrittenIsNamedWithoutItsPath) {
    std::ofstream(folder.path() / "file") << "x";
    try {
        XapiFileSet set(folder.path() / "file", {}, facts);
        FAIL();
    } catch (const host::sdk::AppError& error) {
        EXPECT_EQ(error.code(), "xapi-files.write");
        EXPECT_THAT(error.what(), HasSubstr("check free space and permissions"));
        EXPECT_THAT(error.what(), testing::Not(HasSubstr(folder.path().string())));
    }
}

}  // namespace
