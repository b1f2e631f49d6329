#include "host/base/outbound/AnswerReader.h"

#include <gtest/gtest.h>

#include <cstring>

using host::base::outbound::AnswerReader;
using host::sdk::OutboundError;

namespace {

/// Hands out `text` in pieces of `step` bytes.
AnswerReader reader(std::string text, std::size_t step, std::size_t limit = 1000, bool head = false) {
    auto at = std::make_shared<std::size_t>(0);
    return AnswerReader(
        [text = std::move(text), at, step](char* buffer, std::size_t size) {
            const std::size_t n = std::min({size, step, text.size() - *at});
            std::memcpy(buffer, text.data() + *at, n);
            *at += n;
            return n;
        },
        head, limit);
}

OutboundError::Kind kindOf(const std::string& text, std::size_t limit = 1000) {
    try {
        reader(text, 7, limit).read();
    } catch (const OutboundError& error) {
        EXPECT_TRUE(error.requestSent());
        return error.kind();
    }
    return static_cast<OutboundError::Kind>(-1);
}

}  // namespace

class AnswerInPieces : public testing::TestWithParam<std::size_t> {};

TEST_P(AnswerInPieces, readsAFixedLength) {
    auto answer = reader("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A:  b \r\n\r\nhello", GetParam());

    const auto response = answer.read();

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "hello");
    EXPECT_EQ(response.header("x-a"), "b");
    EXPECT_TRUE(answer.keepsAlive());
}

TEST_P(AnswerInPieces, readsChunksAndTrailers) {
    auto answer = reader(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n",
        GetParam());

    EXPECT_EQ(answer.read().body, "hello0123456789");
    EXPECT_TRUE(answer.keepsAlive());
}

TEST_P(AnswerInPieces, skipsContinue) {
    auto answer = reader("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", GetParam());
    EXPECT_EQ(answer.read().status, 201);
}

TEST_P(AnswerInPieces, readsToTheEndWithoutALength) {
    auto answer = reader("HTTP/1.1 200 OK\r\n\r\nall of it", GetParam());

    EXPECT_EQ(answer.read().body, "all of it");
    EXPECT_FALSE(answer.keepsAlive());
}

INSTANTIATE_TEST_SUITE_P(Steps, AnswerInPieces, testing::Values(1, 3, 64, 100000));

TEST(AnswerReader, takesNoBodyAfterHead) {
    auto answer = reader("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n", 64, 10, true);

    EXPECT_EQ(answer.read().body, "");
    EXPECT_TRUE(answer.keepsAlive());
}

TEST(AnswerReader, doesNotKeepAConnectionThatSaysClose) {
    auto answer = reader("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", 64);
    answer.read();
    EXPECT_FALSE(answer.keepsAlive());
}

TEST(AnswerReader, doesNotKeepAConnectionWithASecondAnswerOnIt) {
    auto answer = reader("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 1000);
    answer.read();
    EXPECT_FALSE(answer.keepsAlive());
}

TEST(AnswerReader, doesNotKeepAConnectionFramedTwice) {
    auto answer = reader("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 1000);
    answer.read();
    EXPECT_FALSE(answer.keepsAlive());
}

TEST(AnswerReader, knowsTheServersKeepAliveTime) {
    auto answer = reader("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=9\r\nContent-Length: 0\r\n\r\n", 64);
    answer.read();
    EXPECT_EQ(answer.keepAliveTimeout(), std::chrono::seconds(5));
}

class CutAnswer : public testing::TestWithParam<const char*> {};
TEST_P(CutAnswer, isClosed) {
    EXPECT_EQ(kindOf(GetParam()), OutboundError::Kind::Closed);
}
INSTANTIATE_TEST_SUITE_P(Table, CutAnswer,
                         testing::Values("", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-",
                                         "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"));

class StrangeAnswer : public testing::TestWithParam<const char*> {};
TEST_P(StrangeAnswer, isBad) {
    EXPECT_EQ(kindOf(GetParam()), OutboundError::Kind::BadAnswer);
}
INSTANTIATE_TEST_SUITE_P(Table, StrangeAnswer,
                         testing::Values("SSH-2.0-OpenSSH_9\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
                                         "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                                         "Transfer-Encoding: gzip\r\n\r\n1\r\na\r\n0\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\nTransfer-Encoding: chunked\r\n"
                                         "Content-Length: 1\r\n\r\na",
                                         "HTTP/1.1 101 Switching Protocols\r\n\r\n"));

TEST(AnswerReader, refusesAHeaderWithoutEnd) {
    EXPECT_EQ(kindOf("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'a')), OutboundError::Kind::BadAnswer);
}

class LongAnswer : public testing::TestWithParam<const char*> {};
TEST_P(LongAnswer, isTooLarge) {
    EXPECT_EQ(kindOf(GetParam(), 4), OutboundError::Kind::TooLarge);
}
INSTANTIATE_TEST_SUITE_P(
    Table, LongAnswer,
    testing::Values("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\n\r\nhello",
                    "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\nhello",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"));
