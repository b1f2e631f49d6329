#include "host/http/RequestHead.h"
#include "host/http/Target.h"
#include "host/sdk/Error.h"

#include <gtest/gtest.h>

using namespace host::http;

namespace {

HeadResult parse(const std::string& text, RequestHead& head) {
    return parseHead(text, {}, head);
}

struct BadHead {
    const char* name;
    const char* text;
    int status;
};

class BadHeads : public testing::TestWithParam<BadHead> {};

TEST_P(BadHeads, areRefused) {
    RequestHead head;

    auto result = parse(GetParam().text, head);

    EXPECT_EQ(result.state, HeadState::Bad);
    EXPECT_EQ(result.status, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    RequestHead, BadHeads,
    testing::Values(
        BadHead{"lengthAndChunked",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        BadHead{"twoLengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n", 400},
        BadHead{"lengthList", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\n", 400},
        BadHead{"lengthSigned", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\n", 400},
        BadHead{"lengthHuge", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999999999999999\r\n\r\n", 400},
        BadHead{"otherEncoding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501},
        BadHead{"twoEncodings",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501},
        BadHead{"chunkedInHttp10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        BadHead{"blankBeforeColon", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\n", 400},
        BadHead{"foldedLine", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400},
        BadHead{"bareLineFeed", "GET / HTTP/1.1\r\nHost: x\r\nA: b\nContent-Length: 3\r\n\r\n", 400},
        BadHead{"noHost", "GET / HTTP/1.1\r\nA: b\r\n\r\n", 400},
        BadHead{"twoHosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400},
        BadHead{"otherVersion", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505}, BadHead{"noVersion", "GET /\r\n\r\n", 400},
        BadHead{"spaceInTarget", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400}, BadHead{"notHttp", "\x16\x03\x01", 400},
        BadHead{"expectOther", "GET / HTTP/1.1\r\nHost: x\r\nExpect: gift\r\n\r\n", 417}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(RequestHead, asksForMoreUntilTheEmptyLine) {
    const std::string whole = "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n";
    RequestHead head;

    for (std::size_t n = 1; n < whole.size(); ++n)
        EXPECT_EQ(parse(whole.substr(0, n), head).state, HeadState::NeedMore) << n;

    EXPECT_EQ(parse(whole, head).state, HeadState::Complete);
    EXPECT_EQ(head.target, "/a?b=c");
}

TEST(RequestHead, stopsAtTheLimit) {
    RequestHead head;

    EXPECT_EQ(parse("GET / HTTP/1.1\r\nA: " + std::string(40'000, 'a'), head).status, 431);
}

TEST(RequestHead, takesConnectionOptionsAsAList) {
    RequestHead head;
    const std::string text = "GET / HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\n";

    parse(text, head);

    EXPECT_FALSE(head.keepAlive);
}

class BadTargets : public testing::TestWithParam<const char*> {};

TEST_P(BadTargets, areRefused) {
    try {
        parseTarget(GetParam());
        FAIL();
    } catch (const host::sdk::AppError& e) {
        EXPECT_EQ(e.status(), 400);
    }
}

INSTANTIATE_TEST_SUITE_P(Target, BadTargets,
                         testing::Values("/a/../b", "/a/%2e%2e/b", "/a/..%2fb", "/a/%2e%2e%5cb", "/./a", "/a%00b",
                                         "/a%0d%0ab", "/%ff", "/%c0%ae", "/%zz", "/%2", "/a?b=%ff", "/a#b", "a",
                                         "a?b=c://d/e", "ftp://x/a", "http", "a/b://c/d"));

TEST(Target, takesNoPathFromTheQueryOfAnAbsoluteAddress) {
    const auto target = parseTarget("http://x?next=/api/v1/users");

    EXPECT_EQ(target.path, "/");
    EXPECT_EQ(target.query, (std::vector<std::pair<std::string, std::string>>{{"next", "/api/v1/users"}}));
    EXPECT_EQ(parseTarget("http://x").path, "/");
    EXPECT_EQ(parseTarget("http://x/a?b").path, "/a");
}

TEST(Target, keepsAnEncodedSlashInsideItsSegment) {
    auto target = parseTarget("/results/https%3A%2F%2Flms.example%2F7?q=%D0%B0+b&empty&x=1");

    EXPECT_EQ(target.segments, (std::vector<std::string>{"results", "https://lms.example/7"}));
    EXPECT_EQ(target.query,
              (std::vector<std::pair<std::string, std::string>>{{"q", "а b"}, {"empty", ""}, {"x", "1"}}));
}

}  // namespace
