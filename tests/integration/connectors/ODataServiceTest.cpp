#include "tests/integration/connectors/ODataService.h"
#include "tests/support/FaultProxy.h"

#include <gmock/gmock.h>

namespace {

using namespace tests;
using host::connectors::HttpKind;
using host::connectors::ODataKind;
using host::sdk::SourceError;
using testing::HasSubstr;
using Kind = SourceError::Kind;

constexpr int kCount = 12'000;

class ODataServiceTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = std::make_unique<TempDir>();
        std::ofstream results(folder->path() / "results.csv"), assessments(folder->path() / "assessments.csv");
        results << "id_assessment,id_student,date_submitted,is_banked,score\n";
        for (int i = 0; i < kCount; ++i) {
            const auto line = fmt::format("{},{},{},0,{}", 1 + i % 7, i, i % 300 - 20,
                                          i % 50 == 0 ? "" : fmt::format("{}.5", i % 100));
            results << line << "\n";
            const auto cells = common::split(line, ',');
            expected.insert(fmt::format("{},{},{},{}", cells[0], cells[1], cells[2], cells[4]));
        }
        assessments << "code_module,id_assessment,assessment_type,weight\n";
        for (int i = 1; i < 7; ++i) assessments << "AAA," << i << ",\"Тест \"\"" << i << "\"\"\",10\n";
        results.close();
        assessments.close();
        service = std::make_unique<ODataService>(folder->path() / "results.csv", folder->path() / "assessments.csv");
    }
    static void TearDownTestSuite() {
        service.reset();
        folder.reset();
    }

    static std::unique_ptr<TempDir> folder;
    static std::unique_ptr<ODataService> service;
    static std::multiset<std::string> expected;
};
std::unique_ptr<TempDir> ODataServiceTest::folder;
std::unique_ptr<ODataService> ODataServiceTest::service;
std::multiset<std::string> ODataServiceTest::expected;

TEST_F(ODataServiceTest, everyRowComesOnceInEveryDialect) {
    for (const char* dialect : {"v4", "v3", "1c"}) {
        ODataRun run((*service)[dialect], dialect);
        EXPECT_EQ(run.rows(), expected) << dialect;
        EXPECT_EQ(run.log, "") << dialect;
    }
    ODataRun client((*service)["v4"]);
    client.request.route.texts["paging"] = "client";
    client.request.route.texts["pageSize"] = "7000";  // larger than the service's pages: links and $skip together
    EXPECT_EQ(client.rows(), expected);
}

TEST_F(ODataServiceTest, aWatermarkBringsOnlyWhatIsNotBelowIt) {
    for (const char* dialect : {"v4", "v3", "1c"}) {
        ODataRun run((*service)[dialect], dialect);
        run.request.watermark = "270";
        run.request.watermarkColumn = "date_submitted";
        run.request.route.texts["filter"] = "id_assessment ne 3";
        std::size_t count = 0;
        for (const auto& line : expected) {
            const auto cells = common::split(line, ',');
            if (cells[0] != "3" && std::stoi(std::string(cells[2])) >= 270) ++count;
        }
        EXPECT_GT(count, 100u);
        EXPECT_EQ(run.rows().size(), count) << dialect;
    }
}

TEST_F(ODataServiceTest, navigationIsExpandedAndMayLeadNowhere) {
    for (const char* dialect : {"v4", "v3", "1c"}) {
        ODataRun run((*service)[dialect], dialect);
        run.request.columns = {"id_assessment", "Assessment/assessment_type"};
        run.request.limit = 7;
        // 1C's pages are ordered by the key, so the first seven rows are of the first assessment.
        const std::multiset<std::string> each{
            "1,Тест \"1\"", "2,Тест \"2\"", "3,Тест \"3\"", "4,Тест \"4\"", "5,Тест \"5\"", "6,Тест \"6\"", "7,"};
        const std::multiset<std::string> first = [] {
            std::multiset<std::string> all;
            for (int i = 0; i < 7; ++i) all.insert("1,Тест \"1\"");
            return all;
        }();
        EXPECT_EQ(run.rows(), dialect == std::string("1c") ? first : each) << dialect;
    }
}

TEST_F(ODataServiceTest, wrongNamesAreToldWithTheNearest) {
    for (const char* dialect : {"v4", "v3", "1c"}) {
        ODataRun run((*service)[dialect], dialect);
        run.request.columns = {"id_student", "scor"};
        EXPECT_EQ(run.failure().fix(), "Write 'score'.") << dialect;
        ODataRun set((*service)[dialect], dialect);
        set.request.route.texts["entitySet"] = "Result";
        EXPECT_EQ(set.failure().fix(), "Write 'Results'.") << dialect;
        ODataRun filter((*service)[dialect], dialect);
        filter.request.route.texts["filter"] = "id_student eqq 1";
        filter.request.route.texts["key"] = "id_student";
        EXPECT_THAT(filter.failure().what(), HasSubstr("not OData")) << dialect;
    }
}

TEST_F(ODataServiceTest, aWrongPasswordIsNotBelieved) {
    ODataRun run((*service)["v4"]);
    run.request.connection.secrets["password"] = host::sdk::SecretString("wrong");
    EXPECT_EQ(run.failure().kind(), Kind::Credentials);
    run.request.route = {};
    EXPECT_THROW(ODataKind(run.tools).check(run.request), SourceError);
    ODataRun good((*service)["v4"]);
    good.request.route = {};
    EXPECT_NO_THROW(ODataKind(good.tools).check(good.request));
}

TEST_F(ODataServiceTest, anAddressInsideIsRefusedUnlessAllowed) {
    ODataRun run((*service)["v4"]);
    host::base::HttpPool strict(host::base::HttpPoolSettings{});
    run.tools = std::shared_ptr<host::connectors::WebTools>(
        new host::connectors::WebTools{strict, run.clock, run.tools->pause});
    EXPECT_EQ(run.failure().kind(), Kind::Configuration);
}

/// The kind "http" reads the same service by its links.
void asHttp(ODataRun& run) {
    run.request.route.texts = {{"path", "/Results"},
                               {"items", "$.value"},
                               {"paging", "link"},
                               {"nextPath", "$['@odata.nextLink']"},
                               {"totalPath", "$['@odata.count']"}};
    run.request.route.maps["query"] = {{"$count", "true"}, {"$orderby", "id_student"}};
}

TEST_F(ODataServiceTest, aConnectionThatBreaksInTheMiddleLosesAndRepeatsNothing) {
    for (const char* fault : {"cut-answer", "reset-answer", "lose-answer", "wrong-length"}) {
        FaultProxy proxy((*service)["endpoint"]);
        ODataRun odata(proxy.url("/v4"));
        proxy.rule(fmt::format(R"("fault":"{}","after":5000,"by":10,"skip":1,"times":2)", fault));
        EXPECT_EQ(odata.rows(), expected) << fault;
        EXPECT_THAT(odata.log, HasSubstr("broke off in the middle")) << fault;
        proxy.clear();
        proxy.rule(fmt::format(R"("fault":"{}","after":5000,"by":10,"skip":1,"times":2)", fault));
        ODataRun http(proxy.url("/v4"));
        asHttp(http);
        EXPECT_EQ(http.rows<HttpKind>(), expected) << fault;
        proxy.clear();
        proxy.rule(fmt::format(R"("fault":"{}","after":5000,"by":10,"skip":1)", fault));
        EXPECT_EQ(odata.failure().kind(), Kind::Interrupted) << fault;
    }
}

TEST_F(ODataServiceTest, aPageInBetweenThatIsNoDataStopsTheRun) {
    FaultProxy proxy((*service)["endpoint"]);
    ODataRun run(proxy.url("/v4"));
    proxy.rule(R"("fault":"html","status":200,"skip":1)");
    EXPECT_EQ(run.failure().kind(), Kind::Format);
    proxy.clear();
    proxy.rule(R"("fault":"truncate-json","skip":1)");
    EXPECT_THAT(run.failure().what(), HasSubstr("breaks off"));
    proxy.clear();
    proxy.rule(R"("fault":"status","status":503,"skip":1,"times":3)");
    EXPECT_EQ(run.rows(), expected);
}

}  // namespace
