#include "host/connectors/files/Lane.h"
#include "host/sdk/Sources.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using host::connectors::fits;
using host::connectors::isOpenForWriting;
using host::connectors::Lane;
using host::sdk::SourceError;
using testing::ElementsAre;

const std::string kId = "5c7c5a9e-6f0e-4a55-9d3b-0a4f7c1f2d10";

class LaneFixture : public testing::Test {
protected:
    LaneFixture() : folder(fs::temp_directory_path() / ("lane-" + std::to_string(::getpid()))), lane(folder) {
        fs::remove_all(folder);
        fs::create_directories(folder);
    }
    ~LaneFixture() override { fs::remove_all(folder); }

    void put(const std::string& name, const std::string& text = "x") const { std::ofstream(folder / name) << text; }
    std::vector<std::string> candidates(const std::string& pattern = "*") const {
        std::vector<std::string> names;
        for (const auto& one : lane.candidates(pattern)) names.push_back(one.name);
        return names;
    }

    fs::path folder;
    Lane lane;
};

TEST_F(LaneFixture, seesWhoHasAFileOpenToWriteAndWhoReadsOnly) {
    put("a.csv");
    EXPECT_FALSE(isOpenForWriting(folder / "a.csv"));
    std::ifstream reader(folder / "a.csv");
    EXPECT_FALSE(isOpenForWriting(folder / "a.csv"));
    std::ofstream writer(folder / "a.csv", std::ios::app);
    EXPECT_TRUE(isOpenForWriting(folder / "a.csv"));
    writer.close();
    EXPECT_FALSE(isOpenForWriting(folder / "a.csv"));
    EXPECT_FALSE(isOpenForWriting(folder / "none.csv"));
}

TEST_F(LaneFixture, putsBackWhatWasTakenTooEarlyAndReplacesNothing) {
    lane.prepare(true);
    put("a.csv", "old");
    lane.take("a.csv", kId);
    const auto work = fs::relative(lane.workFile(kId, "a.csv"), folder);
    put("a.csv", "new");
    EXPECT_FALSE(lane.putBack(work, "a.csv"));
    fs::remove(folder / "a.csv");
    EXPECT_TRUE(lane.putBack(work, "a.csv"));
    std::ostringstream text;
    text << std::ifstream(folder / "a.csv").rdbuf();
    EXPECT_EQ(text.str(), "old");
}

TEST_F(LaneFixture, leavesWhatIsStillOnItsWay) {
    for (const auto* name : {"a.csv", ".b.csv", "c.csv.tmp", "d.part", "~$e.xlsx", "f.csv.filepart"}) put(name);
    fs::create_directory(folder / "g.csv");
    fs::create_symlink(folder / "a.csv", folder / "h.csv");

    EXPECT_THAT(candidates(), ElementsAre("a.csv"));
}

TEST_F(LaneFixture, givesTheOldestFirst) {
    put("b.csv");
    put("a.csv");
    fs::last_write_time(folder / "a.csv", fs::last_write_time(folder / "b.csv") + std::chrono::seconds(5));

    EXPECT_THAT(candidates("*.csv"), ElementsAre("b.csv", "a.csv"));
}

TEST_F(LaneFixture, keepsTheNewestUploadsThatTogetherAreNotTooLarge) {
    lane.prepare(false);
    std::vector<std::string> ids;
    for (int i = 0; i < 3; ++i) {
        ids.push_back(std::to_string(i) + kId.substr(1));
        put("a.csv", "12345");
        fs::last_write_time(folder / "a.csv", fs::file_time_type::clock::now() + std::chrono::seconds(i));
        lane.take("a.csv", ids.back());
        lane.keep(ids.back(), "a.csv", 10);
    }

    EXPECT_FALSE(lane.ended(ids[0], "a.csv", "20260301T000000Z"));
    const auto kept = lane.ended(ids[1], "a.csv", "20260301T000000Z");
    ASSERT_TRUE(kept && lane.ended(ids[2], "a.csv", "20260301T000000Z"));
    lane.takeAgain(*kept, kId, "a.csv");
    EXPECT_TRUE(fs::exists(lane.workFile(kId, "a.csv")));
    EXPECT_FALSE(lane.ended(ids[1], "a.csv", "20260301T000000Z"));
}

TEST_F(LaneFixture, findsOfTwoThatEndedInOneSecondEachItsOwn) {
    lane.prepare(true);
    const auto other = "6" + kId.substr(1);
    for (const auto& id : {kId, other}) {
        put("a.csv", id);
        lane.take("a.csv", id);
        lane.end(id, "a.csv", false, "20260301T000000Z", "{}", {});
    }

    for (const auto& id : {kId, other}) {
        std::ostringstream text;
        text << std::ifstream(lane.ended(id, "a.csv", "20260301T000000Z").value()).rdbuf();
        EXPECT_EQ(text.str(), id);
    }
}

TEST_F(LaneFixture, isInOnePlaceAtAnyInstantAndEndsWithItsReport) {
    lane.prepare(true);
    put("a.csv", "rows");

    lane.take("a.csv", kId);
    ASSERT_EQ(lane.taken().size(), 1U);
    EXPECT_FALSE(fs::exists(folder / "a.csv"));
    const auto last = lane.end(kId, "a.csv", true, "20260301T000000Z", "{}", {});

    EXPECT_TRUE(lane.taken().empty());
    EXPECT_TRUE(fs::exists(folder / "done" / last));
    EXPECT_TRUE(fs::exists(folder / "done" / (last + ".report.json")));
}

TEST_F(LaneFixture, keepsBothOfOneNameAndInstant) {
    lane.prepare(true);
    for (const auto& id : {kId, "6" + kId.substr(1)}) {
        put("a.csv");
        lane.take("a.csv", id);
        lane.end(id, "a.csv", false, "20260301T000000Z", "{}", {});
    }

    EXPECT_TRUE(fs::exists(folder / "failed/20260301T000000Z-a.csv"));
    EXPECT_TRUE(fs::exists(folder / "failed/20260301T000000Z-6c7c5a9e-a.csv"));
}

TEST_F(LaneFixture, saysWhyAFolderCantBeUsed) {
    put("work");
    EXPECT_THROW(lane.prepare(true), SourceError);
    EXPECT_THROW(Lane(folder / "none").candidates("*"), SourceError);
    fs::create_symlink("/etc/passwd", folder / "link");
    EXPECT_THROW(host::connectors::openPlain(folder / "link"), SourceError);
}

TEST(Pattern, knowsStarAndQuestionMark) {
    EXPECT_TRUE(fits("grades-1.csv", "grades-*.csv"));
    EXPECT_TRUE(fits("a.csv", "?.csv"));
    EXPECT_FALSE(fits("ab.csv", "?.csv"));
    EXPECT_FALSE(fits("grades.csv.tmp", "*.csv"));
    EXPECT_TRUE(fits("", "*"));
}

}  // namespace
