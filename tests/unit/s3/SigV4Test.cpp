#include "common/Encoding.h"
#include "common/Sha256.h"
#include "plugin/s3/SigV4.h"
#include "tests/support/SharedData.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using plugin::s3::SigV4;
using plugin::s3::SigV4Request;

namespace {

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    std::string content = text.str();
    content.erase(std::remove(content.begin(), content.end(), '\r'), content.end());
    return content;
}

/// %XX to bytes; the suite's requests come partly encoded.
std::string decoded(const std::string& text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            bytes += common::fromHex(text.substr(i + 1, 2)).value();
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

/// A request as the suite writes it: request line, headers (a value may go on in the next line), body.
SigV4Request parse(const std::string& text) {
    SigV4Request request;
    std::istringstream in(text);
    std::string line;
    std::getline(in, line);
    request.method = line.substr(0, line.find(' '));
    const std::string target = line.substr(line.find(' ') + 1, line.rfind(" HTTP/") - line.find(' ') - 1);
    const auto mark = target.find('?');
    request.path = decoded(target.substr(0, mark));
    std::istringstream query(mark == std::string::npos ? "" : target.substr(mark + 1));
    for (std::string one; std::getline(query, one, '&');) {
        const auto equals = one.find('=');
        request.query.emplace_back(decoded(one.substr(0, equals)),
                                   equals == std::string::npos ? "" : decoded(one.substr(equals + 1)));
    }
    while (std::getline(in, line) && !line.empty()) {
        if (line.front() == ' ' || line.front() == '\t') {
            request.headers.back().second += line;
            continue;
        }
        const auto colon = line.find(':');
        request.headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
    std::string body;
    std::getline(in, body, '\0');
    request.payloadHash = common::Sha256::hex(body);
    request.time = "20150830T123600Z";
    return request;
}

const std::vector<const char*> kCases{"get-header-key-duplicate",
                                      "get-header-value-multiline",
                                      "get-header-value-order",
                                      "get-header-value-trim",
                                      "get-unreserved",
                                      "get-utf8",
                                      "get-vanilla",
                                      "get-vanilla-empty-query-key",
                                      "get-vanilla-query",
                                      "get-vanilla-query-order-encoded",
                                      "get-vanilla-query-order-key",
                                      "get-vanilla-query-order-key-case",
                                      "get-vanilla-query-order-value",
                                      "get-vanilla-query-unreserved",
                                      "get-vanilla-utf8-query",
                                      "get-vanilla-with-session-token",
                                      "post-header-key-case",
                                      "post-header-key-sort",
                                      "post-header-value-case",
                                      "post-sts-token/post-sts-header-after",
                                      "post-sts-token/post-sts-header-before",
                                      "post-vanilla",
                                      "post-vanilla-empty-query-value",
                                      "post-vanilla-query",
                                      "post-x-www-form-urlencoded",
                                      "post-x-www-form-urlencoded-parameters"};

SigV4 awsExample() {
    return {"AKIDEXAMPLE", host::sdk::SecretString("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "us-east-1", "service"};
}

}  // namespace

class AwsCase : public testing::TestWithParam<const char*> {};
TEST_P(AwsCase, isSignedAsAwsDoes) {
    const auto folder = tests::sharedData() / "aws4_testsuite";
    NEEDS_SHARED_DATA(folder);
    const std::filesystem::path name(GetParam());
    const auto file = [&](const char* extension) {
        return contentOf(folder / name / (name.filename().string() + extension));
    };
    auto request = parse(file(".req"));
    // The token of this case is the credential's: the suite shows it only in the signed request.
    if (name == "get-vanilla-with-session-token")
        for (const auto& header : parse(file(".sreq")).headers)
            if (header.first == "X-Amz-Security-Token") request.headers.push_back(header);

    EXPECT_EQ(awsExample().canonicalRequest(request), file(".creq"));
    EXPECT_EQ(awsExample().stringToSign(request), file(".sts"));
    EXPECT_EQ(awsExample().authorization(request), file(".authz"));
}
INSTANTIATE_TEST_SUITE_P(Suite, AwsCase, testing::ValuesIn(kCases));

TEST(SigV4, knowsEveryAwsCaseButTheNormalisingOnes) {
    const auto folder = tests::sharedData() / "aws4_testsuite";
    NEEDS_SHARED_DATA(folder);
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".req" && entry.path().string().find("normalize-path") == std::string::npos)
            ++count;
    EXPECT_EQ(count, kCases.size());
}

// The two signatures below were computed with Python's hmac and hashlib from AWS's description.
TEST(SigV4, signsAnObjectWhoseKeyHasEverythingInIt) {
    SigV4Request request;
    request.method = "PUT";
    request.path = "/bucket/flow1/практика//a b+c=~*(1).txt";
    request.payloadHash = common::Sha256::hex("hello");
    request.time = "20260301T000000Z";
    request.headers = {{"Host", "s3.example.net:8080"},
                       {"x-amz-date", request.time},
                       {"x-amz-content-sha256", request.payloadHash},
                       {"x-amz-acl", "public-read"}};

    const SigV4 signer("AKIDEXAMPLE", host::sdk::SecretString("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "us-east-1");

    EXPECT_EQ(signer.authorization(request),
              "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260301/us-east-1/s3/aws4_request, "
              "SignedHeaders=host;x-amz-acl;x-amz-content-sha256;x-amz-date, "
              "Signature=c952dc9a0d074b0a7240fe36f41caf3e946f5418ada3e28f71cf03dfdbf87792");
}

TEST(SigV4, neverNormalisesAPath) {
    SigV4Request request;
    request.method = "GET";
    request.path = "/bucket/a/../b/./c";
    request.query = {{"prefix", "x/y z"}, {"acl", ""}, {"a", "2"}, {"a", "10"}};
    request.payloadHash = common::Sha256::hex("");
    request.time = "20260301T000000Z";
    request.headers = {
        {"Host", "s3.example.net"}, {"x-amz-date", request.time}, {"x-amz-content-sha256", request.payloadHash}};

    const SigV4 signer("AKIDEXAMPLE", host::sdk::SecretString("se/cr+et="), "ru-central1");

    EXPECT_TRUE(signer.authorization(request).ends_with(
        "Signature=2e5aed369e35aba36f547b3afc9e16244d6b0afce00a443cb247b57c0c3148e1"));
}

TEST(PercentEncode, leavesOnlyUnreservedCharacters) {
    EXPECT_EQ(plugin::s3::percentEncode("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(plugin::s3::percentEncode("a b+c=d/e*f"), "a%20b%2Bc%3Dd%2Fe%2Af");
    EXPECT_EQ(plugin::s3::percentEncode("a/b c", true), "a/b%20c");
    EXPECT_EQ(plugin::s3::percentEncode("ё"), "%D1%91");
}
