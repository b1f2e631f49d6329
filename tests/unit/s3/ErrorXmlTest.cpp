#include "plugin/s3/ErrorXml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::s3;

TEST(ErrorXml, givesCodeAndMessage) {
    const auto error = parseErrorXml(
        R"(<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchBucket</Code><Message>a &amp; b</Message><BucketName>x</BucketName></Error>)");

    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, "NoSuchBucket");
    EXPECT_EQ(error->message, "a & b");
}

class NoErrorXml : public testing::TestWithParam<const char*> {};
TEST_P(NoErrorXml, givesNothing) {
    EXPECT_FALSE(parseErrorXml(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Table, NoErrorXml,
                         testing::Values("", "not xml", "<html><body>502</body></html>", "<Error><Code>X</Code>",
                                         "<Error/>", "<Code>X</Code>", "<Other><Error><Code>X</Code></Error></Other>"));

TEST(ErrorXml, opensNoFileAndNoBomb) {
    EXPECT_FALSE(
        parseErrorXml(R"(<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/hostname">]><Error><Code>&x;</Code></Error>)"));
    std::string bomb = "<!DOCTYPE e [<!ENTITY a0 'aaaaaaaaaa'>";
    for (int i = 1; i < 10; ++i) {
        std::string tenTimes;
        for (int n = 0; n < 10; ++n) tenTimes += "&a" + std::to_string(i - 1) + ";";
        bomb += "<!ENTITY a" + std::to_string(i) + " '" + tenTimes + "'>";
    }
    EXPECT_FALSE(parseErrorXml(bomb + "]><Error><Code>&a9;</Code></Error>"));
}

TEST(ErrorXml, survivesDeepNesting) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    EXPECT_FALSE(parseErrorXml(deep));
}

TEST(Buckets, areListedByName) {
    const auto names = parseBuckets(
        R"(<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>o</ID><DisplayName>Provider</DisplayName></Owner><Buckets><Bucket><Name>one</Name><CreationDate>2026-01-01T00:00:00Z</CreationDate></Bucket><Bucket><Name>two</Name></Bucket></Buckets></ListAllMyBucketsResult>)");

    ASSERT_TRUE(names);
    EXPECT_THAT(*names, testing::ElementsAre("one", "two"));
}

TEST(Buckets, areNoneInAnEmptyList) {
    EXPECT_THAT(parseBuckets("<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>").value(),
                testing::IsEmpty());
}

TEST(Buckets, areNotReadFromAnotherDocument) {
    EXPECT_FALSE(parseBuckets("<html/>"));
}
