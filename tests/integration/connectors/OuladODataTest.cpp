#include "host/sources/CsvImport.h"
#include "tests/integration/connectors/ODataService.h"
#include "tests/unit/records/RecordsFixture.h"

#include <sstream>

namespace {

using namespace host;
using namespace tests;

struct OuladOData : RecordsFixture {
    sources::ImportReport bring(std::istream& csv, const sources::CsvMapping& mapping) {
        return sources::CsvImport(store, mapping).run("demo", csv, [&](const sources::RowError& error) {
            ADD_FAILURE() << mapping.name << " row " << error.line << ", " << error.column << ": " << error.reason;
        });
    }
};

/// What a reader gives, as the importer takes it.
std::string csvOf(sdk::SourceReader& reader) {
    std::string out;
    const auto line = [&](const auto& cells) {
        bool first = true;
        for (const auto& cell : cells) {
            out += first ? "" : ",";
            out += cell;
            first = false;
        }
        out += "\n";
    };
    line(reader.columns());
    sdk::SourceRow row;
    std::vector<std::string> cells;
    while (reader.next(row)) {
        EXPECT_FALSE(row.problem) << row.place;
        cells.clear();
        for (const auto& cell : row.cells) cells.push_back(cell.value_or(""));
        line(cells);
    }
    return out;
}

TEST_F(OuladOData, bringsTheSameResultsAsTheFile) {
    const auto data = sharedData() / "oulad";
    NEEDS_SHARED_DATA(data / "studentAssessment.csv");
    const sources::MappingLibrary library(std::filesystem::path(LMSD_SOURCE_DIR) / "config" / "mappings");
    for (const auto& step : library.manifest("oulad").steps) {
        std::ifstream file(data / step.file, std::ios::binary);
        bring(file, library.find(step.mapping));
    }
    ASSERT_EQ(db.number("SELECT COUNT(*) FROM record_results"), 173'912);

    const ODataService service(data / "studentAssessment.csv", data / "assessments.csv");
    const auto& mapping = library.find("oulad/results");
    const auto used = mapping.columns();
    for (const char* dialect : {"v4", "1c"}) {
        ODataRun run(service[dialect], dialect);
        run.request.route.texts["pageSize"] = "20000";
        run.request.columns.assign(used.begin(), used.end());
        const auto reader = connectors::ODataKind(run.tools).open(run.request);
        std::istringstream csv(csvOf(*reader));
        const auto report = bring(csv, mapping);
        EXPECT_EQ(report.rows, 173'912) << dialect;
        EXPECT_EQ(report.unchanged, 173'912) << dialect;
    }
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results"), 173'912);
}

}  // namespace
