#include "common/Sha256.h"
#include "plugin/s3/Failures.h"
#include "plugin/s3/MultipartXml.h"
#include "plugin/s3/S3Client.h"
#include "tests/support/FakeClock.h"
#include "tests/support/StubHttp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::s3;
using testing::HasSubstr;
using testing::SizeIs;

namespace {

class Multipart : public testing::Test {
protected:
    static Settings settings(bool pathStyle = true) {
        Settings result;
        result.endpoint = "https://s3.example.net";
        result.bucket = "bucket";
        result.accessKeyId = "AKIDEXAMPLE";
        result.secretKey = host::sdk::SecretString("storage-secret");
        result.pathStyle = pathStyle;
        return result;
    }
    tests::StubHttp http_;
    tests::FakeClock clock_;
    S3Client client_{http_, clock_, settings()};
};

TEST_F(Multipart, givesTypeAndAclWhenTheUploadIsCreated) {
    http_.answer(200, "<InitiateMultipartUploadResult><UploadId>2~a/b+c</UploadId></InitiateMultipartUploadResult>");

    EXPECT_EQ(client_.createUpload("k.mp4", {"video/mp4", "public-read", "aa"}, {}).value, "2~a/b+c");

    const auto& asked = http_.asked.at(0);
    EXPECT_EQ(asked.method + " " + asked.url, "POST https://s3.example.net/bucket/k.mp4?uploads=");
    EXPECT_EQ(asked.header("x-amz-acl"), "public-read");
    EXPECT_EQ(asked.header("Content-Type"), "video/mp4");
    EXPECT_EQ(asked.header("x-amz-meta-sha256"), "aa");
}

TEST_F(Multipart, sendsAPartWithItsOwnHash) {
    http_.answer(200, "", {{"etag", "\"e1\""}});

    EXPECT_EQ(client_.uploadPart("k", "u/1", 7, "bytes", common::Sha256::hex("bytes"), {}).value, "\"e1\"");
    EXPECT_EQ(http_.asked.at(0).url, "https://s3.example.net/bucket/k?partNumber=7&uploadId=u%2F1");
    EXPECT_EQ(http_.asked.at(0).header("x-amz-content-sha256"), common::Sha256::hex("bytes"));
}

TEST_F(Multipart, takesAPartWithoutETagForAnotherServicesAnswer) {
    http_.answer(200);
    EXPECT_EQ(client_.uploadPart("k", "u", 1, "b", common::Sha256::hex("b"), {}).failure.code, "unexpected-answer");
}

TEST_F(Multipart, readsPartsAndUploadsPageByPage) {
    http_
        .answer(200,
                "<ListPartsResult><NextPartNumberMarker>1</NextPartNumberMarker><IsTruncated>true</IsTruncated>"
                "<Part><PartNumber>1</PartNumber><ETag>&quot;a&quot;</ETag><Size>5</Size></Part></ListPartsResult>")
        .answer(200,
                "<ListPartsResult><IsTruncated>false</IsTruncated><Part><PartNumber>2</PartNumber><ETag>b</ETag>"
                "<Size>6</Size></Part></ListPartsResult>");
    const auto parts = client_.listParts("k", "u", {});
    ASSERT_TRUE(parts);
    ASSERT_THAT(*parts.value, SizeIs(2));
    EXPECT_EQ((*parts.value)[0].etag, "\"a\"");
    EXPECT_EQ((*parts.value)[1].size, 6);
    EXPECT_THAT(http_.asked.at(1).url, HasSubstr("part-number-marker=1"));

    tests::StubHttp http;
    http.answer(200,
                "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker>"
                "<NextUploadIdMarker>1</NextUploadIdMarker><Upload><Key>a</Key><UploadId>1</UploadId>"
                "<Initiated>2026-01-12T23:00:01.000Z</Initiated></Upload></ListMultipartUploadsResult>")
        .answer(200,
                "<ListMultipartUploadsResult><Upload><Key>b</Key><UploadId>2</UploadId></Upload>"
                "</ListMultipartUploadsResult>");
    const auto uploads = S3Client(http, clock_, settings(false)).listUploads("p/", {});
    ASSERT_TRUE(uploads);
    ASSERT_THAT(*uploads.value, SizeIs(2));
    EXPECT_TRUE((*uploads.value)[0].initiated);
    EXPECT_EQ(http.asked.at(0).url, "https://bucket.s3.example.net/?prefix=p%2F&uploads=");
    EXPECT_THAT(http.asked.at(1).url, HasSubstr("key-marker=a&prefix=p%2F&upload-id-marker=1&uploads="));
}

TEST_F(Multipart, believesNoListThatNeverEnds) {
    http_.answer(200,
                 "<ListPartsResult><NextPartNumberMarker>1</NextPartNumberMarker><IsTruncated>true</IsTruncated>"
                 "</ListPartsResult>");
    EXPECT_EQ(client_.listParts("k", "u", {}).failure.code, "unexpected-answer");
}

TEST_F(Multipart, completesWithTheListAndReadsTheBodyOfA200) {
    http_.answer(200, "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>")
        .answer(200, "<Error><Code>InternalError</Code><Message>late</Message></Error>")
        .answer(200, "<html/>");
    const std::vector<Part> parts{{1, "\"a&b\"", 5}, {2, "b", 6}};

    EXPECT_TRUE(client_.completeUpload("k", "u", parts, {}));
    EXPECT_THAT(http_.asked.at(0).body, HasSubstr("<Part><PartNumber>1</PartNumber><ETag>&quot;a&amp;b&quot;</ETag>"));
    const auto late = client_.completeUpload("k", "u", parts, {});
    EXPECT_EQ(late.failure.code, "InternalError");
    EXPECT_EQ(troubleOf(late.failure), Trouble::Passing);
    EXPECT_EQ(client_.completeUpload("k", "u", parts, {}).failure.code, "unexpected-answer");
}

TEST_F(Multipart, streamsABodyWithTheHashThatWasPromised) {
    http_.answer(200);
    const std::string bytes(300'000, 'x');
    std::size_t at = 0;
    VerifiedBody body(
        [&](char* buffer, std::size_t size) {
            const auto part = std::min(size, bytes.size() - at);
            bytes.copy(buffer, part, at);
            at += part;
            return part;
        },
        {bytes.size(), common::Sha256::hex(bytes)});

    EXPECT_TRUE(client_.put("k", body, {"text/plain", "public-read", {}}, {}));
    EXPECT_EQ(http_.asked.at(0).body, bytes);
    EXPECT_EQ(http_.asked.at(0).header("x-amz-content-sha256"), common::Sha256::hex(bytes));
}

TEST_F(Multipart, headGivesLengthAndHash) {
    http_.answer(200, "", {{"content-length", "12"}, {"x-amz-meta-sha256", "aa"}}).answer(404);

    const auto head = client_.head("k", {});
    ASSERT_TRUE(head);
    EXPECT_EQ(head.value->length, 12);
    EXPECT_EQ(head.value->sha256, "aa");
    EXPECT_NE(http_.asked.at(0).header("Authorization"), "");
    EXPECT_EQ(client_.anonymousHead("k", {}).failure.status, 404);
    EXPECT_EQ(http_.asked.at(1).header("Authorization"), "");
}

struct Case {
    int status;
    const char* code;
    const char* slug;
    Trouble trouble;
};
class RefusedUpload : public testing::TestWithParam<Case> {};
TEST_P(RefusedUpload, hasCauseFixAndWhomItConcerns) {
    Failure failure;
    failure.status = GetParam().status;
    failure.code = GetParam().code;
    failure.withAcl = true;

    EXPECT_EQ(explain(failure).code, GetParam().slug);
    EXPECT_NE(explain(failure).cause, "");
    EXPECT_NE(explain(failure).fix, "");
    EXPECT_EQ(troubleOf(failure), GetParam().trouble);
}
INSTANTIATE_TEST_SUITE_P(Table, RefusedUpload,
                         testing::Values(Case{403, "AccessDenied", "acl-refused", Trouble::Configuration},
                                         Case{400, "AccessControlListNotSupported", "acl-refused",
                                              Trouble::Configuration},
                                         Case{403, "SignatureDoesNotMatch", "wrong-secret", Trouble::Configuration},
                                         Case{403, "RequestTimeTooSkewed", "clock-skew", Trouble::Configuration},
                                         Case{404, "NoSuchBucket", "no-bucket", Trouble::Configuration},
                                         Case{403, "QuotaExceeded", "quota", Trouble::Configuration},
                                         Case{400, "EntityTooSmall", "part-too-small", Trouble::Object},
                                         Case{404, "NoSuchUpload", "no-upload", Trouble::Object},
                                         Case{400, "InvalidPart", "wrong-parts", Trouble::Object},
                                         Case{503, "SlowDown", "server-trouble", Trouble::Passing},
                                         Case{429, "unexpected-answer", "server-trouble", Trouble::Passing},
                                         Case{400, "XAmzContentSHA256Mismatch", "changed-on-the-way", Trouble::Passing},
                                         Case{301, "unexpected-answer", "wrong-endpoint", Trouble::Configuration},
                                         Case{200, "unexpected-answer", "unexpected-answer", Trouble::Configuration}));

}  // namespace
