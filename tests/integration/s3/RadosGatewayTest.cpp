// The S3 client against a real Ceph RADOS Gateway. Needs ceph-mon, ceph-osd and radosgw; see tests/peers/radosgw.
#include "host/base/outbound/HttpPool.h"
#include "plugin/s3/S3Client.h"
#include "plugin/s3/S3Probe.h"
#include "tests/support/FakeClock.h"
#include "tests/support/Peer.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/TestAuthority.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::s3;
using testing::ElementsAre;

namespace {

/// Sends to one address whatever host the URL names: a resolver need not know names under localhost.
class ByAddress : public host::sdk::OutboundHttp {
public:
    ByAddress(const std::string& address, Poco::UInt16 port) : session_(address, port) {}

    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override {
        const auto begin = request.url.find("://") + 3;
        const auto slash = request.url.find('/', begin);
        hostSeen = request.url.substr(begin, slash - begin);
        Poco::Net::HTTPRequest head(request.method, request.url.substr(slash), "HTTP/1.1");
        head.set("Host", hostSeen);
        for (const auto& [name, value] : request.headers) head.set(name, value);
        head.setContentLength(static_cast<std::streamsize>(request.body.size()));
        session_.sendRequest(head) << request.body;
        Poco::Net::HTTPResponse answer;
        std::ostringstream body;
        body << session_.receiveResponse(answer).rdbuf();
        host::sdk::OutboundResponse response;
        response.status = answer.getStatus();
        response.body = body.str();
        return response;
    }

    std::string hostSeen;

private:
    Poco::Net::HTTPClientSession session_;
};

class RadosGateway : public testing::Test {
protected:
    static void SetUpTestSuite() { peer_ = std::make_unique<tests::Peer>("radosgw"); }
    static void TearDownTestSuite() { peer_.reset(); }

    /// The gateway checks the time of a signature: the clock stands at now.
    RadosGateway() {
        clock_.set(
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count());
    }

    static Settings settings() {
        Settings result;
        result.endpoint = (*peer_)["endpoint"];
        result.bucket = (*peer_)["bucket"];
        result.accessKeyId = (*peer_)["accessKeyId"];
        result.secretKey = host::sdk::SecretString((*peer_)["secretKey"]);
        return result;
    }
    S3Client client(const Settings& given = settings()) { return {pool_, clock_, given}; }
    ProbeReport probe(const Settings& given) {
        return S3Probe(pool_, clock_, given).check(std::chrono::seconds(30), {});
    }
    static std::string lastCode(const ProbeReport& report) { return report.steps.back().code; }

    host::base::HttpPool pool_{{}};
    tests::FakeClock clock_;

private:
    static inline std::unique_ptr<tests::Peer> peer_;
};

}  // namespace

TEST_F(RadosGateway, takesAFileThatAnybodyCanThenReadAndDeletesIt) {
    const std::string key = "flow1/practice/отчёт a+b=c~*(1)//x.pdf";
    const std::string content(200'000, 'x');

    EXPECT_TRUE(client().put(key, content, "application/pdf", "public-read", {}));
    EXPECT_EQ(client().anonymousGet(key, {}).value, content);
    EXPECT_TRUE(client().remove(key, {}));
    EXPECT_EQ(client().anonymousGet(key, {}).failure.status, 403);
}

TEST_F(RadosGateway, keepsAPrivateFilePrivate) {
    ASSERT_TRUE(client().put("private.txt", "x", "text/plain", "private", {}));
    EXPECT_EQ(client().anonymousGet("private.txt", {}).failure.code, "AccessDenied");
}

TEST_F(RadosGateway, listsItsBuckets) {
    const auto answer = client().listBuckets({});
    ASSERT_TRUE(answer) << answer.failure.message;
    EXPECT_THAT(*answer.value, ElementsAre(settings().bucket));
}

TEST_F(RadosGateway, takesAFileInVirtualHostStyle) {
    auto virtualHost = settings();
    const std::string port = virtualHost.endpoint.substr(virtualHost.endpoint.rfind(':') + 1);
    virtualHost.pathStyle = false;
    virtualHost.endpoint = "http://s3.localhost:" + port;
    ByAddress http("127.0.0.1", static_cast<Poco::UInt16>(std::stoul(port)));

    const auto answer =
        S3Client(http, clock_, virtualHost).put("virtual.txt", "by host", "text/plain", "public-read", {});

    EXPECT_TRUE(answer) << answer.failure.message;
    EXPECT_EQ(http.hostSeen, virtualHost.bucket + ".s3.localhost:" + port);
    EXPECT_EQ(client().anonymousGet("virtual.txt", {}).value, "by host");
}

TEST_F(RadosGateway, passesTheProbe) {
    const auto report = probe(settings());

    EXPECT_TRUE(report.passed);
    ASSERT_EQ(report.steps.size(), 3u);
    for (const auto& step : report.steps) EXPECT_TRUE(step.passed) << step.name << ": " << step.cause;
    EXPECT_EQ(report.steps[1].code, "not-https") << "the gateway here speaks plain HTTP, and a statement needs https";
}

TEST_F(RadosGateway, passesTheProbeWithTheOnlyBucketThereIs) {
    auto withoutBucket = settings();
    withoutBucket.bucket.clear();

    const auto report = probe(withoutBucket);

    EXPECT_TRUE(report.passed);
    EXPECT_EQ(report.bucket, settings().bucket);
}

TEST_F(RadosGateway, refusesAWrongSecret) {
    auto wrong = settings();
    wrong.secretKey = host::sdk::SecretString("wrong");

    EXPECT_EQ(client(wrong).put("a", "b", "", "", {}).failure.code, "SignatureDoesNotMatch");
    EXPECT_EQ(lastCode(probe(wrong)), "wrong-secret");
}

TEST_F(RadosGateway, refusesAnUnknownAccessKey) {
    auto wrong = settings();
    wrong.accessKeyId = "NOSUCHKEY";
    EXPECT_EQ(lastCode(probe(wrong)), "wrong-access-key");
}

TEST_F(RadosGateway, knowsNoSuchBucket) {
    auto wrong = settings();
    wrong.bucket = "no-such-bucket";
    EXPECT_EQ(client(wrong).put("a", "b", "", "", {}).failure.code, "NoSuchBucket");
    EXPECT_EQ(lastCode(probe(wrong)), "no-bucket");
}

TEST_F(RadosGateway, refusesAClockThatIsWrong) {
    clock_.advance(std::chrono::minutes(-20));

    const auto step = probe(settings()).steps.back();

    EXPECT_EQ(step.code, "clock-skew");
    EXPECT_THAT(step.cause, testing::HasSubstr("отстают на 20 мин"));
}

TEST_F(RadosGateway, isNotThereBehindAClosedPortOrASlowServer) {
    auto wrong = settings();
    {
        tests::ScriptedServer gone([](Poco::Net::StreamSocket&, int) {});
        wrong.endpoint = "http://127.0.0.1:" + std::to_string(gone.port());
    }
    EXPECT_EQ(lastCode(probe(wrong)), "refused");

    tests::ScriptedServer silent([](Poco::Net::StreamSocket& socket, int) {
        while (!tests::ScriptedServer::readRequest(socket).empty()) {
        }
    });
    wrong.endpoint = silent.url("");
    EXPECT_EQ(S3Probe(pool_, clock_, wrong).check(std::chrono::milliseconds(100), {}).steps.back().code, "timeout");
}

TEST_F(RadosGateway, isToldFromASiteAndFromAnUntrustedServer) {
    tests::ScriptedServer site(
        tests::ScriptedServer::always("HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\n<html>"));
    auto wrong = settings();
    wrong.endpoint = site.url("");
    EXPECT_EQ(lastCode(probe(wrong)), "unexpected-answer");

    tests::TempDir folder;
    tests::TestAuthority authority(folder.path());
    tests::ScriptedServer untrusted(tests::ScriptedServer::always(""), authority.serverContext("DNS:localhost"));
    wrong.endpoint = untrusted.tlsUrl("localhost", "");
    EXPECT_EQ(lastCode(probe(wrong)), "tls");
}
