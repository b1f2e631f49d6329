#include "host/sources/CsvImport.h"
#include "host/sources/ImportsApi.h"
#include "tests/unit/records/RecordsFixture.h"

#include <sstream>

namespace {

using namespace host;
using namespace host::sources;
using tests::RecordsFixture;

class CsvImportTest : public RecordsFixture {
protected:
    ImportReport run(const std::string& mapping, const std::string& csv) {
        const auto parsed = CsvMapping::parse("test", mapping);
        std::istringstream in(csv);
        errors.clear();
        return CsvImport(store, parsed).run("demo", in, [&](const RowError& error) { errors.push_back(error); });
    }
    std::vector<RowError> errors;
    static constexpr const char* kLearners =
        R"({"target":"learners","source":"crm","missing":["","?"],"externalId":{"column":"id"},
            "fields":{"untiId":{"column":"unti"},"lastName":{"column":"name"}}})";
    static constexpr const char* kResults =
        R"({"target":"results","source":"lms","missing":["","-"],"decimalComma":true,"externalId":{"template":"{who}-{what}"},
            "fields":{"learner":{"column":"who"},"element":{"column":"what"},"raw":{"column":"mark"},
                      "success":{"derive":"raw>=passScore"},
                      "at":{"column":"day","date":{"base":"flow.startsAt","zone":"Europe/Moscow"}}}})";
};

TEST_F(CsvImportTest, bringsRowsInAndNamesTheBadOnesByRowAndColumn) {
    const auto report =
        run(kLearners, "id,unti,name\n1,501,Иванов\n2,0501,Петров\n3,?,Сидорова\n4,5\n\n5,502,\xff\n6,503,Ёж\n");
    EXPECT_EQ(report.rows, 6);
    EXPECT_EQ(report.created, 3);
    EXPECT_EQ(report.rejected, 3);
    ASSERT_EQ(errors.size(), 3U);
    // Errors of the file come as it is read, those of the records with their batch.
    std::map<std::int64_t, RowError> byLine;
    for (const auto& error : errors) byLine[error.line] = error;
    EXPECT_EQ(byLine.at(3).column, "unti");
    EXPECT_EQ(byLine.at(3).value, "0501");
    EXPECT_NE(byLine.at(3).reason.find("is not an unti_id"), std::string::npos);
    EXPECT_EQ(byLine.at(5).reason, "The row has 2 values, the header 3");
    EXPECT_EQ(byLine.at(7).column, "name");
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_learners WHERE unti_id IS NULL"), 1) << "missing stays missing";
}

TEST_F(CsvImportTest, theSameFileAgainChangesNothing) {
    const std::string csv = "id,unti,name\n1,501,Иванов\n2,502,Петров\n";
    run(kLearners, csv);
    const auto report = run(kLearners, csv);
    EXPECT_EQ(report.unchanged, 2);
    EXPECT_EQ(db.number("SELECT MAX(revision) FROM record_learners"), 1);
}

TEST_F(CsvImportTest, refusesAFileWithoutTheColumnsAndSuggests) {
    try {
        run(kLearners, "id,unty,name\n");
        FAIL();
    } catch (const sdk::AppError& error) {
        ASSERT_EQ(error.errors().size(), 1U);
        EXPECT_NE(error.errors()[0].fix.find("Did you mean 'unty'"), std::string::npos);
    }
    EXPECT_THROW(run(kLearners, ""), sdk::AppError);
}

TEST_F(CsvImportTest, countsDaysFromTheFlowsStartAndDerivesWhatTheMappingStates) {
    fillStructure();
    const auto report = run(kResults, "who,what,mark,day\nl1,e1,\"59,5\",1\n");
    ASSERT_EQ(report.created, 1) << (errors.empty() ? "" : errors[0].reason);
    store.results("demo", 1, 0, [&](std::span<const sdk::Result> page) {
        EXPECT_EQ(page[0].raw, 59.5);
        EXPECT_EQ(page[0].success, false);
        EXPECT_EQ(page[0].at, 1'769'979'600'000'000) << "2026-02-02T00:00+03:00";
        return true;
    });
    run(kResults, "who,what,mark,day\nl1,e1,-,-\n");
    store.results("demo", 1, 0, [&](std::span<const sdk::Result> page) {
        EXPECT_FALSE(page[0].raw.has_value());
        EXPECT_FALSE(page[0].success.has_value()) << "no mark, no success";
        EXPECT_FALSE(page[0].at.has_value());
        return true;
    });
}

TEST_F(CsvImportTest, refusesADayTooFarFromTheFlowsStart) {
    fillStructure();
    const auto report = run(kResults, "who,what,mark,day\nl1,e1,5,999999999\nl1,e1,5,3000000\nl1,e1,5,-3000000\n");
    EXPECT_EQ(report.rejected, 3);
    ASSERT_EQ(errors.size(), 3U);
    for (const auto& error : errors) EXPECT_EQ(error.column, "day") << error.reason;
}

TEST_F(CsvImportTest, refusesATimeThatCanNotBeWritten) {
    const char* flows =
        R"({"target":"flows","source":"lms","externalId":{"column":"id"},
            "fields":{"programme":{"column":"p"},"key":{"column":"id"},"startsAt":{"column":"day","date":{"base":"2014-10-01","zone":"UTC"}},
                      "endsAt":{"column":"end","date":{"zone":"Europe/Moscow"}}}})";
    run(flows, "id,p,day,end\nf1,p,3000000,2026-03-01\nf2,p,1,0001-01-01\n");
    ASSERT_EQ(errors.size(), 2U);
    EXPECT_EQ(errors[0].reason, "is too far from the base date (field 'startsAt')");
    EXPECT_EQ(errors[1].reason, "is not a date or a time (field 'endsAt')");
}

TEST_F(CsvImportTest, namesTheColumnOfAnUnknownReference) {
    fillStructure();
    run(kResults, "who,what,mark,day\nnobody,e1,5,1\n");
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].column, "who");
    EXPECT_EQ(errors[0].value, "nobody");
}

TEST_F(CsvImportTest, mapsValuesAndSkipsRowsByCondition) {
    fillStructure();
    const char* mapping =
        R"({"target":"enrollments","source":"lms","externalId":{"column":"id"},"when":[{"column":"kind","notIn":["guest"]}],
            "fields":{"learner":{"column":"who"},"flow":{"constant":"f1"},"status":{"column":"s","map":{"да":"finished"}}}})";
    const auto report = run(mapping, "id,who,s,kind\n1,l1,да,student\n2,l1,да,guest\n3,l1,нет,student\n");
    EXPECT_EQ(report.created, 1);
    EXPECT_EQ(report.skipped, 1);
    EXPECT_EQ(report.rejected, 1);
    EXPECT_EQ(errors.at(0).column, "s");
    EXPECT_EQ(errors.at(0).value, "нет");
}

TEST_F(CsvImportTest, readsLocalDatesInTheZoneOfTheMapping) {
    fillStructure();
    const char* mapping =
        R"({"target":"flows","source":"lms","externalId":{"column":"id"},
            "fields":{"programme":{"constant":"p1"},"key":{"column":"id"},
                      "startsAt":{"column":"from","date":{"zone":"Europe/Moscow"}},
                      "endsAt":{"column":"weeks","date":{"base":{"column":"term","map":{"spring":"2026-02-01"}},"zone":"Europe/Moscow"}}}})";
    run(mapping, "id,from,weeks,term\nk2,2026-02-01,10,spring\nk3,2026-02-01,10,autumn\n");
    EXPECT_EQ(errors.size(), 1U);
    EXPECT_EQ(db.number("SELECT starts_at FROM record_flows WHERE external_id = 'k2'"), 1'769'893'200'000'000);
    EXPECT_EQ(db.number("SELECT ends_at - starts_at FROM record_flows WHERE external_id = 'k2'"),
              10LL * 86400 * 1'000'000);
}

struct ImportsApiTest : CsvImportTest {
    ImportsApiTest() : library(db.folder.write("mappings/crm/learners.json", kLearners).parent_path().parent_path()) {
        imports.emplace(router, store, library, db.database, organizations, journal, db.clock,
                        ImportsApiSettings{.folder = db.folder / "imports", .inlineErrors = 2});
    }
    MappingLibrary library;
    std::optional<ImportsApi> imports;
};

TEST_F(ImportsApiTest, answersAReportAndKeepsEveryError) {
    const auto answer =
        call(tests::Method::Post, "/imports?mapping=crm/learners", "id,unti,name\n1,0,a\n2,0,b\n3,0,c\n4,7,d\n");
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.json()->getValue<std::string>("state"), "done");
    EXPECT_EQ(answer.json()->getObject("counts")->getValue<int>("rejected"), 3);
    EXPECT_EQ(answer.json()->getArray("errors")->size(), 2U) << "the first ones only";
    const auto id = answer.json()->getValue<std::string>("id");
    EXPECT_EQ(call(tests::Method::Get, "/imports/" + id).body, answer.body);
    const auto all = call(tests::Method::Get, "/imports/" + id + "/errors");
    EXPECT_EQ(std::count(all.body.begin(), all.body.end(), '\n'), 4) << all.body;
    EXPECT_EQ(all.body.substr(0, all.body.find(',', 30)), "row,column,value,reason,fix\r\n2");
    EXPECT_EQ(router.call(tests::Method::Get, path("/imports/" + id, "other"), tests::methodist("other")).status, 404);
    EXPECT_EQ(
        router.call(tests::Method::Get, path("/imports/" + id + "/errors", "other"), tests::methodist("other")).status,
        404);
    EXPECT_EQ(call(tests::Method::Get, "/imports").json()->getArray("items")->size(), 1U);
}

TEST_F(ImportsApiTest, whatAnEndedServerLeftRunningHasFailed) {
    db.execute(
        "INSERT INTO record_imports (id, organization_id, mapping, requested_by, started_at, report) VALUES "
        "('i1', 'demo', 'crm/learners', 'x', 1, '{\"id\":\"i1\",\"state\":\"running\",\"failure\":null}')");
    imports.reset();
    imports.emplace(router, store, library, db.database, organizations, journal, db.clock,
                    ImportsApiSettings{.folder = db.folder / "imports"});
    const auto report = call(tests::Method::Get, "/imports/i1").json();
    EXPECT_EQ(report->getValue<std::string>("state"), "failed");
    EXPECT_FALSE(report->isNull("failure"));
}

TEST_F(ImportsApiTest, pagesImportsTheLatestFirst) {
    for (int i = 0; i < 3; ++i) {
        db.clock.advance(std::chrono::seconds(1));
        call(tests::Method::Post, "/imports?mapping=crm/learners", "id,unti,name\n");
    }
    auto page = call(tests::Method::Get, "/imports?limit=2").json();
    ASSERT_EQ(page->getArray("items")->size(), 2U);
    const auto first = page->getArray("items")->getObject(0)->getValue<std::string>("startedAt");
    page = call(tests::Method::Get, "/imports?limit=2&cursor=" + page->getValue<std::string>("next")).json();
    ASSERT_EQ(page->getArray("items")->size(), 1U);
    EXPECT_GT(first, page->getArray("items")->getObject(0)->getValue<std::string>("startedAt"));
}

TEST_F(ImportsApiTest, aWrongMappingOrFileIsAProblem) {
    EXPECT_EQ(call(tests::Method::Post, "/imports", "").status, 422);
    EXPECT_EQ(call(tests::Method::Post, "/imports?mapping=../crm/learners", "").status, 404);
    EXPECT_EQ(call(tests::Method::Post, "/imports?mapping=crm/learners", "a,b\n").status, 422);
    EXPECT_EQ(
        call(tests::Method::Get, "/imports").json()->getArray("items")->getObject(0)->getValue<std::string>("state"),
        "failed");
}

/// Gives some bytes, then throws as a lost connection does.
class BreakingBuffer : public std::streambuf {
public:
    explicit BreakingBuffer(std::string bytes) : bytes_(std::move(bytes)) {}

private:
    int_type underflow() override {
        if (given_) throw std::runtime_error("connection lost");
        given_ = true;
        setg(bytes_.data(), bytes_.data(), bytes_.data() + bytes_.size());
        return traits_type::to_int_type(bytes_[0]);
    }
    std::string bytes_;
    bool given_ = false;
};

TEST_F(ImportsApiTest, anImportThatBreaksOffIsReportedAsFailed) {
    BreakingBuffer buffer("id,unti,name\n1,5,a\n2,6,");
    std::istream body(&buffer);
    body.exceptions(std::ios::badbit);
    host::sdk::Request request;
    request.method = tests::Method::Post;
    request.pathParameters["org"] = "demo";
    request.query = {{"mapping", "crm/learners"}};
    request.bodyStream = &body;
    for (const auto& route : router.routes())
        if (route.options.operation.id == "importCsv") {
            EXPECT_THROW(route.handler(request), std::runtime_error);
        }
    const auto report = call(tests::Method::Get, "/imports").json()->getArray("items")->getObject(0);
    EXPECT_EQ(report->getValue<std::string>("state"), "failed");
    EXPECT_FALSE(report->isNull("finishedAt"));
}

}  // namespace
