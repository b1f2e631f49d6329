#include "plugin/s3/S3Client.h"
#include "tests/support/FakeClock.h"
#include "tests/support/StubHttp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::s3;
using Kind = host::sdk::OutboundError::Kind;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

Settings settings(bool pathStyle = true) {
    Settings result;
    result.endpoint = "https://S3.example.net:443/";
    result.bucket = "bucket";
    result.accessKeyId = "AKIDEXAMPLE";
    result.secretKey = host::sdk::SecretString("storage-secret");
    result.pathStyle = pathStyle;
    return result;
}

std::string error(const std::string& code) {
    return "<Error><Code>" + code + "</Code><Message></Message></Error>";
}

class S3ClientTest : public testing::Test {
protected:
    tests::StubHttp http_;
    tests::FakeClock clock_;
    S3Client client_{http_, clock_, settings()};
};

}  // namespace

TEST_F(S3ClientTest, putsAnObjectInPathStyle) {
    http_.answer(200);

    EXPECT_TRUE(client_.put("flow1/a b.txt", "hello", "text/plain", "public-read", {}));

    const auto& asked = http_.asked.at(0);
    EXPECT_EQ(asked.method, "PUT");
    EXPECT_EQ(asked.url, "https://s3.example.net/bucket/flow1/a%20b.txt");
    EXPECT_EQ(asked.body, "hello");
    EXPECT_EQ(asked.header("x-amz-acl"), "public-read");
    EXPECT_EQ(asked.header("x-amz-date"), "20260301T000000Z");
    EXPECT_EQ(asked.header("x-amz-content-sha256"), "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    EXPECT_THAT(asked.header("Authorization"),
                StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/us-east-1/s3/aws4_request"));
    EXPECT_THAT(asked.header("Authorization"),
                HasSubstr("SignedHeaders=content-type;host;x-amz-acl;x-amz-content-sha256;x-amz-date,"));
}

TEST_F(S3ClientTest, putsAnObjectInVirtualHostStyle) {
    http_.answer(200);

    S3Client(http_, clock_, settings(false)).put("a.txt", "", "", "", {});

    EXPECT_EQ(http_.asked.at(0).url, "https://bucket.s3.example.net/a.txt");
}

TEST_F(S3ClientTest, listsBucketsOfTheServiceItself) {
    http_.answer(
        200, "<ListAllMyBucketsResult><Buckets><Bucket><Name>one</Name></Bucket></Buckets></ListAllMyBucketsResult>");

    const auto answer = S3Client(http_, clock_, settings(false)).listBuckets({});

    ASSERT_TRUE(answer);
    EXPECT_THAT(*answer.value, testing::ElementsAre("one"));
    EXPECT_EQ(http_.asked.at(0).url, "https://s3.example.net/");
}

TEST_F(S3ClientTest, tellsASiteFromAStorage) {
    http_.answer(200, "<html>welcome</html>");
    EXPECT_EQ(client_.listBuckets({}).failure.code, "unexpected-answer");
}

TEST_F(S3ClientTest, readsWithoutCredentials) {
    http_.answer(200, "hello");

    EXPECT_EQ(client_.anonymousGet("a.txt", {}).value, "hello");
    EXPECT_EQ(http_.asked.at(0).header("Authorization"), "");
}

TEST_F(S3ClientTest, buildsThePublicAddressWithOneSlash) {
    auto own = settings();
    own.publicBase = "https://files.example.net/b/";
    EXPECT_EQ(S3Client(http_, clock_, own).publicUrl("k/ё.pdf"), "https://files.example.net/b/k/%D1%91.pdf");
    own.publicBase = "https://files.example.net/{bucket}/";
    EXPECT_EQ(S3Client(http_, clock_, own).publicUrl("k.pdf"), "https://files.example.net/bucket/k.pdf");
    EXPECT_EQ(client_.publicUrl("k.pdf"), "https://s3.example.net/bucket/k.pdf");
    EXPECT_EQ(S3Client(http_, clock_, settings(false)).publicUrl("k.pdf"), "https://bucket.s3.example.net/k.pdf");
}

struct Refusal {
    int status;
    const char* code;
    const char* words;
};
class Refused : public testing::TestWithParam<Refusal> {};
TEST_P(Refused, isExplainedByItsCode) {
    tests::StubHttp http;
    tests::FakeClock clock;
    http.answer(GetParam().status, error(GetParam().code));

    const auto answer = S3Client(http, clock, settings()).put("a", "b", "", "", {});

    EXPECT_FALSE(answer);
    EXPECT_EQ(answer.failure.status, GetParam().status);
    EXPECT_EQ(answer.failure.code, GetParam().code);
    EXPECT_THAT(answer.failure.message, HasSubstr(GetParam().words));
}
INSTANTIATE_TEST_SUITE_P(Table, Refused,
                         testing::Values(Refusal{403, "SignatureDoesNotMatch", "Secret Key"},
                                         Refusal{403, "InvalidAccessKeyId", "Access Key ID"},
                                         Refusal{404, "NoSuchBucket", "бакета"},
                                         Refusal{403, "AccessDenied", "нет права"},
                                         Refusal{403, "RequestTimeTooSkewed", "NTP"}, Refusal{503, "SlowDown", "позже"},
                                         Refusal{400, "AuthorizationHeaderMalformed", "регион"},
                                         Refusal{400, "SomethingNew", "SomethingNew"}));

TEST_F(S3ClientTest, tellsHowFarTheClocksAreApart) {
    http_.answer(403, error("RequestTimeTooSkewed"), {{"date", "Sun, 01 Mar 2026 00:20:00 GMT"}});
    EXPECT_THAT(client_.put("a", "b", "", "", {}).failure.message, HasSubstr("наши отстают на 20 мин"));
}

TEST_F(S3ClientTest, keepsTheWordsOfAProxy) {
    http_.answer(502, "<html>bad gateway</html>");

    const auto answer = client_.put("a", "b", "", "", {});

    EXPECT_EQ(answer.failure.code, "unexpected-answer");
    EXPECT_EQ(answer.failure.message, "<html>bad gateway</html>");
}

TEST_F(S3ClientTest, neverShowsTheSecret) {
    http_.answer(500, "storage-secret");
    EXPECT_EQ(client_.put("a", "b", "", "", {}).failure.message, "***");
}

TEST_F(S3ClientTest, namesWhyNoAnswerCame) {
    http_.fail(Kind::Dns);
    EXPECT_EQ(client_.listBuckets({}).failure.code, "dns");
}
