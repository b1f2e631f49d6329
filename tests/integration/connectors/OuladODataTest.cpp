/// The Open University's results over OData, brought in by a route: the same records as by their file.

#include "tests/integration/connectors/ODataService.h"
#include "tests/support/OuladRecords.h"

namespace {

using namespace host;
using namespace tests;

TEST(OuladOData, routesBringTheSameResultsAsTheFile) {
    const auto data = ouladData();
    NEEDS_SHARED_DATA(data / "studentAssessment.csv");
    OuladRecords files, route;
    for (const auto& step : ouladMappings().manifest("oulad").steps) {
        files.byFile(step);
        if (step.mapping != "oulad/results") route.byFile(step);
    }
    const ODataService service(data / "studentAssessment.csv", data / "assessments.csv");
    const auto used = ouladMappings().find("oulad/results").columns();
    const auto bring = [&](const char* dialect, OuladRecords& into) {
        ODataRun run(service[dialect], dialect);
        run.request.route.texts["pageSize"] = "20000";
        run.request.columns.assign(used.begin(), used.end());
        return into.byRoute("oulad/results", *connectors::ODataKind(run.tools).open(run.request));
    };
    EXPECT_EQ(bring("v4", route).created, kOuladResults);
    route.expectSameAs(files);
    EXPECT_EQ(bring("1c", route).unchanged, kOuladResults);
}

}  // namespace
