#include "host/sources/CsvSource.h"
#include "tests/unit/connections/RouteRunFixture.h"

#include <cstdlib>
#include <fstream>

namespace {

using namespace host;
using namespace host::connections;

std::filesystem::path dataset() {
    const char* shared = std::getenv("LMSD_SHARED");
    const std::filesystem::path root = shared != nullptr ? shared : std::string(LMSD_SOURCE_DIR) + "/../shared";
    return root / "data" / "oulad";
}

class OuladRoute : public tests::RouteRunFixture {
protected:
    std::map<std::string, RunOutcome> runAll(const sources::MappingLibrary& library) {
        std::map<std::string, RunOutcome> outcomes;
        int id = 10;
        for (const auto& step : library.manifest("oulad").steps) {
            if (!made_) addRoute(id);
            std::ifstream file(dataset() / step.file, std::ios::binary);
            const auto& one = library.find(step.mapping);
            sources::CsvSource source(file, one.csv);
            rules.routeId = id++;
            rules.mapping = &one;
            RouteRun run(db.database, &files, db.clock, rules, {}, *this);
            run.begin();
            outcomes[step.mapping] = run.run(source);
        }
        made_ = true;
        return outcomes;
    }
    bool made_ = false;
};

TEST_F(OuladRoute, bringsWhatTheImportBringsAndTheSecondRunNothing) {
    if (!std::filesystem::exists(dataset() / "studentAssessment.csv"))
        GTEST_SKIP() << "the Open University dataset is not here; set LMSD_SHARED to the folder that holds data/oulad";
    const sources::MappingLibrary library(std::filesystem::path(LMSD_SOURCE_DIR) / "config" / "mappings");
    auto first = runAll(library);
    EXPECT_TRUE(errors.empty()) << errors.front().reason;
    EXPECT_EQ(first["oulad/flows"].counts.created, 22);
    EXPECT_EQ(first["oulad/learners"].counts.created, 28785);
    EXPECT_EQ(first["oulad/learners"].counts.repeated, 32593 - 28785) << "learners of several flows have several rows";
    EXPECT_EQ(first["oulad/enrollments"].counts.created, 32593);
    EXPECT_EQ(first["oulad/results"].counts.created, 173912);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_results WHERE raw IS NULL"), 173);

    auto second = runAll(library);
    for (const auto& [name, outcome] : second) {
        EXPECT_EQ(outcome.end, RunEnd::Done);
        EXPECT_EQ(outcome.counts.created + outcome.counts.updated + outcome.counts.deleted, 0) << name;
    }
    EXPECT_EQ(db.number("SELECT MAX(revision) FROM record_results"), 1);
}

}  // namespace
