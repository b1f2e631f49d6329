#include "host/xapi/StatementList.h"
#include "tests/unit/xapi/XapiFixture.h"

#include <gmock/gmock.h>

namespace {

using namespace host::xapi;
using testing::ElementsAre;
using tests::XapiFixture;

class XapiStatements : public XapiFixture {
protected:
    static std::string did(const std::string& verb, const std::string& type = "") {
        return R"({"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"http://example.org/)" + verb +
               R"("},"object":{"id":"http://example.org/a")" +
               (type.empty() ? "" : R"(,"definition":{"type":"http://example.org/)" + type + R"("})") + "}}";
    }
    StatementPage page(const StatementFilter& filter, std::size_t limit = 100, const std::string& cursor = "") {
        return listStatements(
            db.database, *source(), filter,
            common::PageRequest::from(cursor.empty() ? std::nullopt : std::optional(cursor), std::to_string(limit)));
    }
    static std::vector<std::string> ids(const StatementPage& page) {
        std::vector<std::string> all;
        for (const auto& one : page.items) all.push_back(one.row.statementId);
        return all;
    }
};

TEST_F(XapiStatements, pagesHaveEachOnceTheLatestFirst) {
    std::vector<std::string> sent;
    for (int i = 0; i < 23; ++i) sent.push_back(send(did(i % 3 == 0 ? "looked" : "v" + std::to_string(i % 5))).front());
    std::vector<std::string> all;
    std::string cursor;
    do {
        const auto one = page({}, 4, cursor);
        const auto some = ids(one);
        EXPECT_LE(some.size(), 4U);
        all.insert(all.end(), some.begin(), some.end());
        cursor = one.next;
    } while (!cursor.empty() && all.size() < 100);
    std::reverse(sent.begin(), sent.end());
    EXPECT_EQ(all, sent);
}

TEST_F(XapiStatements, theyAreFoundByStateVerbAndTypeWithTheRuleThatTakesThem) {
    const auto looked = send(did("looked")).front(), plain = send(did("asked")).front(),
               typed = send(did("asked", "t")).front();
    EXPECT_THAT(ids(page({State::Unmatched, {}, {}})), ElementsAre(typed, plain));
    EXPECT_THAT(ids(page({{}, "http://example.org/asked", ""})), ElementsAre(plain));
    EXPECT_THAT(ids(page({{}, {}, "http://example.org/t"})), ElementsAre(typed));
    EXPECT_THAT(ids(page({State::Mapped, {}, {}})), ElementsAre());
    const auto ignored = page({State::Ignored, {}, {}});
    ASSERT_THAT(ids(ignored), ElementsAre(looked));
    EXPECT_EQ(ignored.items.front().rule, "looked");
    EXPECT_EQ(page({State::Unmatched, {}, {}}).items.front().rule, "");
}

TEST_F(XapiStatements, theOriginalIsGivenByteForByte) {
    const auto body = R"({ "actor":{"mbox":"mailto:a@example.org"}, "verb":{"id":"http://example.org/asked"},)"
                      R"("object":{"id":"http://example.org/a"},  "timestamp":"2026-02-01T10:00:00+0300" })";
    const auto id = send(body).front();
    EXPECT_EQ(originalOf(db.database, *source(), id), body);
    EXPECT_THROW(originalOf(db.database, *source(), "00000000-0000-4000-8000-000000000000"), host::sdk::AppError);
}

}  // namespace
