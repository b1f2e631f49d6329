#include "common/Sha256.h"
#include "plugin/footprint/SampleFlow.h"
#include "plugin/tables/TableExport.h"
#include "tests/support/TempDir.h"
#include "tests/unit/tables/CsvReader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace {

using namespace plugin::footprint;
using namespace plugin::tables;
using namespace host::sdk;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

const ProfileSet& profiles() {
    static const ProfileSet set = ProfileSet::load(LMSD_SOURCE_DIR "/config/profiles");
    return set;
}

class TableExportTest : public testing::Test {
protected:
    TableExportTest() {
        work.id = 9001;
        work.name = "Моя работа.PDF";
        work.sha256 = common::Sha256::hex(bytes);
        work.size = static_cast<std::int64_t>(bytes.size());
        // What no table of the profile carries has a test of its own.
        std::erase_if(sample.results, [](const Result& one) { return one.id > 2050; });
        for (Result& one : sample.results)
            if (one.id != 1046) one.fileIds.clear();
        sample.structure.elements.push_back(sample.structure.elements.front());
        sample.structure.elements.back().id = 35;
        sample.structure.elements.back().kind = ElementKind::PracticeDiary;
    }
    ExportSettings settings() {
        return {.profile = profiles().get("bas"),
                .organization = sample.organization,
                .project = sample.project,
                .contour = contour,
                .now = sample.now,
                .directory = folder / "",
                .open = [this](const std::string& sha256) -> std::unique_ptr<std::istream> {
                    if (gone || sha256 != work.sha256) throw AppError::notFound("The file is gone.");
                    return std::make_unique<std::istringstream>(onDisk);
                }};
    }
    FlowTables flow() {
        return {sample.structure,
                sample.learners,
                channel,
                &leftOut,
                [this](const char* kind, RecordId id, std::int64_t, std::string_view) {
                    const auto found = told.find({kind, id});
                    return found == told.end() ? Told::Nothing : found->second;
                },
                [this](RecordId id) { return id == 9001 ? &work : nullptr; }};
    }
    Manifest night() {
        refused.clear();
        TableExport tables(settings(), [this](Unsendable&& u) { refused.push_back(std::move(u)); });
        tables.flow(flow());
        tables.results(sample.results);
        tables.views(sample.views);
        return tables.commit();
    }
    std::string text(const std::string& path) const {
        std::ifstream file(folder / path, std::ios::binary);
        EXPECT_TRUE(file) << path;
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / ""))
            if (entry.is_regular_file() && entry.path().parent_path().filename() != ".rows")
                all.push_back(std::filesystem::relative(entry.path(), folder / "").string());
        return all;
    }

    tests::TempDir folder;
    const std::string bytes = "%PDF-1.4 работа";
    std::string onDisk = bytes;
    bool gone = false;
    SampleFlow sample = SampleFlow::make();
    host::sdk::File work;
    Contour contour = Contour::Production;
    Channel channel = Channel::Tables;
    std::map<RecordId, std::string> leftOut;
    std::map<std::pair<std::string, RecordId>, Told> told;
    std::vector<Unsendable> refused;
};

TEST_F(TableExportTest, writesEveryElementInBothFormatsWithArchiveAndManifest) {
    night();

    EXPECT_THAT(names(), UnorderedElementsAre("assessment-results-50001.csv", "assessment-results-50001.xlsx",
                                              "activity-results-50001.csv", "activity-results-50001.xlsx",
                                              "final-work-results-50001.csv", "final-work-results-50001.xlsx",
                                              "final-work-results-50001.zip", "final-work-results-50001-files.csv",
                                              "final-work-results-50001-files.xlsx", "entry-diagnostics-50001.csv",
                                              "entry-diagnostics-50001.xlsx", "video-views-50001.csv",
                                              "video-views-50001.xlsx", "manifest.json"));
}

TEST_F(TableExportTest, writesTypedCellsUnderTheProfilesColumns) {
    sample.structure.elements[4].title = "=Тест, \"1\"";
    night();
    const auto rows = kit::readCsv(text("assessment-results-50001.csv"));

    EXPECT_THAT(rows[0], ElementsAre("UNTI ID", "ID курса", "ID потока", "Номер модуля", "Название элемента",
                                     "Дата и время", "Балл", "Минимальный балл", "Максимальный балл", "Проходной балл",
                                     "Успешность (да/нет)", "Номер попытки", "Всего попыток", "Длительность"));
    EXPECT_THAT(rows[1], ElementsAre("100001", "50001", "7001", "1", "'=Тест, \"1\"", "2025-10-02T12:05:00+03:00",
                                     "8.5", "0", "10", "6", "да", "1", "3", "PT14M8S"));
    EXPECT_EQ(rows.size(), 5u);
}

TEST_F(TableExportTest, doesNotGuardNumbers) {
    sample.results[0].raw = -3.5;
    sample.results[0].min = -5;
    night();
    EXPECT_EQ(kit::readCsv(text("assessment-results-50001.csv"))[1][6], "-3.5");
}

TEST_F(TableExportTest, beginsWithABomAndEndsRowsWithCrLf) {
    night();
    const std::string csv = text("video-views-50001.csv");
    EXPECT_TRUE(csv.starts_with("\xef\xbb\xbfUNTI ID,"));
    EXPECT_TRUE(csv.ends_with("\r\n"));
}

TEST_F(TableExportTest, namesFilesOfAFinalWorkInAscii) {
    night();
    EXPECT_EQ(kit::readCsv(text("final-work-results-50001.csv"))[1].back(),
              "100001-moia-rabota-" + work.sha256.substr(0, 16) + ".pdf");
}

TEST_F(TableExportTest, aRowWhoseFileIsGoneFromTheDiskIsRefusedByName) {
    gone = true;
    const Manifest manifest = night();
    EXPECT_EQ(manifest.unsendable.at("file-gone"), 1);
    EXPECT_EQ(manifest.rows, 9);
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].record.id, 1046);
    EXPECT_NE(refused[0].reason.find("Моя работа.PDF"), std::string::npos);
    for (const std::string& name : names()) EXPECT_EQ(name.find("final-work"), std::string::npos) << name;
}

TEST_F(TableExportTest, aFileThatIsNotTheOneUploadedNeverGetsIntoAnArchive) {
    onDisk.back() = '?';
    EXPECT_EQ(night().unsendable.at("file-changed"), 1);
    EXPECT_FALSE(std::filesystem::exists(folder / "final-work-results-50001.zip"));
}

TEST_F(TableExportTest, anActivityThatNamesALostFileIsNotWrittenWithoutIt) {
    sample.results[4].fileIds = {77};
    const Manifest manifest = night();
    EXPECT_EQ(manifest.unsendable, (std::map<std::string, std::int64_t>{{"file-gone", 1}}));
}

TEST_F(TableExportTest, aTextThatNoCellCanHoldIsRefusedAndNeverCut) {
    sample.structure.elements[4].title = std::string(32'768, 'x');
    EXPECT_EQ(night().unsendable, (std::map<std::string, std::int64_t>{{"text-too-long", 1}}));
    sample.structure.elements[4].title = "a\x01";
    EXPECT_EQ(night().unsendable, (std::map<std::string, std::int64_t>{{"control-character", 1}}));
}

TEST_F(TableExportTest, anElementWhoseTemplateIsNotMappedIsRefusedWholly) {
    ExportSettings own = settings();
    own.templates["assessment-results"].problem = "столбец «Город»";
    TableExport tables(own, {});
    tables.flow(flow());
    tables.results(sample.results);
    const Manifest manifest = tables.commit();
    EXPECT_EQ(manifest.unsendable.at("template-not-mapped"), 4);
    EXPECT_FALSE(std::filesystem::exists(folder / "assessment-results-50001.csv"));
}

TEST_F(TableExportTest, aMappedTemplateGivesExactlyItsColumns) {
    ExportSettings own = settings();
    own.templates["assessment-results"].columns = {{"Балл теста", Name::ResultRaw, true, {}},
                                                   {"Примечание", Name::Count, false, {}},
                                                   {"Слушатель", Name::LearnerUntiId, true, {}}};
    TableExport tables(own, {});
    tables.flow(flow());
    tables.results(sample.results);
    tables.commit();
    const auto rows = kit::readCsv(text("assessment-results-50001.csv"));
    EXPECT_THAT(rows[0], ElementsAre("Балл теста", "Примечание", "Слушатель"));
    EXPECT_THAT(rows[1], ElementsAre("8.5", "", "100001"));
}

TEST_F(TableExportTest, aFinalWorkWithoutItsFileIsListed) {
    sample.results[5].fileIds = {9002};
    const Manifest manifest = night();
    EXPECT_EQ(manifest.unsendable.at("no-file"), 1);
    ASSERT_EQ(refused.size(), 1u);
    EXPECT_EQ(refused[0].kind, "final-work-results");
}

TEST_F(TableExportTest, everyRecordIsWrittenOrListedOrWaitsOrIsDeleted) {
    sample.results[0].raw.reset();
    sample.results[1].success.reset();
    sample.results[2].deleted = true;
    sample.results[3].graded = false;
    sample.results[4].learnerId = 9;
    sample.results[6].elementId = 35;
    sample.views[0].percent = 20;
    const Manifest manifest = night();

    EXPECT_EQ(manifest.unsendable,
              (std::map<std::string, std::int64_t>{
                  {"no-mark", 1}, {"no-success", 1}, {"unknown-learner", 1}, {"kind-not-in-profile", 1}}));
    EXPECT_EQ(manifest.skipped, 1);
    EXPECT_EQ(manifest.waiting, 2);
    EXPECT_EQ(manifest.rows, 3);
    EXPECT_EQ(refused.size(), 4u);
}

TEST_F(TableExportTest, rowsOfAnLrsFlowLieInAlreadySentOnceDelivered) {
    channel = Channel::Lrs;
    told = {{{"result", 1041}, Told::This}, {{"view", 1031}, Told::This}, {{"result", 1042}, Told::Another}};
    const Manifest manifest = night();

    EXPECT_THAT(names(), UnorderedElementsAre("already-sent/assessment-results-50001-already-sent.csv",
                                              "already-sent/assessment-results-50001-already-sent.xlsx",
                                              "already-sent/video-views-50001-already-sent.csv",
                                              "already-sent/video-views-50001-already-sent.xlsx",
                                              "already-sent/README.txt", "manifest.json"));
    EXPECT_EQ(manifest.rows, 2);
    EXPECT_EQ(manifest.waiting, 8);
    EXPECT_NE(text("already-sent/README.txt").find("уже отправлено через LRS, загружать не нужно"), std::string::npos);
    EXPECT_NE(text("manifest.json").find("уже отправлено через LRS, загружать не нужно"), std::string::npos);
}

TEST_F(TableExportTest, aTablesFlowNeverRepeatsWhatWentThroughAnLrs) {
    told = {{{"result", 1041}, Told::This},
            {{"result", 1042}, Told::Another},
            {{"result", 1043}, Told::Unknown},
            {{"view", 1031}, Told::This}};
    sample.results[4].deleted = true;
    told[{"result", 1045}] = Told::This;
    const Manifest manifest = night();

    EXPECT_EQ(kit::readCsv(text("already-sent/assessment-results-50001-already-sent.csv")).size(), 2u);
    EXPECT_FALSE(std::filesystem::exists(folder / "assessment-results-50001.csv")) << "no other assessment is left";
    EXPECT_EQ(kit::readCsv(text("video-views-50001.csv")).size(), 3u);
    EXPECT_EQ(manifest.unsendable,
              (std::map<std::string, std::int64_t>{
                  {"changed-after-sending", 1}, {"may-have-arrived", 1}, {"deleted-after-sending", 1}}));
    EXPECT_EQ(manifest.rows, 7);
}

TEST_F(TableExportTest, theTestContourHasAFolderAndIdsOfItsOwn) {
    contour = Contour::Test;
    sample.learners[0].testUntiId = "55";
    night();

    EXPECT_EQ(kit::readCsv(text("test-contour/assessment-results-50001.csv"))[1][0], "55");
    EXPECT_NE(text("test-contour/manifest.json").find("\"contour\":\"test\""), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder / "manifest.json"));
}

TEST_F(TableExportTest, theManifestTellsRowsBytesHashAndWatermark) {
    sample.results[2].changedAt = 1'760'000'000'000'000;
    const Manifest manifest = night();

    rapidjson::Document json;
    json.Parse(text("manifest.json").c_str());
    ASSERT_FALSE(json.HasParseError());
    const auto number = [&](const char* p) { return rapidjson::Pointer(p).Get(json)->GetInt64(); };
    EXPECT_EQ(number("/rows"), 10);
    EXPECT_EQ(number("/watermark/lastResultId"), 1046);
    EXPECT_EQ(number("/watermark/lastViewId"), 1033);
    EXPECT_STREQ(rapidjson::Pointer("/watermark/lastChangedAt").Get(json)->GetString(), "2025-10-09T08:53:20Z");
    EXPECT_STREQ(rapidjson::Pointer("/profile").Get(json)->GetString(), profiles().get("bas").versionTag().c_str());
    for (const TableFile& file : manifest.files) {
        const std::string written = text(file.path);
        EXPECT_EQ(file.bytes, static_cast<std::int64_t>(written.size()));
        EXPECT_EQ(file.sha256, common::Sha256::hex(written));
        if (file.format == "csv") {
            EXPECT_EQ(static_cast<std::size_t>(file.rows) + 1, kit::readCsv(written).size());
        }
    }
    EXPECT_EQ(text("manifest.json"), manifest.json);
}

TEST_F(TableExportTest, leavesNothingBehindWithoutCommit) {
    {
        TableExport tables(settings(), {});
        tables.flow(flow());
        for (int i = 0; i < 20'000; ++i) tables.results(sample.results);
    }
    EXPECT_TRUE(names().empty());
}

TEST_F(TableExportTest, nothingIsVisibleBeforeCommit) {
    TableExport tables(settings(), {});
    tables.flow(flow());
    for (int i = 0; i < 20'000; ++i) tables.results(sample.results);
    for (const std::string& name : names()) EXPECT_TRUE(name.starts_with('.')) << name;
    tables.commit();
    EXPECT_EQ(kit::readCsv(text("assessment-results-50001.csv")).size(), 50'001u);
    EXPECT_EQ(kit::readCsv(text("assessment-results-50001-part2.csv")).size(), 30'001u);
}

TEST_F(TableExportTest, aTableThatIsGoneIsTakenAway) {
    night();
    sample.views.clear();
    night();
    EXPECT_FALSE(std::filesystem::exists(folder / "video-views-50001.csv"));
    EXPECT_TRUE(std::filesystem::exists(folder / "assessment-results-50001.csv"));
}

TEST_F(TableExportTest, flowsOfOneProgrammeShareAFileAndProgrammesDoNot) {
    SampleFlow second = SampleFlow::make();
    second.structure.flow.id = 77;
    second.structure.flow.u2035Id = 7077;
    for (auto& r : second.results) r.flowId = 77;
    SampleFlow other = SampleFlow::make();
    other.structure.programme.id = 88;
    other.structure.flow.id = 89;
    for (auto& r : other.results) r.flowId = 89;

    TableExport tables(settings(), {});
    for (const SampleFlow* s : {&sample, &second, &other}) {
        tables.flow({s->structure, s->learners, Channel::Tables, nullptr, {}, {}});
        tables.results(s->results);
    }
    tables.commit();

    const auto rows = kit::readCsv(text("assessment-results-50001.csv"));
    EXPECT_EQ(rows.size(), 9u);
    EXPECT_EQ(rows[1][2], "7001");
    EXPECT_EQ(rows[8][2], "7077");
    // The other programme carries the same id of University 2035: its rows stay apart.
    EXPECT_EQ(kit::readCsv(text("assessment-results-50001-p88.csv")).size(), 5u);
}

TEST_F(TableExportTest, splitsWhereTheProfileSaysSo) {
    Profile profile = profiles().get("bas");
    for (auto& table : profile.tables) table.maxRows = 3;
    TableExport tables({.profile = profile,
                        .organization = sample.organization,
                        .project = sample.project,
                        .contour = contour,
                        .now = sample.now,
                        .directory = folder / ""},
                       {});
    tables.flow(flow());
    tables.results(sample.results);
    tables.commit();

    EXPECT_EQ(kit::readCsv(text("assessment-results-50001.csv")).size(), 4u);
    EXPECT_EQ(kit::readCsv(text("assessment-results-50001-part2.csv")).size(), 2u);
}

TEST_F(TableExportTest, resultsBeforeAFlowAreAMistakeOfTheCaller) {
    TableExport tables(settings(), {});
    EXPECT_THROW(tables.results(sample.results), std::logic_error);
}

TEST_F(TableExportTest, aFolderThatCantBeMadeIsNamedWithoutItsPath) {
    std::ofstream(folder / "blocked") << "x";
    ExportSettings blocked = settings();
    blocked.directory = folder / "blocked" / "tables";
    try {
        TableExport tables(blocked, {});
        FAIL();
    } catch (const AppError& error) {
        EXPECT_EQ(error.code(), "tables.write");
        EXPECT_EQ(std::string(error.what()).find("/tmp"), std::string::npos) << error.what();
    }
}

}  // namespace
