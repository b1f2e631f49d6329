#include "host/base/outbound/HttpPool.h"
#include "tests/support/ScriptedServer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>

using host::base::HttpPool;
using host::base::HttpPoolSettings;
using host::sdk::OutboundError;
using host::sdk::OutboundRequest;
using Poco::Net::StreamSocket;
using tests::ScriptedServer;
using namespace std::chrono_literals;

namespace {

OutboundRequest to(const std::string& url, const std::string& method = "GET", std::string_view body = {}) {
    OutboundRequest request;
    request.url = url;
    request.method = method;
    request.body = body;
    request.connectTimeout = 5s;
    request.timeout = 20s;
    return request;
}

struct Failed {
    OutboundError::Kind kind;
    bool sent;
};

Failed failure(HttpPool& pool, const OutboundRequest& request) {
    try {
        pool.send(request);
    } catch (const OutboundError& error) {
        return {error.kind(), error.requestSent()};
    }
    ADD_FAILURE() << "an answer came";
    return {};
}

/// Answers the first request of a connection, reads the second and hangs up without an answer.
ScriptedServer::Script swallowsTheSecondRequest() {
    return [](StreamSocket& socket, int number) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, ScriptedServer::ok("first of " + std::to_string(number)));
        ScriptedServer::readRequest(socket);
    };
}

}  // namespace

TEST(HttpPool, reusesAPooledConnection) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("yes")));
    HttpPool pool({});

    const auto first = pool.send(to(server.url()));
    const auto second = pool.send(to(server.url("/other?a=%2F")));

    EXPECT_FALSE(first.reusedConnection);
    EXPECT_TRUE(second.reusedConnection);
    EXPECT_EQ(second.body, "yes");
    EXPECT_EQ(server.connections(), 1);
    EXPECT_EQ(pool.counters().reused, 1u);
}

TEST(HttpPool, sendsHeadAndBodyAsGiven) {
    std::string seen;
    ScriptedServer server([&seen](StreamSocket& socket, int) {
        seen = ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, ScriptedServer::ok(""));
    });
    HttpPool pool({});
    auto request = to(server.url("/a//b/%7Ec?x=%2B"), "POST", "{\"a\":1}");
    request.headers = {{"Content-Type", "application/json"}};

    pool.send(request);

    EXPECT_THAT(seen, testing::StartsWith("POST /a//b/%7Ec?x=%2B HTTP/1.1\r\n"));
    EXPECT_THAT(seen, testing::HasSubstr("Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n"));
    EXPECT_THAT(seen, testing::HasSubstr("Content-Length: 7\r\n"));
    EXPECT_THAT(seen, testing::HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_THAT(seen, testing::EndsWith("\r\n\r\n{\"a\":1}"));
}

TEST(HttpPool, doesNotFollowRedirects) {
    ScriptedServer server(ScriptedServer::always("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"));
    HttpPool pool({});

    EXPECT_EQ(pool.send(to(server.url())).status, 302);
}

TEST(HttpPool, dropsAConnectionThatTheServerClosedInTheMeantime) {
    std::latch closed(1);
    ScriptedServer server([&closed](StreamSocket& socket, int number) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, ScriptedServer::ok("one"));
        if (number == 1) {
            socket.shutdownSend();
            closed.count_down();
            ScriptedServer::readRequest(socket);
        }
    });
    HttpPool pool({});
    pool.send(to(server.url()));
    closed.wait();

    const auto second = pool.send(to(server.url(), "POST", "data"));

    EXPECT_FALSE(second.reusedConnection);
    EXPECT_EQ(pool.counters().expired, 1u);
    EXPECT_EQ(server.connections(), 2);
}

TEST(HttpPool, replacesAStaleConnectionOnceForAnIdempotentRequest) {
    ScriptedServer server(swallowsTheSecondRequest());
    HttpPool pool({});
    pool.send(to(server.url()));

    const auto second = pool.send(to(server.url()));

    EXPECT_EQ(second.body, "first of 2");
    EXPECT_EQ(pool.counters().replaced, 1u);
}

TEST(HttpPool, leavesALostAnswerToAPostInDoubt) {
    ScriptedServer server(swallowsTheSecondRequest());
    HttpPool pool({});
    pool.send(to(server.url(), "POST", "first"));

    const auto lost = failure(pool, to(server.url(), "POST", "second"));

    EXPECT_EQ(lost.kind, OutboundError::Kind::Closed);
    EXPECT_TRUE(lost.sent);
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpPool, doesNotRepeatARequestOnANewConnection) {
    ScriptedServer server([](StreamSocket& socket, int) { ScriptedServer::readRequest(socket); });
    HttpPool pool({});

    const auto lost = failure(pool, to(server.url()));

    EXPECT_EQ(lost.kind, OutboundError::Kind::Closed);
    EXPECT_TRUE(lost.sent);
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpPool, doesNotRepeatARequestWhoseAnswerBrokeOff) {
    ScriptedServer server([](StreamSocket& socket, int) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, ScriptedServer::ok("one"));
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    });
    HttpPool pool({});
    pool.send(to(server.url()));

    EXPECT_EQ(failure(pool, to(server.url())).kind, OutboundError::Kind::Closed);
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpPool, takesTheAnswerOfAServerThatClosesBeforeItReadTheBody) {
    ScriptedServer server([](StreamSocket& socket, int) {
        char buffer[1024];
        socket.receiveBytes(buffer, sizeof buffer);
        ScriptedServer::write(socket,
                              "HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        socket.shutdownSend();
        while (socket.receiveBytes(buffer, sizeof buffer) > 0) {
        }
    });
    HttpPool pool({});
    const std::string body(4'000'000, 'x');

    EXPECT_EQ(pool.send(to(server.url(), "POST", body)).status, 413);
}

TEST(HttpPool, tellsThatARequestWasNotSentWhole) {
    ScriptedServer server([](StreamSocket& socket, int) {
        char buffer[1024];
        socket.receiveBytes(buffer, sizeof buffer);
        socket.setLinger(true, 0);
    });
    HttpPool pool({});
    const std::string body(50'000'000, 'x');

    const auto cut = failure(pool, to(server.url(), "POST", body));

    EXPECT_EQ(cut.kind, OutboundError::Kind::Closed);
    EXPECT_FALSE(cut.sent);
}

TEST(HttpPool, endsTheWaitForASlowServer) {
    ScriptedServer server([](StreamSocket& socket, int) {
        while (!ScriptedServer::readRequest(socket).empty()) {
        }
    });
    HttpPool pool({});
    auto request = to(server.url(), "POST", "data");
    request.timeout = 500ms;

    const auto late = failure(pool, request);

    EXPECT_EQ(late.kind, OutboundError::Kind::Timeout);
    EXPECT_TRUE(late.sent);
}

TEST(HttpPool, countsTheWholeExchangeNotTheSingleByte) {
    ScriptedServer server([](StreamSocket& socket, int) {
        ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, "HTTP/1.1 200 OK\r\nX: ");
        // Until the client hangs up: a byte now and then, each well within any timeout of a single read.
        while (!socket.poll(Poco::Timespan(5'000), Poco::Net::Socket::SELECT_READ)) ScriptedServer::write(socket, "a");
    });
    HttpPool pool({});
    auto request = to(server.url());
    request.timeout = 100ms;

    EXPECT_EQ(failure(pool, request).kind, OutboundError::Kind::Timeout);
}

TEST(HttpPool, tellsAServerThatTakesNoBodyFromOneThatTookIt) {
    std::latch done(1);
    ScriptedServer server([&done](StreamSocket& socket, int) {
        char byte = 0;
        socket.receiveBytes(&byte, 1);
        done.wait();
    });
    HttpPool pool({});
    const std::string body(50'000'000, 'x');
    auto request = to(server.url(), "POST", body);
    request.timeout = 100ms;

    const auto late = failure(pool, request);
    done.count_down();

    EXPECT_EQ(late.kind, OutboundError::Kind::Timeout);
    EXPECT_FALSE(late.sent);
}

TEST(HttpPool, tellsARefusedPort) {
    int port = 0;
    {
        ScriptedServer gone([](StreamSocket&, int) {});
        port = gone.port();
    }
    HttpPool pool({});

    const auto refused = failure(pool, to("http://127.0.0.1:" + std::to_string(port) + "/"));

    EXPECT_EQ(refused.kind, OutboundError::Kind::Refused);
    EXPECT_FALSE(refused.sent);
    EXPECT_EQ(pool.counters().errors, 1u);
}

TEST(HttpPool, tellsANameThatIsNotKnown) {
    HttpPool pool({});
    EXPECT_EQ(failure(pool, to("http://no-such-host.invalid/")).kind, OutboundError::Kind::Dns);
}

TEST(HttpPool, tellsAnAnswerThatIsNotHttp) {
    ScriptedServer server(ScriptedServer::always("220 mail.example.net ESMTP\r\n"));
    HttpPool pool({});
    EXPECT_EQ(failure(pool, to(server.url())).kind, OutboundError::Kind::BadAnswer);
}

TEST(HttpPool, refusesAnAnswerThatIsTooLarge) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok(std::string(2000, 'x'))));
    HttpPool pool({});
    auto request = to(server.url());
    request.maxAnswer = 1999;
    EXPECT_EQ(failure(pool, request).kind, OutboundError::Kind::TooLarge);
}

TEST(HttpPool, sendsABodyFromASource) {
    std::string seen;
    ScriptedServer server([&seen](StreamSocket& socket, int) {
        seen = ScriptedServer::readRequest(socket);
        ScriptedServer::write(socket, ScriptedServer::ok(""));
    });
    HttpPool pool({});
    auto request = to(server.url(), "PUT");
    request.bodyLength = 1'000'001;
    std::size_t given = 0;
    request.bodySource = [&given](char* buffer, std::size_t size) {
        const std::size_t n = std::min<std::size_t>(size, 77'777);
        std::fill_n(buffer, n, 'y');
        given += n;
        return n;
    };

    pool.send(request);

    EXPECT_EQ(given, 1'000'001u);
    EXPECT_EQ(seen.size() - seen.find("\r\n\r\n") - 4, 1'000'001u);
}

TEST(HttpPool, tellsASourceThatEndsEarly) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")));
    HttpPool pool({});
    auto request = to(server.url(), "PUT");
    request.bodyLength = 100;
    int calls = 0;
    request.bodySource = [&calls](char* buffer, std::size_t) -> std::size_t {
        std::fill_n(buffer, 60, 'y');
        return calls++ == 0 ? 60 : 0;
    };

    const auto shortBody = failure(pool, request);

    EXPECT_EQ(shortBody.kind, OutboundError::Kind::Source);
    EXPECT_FALSE(shortBody.sent);
}

TEST(HttpPool, tellsASourceThatThrows) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")));
    HttpPool pool({});
    auto request = to(server.url(), "PUT");
    request.bodyLength = 100;
    request.bodySource = [](char*, std::size_t) -> std::size_t { throw std::runtime_error("disk"); };
    EXPECT_EQ(failure(pool, request).kind, OutboundError::Kind::Source);
}

TEST(HttpPool, endsAnExchangeWhenAStopIsRequested) {
    std::stop_source stop;
    ScriptedServer server([&stop](StreamSocket& socket, int) {
        ScriptedServer::readRequest(socket);
        stop.request_stop();
        ScriptedServer::readRequest(socket);
    });
    HttpPool pool({});
    auto request = to(server.url(), "POST", "data");
    request.stop = stop.get_token();

    const auto cancelled = failure(pool, request);

    EXPECT_EQ(cancelled.kind, OutboundError::Kind::Cancelled);
    EXPECT_TRUE(cancelled.sent);
}

TEST(HttpPool, sendsNothingAfterAStop) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")));
    HttpPool pool({});
    std::stop_source stop;
    stop.request_stop();
    auto request = to(server.url());
    request.stop = stop.get_token();

    const auto cancelled = failure(pool, request);

    EXPECT_EQ(cancelled.kind, OutboundError::Kind::Cancelled);
    EXPECT_FALSE(cancelled.sent);
}

TEST(HttpPool, keepsTheBoundOfConnectionsPerHost) {
    std::atomic<int> now{0}, most{0};
    ScriptedServer server([&](StreamSocket& socket, int) {
        while (!ScriptedServer::readRequest(socket).empty()) {
            const int busy = ++now;
            int seen = most;
            while (busy > seen && !most.compare_exchange_weak(seen, busy)) {
            }
            socket.poll(Poco::Timespan(2'000), Poco::Net::Socket::SELECT_ERROR);
            --now;
            ScriptedServer::write(socket, ScriptedServer::ok(""));
        }
    });
    HttpPoolSettings settings;
    settings.connectionsPerHost = 3;
    HttpPool pool(settings);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 12; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 5; ++n) pool.send(to(server.url()));
        });
    threads.clear();

    EXPECT_LE(most, 3);
    EXPECT_LE(server.connections(), 3);
    EXPECT_EQ(pool.counters().reused + pool.counters().created, 60u);
}

TEST(HttpPool, givesUpWaitingForAConnectionAtTheDeadline) {
    std::latch arrived(1), leave(1);
    ScriptedServer server([&](StreamSocket& socket, int) {
        ScriptedServer::readRequest(socket);
        arrived.count_down();
        leave.wait();
        ScriptedServer::write(socket, ScriptedServer::ok(""));
    });
    HttpPoolSettings settings;
    settings.connectionsPerHost = 1;
    HttpPool pool(settings);
    std::jthread holder([&] { pool.send(to(server.url())); });
    arrived.wait();
    auto request = to(server.url(), "POST", "data");
    request.timeout = 30ms;

    const auto late = failure(pool, request);
    leave.count_down();

    EXPECT_EQ(late.kind, OutboundError::Kind::Timeout);
    EXPECT_FALSE(late.sent);
}

class RefusedHeader : public testing::TestWithParam<std::pair<std::string, std::string>> {};
TEST_P(RefusedHeader, isNotSent) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")));
    HttpPool pool({});
    auto request = to(server.url());
    request.headers = {GetParam()};

    EXPECT_EQ(failure(pool, request).kind, OutboundError::Kind::BadUrl);
    EXPECT_EQ(server.connections(), 0);
}
INSTANTIATE_TEST_SUITE_P(Table, RefusedHeader,
                         testing::Values(std::pair<std::string, std::string>{"X-A", "b\r\nX-Evil: 1"},
                                         std::pair<std::string, std::string>{"X A", "b"},
                                         std::pair<std::string, std::string>{"", "b"},
                                         std::pair<std::string, std::string>{"host", "other"},
                                         std::pair<std::string, std::string>{"Content-Length", "5"}));

TEST(HttpPool, closesIdleConnectionsWhenAsked) {
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")));
    HttpPool pool({});
    pool.send(to(server.url()));

    pool.closeIdle();

    EXPECT_FALSE(pool.send(to(server.url())).reusedConnection);
}
