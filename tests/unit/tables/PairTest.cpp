#include "common/Sha256.h"
#include "host/sdk/Error.h"
#include "plugin/footprint/SampleFlow.h"
#include "plugin/tables/PairSplit.h"
#include "plugin/tables/TableExport.h"
#include "plugin/tables/ZipReader.h"
#include "tests/support/TempDir.h"
#include "tests/unit/tables/CsvReader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <sstream>

namespace {

using namespace plugin::footprint;
using namespace plugin::tables;
using namespace host::sdk;
using testing::ElementsAre;

const ProfileSet& profiles() {
    static const ProfileSet set = ProfileSet::load(LMSD_SOURCE_DIR "/config/profiles");
    return set;
}

/// A flow of practices, each with files of its learner; everything from a seed.
class PairTest : public testing::Test {
protected:
    RecordId practice() const {
        for (const auto& element : sample.structure.elements)
            if (element.kind == ElementKind::Practice) return element.id;
        throw std::out_of_range("practice");
    }
    void addResult(std::vector<RecordId> fileIds) {
        Result result = sample.results.front();
        result.id = 5000 + static_cast<RecordId>(results.size());
        result.elementId = practice();
        result.fileIds = std::move(fileIds);
        results.push_back(std::move(result));
    }
    RecordId addFile(const std::string& name, const std::string& bytes) {
        File file;
        file.id = 9000 + static_cast<RecordId>(files.size());
        file.name = name;
        file.size = static_cast<std::int64_t>(bytes.size());
        file.sha256 = common::Sha256::hex(bytes);
        stored[file.sha256] = bytes;
        files.push_back(file);
        return file.id;
    }
    void fill(unsigned seed, int rows) {
        random.seed(seed);
        const auto below = [&](unsigned limit) { return static_cast<int>(random() % limit); };
        for (int i = 0; i < rows; ++i) {
            std::vector<RecordId> ids;
            for (int n = below(4); n > 0; --n) {
                std::string bytes(static_cast<std::size_t>(below(40'000)), '\0');
                for (char& c : bytes) c = static_cast<char>(random());
                // Some are the same file handed in again.
                const bool again = !files.empty() && below(5) == 0;
                ids.push_back(
                    again ? files[static_cast<std::size_t>(below(static_cast<unsigned>(files.size())))].id
                          : addFile("Работа №" + std::to_string(below(9)) + (below(2) ? ".jpg" : ".TXT"), bytes));
            }
            addResult(std::move(ids));
        }
    }
    Manifest write(PairLimits limits) {
        const ExportSettings settings{.profile = profiles().get("bas"),
                                      .organization = sample.organization,
                                      .project = sample.project,
                                      .now = sample.now,
                                      .directory = folder / "",
                                      .limits = limits,
                                      .open = [this](const std::string& sha256) -> std::unique_ptr<std::istream> {
                                          const auto found = stored.find(sha256);
                                          if (found == stored.end()) throw AppError::notFound("gone");
                                          return std::make_unique<std::istringstream>(found->second);
                                      }};
        TableExport tables(settings, {});
        tables.flow({sample.structure, sample.learners, Channel::Tables, nullptr, {}, [this](RecordId id) {
                         const auto at = static_cast<std::size_t>(id - 9000);
                         return at < files.size() ? &files[at] : nullptr;
                     }});
        tables.results(results);
        return tables.commit();
    }
    std::string text(const std::string& path) const {
        std::ifstream file(folder / path, std::ios::binary);
        EXPECT_TRUE(file) << path;
        return {std::istreambuf_iterator<char>(file), {}};
    }

    /// Checks every pair that the manifest names, and returns the rows of all in the order of pairs.
    std::multiset<std::string> checkPairs() {
        rapidjson::Document manifest;
        manifest.Parse(text("manifest.json").c_str());
        std::multiset<std::string> rows;
        std::set<std::string> named{"manifest.json"};
        for (const auto& file : manifest["files"].GetArray()) {
            named.insert(file["path"].GetString());
            EXPECT_EQ(common::Sha256::hex(text(file["path"].GetString())), file["sha256"].GetString());
        }
        for (const auto& entry : std::filesystem::directory_iterator(folder / ""))
            if (entry.is_regular_file()) {
                EXPECT_TRUE(named.count(entry.path().filename().string())) << entry.path();
            }
        for (const auto& pair : manifest["pairs"].GetArray()) checkPair(pair, rows);
        return rows;
    }
    void checkPair(const rapidjson::Value& pair, std::multiset<std::string>& rows) {
        const std::string name = pair["name"].GetString();
        const auto table = kit::readCsv(text(name + ".csv"));
        EXPECT_EQ(static_cast<std::int64_t>(table.size()) - 1, pair["rows"].GetInt64()) << name;
        std::set<std::string> wanted, there;
        for (std::size_t i = 1; i < table.size(); ++i) {
            std::string all;
            for (const auto& cell : table[i]) all += cell + "|";
            rows.insert(all);
            std::istringstream names(table[i].back());
            for (std::string one; std::getline(names, one, ';');) wanted.insert(one);
        }
        ASSERT_EQ(pair.HasMember("archive"), !wanted.empty()) << name;
        if (wanted.empty()) return;
        const ZipReader archive(folder / pair["archive"].GetString());
        for (const auto& entry : archive.entries()) {
            EXPECT_TRUE(there.insert(entry.name).second) << entry.name;
            EXPECT_EQ(entry.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-"), std::string::npos);
        }
        EXPECT_EQ(there, wanted) << name;
        std::set<std::string> mapped;
        const auto mapping = kit::readCsv(text(name + "-files.csv"));
        for (std::size_t i = 1; i < mapping.size(); ++i) mapped.insert(mapping[i][1]);
        EXPECT_EQ(mapped, wanted) << name;
    }

    tests::TempDir folder;
    SampleFlow sample = SampleFlow::make();
    std::vector<Result> results;
    std::vector<File> files;
    std::map<std::string, std::string> stored;
    std::mt19937 random;
};

TEST_F(PairTest, everyFileThatARowNamesIsInItsPairsArchiveWhateverTheLimits) {
    for (unsigned seed = 1; seed <= 8; ++seed) {
        SCOPED_TRACE(seed);
        results.clear();
        files.clear();
        stored.clear();
        fill(seed, 1 + static_cast<int>(seed * 7));
        const PairLimits limits{seed % 3 == 0 ? 0 : 1 + static_cast<std::int64_t>(seed), seed % 2 == 0 ? 4'000 : 0,
                                seed % 4 == 0 ? 0 : 100'000};
        const Manifest manifest = write(limits);
        EXPECT_EQ(static_cast<std::size_t>(manifest.rows), results.size());
        EXPECT_EQ(checkPairs().size(), results.size());
        for (const TablePair& pair : manifest.pairs) {
            if (limits.rows > 0) {
                EXPECT_LE(pair.rows, limits.rows);
            }
        }
        for (const TableFile& file : manifest.files)
            for (const TablePair& pair : manifest.pairs) {
                if (pair.name != file.pair || pair.overLimit) continue;
                if (file.role == "archive" && limits.archiveBytes > 0) {
                    EXPECT_LE(file.bytes, limits.archiveBytes) << file.path;
                }
                // A workbook has some six KiB before its first row: below that only single rows are left.
                if (file.role == "table" && limits.bytes > 0) {
                    EXPECT_LE(file.bytes, limits.bytes) << file.path;
                }
            }
    }
}

TEST_F(PairTest, splittingAgainAndAgainKeepsEveryRowAndFile) {
    fill(2035, 23);
    write({});
    const auto all = checkPairs();
    ASSERT_EQ(all.size(), 23u);
    stored.clear();  // the files are taken from the archive

    for (int round = 0; round < 20; ++round) {
        rapidjson::Document manifest;
        manifest.Parse(text("manifest.json").c_str());
        const auto pairs = manifest["pairs"].GetArray();
        const auto& pair = pairs[static_cast<rapidjson::SizeType>(random() % pairs.Size())];
        const std::string table = pair["upload"].GetString();
        if (pair["rows"].GetInt64() < 2) {
            EXPECT_THROW(splitPair(folder / "", table, sample.now), AppError);
            continue;
        }
        EXPECT_EQ(splitPair(folder / "", table, sample.now).size(), 2u);
        EXPECT_FALSE(std::filesystem::exists(folder / table));
        ASSERT_EQ(checkPairs(), all);
    }
}

TEST_F(PairTest, halvesAreNumberedAfterTheirPart) {
    fill(7, 12);
    write({4, 0, 0});
    EXPECT_THAT(splitPair(folder / "", "activity-results-50001-part2.xlsx", sample.now),
                ElementsAre("activity-results-50001-part2a", "activity-results-50001-part2b"));
    EXPECT_THAT(splitPair(folder / "", "activity-results-50001-part2a.csv", sample.now),
                ElementsAre("activity-results-50001-part2aa", "activity-results-50001-part2ab"));
    EXPECT_THAT(splitPair(folder / "", "activity-results-50001.csv", sample.now),
                ElementsAre("activity-results-50001-part1a", "activity-results-50001-part1b"));
}

TEST_F(PairTest, aSingleRowAndAFileThatIsNotThereAreNotSplit) {
    fill(1, 1);
    write({});
    const std::string before = text("manifest.json");
    const auto codeOf = [&](const std::string& path) -> std::string {
        try {
            splitPair(folder / "", path, sample.now);
        } catch (const AppError& error) {
            return error.code();
        }
        return "";
    };
    EXPECT_EQ(codeOf("activity-results-50001.xlsx"), "export.not-splittable");
    EXPECT_EQ(codeOf("../manifest.json"), "not-found");
    EXPECT_EQ(text("manifest.json"), before);
}

TEST_F(PairTest, theSameRecordsGiveTheSameArchive) {
    fill(3, 9);
    write({});
    const std::string first = text("activity-results-50001.zip");
    write({});
    EXPECT_EQ(text("activity-results-50001.zip"), first);
}

TEST_F(PairTest, aRowOfTwoFilesOfWhichOneIsGoneLeavesNeitherInTheArchive) {
    const RecordId one = addFile("первая.txt", "раз"), lost = addFile("вторая.txt", "два"),
                   other = addFile("третья.txt", "три");
    addResult({one, lost});
    addResult({other});
    stored.erase(files[1].sha256);
    const Manifest manifest = write({});
    EXPECT_EQ(manifest.rows, 1);
    EXPECT_EQ(manifest.unsendable.at("file-gone"), 1);
    EXPECT_EQ(checkPairs().size(), 1u);
}

TEST_F(PairTest, aRowLargerThanTheArchivesLimitGoesAloneAndIsMarked) {
    addResult({addFile("a.jpg", std::string(200'000, 'a'))});
    addResult({addFile("b.jpg", std::string(10, 'b'))});
    const Manifest manifest = write({0, 0, 100'000});
    ASSERT_EQ(manifest.pairs.size(), 2u);
    EXPECT_TRUE(manifest.pairs[0].overLimit);
    EXPECT_FALSE(manifest.pairs[1].overLimit);
    checkPairs();
}

}  // namespace
