#include "host/connections/ReadInsight.h"
#include "tests/unit/connectors/WebFixture.h"

#include <iterator>

namespace {

using namespace tests;
using namespace host::connectors;
using testing::ElementsAre;
using testing::HasSubstr;
using Kind = SourceError::Kind;

class HttpReaderTest : public WebFixture {
protected:
    HttpReaderTest() { request.route.texts = {{"path", "/r"}, {"items", "$.d"}}; }
    void route(const std::string& name, const std::string& value) { request.route.texts[name] = value; }

    const std::string base_ = "https://lms.example.org/api/r";
};

TEST_F(HttpReaderTest, pagesByNumberEndWithAnEmptyOne) {
    route("paging", "page");
    route("pageParameter", "page");
    route("pageSizeParameter", "per");
    route("pageSize", "50");
    http.answer(200, R"({"d":[{"id":1},{"id":2}]})").answer(200, R"({"d":[{"id":3}]})").answer(200, R"({"d":[]})");
    EXPECT_EQ(ids<HttpKind>(), "1 2 3");
    EXPECT_THAT(urls(), ElementsAre(base_ + "?per=50&page=1", base_ + "?per=50&page=2", base_ + "?per=50&page=3"));
}

TEST_F(HttpReaderTest, pagesByOffsetEndWithTheTotal) {
    route("paging", "offset");
    route("pageParameter", "skip");
    route("totalPath", "$.n");
    http.answer(200, R"({"n":3,"d":[{"id":1},{"id":2}]})").answer(200, R"({"n":3,"d":[{"id":2},{"id":3}]})");
    EXPECT_EQ(ids<HttpKind>(), "1 2 3");
    EXPECT_THAT(urls(), ElementsAre(base_ + "?skip=0", base_ + "?skip=1"));
}

TEST_F(HttpReaderTest, fewerThanTheSourceCountedIsNoEnd) {
    route("paging", "offset");
    route("pageParameter", "skip");
    route("totalPath", "$.n");
    http.answer(200, R"({"n":3,"d":[{"id":1}]})").answer(200, R"({"n":3,"d":[]})");
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::Interrupted);
}

TEST_F(HttpReaderTest, pagesByCursorInABody) {
    route("method", "POST");
    route("body", R"({"after":"{cursor}","max":{limit}})");
    route("paging", "cursor");
    route("pageSize", "2");
    route("nextPath", "$.next");
    http.answer(200, R"({"d":[{"id":1}],"next":"a\"b"})").answer(200, R"({"d":[{"id":2}],"next":null})");
    EXPECT_EQ(ids<HttpKind>(), "1 2");
    EXPECT_EQ(http.asked[0].body, R"({"after":"","max":2})");
    EXPECT_EQ(http.asked[1].body, R"({"after":"a\"b","max":2})");
    EXPECT_EQ(http.asked[1].header("Content-Type"), "application/json");
}

TEST_F(HttpReaderTest, pagesByLinkHeaderAndByLinkInTheAnswer) {
    route("paging", "link");
    http.answer(200, R"({"d":[{"id":1}]})",
                {{"link", "<https://x/>; rel=\"prev\", </api/r?after=1>; rel=\"next last\""}})
        .answer(200, R"({"d":[{"id":2}]})");
    EXPECT_EQ(ids<HttpKind>(), "1 2");
    EXPECT_EQ(urls()[1], "https://lms.example.org/api/r?after=1");
    route("nextPath", "$.links.next");
    StubHttp two;
    tools = std::shared_ptr<WebTools>(new WebTools{two, clock, tools->pause});
    two.answer(200, R"({"d":[{"id":1}],"links":{"next":"?p=2"}})").answer(200, R"({"d":[{"id":2}],"links":{}})");
    EXPECT_EQ(ids<HttpKind>(), "1 2");
    EXPECT_EQ(two.asked[1].url, base_ + "?p=2");
}

TEST_F(HttpReaderTest, aLinkThatLeadsElsewhereIsNotFollowed) {
    route("paging", "link");
    route("nextPath", "$.next");
    http.answer(200, R"({"d":[{"id":1}],"next":"https://evil.example.com/r"})").answer(200, R"({"d":[{"id":2}]})");
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::Configuration);
    EXPECT_EQ(http.asked.size(), 1u);
}

TEST_F(HttpReaderTest, anotherHostIsFollowedWhenNamedAndGetsNoCredentials) {
    route("paging", "link");
    route("nextPath", "$.next");
    request.connection.texts["auth"] = "bearer";
    request.connection.secrets.emplace("token", host::sdk::SecretString("tok"));
    request.connection.lists["hosts"] = {"files.example.org"};
    http.answer(200, R"({"d":[{"id":1}],"next":"https://files.example.org/r"})").answer(200, R"({"d":[{"id":2}]})");
    EXPECT_EQ(ids<HttpKind>(), "1 2");
    EXPECT_EQ(http.asked[1].header("Authorization"), "");
}

TEST_F(HttpReaderTest, aCircleOfLinksEnds) {
    route("paging", "link");
    route("nextPath", "$.next");
    http.answer(200, R"({"d":[{"id":1}],"next":"?p=2"})").answer(200, R"({"d":[{"id":2}],"next":"/api/r"})");
    EXPECT_THAT(failure<HttpKind>().what(), HasSubstr("read already"));
}

TEST_F(HttpReaderTest, anErrorThatCameWithTwoHundredInsteadOfItemsIsAnError) {
    http.answer(200, R"({"error":{"message":"token expired"},"d":[]})");
    const auto error = failure<HttpKind>();
    EXPECT_EQ(error.kind(), Kind::Query);
    EXPECT_THAT(error.what(), HasSubstr("answers with an error: token expired"));
    StubHttp two;
    tools = std::shared_ptr<WebTools>(new WebTools{two, clock, tools->pause});
    two.answer(200, R"({"error":null,"errors":[],"d":[]})");
    EXPECT_EQ(ids<HttpKind>(), "");
}

TEST_F(HttpReaderTest, theSamePageAgainIsAnError) {
    route("paging", "page");
    route("pageParameter", "page");
    http.answer(200, R"({"d":[{"id":1},{"id":2}]})");
    EXPECT_THAT(failure<HttpKind>().what(), HasSubstr("same as the one before"));
    EXPECT_EQ(http.asked.size(), 2u);
}

TEST_F(HttpReaderTest, aPageBehindTheLastMayBe404WhenTheRouteSaysSo) {
    route("paging", "page");
    route("pageParameter", "page");
    http.answer(200, R"({"d":[{"id":1}]})").answer(404);
    EXPECT_EQ(failure<HttpKind>().kind(), Kind::NotThere);
    StubHttp two;
    tools = std::shared_ptr<WebTools>(new WebTools{two, clock, tools->pause});
    two.answer(200, R"({"d":[{"id":1}]})").answer(404);
    route("notFoundEnds", "true");
    EXPECT_EQ(ids<HttpKind>(), "1");
}

TEST_F(HttpReaderTest, aParameterWithTheWatermarkIsLeftOutWhenEverythingIsRead) {
    request.route.maps["query"] = {{"since", "{watermark}"}, {"all", "1"}};
    http.answer(200, R"({"d":[]})");
    EXPECT_EQ(ids<HttpKind>(), "");
    EXPECT_EQ(urls().back(), base_ + "?all=1");
    request.watermark = "2026-03-01T10:00:00+03:00";
    EXPECT_EQ(ids<HttpKind>(), "");
    EXPECT_EQ(urls().back(), base_ + "?since=2026-03-01T10%3A00%3A00%2B03%3A00&all=1");
    route("watermarkForm", "epoch");
    EXPECT_EQ(ids<HttpKind>(), "");
    EXPECT_EQ(urls().back(), base_ + "?since=1772348400&all=1");
}

TEST_F(HttpReaderTest, theWatermarksColumnIsAlwaysRead) {
    request.watermarkColumn = "at";
    http.answer(200, R"({"d":[{"id":1,"at":"x"}]})");
    EXPECT_EQ(all<HttpKind>()[0], (Cells{"1", "x"}));
}

TEST_F(HttpReaderTest, aTryStopsAtItsLimit) {
    route("paging", "page");
    route("pageParameter", "page");
    request.limit = 2;
    http.answer(200, R"({"d":[{"id":1},{"id":2},{"id":3}]})");
    EXPECT_EQ(ids<HttpKind>(), "1 2");
    EXPECT_EQ(http.asked.size(), 1u);
}

TEST_F(HttpReaderTest, namesThatNoItemHasAreKnownWithThoseThatAreThere) {
    http.answer(200, R"({"d":[{"id":1},{"score":2}]})");
    request.columns = {"id", "score", "Id", "scroe"};
    auto reader = open<HttpKind>();
    SourceRow row;
    while (reader->next(row)) {
    }
    const auto& insight = dynamic_cast<const host::connections::ReadInsight&>(*reader);
    EXPECT_THAT(insight.absentColumns(), ElementsAre("Id", "scroe"));
    EXPECT_THAT(insight.itemNames(), ElementsAre("id", "score"));
    EXPECT_THAT(log.back(), HasSubstr("'scroe'"));
}

TEST_F(HttpReaderTest, aTruncatedPageSaysWhichOneItWas) {
    route("paging", "page");
    route("pageParameter", "page");
    http.answer(200, R"({"d":[{"id":1}]})").answer(200, R"({"d":[{"id":2})");
    const auto error = failure<HttpKind>();
    EXPECT_EQ(error.kind(), Kind::Format);
    EXPECT_THAT(error.what(),
                testing::StartsWith("Page 2 of https://lms.example.org/api/r: The answer is JSON that breaks off"));
}

TEST_F(HttpReaderTest, filesComeFromTheSameHostOnly) {
    request.connection.texts["auth"] = "bearer";
    request.connection.secrets.emplace("token", host::sdk::SecretString("tok"));
    http.answer(200, R"({"d":[{"id":1}]})").answer(302, "", {{"location", "/store/1.pdf"}}).answer(200, "%PDF");
    auto reader = open<HttpKind>();
    SourceRow row;
    ASSERT_TRUE(reader->next(row));
    EXPECT_EQ(row.place, "page 1, item 1");
    const auto file = reader->openFile("../files/1");
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(*file), {}), "%PDF");
    EXPECT_THAT(urls(), ElementsAre(base_, "https://lms.example.org/files/1", "https://lms.example.org/store/1.pdf"));
    EXPECT_THROW(reader->openFile("http://169.254.169.254/x"), SourceError);
}

TEST_F(HttpReaderTest, cp1251AndXml) {
    route("format", "xml");
    route("items", "//r");
    request.columns = {"n"};
    http.answer(200, "<?xml version='1.0' encoding='windows-1251'?><a><r><n>\xCF\xF0\xE8</n></r></a>",
                {{"content-type", "text/xml"}});
    EXPECT_EQ(ids<HttpKind>(), "При");
}

TEST_F(HttpReaderTest, bytesThatAreNoTextSpoilTheirRowOnly) {
    request.columns = {"id", "n"};
    http.answer(200, "{\"d\":[{\"id\":1,\"n\":\"\xCF\xF0\xE8\"},{\"id\":2,\"n\":\"x\"}]}");
    const auto rows = all<HttpKind>();
    EXPECT_THAT(rows[0][0].value(), HasSubstr("no text"));
    EXPECT_EQ(rows[1][0], "2");
    EXPECT_THAT(log.at(0), HasSubstr("windows-1251"));
}

}  // namespace
