#include "host/records/StrictJson.h"
#include "host/sdk/Error.h"
#include "host/xapi/JsonSlices.h"
#include "host/xapi/Multipart.h"
#include "host/xapi/StatementCheck.h"
#include "host/xapi/StatementDigest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace host::xapi;
using host::records::parseStrict;
using testing::ElementsAre;
using testing::Pair;

std::string digest(const char* json) {
    const auto statement = parseStrict(json);
    const auto error = checkStatement(statement);
    EXPECT_FALSE(error) << error->pointer << " " << error->reason;
    return digestOf(statement);
}

TEST(JsonSlices, theElementsOfAnArrayAreThereByteForByte) {
    EXPECT_THAT(*elementsOf(" [ {\"a\": [1, 2]} ,\n{\"b\":\"],{\\\"\"}] "),
                ElementsAre("{\"a\": [1, 2]}", "{\"b\":\"],{\\\"\"}"));
    EXPECT_THAT(*elementsOf(" {\"a\":1}\n"), ElementsAre("{\"a\":1}"));
    EXPECT_THAT(*elementsOf("[]"), ElementsAre());
    EXPECT_THAT(*elementsOf(R"(["a\\", "\"", "\\\",", ""])"),
                ElementsAre(R"("a\\")", R"("\"")", R"("\\\",")", R"("")"));
    EXPECT_THAT(*elementsOf("\xEF\xBB\xBF{}"), ElementsAre("{}"));
    for (const char* wrong : {"[1,]", "[,1]", "[1,,2]", "[1", "[1] 2", "[\"]", "[\xEF\xBB\xBF{}]", " \xEF\xBB\xBF{}"})
        EXPECT_FALSE(elementsOf(wrong)) << wrong;
}

TEST(JsonSlices, theMembersOfAnObjectAreThereByteForByte) {
    EXPECT_THAT(membersOf("{ \"a\" : 1.50 , \"b:\\\"\":{\"c\":[\"}\"]},\"d\":\"x\" }"),
                ElementsAre(Pair("a", "1.50"), Pair("b:\\\"", "{\"c\":[\"}\"]}"), Pair("d", "\"x\"")));
    EXPECT_THAT(membersOf("{}"), ElementsAre());
}

constexpr const char* kPlain =
    R"({"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"http://example.org/v"},"object":{"id":"http://example.org/a"},
        "timestamp":"2026-03-01T12:30:00Z","result":{"score":{"raw":5,"max":10},"duration":"PT1.2345S"},
        "context":{"registration":"EC531277-B57B-4C15-8D91-D292C5B2B8F7","contextActivities":{"grouping":{"id":"http://example.org/g"}}}})";

TEST(StatementDigest, whatMayDifferDoesNotTellApart) {
    EXPECT_EQ(digest(kPlain),
              digest(
                  R"({"id":"6690e6c9-3ef0-4ed3-8b37-7f3964730bee","version":"1.0.0","stored":"2026-03-02T00:00:00Z",
            "authority":{"mbox":"mailto:lrs@example.org"},
            "context":{"contextActivities":{"grouping":[{"objectType":"Activity","id":"http://example.org/g","definition":{"name":{"en":"G"}}}]},"registration":"ec531277-b57b-4c15-8d91-d292c5b2b8f7"},
            "result":{"duration":"PT1.23S","score":{"max":10.0,"raw":5.0}},"timestamp":"2026-03-01T15:30:00.000+03:00",
            "object":{"objectType":"Activity","id":"http://example.org/a","definition":{"type":"http://example.org/t"}},
            "verb":{"display":{"en":"v"},"id":"http://example.org/v"},"actor":{"objectType":"Agent","mbox":"mailto:a@example.org"}})"));
}

TEST(StatementDigest, whatIsSaidTellsApart) {
    const std::string plain = kPlain;
    const auto changed = [&](const char* from, const char* to) {
        std::string other = plain;
        other.replace(other.find(from), std::string_view(from).size(), to);
        return digest(other.c_str());
    };
    EXPECT_NE(digest(kPlain), changed("\"raw\":5", "\"raw\":6"));
    EXPECT_NE(digest(kPlain), changed("12:30:00Z", "12:30:01Z"));
    EXPECT_NE(digest(kPlain), changed("example.org/v", "example.org/w"));
    EXPECT_NE(digest(kPlain), changed("a@example", "b@example"));
    EXPECT_NE(digest(kPlain), changed("1.2345S", "2S"));
}

TEST(StatementCheck, timesAreReadAsPluginsWriteThem) {
    const auto at = statementTime("2026-03-01T12:30:00Z");
    ASSERT_TRUE(at);
    EXPECT_EQ(statementTime("2026-03-01T15:30:00+03:00"), at);
    EXPECT_EQ(statementTime("2026-03-01T15:30:00+0300"), at);
    EXPECT_EQ(statementTime("2026-03-01T15:30:00+03"), at);
    EXPECT_EQ(statementTime("2026-03-01T12:30:00.000"), at);
    for (const char* wrong : {"2026-03-01", "yesterday", "2026-03-01T12:30:00-00:00", "2026-13-01T12:30:00Z", ""})
        EXPECT_FALSE(statementTime(wrong)) << wrong;
}

TEST(Multipart, partsAreThereByteForByteAndACutBodyIsRefused) {
    const std::string body =
        "preamble\r\n--b1\r\nContent-Type: application/json\r\n\r\n{}\r\n--b1\r\nX-Experience-API-Hash: abc\r\n\r\n"
        "\r\n\x01--b1 within\r\n\r\n--b1--\r\n";
    const auto parts = partsOf(body, "multipart/mixed; charset=utf-8; boundary=\"b1\"");
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].bytes, "{}");
    EXPECT_EQ(parts[1].header("x-experience-api-hash"), "abc");
    EXPECT_EQ(parts[1].bytes, "\r\n\x01--b1 within\r\n");
    EXPECT_THROW(partsOf(body.substr(0, body.size() - 8), "multipart/mixed; boundary=b1"), host::sdk::AppError);
    EXPECT_THROW(partsOf(body, "multipart/mixed"), host::sdk::AppError);
}

}  // namespace
