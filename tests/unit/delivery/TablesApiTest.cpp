#include "plugin/api/ExportsApi.h"
#include "plugin/api/TablesApi.h"
#include "plugin/footprint/JsonText.h"
#include "plugin/tables/Sheets.h"
#include "tests/support/TempDir.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace {

using namespace tests;
using namespace plugin;
using host::sdk::Method;
using testing::ElementsAre;
using testing::HasSubstr;

class TablesApi : public NightWorld, public testing::Test {
protected:
    TablesApi() {
        sample.organization.projects = {sample.project.id};
        host.organizations_.organizations_ = {sample.organization};
        integrations.scope_.channels[sample.structure.flow.id] = "tables";
        routes = tablesApi.addTo(host.router_);
        for (auto& one : exportsApi.addTo(host.router_)) routes.push_back(std::move(one));
    }
    FakeRouter::Answer ask(Method method, const std::string& path, const std::string& body = "",
                           const std::string& etag = "") {
        FakeCall call{.body = body};
        if (!etag.empty()) call.headers = {{"if-match", etag}};
        return host.router_.call(method, base + path, asAdmin(org), call);
    }
    /// The bytes of a workbook with such a header row.
    std::string workbook(const std::vector<std::string>& titles) {
        const footprint::ZoneTime zone("Europe/Moscow");
        TempDir folder;
        tables::XlsxSheet sheet(folder / "t.xlsx", "Шаблон", titles, zone, folder / "", 1);
        sheet.finish();
        sheet.publish();
        std::ifstream file(folder / "t.xlsx", std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string csv(const std::string& name) {
        const auto folder =
            host.files_.moduleFolder() / "exports" / org / std::to_string(lastRun().id) / sample.project.id;
        std::ifstream file(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    FakeRouter::Answer upload(const std::vector<std::string>& titles) {
        return ask(Method::Post, element + "/template", workbook(titles));
    }
    plugin::delivery::NightArguments onlyTables() {
        plugin::delivery::NightArguments arguments;
        arguments.statements = false;
        return arguments;
    }

    std::string org = sample.organization.id;
    std::string base = "/api/v1/organizations/" + org + "/u2035";
    std::string element = "/tables/" + sample.project.id + "/entry-diagnostics";
    api::TablesApi tablesApi{{host.organizations_, host.journal_, profiles, templates}};
    store::UploadStore uploads{db, db.clock};
    api::ExportsApi exportsApi{runs, uploads, host.journal_, db.clock, host.files_.moduleFolder() / "exports"};
    std::vector<host::sdk::Registration> routes;
};

TEST_F(TablesApi, showsTheProfilesColumnsWhereThereIsNoTemplate) {
    const auto answer = ask(Method::Get, element + "/template");
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json()->getValue<std::string>("source"), "profile");
    EXPECT_TRUE(answer.json()->getValue<bool>("complete"));
    EXPECT_EQ(ask(Method::Get, "/tables/" + sample.project.id + "/no-such/template").status, 404);
    EXPECT_EQ(ask(Method::Get, "/tables/elsewhere/entry-diagnostics/template").status, 404);
}

TEST_F(TablesApi, tellsMatchedAmbiguousAndUnmatchedColumns) {
    const auto answer = upload({"unti_id", "Балл", "Оценка", "Город"});
    ASSERT_EQ(answer.status, 200);
    std::vector<std::string> statuses;
    const auto columns = answer.json()->getArray("columns");
    for (unsigned i = 0; i < columns->size(); ++i)
        statuses.push_back(columns->getObject(i)->getValue<std::string>("status"));
    EXPECT_THAT(statuses, ElementsAre("matched", "ambiguous", "ambiguous", "unmatched"));
    EXPECT_FALSE(answer.json()->getValue<bool>("complete"));
    EXPECT_THAT(answer.json()->getValue<std::string>("problem"), HasSubstr("«Город»"));
}

TEST_F(TablesApi, filesHaveExactlyTheTemplatesColumnsOnceTheyAreMapped) {
    upload({"Город", "unti_id", "Итог"});
    const std::string mapping =
        R"({"columns":[{"title":"Город","field":null},{"title":"unti_id","field":"learner.untiId"},)"
        R"({"title":"Итог","field":"result.raw"}],"leftOut":["programme.u2035Id","flow.u2035Id","element.title",)"
        R"("result.at","result.attempt"]})";
    EXPECT_EQ(ask(Method::Put, element + "/mapping", mapping).status, 428);
    EXPECT_EQ(ask(Method::Put, element + "/mapping", mapping, "\"7\"").status, 412);

    run(onlyTables());
    EXPECT_EQ(csv("entry-diagnostics-50001.csv"), "") << "nothing goes before the columns are mapped";

    const auto mapped = ask(Method::Put, element + "/mapping", mapping, "\"1\"");
    ASSERT_EQ(mapped.status, 200) << mapped.body;
    EXPECT_TRUE(mapped.json()->getValue<bool>("complete")) << mapped.body;
    run(onlyTables());
    EXPECT_THAT(csv("entry-diagnostics-50001.csv"), HasSubstr("Город,unti_id,Итог\r\n,100001,"));

    EXPECT_EQ(ask(Method::Delete, element + "/template").status, 204);
    EXPECT_EQ(ask(Method::Delete, element + "/template").status, 404);
    run(onlyTables());
    EXPECT_THAT(csv("entry-diagnostics-50001.csv"), HasSubstr("UNTI ID,ID курса"));
}

TEST_F(TablesApi, aTemplateThatIsUploadedAgainKeepsWhatWasDecided) {
    upload({"Город", "unti_id"});
    ask(Method::Put, element + "/mapping",
        R"({"columns":[{"title":"Город","field":null},{"title":"unti_id","field":"learner.untiId"}]})", "\"1\"");
    const auto columns = upload({"unti_id", "Город", "Балл"}).json()->getArray("columns");
    EXPECT_EQ(columns->getObject(1)->getValue<std::string>("status"), "empty");
    EXPECT_EQ(columns->getObject(2)->getValue<std::string>("field"), "result.raw");
}

TEST_F(TablesApi, refusesAMappingThatIsNotOfTheTemplate) {
    upload({"Город", "unti_id"});
    for (const char* mapping :
         {R"({"columns":[{"title":"Город","field":null}]})",
          R"({"columns":[{"title":"unti_id","field":null},{"title":"Город","field":null}]})",
          R"({"columns":[{"title":"Город","field":"no.such"},{"title":"unti_id","field":null}]})",
          R"({"columns":[{"title":"Город","field":"result.raw"},{"title":"unti_id","field":"result.raw"}]})",
          R"({"columns":[{"title":"Город","field":null},{"title":"unti_id","field":null}],"leftOut":["x"]})"})
        EXPECT_EQ(ask(Method::Put, element + "/mapping", mapping, "\"1\"").status, 422) << mapping;
}

TEST_F(TablesApi, aRunsLimitsReachItsFiles) {
    const auto asked = delivery::NightArguments::fromRequest(R"({"only":"tables","maxRows":1})");
    run(delivery::NightArguments::fromJob(asked.toJobArguments()));
    EXPECT_NE(csv("assessment-results-50001-part2.csv"), "");
    EXPECT_EQ(asked.toRequest(), R"({"only":"tables","maxRows":1})");
    EXPECT_THROW(delivery::NightArguments::fromRequest(R"({"only":"statements","maxRows":1})"), AppError);
    EXPECT_THROW(delivery::NightArguments::fromRequest(R"({"maxBytes":1})"), AppError);
}

TEST_F(TablesApi, refusesWhatIsNoTemplate) {
    EXPECT_EQ(ask(Method::Post, element + "/template", "PK no zip").status, 422);
    EXPECT_EQ(upload({"одно"}).status, 422);
}

TEST_F(TablesApi, aPartIsSplitAndTheExportShowsIt) {
    run(onlyTables());
    const std::string id = std::to_string(lastRun().id);
    const std::string name = sample.project.id + "~assessment-results-50001.xlsx";
    const auto answer = ask(Method::Post, "/exports/" + id + "/files/" + name + "/split");
    ASSERT_EQ(answer.status, 200) << answer.body;
    std::vector<std::string> pairs;
    const auto files = answer.json()->getArray("files");
    for (unsigned i = 0; i < files->size(); ++i) {
        const auto pair = files->getObject(i)->optValue<std::string>("pair", "");
        if (files->getObject(i)->optValue<bool>("upload", false) && pair.starts_with("assessment"))
            pairs.push_back(pair);
    }
    EXPECT_THAT(pairs, ElementsAre("assessment-results-50001-part1a", "assessment-results-50001-part1b"));
    EXPECT_EQ(ask(Method::Post, "/exports/" + id + "/files/" + name + "/split").status, 404);
    EXPECT_THAT(host.journal_.actions(), testing::Contains("export.split"));
    EXPECT_EQ(answer.json()->getValue<unsigned>("fileCount") + 1, files->size());
}

TEST_F(TablesApi, whatIsUploadedByHandCanBeTickedAndNothingElse) {
    run(onlyTables());
    const std::string id = std::to_string(lastRun().id);
    const std::string name = sample.project.id + "~assessment-results-50001.xlsx";
    const auto uploadedOf = [&](const std::string& file) -> std::string {
        const auto files = ask(Method::Get, "/exports/" + id).json()->getArray("files");
        for (unsigned i = 0; i < files->size(); ++i)
            if (const auto one = files->getObject(i); one->getValue<std::string>("name") == file)
                return !one->has("uploaded")     ? "absent"
                       : one->isNull("uploaded") ? "null"
                                                 : one->getObject("uploaded")->getValue<std::string>("by");
        return "no such file";
    };
    const auto tick = [&](const std::string& file, const std::string& body) {
        return ask(Method::Post, "/exports/" + id + "/files/" + file + "/uploaded", body);
    };
    EXPECT_EQ(uploadedOf(name), "null");
    for (const std::string other : {"~assessment-results-50001.csv", "~manifest.json"})
        EXPECT_EQ(uploadedOf(sample.project.id + other), "absent") << other;

    const auto ticked = tick(name, R"({"uploaded":true})");
    ASSERT_EQ(ticked.status, 200) << ticked.body;
    EXPECT_EQ(ticked.json()->getValue<std::string>("name"), name);
    const auto by = ticked.json()->getObject("uploaded")->getValue<std::string>("by");
    EXPECT_EQ(uploadedOf(name), by);
    EXPECT_EQ(tick(name, R"({"uploaded":true})").status, 200) << "twice is once";
    EXPECT_EQ(tick(name, R"({"uploaded":false})").status, 200);
    EXPECT_EQ(uploadedOf(name), "null");

    EXPECT_EQ(tick(sample.project.id + "~assessment-results-50001.csv", R"({"uploaded":true})").status, 409);
    EXPECT_EQ(tick(sample.project.id + "~manifest.json", R"({"uploaded":true})").status, 409);
    EXPECT_EQ(tick("bas~none.csv", R"({"uploaded":true})").status, 404);
    EXPECT_EQ(tick(name, "{}").status, 422);
    EXPECT_EQ(tick(name, R"({"uploaded":"yes"})").status, 422);
    EXPECT_THAT(host.journal_.actions(), testing::IsSupersetOf({"export.file-uploaded", "export.file-not-uploaded"}));
}

TEST_F(TablesApi, aTickGoesWithItsFile) {
    run(onlyTables());
    const std::string id = std::to_string(lastRun().id);
    const std::string file = "/exports/" + id + "/files/" + sample.project.id + "~assessment-results-50001.xlsx";
    ask(Method::Post, file + "/uploaded", R"({"uploaded":true})");
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_upload"), 1);

    ask(Method::Post, file + "/split");
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_upload"), 0) << "its halves were never uploaded";

    run(onlyTables());
    const std::string second = std::to_string(lastRun().id);
    ask(Method::Post, "/exports/" + second + "/files/" + sample.project.id + "~assessment-results-50001.xlsx/uploaded",
        R"({"uploaded":true})");
    settings.keepExports = 1;
    run(onlyTables());
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_upload"), 0) << "the export was removed";
}

}  // namespace
