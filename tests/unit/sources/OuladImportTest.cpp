#include "host/sources/CsvImport.h"
#include "tests/unit/records/RecordsFixture.h"

#include <cstdlib>
#include <fstream>
#include <numeric>

namespace {

using namespace host;
using namespace host::sources;

std::filesystem::path dataset() {
    const char* shared = std::getenv("LMSD_SHARED");
    const std::filesystem::path root = shared != nullptr ? shared : std::string(LMSD_SOURCE_DIR) + "/../shared";
    return root / "data" / "oulad";
}

struct OuladImport : tests::RecordsFixture {};

TEST_F(OuladImport, bringsEveryResultInWithMissingMarksMissing) {
    if (!std::filesystem::exists(dataset() / "studentAssessment.csv"))
        GTEST_SKIP() << "the Open University dataset is not here; set LMSD_SHARED to the folder that holds data/oulad";
    const MappingLibrary library(std::filesystem::path(LMSD_SOURCE_DIR) / "config" / "mappings");
    std::map<std::string, ImportReport> reports;
    for (const auto& step : library.manifest("oulad").steps) {
        std::ifstream file(dataset() / step.file, std::ios::binary);
        reports[step.mapping] =
            CsvImport(store, library.find(step.mapping)).run("demo", file, [&](const RowError& error) {
                ADD_FAILURE() << step.mapping << " row " << error.line << ", " << error.column << ": " << error.reason;
            });
    }
    EXPECT_EQ(reports["oulad/programmes"].created, 7);
    EXPECT_EQ(reports["oulad/flows"].created, 22);
    EXPECT_EQ(reports["oulad/elements"].created, 206);
    EXPECT_EQ(reports["oulad/learners"].created, 28785);
    EXPECT_EQ(reports["oulad/learners"].unchanged, 32593 - 28785);
    EXPECT_EQ(reports["oulad/enrollments"].created, 32593);
    EXPECT_EQ(reports["oulad/results"].rows, 173912);
    EXPECT_EQ(reports["oulad/results"].created, 173912);

    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results WHERE raw IS NULL"), 173);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results WHERE (raw IS NULL) <> (success IS NULL)"), 0);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results WHERE (raw >= 40) <> (success = 1)"), 0);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results WHERE at IS NULL"), 0);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_learners WHERE unti_id IS NOT NULL"), 0);
    // 1752-11391 was handed in on day 18 of AAA 2013J: 2013-10-19 in London, still in summer time.
    EXPECT_EQ(db.number("SELECT at FROM record_results WHERE external_id = '1752-11391'"), 1'382'137'200'000'000);

    std::int64_t scanned = 0;
    for (const auto& programme : store.programmes("demo", "bas"))
        for (const auto& flow : store.flows("demo", programme.id))
            store.results("demo", flow.id, 0, [&](std::span<const sdk::Result> page) {
                scanned += static_cast<std::int64_t>(page.size());
                return true;
            });
    EXPECT_EQ(scanned, 173912);
}

}  // namespace
