/// Imports of unti_ids through their routes, over a real database and the host's real records.

#include "host/records/RecordMigrations.h"
#include "host/records/RecordStore.h"
#include "plugin/api/UntiIdsApi.h"
#include "plugin/store/Migrations.h"
#include "plugin/store/UntiImportMigrations.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"
#include "tests/support/XlsxFile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace tests;
using host::records::RecordDraft;
using host::records::RecordKind;
using host::sdk::Method;
using testing::HasSubstr;

const std::string kPath = "/api/v1/organizations/demo/u2035/learners/unti-ids";
const std::string kMatch = "?match=lastName:Фамилия&match=firstName:Имя";
const std::string kTitles = "Unti ID;ID курса;ID потока;Статус;Фамилия;Имя\n";

class UntiIdsApiTest : public testing::Test {
protected:
    UntiIdsApiTest() {
        db->migrate("records", host::records::recordsMigrations());
        db->migrate("u2035", plugin::store::numbered({plugin::store::untiImportMigrations()}));
        routes = api.addTo(router);
        put(RecordKind::Programme, "p1", {{"project", "bas"}, {"title", "БПЛА"}, {"u2035Id", "501"}});
        put(RecordKind::Flow, "f1", {{"programme", "p1"}, {"key", "f-1"}, {"u2035Id", "7001"}});
        learner("l1", "Орлов", "Пётр");
        learner("l2", "Соколова", "Анна", "900");
        learner("l3", "Кузнецов", "Илья", "300");
    }

    void put(RecordKind kind, const std::string& externalId, const std::map<std::string, std::string>& fields) {
        RecordDraft draft(kind);
        draft.externalId = externalId;
        for (const auto& [name, text] : fields) {
            const auto index = host::records::fieldIndex(kind, name);
            const auto& field = host::records::spec(kind).fields[index];
            host::sdk::FieldError error;
            if (field.type == host::records::FieldType::Ref)
                draft.values[index] = host::records::Reference{0, "", text};
            else
                draft.values[index] = *host::records::valueFromText(field, text, false, error);
        }
        checkDraft(draft);
        const auto verdict = records.upsert("demo", "lms", {draft}).at(0);
        ASSERT_NE(verdict.status, host::records::VerdictStatus::Rejected) << externalId;
    }
    void learner(const std::string& id, const std::string& last, const std::string& first,
                 const std::string& unti = "") {
        std::map<std::string, std::string> fields = {{"lastName", last}, {"firstName", first}};
        if (!unti.empty()) fields["untiId"] = unti;
        put(RecordKind::Learner, id, fields);
        put(RecordKind::Enrollment, "n" + id, {{"learner", id}, {"flow", "f1"}, {"status", "enrolled"}});
    }
    std::string untiId(const std::string& externalId) {
        const auto found = records.findExternal("demo", RecordKind::Learner, "lms", externalId);
        return records.learner("demo", found->id)->untiId;
    }

    FakeRouter::Answer post(const std::string& path, const std::string& body, const std::string& etag = "") {
        FakeCall call{.body = body};
        if (!etag.empty()) call.headers = {{"if-match", etag}};
        return router.call(Method::Post, kPath + path, asAdmin("demo"), call);
    }
    FakeRouter::Answer get(const std::string& path, const std::string& accept = "application/json") {
        return router.call(Method::Get, kPath + path, asAdmin("demo"), {.headers = {{"accept", accept}}});
    }
    FakeRouter::Answer preview(const std::string& rows, const std::string& query = kMatch) {
        return post(query, kTitles + rows);
    }
    int count(const FakeRouter::Answer& answer, const std::string& state, const std::string& of = "counts") {
        return answer.json()->getObject(of)->optValue<int>(state, 0);
    }
    std::string row(const std::string& state) {
        auto items = get("/1/rows?state=" + state).json()->getArray("items");
        return items->size() == 0 ? "" : items->getObject(0)->getValue<std::string>("code");
    }

    TestDatabase db;
    FakeRouter router;
    RecordingJournal journal;
    host::records::RecordStore records{db.database, db.clock};
    plugin::store::UntiImportStore imports{db.database, db.clock};
    plugin::api::UntiIdsApi api{imports, records, journal};
    std::vector<host::sdk::Registration> routes;
};

TEST_F(UntiIdsApiTest, showsTheColumnsAndKeepsNothing) {
    const auto answer = post("/columns", kTitles + "100;501;7001;Одобрена;Орлов;Пётр\n");

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.json()->getValue<int>("rows"), 1);
    const auto columns = answer.json()->getArray("columns");
    ASSERT_EQ(columns->size(), 6U);
    EXPECT_EQ(columns->getObject(0)->getValue<std::string>("field"), "untiId");
    EXPECT_EQ(columns->getObject(4)->getValue<std::string>("field"), "lastName");
    EXPECT_TRUE(columns->getObject(4)->getValue<bool>("namesALearner"));
    EXPECT_EQ(get("").json()->getArray("items")->size(), 0U);
}

TEST_F(UntiIdsApiTest, aPreviewWritesNothingToLearners) {
    const auto answer = preview("100;501;7001;Одобрена;ОРЛОВ;Петр\n200;501;7001;Отклонена;Орлов;Пётр\n");

    EXPECT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.header("Location"), kPath + "/1");
    EXPECT_EQ(answer.etag(), "\"1\"");
    EXPECT_EQ(count(answer, "matched"), 1);
    EXPECT_EQ(count(answer, "left-out"), 1);
    EXPECT_EQ(untiId("l1"), "");
}

TEST_F(UntiIdsApiTest, readsXlsxAsWell) {
    XlsxFile file;
    file.rows(
        "<row><c t='str'><v>Unti ID</v></c><c t='str'><v>ID потока</v></c><c t='str'><v>ФИО</v></c></row>"
        "<row><c><v>100</v></c><c><v>7001</v></c><c t='str'><v>Орлов Пётр</v></c></row>");

    EXPECT_EQ(count(post("?match=fullName:ФИО", file.bytes()), "matched"), 1);
}

TEST_F(UntiIdsApiTest, refusesEmailAloneAndKeepsNothing) {
    const auto answer = post("?match=email:E-mail", "Unti ID;ID потока;E-mail\n100;7001;a@example.org\n");

    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("does not verify addresses"));
    EXPECT_EQ(get("").json()->getArray("items")->size(), 0U);
}

TEST_F(UntiIdsApiTest, appliesAllThatMatched) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n200;501;7001;Одобрена;Никто;Нигде\n");

    const auto answer = post("/1/apply", R"({"rows":"all-matched"})", "\"1\"");

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(count(answer, "applied", "outcome"), 1);
    EXPECT_EQ(count(answer, "applied"), 1);
    EXPECT_EQ(untiId("l1"), "100");
    EXPECT_EQ(row("unmatched"), "no-learner");
    EXPECT_EQ(journal.actions().back(), "unti-ids.applied");
    EXPECT_EQ(answer.etag(), get("/1").etag());
}

TEST_F(UntiIdsApiTest, replacesNothingUnlessAPersonSaysSo) {
    preview("100;501;7001;Одобрена;Соколова;Анна\n");

    EXPECT_EQ(post("/1/apply", R"({"rows":"all-matched"})", "\"1\"").code(), "unti-ids.nothing-to-apply");
    EXPECT_THAT(post("/1/apply", R"({"rows":[2]})", "\"1\"").body, HasSubstr("has another unti_id"));
    EXPECT_EQ(untiId("l2"), "900");

    const auto answer = post("/1/apply", R"({"rows":[],"overwrite":[2]})", "\"1\"");

    EXPECT_EQ(count(answer, "applied", "outcome"), 1) << answer.body;
    EXPECT_EQ(untiId("l2"), "100");
}

TEST_F(UntiIdsApiTest, takesBackExactlyWhatItSet) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n200;501;7001;Одобрена;Соколова;Анна\n");
    const auto applied = post("/1/apply", R"({"rows":"all-matched","overwrite":[3]})", "\"1\"");
    ASSERT_EQ(count(applied, "applied"), 2) << applied.body;

    const auto answer = post("/1/undo", "{}", applied.etag());

    EXPECT_EQ(count(answer, "undone", "outcome"), 2) << answer.body;
    EXPECT_EQ(untiId("l1"), "");
    EXPECT_EQ(untiId("l2"), "900");
    EXPECT_EQ(post("/1/undo", "{}", answer.etag()).code(), "unti-ids.nothing-to-undo");
}

TEST_F(UntiIdsApiTest, anUndoLeavesWhatChangedSince) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n");
    const auto applied = post("/1/apply", R"({"rows":"all-matched"})", "\"1\"");
    learner("l1", "Орлов", "Пётр", "555");

    const auto answer = post("/1/undo", "{}", applied.etag());

    EXPECT_EQ(count(answer, "kept", "outcome"), 1) << answer.body;
    EXPECT_EQ(row("kept"), "changed-since");
    EXPECT_EQ(untiId("l1"), "555");
}

TEST_F(UntiIdsApiTest, anUndoGivesBackWhatAnEarlierImportSet) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n");
    post("/1/apply", R"({"rows":"all-matched"})", "\"1\"");
    preview("101;501;7001;Одобрена;Орлов;Пётр\n");
    const auto second = post("/2/apply", R"({"rows":[],"overwrite":[2]})", "\"1\"");
    ASSERT_EQ(untiId("l1"), "101") << second.body;

    post("/2/undo", "{}", second.etag());

    EXPECT_EQ(untiId("l1"), "100");
    learner("l1", "Орлов", "Пётр-Павел");
    EXPECT_EQ(untiId("l1"), "100");
}

TEST_F(UntiIdsApiTest, refusesARowWhoseLearnerChangedAfterThePreview) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n200;501;7001;Одобрена;Соколова;Анна\n");
    learner("l1", "Орлов", "Пётр", "555");
    learner("l4", "Новый", "Лев", "200");

    const auto answer = post("/1/apply", R"({"rows":"all-matched","overwrite":[3]})", "\"1\"");

    EXPECT_EQ(count(answer, "refused", "outcome"), 2) << answer.body;
    EXPECT_EQ(row("refused"), "changed-meanwhile");
    EXPECT_EQ(untiId("l1"), "555");
    EXPECT_EQ(untiId("l2"), "900");
}

TEST_F(UntiIdsApiTest, namesWhoHasTheUntiId) {
    preview("300;501;7001;Одобрена;Орлов;Пётр\n");

    EXPECT_EQ(row("taken"), "taken");
    EXPECT_THAT(get("/1/rows").body, HasSubstr("l3"));
}

TEST_F(UntiIdsApiTest, endsWhatACrashCutOff) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n");
    ASSERT_TRUE(imports.change(1, 1, {{2, plugin::identities::RowState::Applying, "", "", "", false}}));
    const auto id = records.findExternal("demo", RecordKind::Learner, "lms", "l1")->id;
    const host::sdk::UntiIdAssignment wanted{id, false, "100", ""};
    records.assignUntiIds("demo", {&wanted, 1}, "anna");

    const auto answer = post("/1/apply", R"({"rows":"all-matched"})", "\"2\"");

    EXPECT_EQ(count(answer, "applied", "outcome"), 1) << answer.body;
    post("/1/undo", "{}", answer.etag());
    EXPECT_EQ(untiId("l1"), "");
}

TEST_F(UntiIdsApiTest, refusesAnImportThatAnotherHasChanged) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n");

    const auto answer = post("/1/apply", R"({"rows":"all-matched"})", "\"7\"");

    EXPECT_EQ(answer.status, 412);
    EXPECT_EQ(answer.json()->getObject("current")->getValue<int>("revision"), 1);
    EXPECT_EQ(untiId("l1"), "");
    EXPECT_EQ(post("/1/apply", R"({"rows":"all-matched"})").status, 428);
}

TEST_F(UntiIdsApiTest, refusesRowsThatAreNone) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n200;501;7001;Одобрена;Никто;Нигде\n");

    for (const char* body : {R"({"rows":[3]})", R"({"rows":[99]})", R"({"rows":[2],"overwrite":[3]})",
                             R"({"rows":"all"})", R"({"rows":[2.5]})", R"({"rows":[true]})", R"({"rows":{}})", "{}",
                             R"({"rows":[2],"x":1})", R"({"rows":[2],"overwrite":"all"})"})
        EXPECT_EQ(post("/1/apply", body, "\"1\"").status, 422) << body;
    EXPECT_EQ(untiId("l1"), "");
}

TEST_F(UntiIdsApiTest, writesTheTestContoursUntiIdWhenAsked) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n", kMatch + "&contour=test");

    post("/1/apply", R"({"rows":"all-matched"})", "\"1\"");

    EXPECT_EQ(untiId("l1"), "");
    const auto id = records.findExternal("demo", RecordKind::Learner, "lms", "l1")->id;
    EXPECT_EQ(records.learner("demo", id)->testUntiId, "100");
}

TEST_F(UntiIdsApiTest, listsWhereTheSourceContradictsAPerson) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n");
    post("/1/apply", R"({"rows":"all-matched"})", "\"1\"");
    EXPECT_EQ(get("/contradictions").json()->getArray("items")->size(), 0U);

    learner("l1", "Орлов", "Пётр", "555");

    const auto items = get("/contradictions").json()->getArray("items");
    ASSERT_EQ(items->size(), 1U);
    EXPECT_EQ(items->getObject(0)->getValue<std::string>("confirmed"), "100");
    EXPECT_EQ(items->getObject(0)->getValue<std::string>("record"), "555");
    EXPECT_EQ(items->getObject(0)->getValue<std::string>("code"), "source-differs");
    EXPECT_THAT(get("/contradictions", "text/csv").body, HasSubstr("l1,production,100,555"));
}

TEST_F(UntiIdsApiTest, listsWhereTheSourceGivesAPersonsUntiIdToSomebodyElse) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n");
    post("/1/apply", R"({"rows":"all-matched"})", "\"1\"");

    learner("l2", "Соколова", "Анна", "100");

    const auto items = get("/contradictions").json()->getArray("items");
    ASSERT_EQ(items->size(), 1U);
    EXPECT_EQ(items->getObject(0)->getValue<std::string>("code"), "held-by-another");
    EXPECT_THAT(items->getObject(0)->getValue<std::string>("reason"), HasSubstr("l2"));
}

TEST_F(UntiIdsApiTest, listsRowsPageByPageAndAsCsv) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n200;501;7001;Одобрена;Никто;Нигде\n201;501;7001;Одобрена;Никто;Ещё\n");

    const auto first = get("/1/rows?limit=2");
    EXPECT_EQ(first.json()->getArray("items")->size(), 2U);
    const auto second = get("/1/rows?limit=2&cursor=" + first.json()->getValue<std::string>("next"));
    EXPECT_EQ(second.json()->getArray("items")->getObject(0)->getValue<int>("row"), 4);
    EXPECT_THAT(get("/1/rows?state=unmatched", "text/csv").body, HasSubstr("На поток не зачислен слушатель"));
    EXPECT_EQ(get("/1/rows?state=gone").status, 400);
}

TEST_F(UntiIdsApiTest, foreignImportsAreNotThere) {
    preview("100;501;7001;Одобрена;Орлов;Пётр\n");

    EXPECT_EQ(
        router.call(Method::Get, "/api/v1/organizations/other/u2035/learners/unti-ids/1", asAdmin("other")).status,
        404);
    EXPECT_EQ(get("/2").status, 404);
    EXPECT_EQ(get("/x").status, 404);
}

TEST_F(UntiIdsApiTest, onlyAnAdministratorImports) {
    for (const char* path : {"", "/columns", "/1/apply", "/1/undo"})
        EXPECT_EQ(router
                      .call(Method::Post, kPath + path, withRole("demo", host::sdk::Role::Methodist),
                            {.headers = {{"if-match", "*"}}})
                      .status,
                  403)
            << path;
}

}  // namespace
