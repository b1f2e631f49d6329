#include "host/base/outbound/HttpPool.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/TempDir.h"
#include "tests/support/TestAuthority.h"

#include <gtest/gtest.h>

using host::sdk::OutboundError;
using tests::ScriptedServer;

namespace {

class Tls : public testing::Test {
protected:
    host::sdk::OutboundResponse get(const ScriptedServer& server, bool trusted, const std::string& host = "localhost") {
        host::base::HttpPoolSettings settings;
        if (trusted) settings.caFile = authority_.caFile();
        host::base::HttpPool pool(settings);
        host::sdk::OutboundRequest request;
        request.url = server.tlsUrl(host);
        return pool.send(request);
    }
    std::string reason(const ScriptedServer& server, bool trusted, const std::string& host = "localhost") {
        try {
            get(server, trusted, host);
        } catch (const OutboundError& error) {
            EXPECT_EQ(error.kind(), OutboundError::Kind::Tls);
            EXPECT_FALSE(error.requestSent());
            return error.reason();
        }
        return "none";
    }

    tests::TempDir folder_;
    tests::TestAuthority authority_{folder_.path()};
};

}  // namespace

TEST_F(Tls, talksToATrustedServerByNameAndByAddress) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("safe")),
                          authority_.serverContext("DNS:localhost,IP:127.0.0.1"));

    EXPECT_EQ(get(server, true).body, "safe");
    EXPECT_EQ(get(server, true, "127.0.0.1").body, "safe");
}

TEST_F(Tls, tellsAnUntrustedCertificate) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")), authority_.serverContext("DNS:localhost"));
    EXPECT_EQ(reason(server, false), "untrusted");
}

TEST_F(Tls, tellsAnExpiredCertificate) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")),
                          authority_.serverContext("DNS:localhost", -20, -10));
    EXPECT_EQ(reason(server, true), "expired");
}

TEST_F(Tls, tellsACertificateThatIsNotYetValid) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")),
                          authority_.serverContext("DNS:localhost", 5, 10));
    EXPECT_EQ(reason(server, true), "not-yet-valid");
}

TEST_F(Tls, tellsACertificateOfAnotherName) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")),
                          authority_.serverContext("DNS:other.example.net"));

    EXPECT_EQ(reason(server, true), "other-name");
    EXPECT_EQ(reason(server, true, "127.0.0.1"), "other-name");
}

TEST_F(Tls, tellsAPortThatSpeaksNoTls) {
    ScriptedServer server([](Poco::Net::StreamSocket& socket, int) {
        char hello[4096];
        socket.receiveBytes(hello, sizeof hello);
        ScriptedServer::write(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    });
    EXPECT_EQ(reason(server, true), "handshake");
}

TEST_F(Tls, refusesTls11) {
    auto context = authority_.serverContext("DNS:localhost");
    context->disableProtocols(Poco::Net::Context::PROTO_TLSV1_2 | Poco::Net::Context::PROTO_TLSV1_3);
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")), context);
    EXPECT_EQ(reason(server, true), "handshake");
}

TEST_F(Tls, resumesASessionOnANewConnection) {
    ScriptedServer server(ScriptedServer::always("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
                          authority_.serverContext("DNS:localhost"));
    host::base::HttpPoolSettings settings;
    settings.caFile = authority_.caFile();
    host::base::HttpPool pool(settings);
    host::sdk::OutboundRequest request;
    request.url = server.tlsUrl("localhost");

    pool.send(request);
    pool.send(request);

    EXPECT_EQ(pool.counters().created, 2u);
    EXPECT_EQ(pool.counters().resumed, 1u);
}

TEST_F(Tls, sendsALargeBodyAndReusesTheConnection) {
    ScriptedServer server(
        [](Poco::Net::StreamSocket& socket, int) {
            for (std::string request = ScriptedServer::readRequest(socket); !request.empty();
                 request = ScriptedServer::readRequest(socket))
                ScriptedServer::write(
                    socket, ScriptedServer::ok(std::to_string(request.size() - request.find("\r\n\r\n") - 4)));
        },
        authority_.serverContext("DNS:localhost"));
    host::base::HttpPoolSettings settings;
    settings.caFile = authority_.caFile();
    host::base::HttpPool pool(settings);
    const std::string body(3'000'000, 'x');
    host::sdk::OutboundRequest request;
    request.method = "POST";
    request.url = server.tlsUrl("localhost");
    request.body = body;

    EXPECT_EQ(pool.send(request).body, "3000000");
    EXPECT_TRUE(pool.send(request).reusedConnection);
}

TEST_F(Tls, endsAHandshakeThatNeverComes) {
    ScriptedServer silent([](Poco::Net::StreamSocket& socket, int) { ScriptedServer::readRequest(socket); });
    host::base::HttpPool pool({});
    host::sdk::OutboundRequest request;
    request.url = silent.tlsUrl("localhost");
    request.connectTimeout = std::chrono::milliseconds(500);

    try {
        pool.send(request);
        FAIL();
    } catch (const OutboundError& error) {
        EXPECT_EQ(error.kind(), OutboundError::Kind::ConnectTimeout);
    }
}

TEST_F(Tls, refusesACaFileThatIsNone) {
    host::base::HttpPoolSettings settings;
    settings.caFile = (folder_.path() / "absent.pem").string();
    EXPECT_THROW(host::base::HttpPool{settings}, host::sdk::AppError);
}
