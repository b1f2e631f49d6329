#include "plugin/s3/S3Probe.h"
#include "tests/support/FakeClock.h"
#include "tests/support/StubHttp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::s3;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

std::string buckets(const std::vector<std::string>& names) {
    std::string list = "<ListAllMyBucketsResult><Buckets>";
    for (const auto& name : names) list += "<Bucket><Name>" + name + "</Name></Bucket>";
    return list + "</Buckets></ListAllMyBucketsResult>";
}
std::string error(const std::string& code) {
    return "<Error><Code>" + code + "</Code></Error>";
}

class S3ProbeTest : public testing::Test {
protected:
    ProbeReport check(const std::string& bucket = "bucket") {
        Settings settings;
        settings.endpoint = "https://s3.example.net";
        settings.bucket = bucket;
        settings.accessKeyId = "AKIDEXAMPLE";
        settings.secretKey = host::sdk::SecretString("storage-secret");
        return S3Probe(http_, clock_, settings).check(std::chrono::seconds(30), {});
    }
    static std::vector<std::string> codes(const ProbeReport& report) {
        std::vector<std::string> result;
        for (const auto& step : report.steps) result.push_back(step.name + ":" + step.code);
        return result;
    }

    tests::StubHttp http_;
    tests::FakeClock clock_;
};

}  // namespace

TEST_F(S3ProbeTest, usesTheOnlyBucketThereIs) {
    http_.answer(200, buckets({"provider"})).answer(403, error("AccessDenied"));

    const auto report = check("");

    EXPECT_EQ(report.bucket, "provider");
    EXPECT_THAT(http_.asked.at(1).url, HasSubstr("https://s3.example.net/provider/"));
}

TEST_F(S3ProbeTest, asksWhichOfSeveralBuckets) {
    http_.answer(200, buckets({"one", "two"}));

    const auto report = check("");

    EXPECT_FALSE(report.passed);
    EXPECT_THAT(codes(report), ElementsAre("s3.buckets:choose-bucket"));
    EXPECT_THAT(report.choices, ElementsAre("one", "two"));
    EXPECT_THAT(report.steps[0].cause, HasSubstr("one, two"));
}

TEST_F(S3ProbeTest, takesNoBucketWhoseNameLeadsElsewhere) {
    http_.answer(200, buckets({"evil.example/x?", "provider", "a b", ""})).answer(403, error("AccessDenied"));

    EXPECT_EQ(check("").bucket, "provider");
}

TEST_F(S3ProbeTest, keepsASecretThatTheStorageEchoesOutOfItsSteps) {
    http_.answer(200).answer(200, "key: storage-secret").answer(204);

    const auto report = check();

    EXPECT_EQ(report.steps.at(1).answer, "key: ***");
}

TEST_F(S3ProbeTest, saysWhenThereIsNoBucket) {
    http_.answer(200, buckets({}));
    EXPECT_THAT(codes(check("")), ElementsAre("s3.buckets:no-bucket"));
}

TEST_F(S3ProbeTest, asksForTheBucketWhenTheKeyMayNotList) {
    http_.answer(403, error("AccessDenied"));
    EXPECT_THAT(codes(check("")), ElementsAre("s3.buckets:bucket-unknown"));
}

TEST_F(S3ProbeTest, tellsAWrongSecret) {
    http_.answer(403, error("SignatureDoesNotMatch"));

    const auto report = check();

    EXPECT_FALSE(report.passed);
    ASSERT_THAT(codes(report), ElementsAre("s3.put:wrong-secret"));
    EXPECT_THAT(report.steps[0].observed, HasSubstr("HTTP 403 SignatureDoesNotMatch"));
    EXPECT_THAT(report.steps[0].fix, HasSubstr("Secret Key"));
}

TEST_F(S3ProbeTest, tellsAFileThatIsNotPublicAndStillDeletesIt) {
    http_.answer(200).answer(403, error("AccessDenied")).answer(204);

    const auto report = check();

    EXPECT_FALSE(report.passed);
    EXPECT_THAT(codes(report), ElementsAre("s3.put:ok", "s3.read:not-public", "s3.delete:ok"));
    EXPECT_EQ(http_.asked.at(2).method, "DELETE");
}

TEST_F(S3ProbeTest, tellsAnAddressThatGivesSomethingElse) {
    http_.answer(200).answer(200, "<html>").answer(204);
    EXPECT_THAT(codes(check()), ElementsAre("s3.put:ok", "s3.read:different-content", "s3.delete:ok"));
}

TEST_F(S3ProbeTest, followsNoRedirectOfTheFileItReads) {
    http_.answer(200).answer(302, "").answer(204);
    EXPECT_THAT(codes(check()), ElementsAre("s3.put:ok", "s3.read:wrong-endpoint", "s3.delete:ok"));
    EXPECT_EQ(http_.asked.size(), 3U);
}

TEST_F(S3ProbeTest, warnsWhereNoStatementCouldNameAFile) {
    // What is written is not known beforehand: the answer to the reading is made from the request before it.
    class Echo : public host::sdk::OutboundHttp {
    public:
        host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
            host::sdk::OutboundResponse response;
            response.status = 200;
            if (request.method == "PUT") written_ = request.body;
            if (request.method == "GET") response.body = written_;
            return response;
        }

    private:
        std::string written_;
    } storage;
    Settings settings;
    settings.endpoint = "http://s3.example.net";
    settings.bucket = "bucket";
    settings.secretKey = host::sdk::SecretString("storage-secret");

    const auto warned = S3Probe(storage, clock_, settings).check(std::chrono::seconds(30), {});
    EXPECT_TRUE(warned.passed);
    EXPECT_THAT(codes(warned), ElementsAre("s3.put:ok", "s3.read:not-https", "s3.delete:ok"));
    EXPECT_TRUE(warned.steps[1].warning);

    settings.publicBase = "https://files.example.net/{bucket}";
    EXPECT_THAT(codes(S3Probe(storage, clock_, settings).check(std::chrono::seconds(30), {})),
                ElementsAre("s3.put:ok", "s3.read:ok", "s3.delete:ok"));
}

TEST_F(S3ProbeTest, tellsAnUntrustedCertificate) {
    http_.fail(host::sdk::OutboundError::Kind::Tls, false, "untrusted");

    const auto report = check();

    ASSERT_THAT(codes(report), ElementsAre("s3.put:tls"));
    EXPECT_THAT(report.steps[0].fix, HasSubstr("CA"));
}
