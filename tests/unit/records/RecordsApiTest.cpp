#include "tests/unit/records/RecordsFixture.h"

#include <gmock/gmock.h>

namespace {

using tests::RecordsFixture;
using namespace host;
using host::sdk::Method;

class RecordsApiTest : public RecordsFixture {};

TEST_F(RecordsApiTest, aBadItemNeverStopsTheOthers) {
    const auto answer = batch(R"({"kind":"learners","externalId":"l1","untiId":"1"},
        {"kind":"learners","externalId":"l2","untiId":"0"},
        {"kind":"lerners","externalId":"l3"},
        17,
        {"kind":"learners","externalId":"l4"})");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(status(answer, 0), "created");
    EXPECT_EQ(status(answer, 1), "rejected");
    EXPECT_EQ(pointer(answer, 1), "/untiId");
    EXPECT_EQ(status(answer, 2), "rejected");
    EXPECT_EQ(status(answer, 3), "rejected");
    EXPECT_EQ(status(answer, 4), "created");
    EXPECT_EQ(answer.json()->getObject("counts")->getValue<int>("rejected"), 3);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_learners"), 2);
}

TEST_F(RecordsApiTest, aVerdictIsToldInRussianToWhoAsksForIt) {
    const std::string wrong = R"({"source":"lms","records":[{"kind":"learners","externalId":"l1","untiId":"0"},
        {"kind":"lerners","externalId":"l2"},{"kind":"flows","externalId":"f1","programme":"nowhere","key":"k1"}]})";

    const auto russian = call(Method::Post, "/records", wrong, {{"accept-language", "ru"}});
    const auto plain = call(Method::Post, "/records", wrong);

    EXPECT_EQ(firstError(russian, 0), "/untiId это не unti_id. От 1 до 19 цифр, первая — не ноль, например '1200345'.");
    EXPECT_THAT(firstError(russian, 1),
                testing::HasSubstr("такого вида записей нет. Может быть, 'learners'? Одно из: "));
    EXPECT_EQ(
        firstError(russian, 2),
        "/programme записи нет (programmes): nowhere. Сначала пришлите эту запись или исправьте id или источник.");
    EXPECT_THAT(firstError(plain, 0), testing::HasSubstr("is not an unti_id")) << "no language is named";
}

TEST_F(RecordsApiTest, itemsMayReferForwardWithinABatch) {
    const auto answer = batch(R"({"kind":"flows","externalId":"f1","programme":"p1","key":"k1"},
        {"kind":"programmes","externalId":"p1","project":"bas","title":"БПЛА"})");
    EXPECT_EQ(status(answer, 0), "created") << answer.body;
}

TEST_F(RecordsApiTest, anUnknownReferenceIsTheItemsError) {
    const auto answer = batch(R"({"kind":"flows","externalId":"f1","programme":"nowhere","key":"k1"})");
    EXPECT_EQ(pointer(answer, 0), "/programme");
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_flows"), 0);
}

TEST_F(RecordsApiTest, aReferenceReachesAnotherSource) {
    batch(R"({"kind":"programmes","externalId":"p1","project":"bas","title":"БПЛА"})", "crm");
    EXPECT_EQ(status(batch(R"({"kind":"flows","externalId":"f1","programme":"p1","key":"k1"})"), 0), "rejected");
    EXPECT_EQ(
        status(batch(R"({"kind":"flows","externalId":"f1","programme":{"source":"crm","externalId":"p1"},"key":"k1"})"),
               0),
        "created");
}

TEST_F(RecordsApiTest, theSameRecordTwiceInABatchIsWrittenInOrder) {
    const auto answer = batch(R"({"kind":"learners","externalId":"l1","lastName":"Иванов"},
        {"kind":"learners","externalId":"l1","lastName":"Петров"})");
    EXPECT_EQ(status(answer, 0), "created");
    EXPECT_EQ(status(answer, 1), "updated");
    EXPECT_EQ(db.text("SELECT last_name FROM record_learners"), "Петров");
}

TEST_F(RecordsApiTest, twoFlowsCannotShareAKey) {
    const auto answer = batch(R"({"kind":"programmes","externalId":"p1","project":"bas","title":"БПЛА"},
        {"kind":"flows","externalId":"f1","programme":"p1","key":"k"},{"kind":"flows","externalId":"f2","programme":"p1","key":"k"})");
    EXPECT_EQ(pointer(answer, 2), "/key");
    EXPECT_EQ(pointer(batch(R"({"kind":"flows","externalId":"f3","programme":"p1","key":"k"})"), 0), "/key");
}

TEST_F(RecordsApiTest, filesAreRefusedInABatch) {
    EXPECT_EQ(pointer(batch(R"({"kind":"files","externalId":"x","name":"a.pdf"})"), 0), "/kind");
}

TEST_F(RecordsApiTest, badBatchesAreProblemsThatChangeNothing) {
    const std::pair<const char*, int> cases[] = {
        {"{", 400},
        {"[]", 422},
        {R"({"source":"lms"})", 422},
        {R"({"source":"lms","records":{}})", 422},
        {R"({"source":"../x","records":[]})", 422},
        {R"({"records":[]})", 422},
        {R"({"source":"lms","records":[],"more":1})", 422},
        {"{\"source\":\"lms\",\"records\":[{\"kind\":\"learners\",\"externalId\":\"\xc3\x28\"}]}", 400}};
    for (const auto& [body, status] : cases) EXPECT_EQ(call(Method::Post, "/records", body).status, status) << body;
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM record_learners"), 0);
}

TEST_F(RecordsApiTest, aBatchHasALimit) {
    std::string items = "1";
    for (int i = 0; i < 5000; ++i) items += ",1";
    EXPECT_EQ(batch(items).status, 422);
}

TEST_F(RecordsApiTest, listsByKeysetWithFilters) {
    fillStructure();
    std::string items;
    for (int i = 2; i <= 6; ++i)
        items += (i == 2 ? "" : ",") +
                 (R"({"kind":"learners","externalId":"l)" + std::to_string(i) + R"(","lastName":"Ёлкин"})");
    batch(items);
    auto page = call(Method::Get, "/records/learners?limit=4").json();
    EXPECT_EQ(page->getArray("items")->size(), 4U);
    const auto next = page->getValue<std::string>("next");
    page = call(Method::Get, "/records/learners?limit=4&cursor=" + next).json();
    EXPECT_EQ(page->getArray("items")->size(), 2U);
    EXPECT_TRUE(page->isNull("next"));
    EXPECT_EQ(call(Method::Get, "/records/learners?lastName=Ёлкин").json()->getArray("items")->size(), 5U);
    EXPECT_EQ(call(Method::Get, "/records/enrollments?flow=f1&learner=l1").json()->getArray("items")->size(), 1U);
    EXPECT_EQ(call(Method::Get, "/records/enrollments?learner=l2").json()->getArray("items")->size(), 0U);
    EXPECT_EQ(call(Method::Get, "/records/enrollments?learnerId=1").json()->getArray("items")->size(), 1U);
    const auto wrong = call(Method::Get, "/records/learners?lastNam=x");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_NE(wrong.body.find("lastName"), std::string::npos);
}

TEST_F(RecordsApiTest, givesTheSameListAsCsv) {
    batch(R"({"kind":"learners","externalId":"l1","untiId":"5","lastName":"=Формула, \"имя\""})");
    const auto answer = call(Method::Get, "/records/learners", {}, {{"accept", "text/csv"}});
    EXPECT_EQ(answer.contentType, "text/csv; charset=utf-8");
    EXPECT_EQ(answer.body,
              "\xEF\xBB\xBF"
              "id,source,externalId,revision,changedAt,deleted,untiId,testUntiId,leaderId,lastName,firstName,"
              "middleName,email\r\n"
              "1,lms,l1,1,2026-03-01T00:00:00Z,false,5,,,\"'=Формула, \"\"имя\"\"\",,,\r\n");
}

TEST_F(RecordsApiTest, replacesWithIfMatchOnly) {
    fillStructure();
    const std::string one = "/records/elements/1";
    const auto read = call(Method::Get, one);
    EXPECT_EQ(read.etag(), "\"1\"");
    EXPECT_FALSE(read.json()->has("programme")) << "only the parent is shown";
    EXPECT_EQ(call(Method::Put, one, "{}").status, 428);
    // What was read may be sent back as it is.
    const auto same = call(Method::Put, one, read.body, {{"if-match", "\"1\""}});
    EXPECT_EQ(same.status, 200) << same.body;
    EXPECT_EQ(same.etag(), "\"1\"");
    const auto changed =
        call(Method::Put, one, R"({"theme":"t1","type":"test","title":"Новый"})", {{"if-match", "\"1\""}});
    EXPECT_EQ(changed.etag(), "\"2\"") << changed.body;
    EXPECT_FALSE(changed.json()->has("maxScore")) << "what is left out becomes absent";
    const auto late =
        call(Method::Put, one, R"({"theme":"t1","type":"test","title":"Поздно"})", {{"if-match", "\"1\""}});
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(late.json()->getObject("current")->getValue<std::string>("title"), "Новый");
    const auto wrong = call(Method::Put, one, R"({"theme":"t1","type":"test"})", {{"if-match", "\"2\""}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(call(Method::Put, one, R"({"externalId":"other","theme":"t1","type":"test","title":"x"})",
                   {{"if-match", "\"2\""}})
                  .status,
              422);
}

TEST_F(RecordsApiTest, deletesOnceAndKeepsItReadable) {
    batch(R"({"kind":"learners","externalId":"l1"})");
    EXPECT_EQ(call(Method::Delete, "/records/learners/1").status, 428);
    EXPECT_EQ(call(Method::Delete, "/records/learners/1", {}, {{"if-match", "\"7\""}}).status, 412);
    EXPECT_EQ(call(Method::Delete, "/records/learners/1", {}, {{"if-match", "\"1\""}}).status, 204);
    EXPECT_EQ(call(Method::Delete, "/records/learners/1", {}, {{"if-match", "\"2\""}}).status, 404);
    EXPECT_TRUE(call(Method::Get, "/records/learners/1").json()->getValue<bool>("deleted"));
    EXPECT_EQ(call(Method::Get, "/records/learners").json()->getArray("items")->size(), 0U);
    EXPECT_EQ(call(Method::Get, "/records/learners?deleted=true").json()->getArray("items")->size(), 1U);
}

TEST_F(RecordsApiTest, aViewerReadsAndAMethodistWrites) {
    auto viewer = tests::methodist("demo");
    viewer.roles["demo"] = sdk::Role::Viewer;
    EXPECT_EQ(router.call(Method::Get, path("/records/learners"), viewer).status, 200);
    EXPECT_EQ(router.call(Method::Post, path("/records"), viewer, {.body = "{}"}).status, 403);
    EXPECT_EQ(router.call(Method::Get, path("/records/learners", "other"), viewer).status, 404);
}

TEST_F(RecordsApiTest, oneOrganizationNeverSeesAnothersRecord) {
    batch(R"({"kind":"learners","externalId":"l1"})");
    EXPECT_EQ(router.call(Method::Get, path("/records/learners/1", "other"), tests::methodist("other")).status, 404);
    EXPECT_EQ(router
                  .call(Method::Delete, path("/records/learners/1", "other"), tests::methodist("other"),
                        {.headers = {{"if-match", "\"1\""}}})
                  .status,
              404);
    // Nor refers to it by its id.
    const auto answer = router.call(
        Method::Post, path("/records", "other"), tests::methodist("other"),
        {.body =
             R"({"source":"lms","records":[{"kind":"enrollments","externalId":"n","learner":{"id":"1"},"flow":"f","status":"enrolled"}]})"});
    EXPECT_EQ(status(answer, 0), "rejected");
}

TEST_F(RecordsApiTest, uploadsAFileAndTiesItToItsResult) {
    fillStructure();
    batch(R"({"kind":"results","externalId":"r1","learner":"l1","element":"e1","raw":70})");
    const std::string upload = "/records/files?source=lms&externalId=w1&name=../../работа.pdf&result=r1";
    const auto answer = call(Method::Post, upload, "%PDF-1.4 text");
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.json()->getValue<std::string>("name"), "работа.pdf");
    EXPECT_EQ(answer.json()->getValue<std::string>("contentType"), "application/pdf");
    store.results("demo", 1, 0, [&](std::span<const sdk::Result> page) {
        EXPECT_EQ(page.front().fileIds, std::vector<sdk::RecordId>{1});
        EXPECT_EQ(page.front().revision, 2) << "its files are part of a result";
        return true;
    });
    EXPECT_EQ(call(Method::Post, upload, "%PDF-1.4 text").status, 200) << "the same upload again changes nothing";
    const auto content = call(Method::Get, "/records/files/1/content");
    EXPECT_EQ(content.body, "%PDF-1.4 text");
    EXPECT_EQ(content.contentType, "application/pdf");
    EXPECT_NE(content.header("Content-Disposition").find("filename*=UTF-8''%D1%80"), std::string::npos);
    // Its name is changed like any record's; what the bytes say is not.
    const auto renamed =
        call(Method::Put, "/records/files/1", R"({"name":"итог.pdf","result":"r1"})", {{"if-match", "\"1\""}});
    EXPECT_EQ(renamed.status, 200) << renamed.body;
    EXPECT_EQ(renamed.json()->getValue<std::string>("contentType"), "application/pdf");
}

TEST_F(RecordsApiTest, refusesAnUploadForAnUnknownResultBeforeTakingItsBytes) {
    const auto answer = call(Method::Post, "/records/files?source=lms&externalId=w1&name=a.txt&result=nowhere", "text");
    EXPECT_EQ(answer.status, 422);
    EXPECT_FALSE(std::filesystem::exists(db.folder / "files" / "demo"));
}

TEST_F(RecordsApiTest, everyOperationIsDescribedAndEveryExampleIsJson) {
    std::set<std::string> ids;
    for (const auto& route : router.routes()) {
        const auto& operation = route.options.operation;
        EXPECT_TRUE(ids.insert(operation.id).second) << operation.id;
        EXPECT_FALSE(operation.summary.empty()) << route.path;
        for (const auto* json : {&operation.requestSchema, &operation.requestExample, &operation.responseSchema,
                                 &operation.responseExample})
            if (!json->empty()) {
                EXPECT_NO_THROW(records::parseStrict(*json)) << operation.id << ": " << *json;
            }
    }
    for (int i = 0; i < records::kRecordKinds; ++i) {
        std::string name = records::spec(static_cast<records::RecordKind>(i)).name;
        name[0] = static_cast<char>(std::toupper(name[0]));
        for (const char* verb : {"list", "get", "replace", "delete"})
            EXPECT_TRUE(ids.contains(verb + name)) << verb << name;
    }
}

TEST_F(RecordsApiTest, theBatchOfTheDocumentationIsAccepted) {
    for (const auto& route : router.routes()) {
        if (route.options.operation.id != "putRecords") continue;
        const auto answer = call(Method::Post, "/records", route.options.operation.requestExample);
        EXPECT_EQ(answer.json()->getObject("counts")->getValue<int>("created"), 12) << answer.body;
    }
}

}  // namespace
