#include "host/base/outbound/Url.h"
#include "host/sdk/OutboundHttp.h"

#include <gtest/gtest.h>

using host::base::outbound::Url;

TEST(Url, keepsTheTargetByteForByte) {
    EXPECT_EQ(Url::parse("https://s3.example.net/a//b/../%7Ec?x=%2B+&y").target, "/a//b/../%7Ec?x=%2B+&y");
}

TEST(Url, addsTheRootWhenThereIsOnlyAQuery) {
    EXPECT_EQ(Url::parse("https://example.net?a=1").target, "/?a=1");
}

TEST(Url, namesThePortOnlyWhenItIsNotTheSchemesOwn) {
    EXPECT_EQ(Url::parse("https://Example.NET:443/").authority(), "example.net");
    EXPECT_EQ(Url::parse("http://example.net:8081/").authority(), "example.net:8081");
    EXPECT_EQ(Url::parse("http://[::1]:8081/").authority(), "[::1]:8081");
}

class BadUrl : public testing::TestWithParam<const char*> {};

TEST_P(BadUrl, isRefused) {
    try {
        Url::parse(GetParam());
        FAIL() << "was accepted";
    } catch (const host::sdk::OutboundError& error) {
        EXPECT_EQ(error.kind(), host::sdk::OutboundError::Kind::BadUrl);
        EXPECT_FALSE(error.requestSent());
    }
}

INSTANTIATE_TEST_SUITE_P(Table, BadUrl,
                         testing::Values("", "example.net", "ftp://example.net/", "https://", "https:///path",
                                         "https://user:pw@example.net/", "https://example.net@10.0.0.1/",
                                         "https://example.net:0/", "https://example.net:70000/",
                                         "https://example.net:/", "https://example.net:8o/", "https://exa mple.net/",
                                         "https://example.net/a b", "https://example.net/\r\nHost: other",
                                         "https://пример.рф/", "https://[::1/", "https://[localhost]/",
                                         "https://a%2fb/", "https://example.net/#part", "https://[::1]8080/",
                                         "https://example.net\\@other/"));
