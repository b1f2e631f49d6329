#include "host/connectors/odata/ODataKind.h"
#include "tests/unit/connectors/WebFixture.h"

namespace {

using namespace tests;
using namespace host::connectors;
using testing::ElementsAre;
using testing::HasSubstr;
using Kind = SourceError::Kind;

class ODataReaderTest : public WebFixture {
protected:
    ODataReaderTest() {
        request.connection.texts["url"] = "https://h/odata";
        request.route.texts = {{"entitySet", "Results"}, {"count", "true"}};
        request.columns = {"Id"};
    }
    void oneC() {
        request.connection.texts["dialect"] = "1c";
        request.route.texts["key"] = "Id";
        request.route.texts["pageSize"] = "3";
    }
};

TEST_F(ODataReaderTest, followsTheServicesLinks) {
    http.answer(200, R"({"@odata.count":3,"value":[{"Id":1},{"Id":2}],"@odata.nextLink":"Results?$skiptoken=2"})")
        .answer(200, R"({"value":[{"Id":3}]})");
    EXPECT_EQ(ids<ODataKind>(), "1 2 3");
    EXPECT_THAT(urls(),
                ElementsAre("https://h/odata/Results?$select=Id&$count=true", "https://h/odata/Results?$skiptoken=2"));
}

TEST_F(ODataReaderTest, fewerThanTheServiceCountedIsNoEnd) {
    http.answer(200, R"({"@odata.count":"3","value":[{"Id":1},{"Id":2}]})");
    EXPECT_EQ(failure<ODataKind>().kind(), Kind::Interrupted);
    request.route.texts["count"] = "false";
    EXPECT_EQ(ids<ODataKind>(), "1 2");
}

TEST_F(ODataReaderTest, aLinkInACircleOrElsewhereIsNotFollowed) {
    http.answer(200, R"({"value":[{"Id":1}],"@odata.nextLink":"Results?$skiptoken=2"})")
        .answer(200, R"({"value":[{"Id":2}],"@odata.nextLink":"https://h/odata/Results?$skiptoken=2"})");
    EXPECT_THAT(failure<ODataKind>().what(), HasSubstr("read already"));
    StubHttp two;
    tools = std::shared_ptr<WebTools>(new WebTools{two, clock, tools->pause});
    two.answer(200, R"({"value":[{"Id":1}],"@odata.nextLink":"http://h/odata/Results?$skiptoken=2"})");
    EXPECT_EQ(failure<ODataKind>().kind(), Kind::Configuration);
}

TEST_F(ODataReaderTest, oneCIsPagedByUsAndEveryPageBeginsWithTheLastRow) {
    oneC();
    http.answer(200, R"({"odata.count":"4","value":[{"Id":1},{"Id":2},{"Id":3}]})")
        .answer(200, R"({"value":[{"Id":3},{"Id":4}]})");
    EXPECT_EQ(ids<ODataKind>(), "1 2 3 4");
    EXPECT_THAT(urls(),
                ElementsAre(HasSubstr("$orderby=Id&$top=3&$inlinecount=allpages"), HasSubstr("$top=3&$skip=2")));
}

TEST_F(ODataReaderTest, rowsThatMovedBetweenPagesAreNotMissed) {
    oneC();
    // Row 1 is deleted after the first page: what was at 3 is at 2 now, and row 4 would have been skipped.
    http.answer(200, R"({"value":[{"Id":1},{"Id":2},{"Id":3}]})")
        .answer(200, R"({"value":[{"Id":4},{"Id":5}]})")
        .answer(200, R"({"value":[{"Id":2},{"Id":3},{"Id":4}]})")
        .answer(200, R"({"value":[{"Id":4},{"Id":5}]})");
    EXPECT_EQ(ids<ODataKind>(), "1 2 3 4 5");
    EXPECT_THAT(log.at(0), HasSubstr("have moved"));
}

TEST_F(ODataReaderTest, theKeyComesFromTheModelWhenTheRouteNamesNone) {
    oneC();
    request.route.texts.erase("key");
    http.answer(200,
                R"(<Edmx><DataServices><Schema Namespace="S"><EntityType Name="R"><Key><PropertyRef Name="Ref"/></Key>
<Property Name="Ref" Type="Edm.Guid"/><Property Name="Id" Type="Edm.Int32"/></EntityType>
<EntityContainer><EntitySet Name="Results" EntityType="S.R"/></EntityContainer></Schema></DataServices></Edmx>)")
        .answer(200, R"({"value":[{"Id":1,"Ref":"x"}]})");
    EXPECT_EQ(ids<ODataKind>(), "1");
    EXPECT_THAT(urls()[1], HasSubstr("$select=Id%2CRef&$orderby=Ref&$top=3"));
}

TEST_F(ODataReaderTest, whatIsNothingIn1CIsNothingHere) {
    oneC();
    request.columns = {"Id", "Date", "Owner_Key"};
    http.answer(
        200,
        R"({"value":[{"Id":"","Date":"0001-01-01T00:00:00","Owner_Key":"00000000-0000-0000-0000-000000000000"}]})");
    EXPECT_EQ(all<ODataKind>()[0], (Cells{"", std::nullopt, std::nullopt}));
}

TEST_F(ODataReaderTest, aWrongNameIsToldWithTheNearest) {
    request.columns = {"Id", "Scor"};
    http.answer(400, R"({"error":{"message":"bad"}})")
        .answer(200, R"(<Edmx><DataServices><Schema Namespace="S"><EntityType Name="R">
<Property Name="Score" Type="Edm.Guid"/><Property Name="Id" Type="Edm.Int32"/></EntityType>
<EntityContainer><EntitySet Name="Results" EntityType="S.R"/></EntityContainer></Schema></DataServices></Edmx>)");
    const auto error = failure<ODataKind>();
    EXPECT_EQ(error.kind(), Kind::Query);
    EXPECT_EQ(error.fix(), "Write 'Score'.");
}

TEST_F(ODataReaderTest, aColumnThatDoesNotComeIsAnError) {
    request.columns = {"Id", "Scor"};
    http.answer(200, R"({"value":[{"Id":1,"Score":2}]})");
    EXPECT_EQ(failure<ODataKind>().fix(), "Write 'Score'.");
}

TEST_F(ODataReaderTest, anErrorInsideAnAnswerIsAnError) {
    http.answer(200, R"({"error":{"message":"the database went away"}})");
    EXPECT_THAT(failure<ODataKind>().what(), HasSubstr("the database went away"));
    StubHttp two;
    tools = std::shared_ptr<WebTools>(new WebTools{two, clock, tools->pause});
    two.answer(200, R"({"value":[{"Id":1}],"error":{"message":"timeout inside"}})");
    EXPECT_EQ(failure<ODataKind>().kind(), Kind::Interrupted);
}

TEST_F(ODataReaderTest, version2IsReadFromItsWrapper) {
    request.connection.texts["dialect"] = "v2";
    request.columns = {"Id", "At", "Student/Name"};
    http.answer(404)
        .answer(200, R"({"d":{"__count":"2","results":[{"Id":1,"At":"/Date(1772323200000)/","Student":{"Name":"A"}}],
                        "__next":"https://h/odata/Results?$skiptoken=1"}})")
        .answer(200, R"({"d":{"results":[{"Id":2,"At":null,"Student":null}]}})");
    const auto rows = all<ODataKind>();
    EXPECT_EQ(rows[0], (Cells{"1", "2026-03-01T00:00:00", "A"}));
    EXPECT_EQ(rows[1], (Cells{"2", std::nullopt, std::nullopt}));
}

TEST_F(ODataReaderTest, theWatermarksTypeComesFromTheModel) {
    request.watermark = "17";
    request.watermarkColumn = "Code";
    http.answer(200, R"(<Edmx><DataServices><Schema Namespace="S"><EntityType Name="R">
<Property Name="Code" Type="Edm.String"/><Property Name="Id" Type="Edm.Int32"/></EntityType>
<EntityContainer><EntitySet Name="Results" EntityType="S.R"/></EntityContainer></Schema></DataServices></Edmx>)")
        .answer(200, R"({"value":[]})");
    EXPECT_EQ(ids<ODataKind>(), "");
    EXPECT_THAT(urls()[1], HasSubstr("$filter=Code%20ge%20%2717%27&$orderby=Code"));
}

TEST_F(ODataReaderTest, pagesThatComeAgainByLinksThatAreAlwaysNewEnd) {
    for (int i = 0; i < 4; ++i)
        http.answer(200, R"({"value":[{"Id":)" + std::to_string(i % 2) + R"(}],"@odata.nextLink":"Results?n=)" +
                             std::to_string(i) + R"("})");
    EXPECT_THAT(failure<ODataKind>().what(), HasSubstr("has come before"));
    EXPECT_EQ(http.asked.size(), 3u);
    StubHttp empty;
    tools = std::shared_ptr<WebTools>(new WebTools{empty, clock, tools->pause});
    for (int i = 0; i < 1100; ++i)
        empty.answer(200, R"({"value":[],"@odata.nextLink":"Results?n=)" + std::to_string(i) + R"("})");
    EXPECT_THAT(failure<ODataKind>().what(), HasSubstr("pages in a row had no items"));
}

TEST_F(ODataReaderTest, anAnswerInAnotherVersionSaysWhichDialectToChoose) {
    request.route.texts["count"] = "false";
    http.answer(200, R"({"d":{"results":[{"Id":1}]}})");
    EXPECT_THAT(failure<ODataKind>().fix(), HasSubstr("'v2'"));
    StubHttp three;
    tools = std::shared_ptr<WebTools>(new WebTools{three, clock, tools->pause});
    three.answer(200, R"({"odata.metadata":"x","value":[{"Id":1}],"odata.nextLink":"Results?n=1"})");
    EXPECT_THAT(failure<ODataKind>().fix(), HasSubstr("'v3'")) << "its next pages would not be seen";
    StubHttp four;
    tools = std::shared_ptr<WebTools>(new WebTools{four, clock, tools->pause});
    request.connection.texts["dialect"] = "v2";
    four.answer(200, R"({"@odata.context":"x","value":[{"Id":1}]})");
    EXPECT_THAT(failure<ODataKind>().fix(), HasSubstr("'v4'"));
}

TEST_F(ODataReaderTest, aCheckReadsTheServiceDocument) {
    request.route = {};
    http.answer(200, R"({"value":[{"name":"Results","url":"Results"}]})");
    EXPECT_NO_THROW(ODataKind(tools).check(request));
    EXPECT_EQ(urls()[0], "https://h/odata/");
    StubHttp two;
    two.answer(200, "<!doctype html><title>1C</title>");
    EXPECT_THROW(ODataKind(std::shared_ptr<WebTools>(new WebTools{two, clock, tools->pause})).check(request),
                 SourceError);
}

}  // namespace
