#include "host/http/HttpServer.h"
#include "tests/support/TempDir.h"
#include "tests/unit/http/Fixture.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <gmock/gmock.h>

#include <future>

using namespace host::http;
using namespace host::sdk;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

namespace tests {
namespace {

class HttpServerSockets : public ServerTest {
protected:
    void hello() {
        route(Method::Get, "/hello", open(), [](const Request&) { return Response::json("{\"hello\":1}"); });
        auto limited = open();
        limited.maxBody = 1000;
        route(Method::Post, "/echo", limited, [](const Request& r) { return Response::json(r.body); });
    }
};

TEST_F(HttpServerSockets, answersSeveralRequestsOnOneConnection) {
    hello();
    start();
    RawClient client(server_->port());

    for (int i = 0; i < 3; ++i) {
        client.send(get("/hello"));
        EXPECT_EQ(client.answer().body, "{\"hello\":1}");
    }
}

TEST_F(HttpServerSockets, answersPipelinedRequestsInOrder) {
    hello();
    start();
    RawClient client(server_->port());

    client.send(post("/echo", "1") + post("/echo", "22") + get("/hello"));

    EXPECT_EQ(client.answer().body, "1");
    EXPECT_EQ(client.answer().body, "22");
    EXPECT_EQ(client.answer().body, "{\"hello\":1}");
}

TEST_F(HttpServerSockets, neverTakesAnUnreadBodyForARequest) {
    hello();
    start();
    RawClient client(server_->port());
    auto inner = get("/hello");

    client.send("POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + inner);

    auto first = client.answer();
    EXPECT_EQ(first.status, 404);
    EXPECT_EQ(first.header("Connection"), "close");
    EXPECT_TRUE(client.closed());
}

TEST_F(HttpServerSockets, skipsASmallUnreadBodyAndGoesOn) {
    hello();
    start();
    RawClient client(server_->port());

    client.send(post("/nothing", get("/hello")) + get("/hello"));

    EXPECT_EQ(client.answer().status, 404);
    EXPECT_EQ(client.answer().status, 200);
}

TEST_F(HttpServerSockets, refusesLengthWithChunkedAndCloses) {
    hello();
    start();
    RawClient client(server_->port());

    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
                get("/hello"));

    auto first = client.answer();
    EXPECT_EQ(first.status, 400);
    EXPECT_THAT(first.head, HasSubstr("application/problem+json"));
    EXPECT_TRUE(client.closed());
}

TEST_F(HttpServerSockets, readsAChunkedBody) {
    hello();
    start();

    auto answer =
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\n[1,\r\nA;x=y\r\n2,3,4,5,66\r\n1\r\n]\r\n0\r\nTrailer: z\r\n\r\n");

    EXPECT_EQ(answer.body, "[1,2,3,4,5,66]");
}

TEST_F(HttpServerSockets, refusesABadChunk) {
    hello();
    start();

    auto answer =
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: "
            "chunked\r\n\r\n-1\r\nab\r\n0\r\n\r\n");

    EXPECT_EQ(answer.status, 400);
}

TEST_F(HttpServerSockets, refusesAnOversizedBodyBeforeItComes) {
    hello();
    start();
    RawClient client(server_->port());

    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100001\r\n\r\n");

    EXPECT_EQ(client.answer().status, 413);
    EXPECT_TRUE(client.closed());
}

TEST_F(HttpServerSockets, refusesAnOversizedChunkedBody) {
    hello();
    start();
    RawClient client(server_->port());

    client.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: "
        "chunked\r\n\r\n3e9\r\n" +
        std::string(0x3e9, ' '));

    EXPECT_EQ(client.answer().status, 413);
}

TEST_F(HttpServerSockets, saysContinueOnlyWhenTheBodyIsWanted) {
    hello();
    start();
    RawClient wanted(server_->port());
    RawClient unwanted(server_->port());

    wanted.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
        "2\r\n\r\n");
    unwanted.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
        "9999\r\n\r\n");

    EXPECT_EQ(wanted.answer(true).status, 100);
    wanted.send("{}");
    EXPECT_EQ(wanted.answer().body, "{}");
    EXPECT_EQ(unwanted.answer().status, 413);
}

TEST_F(HttpServerSockets, aThousandBytesSlowHeadDoesNotHoldAThread) {
    hello();
    auto s = settings();
    s.threads = 2;
    s.maxStreams = 1;
    start(s);
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<RawClient>(server_->port()));
        slow.back()->send("GET /hello HTTP/1.1\r\nHo");
    }

    EXPECT_EQ(ask(get("/hello")).status, 200);

    slow[0]->send("st: x\r\n\r\n");
    EXPECT_EQ(slow[0]->answer().status, 200);
}

TEST_F(HttpServerSockets, aSmallBodyThatIsSlowDoesNotHoldAThread) {
    hello();
    auto s = settings();
    s.threads = 2;
    s.maxStreams = 1;
    start(s);
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<RawClient>(server_->port()));
        slow.back()->send(post("/echo", "12345").substr(0, post("/echo", "12345").size() - 4));
    }

    EXPECT_EQ(ask(get("/hello")).status, 200);

    slow[0]->send("2345" + get("/hello"));
    EXPECT_EQ(slow[0]->answer().body, "12345");
    EXPECT_EQ(slow[0]->answer().status, 200);
}

TEST_F(HttpServerSockets, manySlowChunkedBodiesLeaveThreadsToOthers) {
    hello();
    start();
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<RawClient>(server_->port()));
        slow.back()->send(
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1");
    }

    EXPECT_EQ(ask(get("/hello")).status, 200);
}

TEST_F(HttpServerSockets, clientsThatDoNotReadLeaveThreadsToOthers) {
    hello();
    route(Method::Get, "/long", open(), [](const Request&) {
        Response r;
        r.contentType = "text/plain";
        r.body.assign(16'000'000, 'a');
        return r;
    });
    start();
    std::vector<std::unique_ptr<RawClient>> deaf;
    for (int i = 0; i < 10; ++i) {
        deaf.push_back(std::make_unique<RawClient>(server_->port()));
        deaf.back()->send(get("/long"));
    }

    EXPECT_EQ(ask(get("/hello")).status, 200);
}

TEST_F(HttpServerSockets, refusesALineFeedWithinAChunksExtension) {
    hello();
    start();

    auto answer =
        ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: "
            "chunked\r\n\r\n1;\nx\r\n1\r\n0\r\n\r\n");

    EXPECT_EQ(answer.status, 400);
}

TEST_F(HttpServerSockets, idleConnectionsDoNotHoldThreads) {
    hello();
    auto s = settings();
    s.threads = 2;
    s.maxStreams = 1;
    start(s);
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 50; ++i) {
        idle.push_back(std::make_unique<RawClient>(server_->port()));
        idle.back()->send(get("/hello"));
        EXPECT_EQ(idle.back()->answer().status, 200);
    }

    EXPECT_EQ(ask(get("/hello")).status, 200);
    for (auto& client : idle) {
        client->send(get("/hello"));
        EXPECT_EQ(client->answer().status, 200);
    }
}

TEST_F(HttpServerSockets, closesAHeadThatTakesTooLongEvenWhenBytesKeepComing) {
    hello();
    auto s = settings();
    s.headTimeout = 100ms;
    start(s);
    RawClient client(server_->port());
    auto limit = std::chrono::steady_clock::now() + 4s;

    client.send("GET /hello HTTP/1.1\r\n");
    bool gone = false;
    while (!gone && std::chrono::steady_clock::now() < limit) {
        try {
            client.send("A");
            gone = client.socket().poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ) && client.closed();
        } catch (const Poco::Exception&) {
            gone = true;
        }
    }

    EXPECT_TRUE(gone);
}

TEST_F(HttpServerSockets, closesAConnectionIdleForTooLong) {
    hello();
    auto s = settings();
    s.keepAliveTimeout = 50ms;
    start(s);
    RawClient client(server_->port());
    client.send(get("/hello"));
    client.answer();

    EXPECT_TRUE(client.closed());
}

TEST_F(HttpServerSockets, givesUpABodyThatStalls) {
    hello();
    auto s = settings();
    s.stallTimeout = 50ms;
    start(s);
    RawClient client(server_->port());

    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n12");

    EXPECT_TRUE(client.closed());
}

TEST_F(HttpServerSockets, refusesTheConnectionBeyondTheCapOfAnAddress) {
    hello();
    auto s = settings();
    s.maxConnectionsPerAddress = 2;
    start(s);
    RawClient a(server_->port());
    RawClient b(server_->port());
    a.send(get("/hello"));
    b.send(get("/hello"));
    a.answer();
    b.answer();

    RawClient c(server_->port());

    EXPECT_EQ(c.answer().status, 503);
}

TEST_F(HttpServerSockets, dropsTheLongestIdleConnectionWhenFull) {
    hello();
    auto s = settings();
    s.maxConnections = 2;
    start(s);
    RawClient a(server_->port());
    a.send(get("/hello"));
    a.answer();
    RawClient b(server_->port());
    b.send("GET /hello HT");
    // The first is parked a moment after its answer; until then the third may be refused.
    RawAnswer last;
    for (int i = 0; i < 200 && last.status != 200; ++i) last = ask(get("/hello"));

    EXPECT_EQ(last.status, 200);
    EXPECT_TRUE(a.closed());
}

TEST_F(HttpServerSockets, closesWhenTheClientAsksTo) {
    hello();
    start();
    RawClient client(server_->port());

    client.send(get("/hello", "Connection: close\r\n"));

    EXPECT_EQ(client.answer().header("Connection"), "close");
    EXPECT_TRUE(client.closed());
}

TEST_F(HttpServerSockets, speaksHttp10) {
    hello();
    start();
    RawClient client(server_->port());

    client.send("GET /hello HTTP/1.0\r\n\r\n");

    EXPECT_EQ(client.answer().status, 200);
    EXPECT_TRUE(client.closed());
}

TEST_F(HttpServerSockets, streamsAnAnswerInChunks) {
    route(Method::Get, "/stream", open(), [](const Request&) {
        Response r;
        r.contentType = "text/csv";
        r.stream = [](std::ostream& out) {
            for (int i = 0; i < 20'000; ++i) out << "line " << i << "\n";
        };
        return r;
    });
    start();

    auto answer = ask(get("/stream"));

    EXPECT_TRUE(answer.hasHeader("Transfer-Encoding: chunked"));
    EXPECT_THAT(answer.body, HasSubstr("line 19999\n"));
}

TEST_F(HttpServerSockets, aStreamThatFailsAtOnceIsAProblemDocument) {
    route(Method::Get, "/stream", open(), [](const Request&) {
        Response r;
        r.stream = [](std::ostream&) { throw AppError::conflict("late", "Too late."); };
        return r;
    });
    start();

    EXPECT_EQ(ask(get("/stream")).status, 409);
}

TEST_F(HttpServerSockets, aStreamThatFailsLaterIsBrokenOff) {
    route(Method::Get, "/stream", open(), [](const Request&) {
        Response r;
        r.stream = [](std::ostream& out) {
            out << std::string(100'000, 'x');
            throw std::runtime_error("disk");
        };
        return r;
    });
    start();

    EXPECT_THROW(ask(get("/stream")), std::runtime_error);
}

TEST_F(HttpServerSockets, handsABodyAsAStream) {
    auto options = open();
    options.streamBody = true;
    options.maxBody = 10'000'000;
    route(Method::Put, "/upload", options, [](const Request& r) {
        std::size_t bytes = 0;
        std::array<char, 1000> piece;
        while (r.bodyStream->read(piece.data(), piece.size()) || r.bodyStream->gcount() > 0)
            bytes += static_cast<std::size_t>(r.bodyStream->gcount());
        return Response::json(std::to_string(bytes));
    });
    start();

    auto answer =
        ask("PUT /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'z'));

    EXPECT_EQ(answer.body, "3000000");
}

TEST_F(HttpServerSockets, aStreamedBodyBeyondItsLimitIs413) {
    auto options = open();
    options.streamBody = true;
    options.maxBody = 100;
    route(Method::Put, "/upload", options, [](const Request& r) {
        std::string all(std::istreambuf_iterator<char>(*r.bodyStream), {});
        std::array<char, 10> piece;
        r.bodyStream->read(piece.data(), piece.size());
        return Response::json("1");
    });
    start();

    auto answer = ask("PUT /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" +
                      std::string(64, 'a') + "\r\n40\r\n" + std::string(64, 'a') + "\r\n0\r\n\r\n");

    EXPECT_EQ(answer.status, 413);
}

TEST_F(HttpServerSockets, sendsAFileAndItsHead) {
    TempDir dir;
    std::ofstream(dir.path() / "f.csv") << std::string(200'000, 'f');
    route(Method::Get, "/file", open(), [&](const Request&) {
        Response r;
        r.contentType = "text/csv";
        r.file = (dir.path() / "f.csv").string();
        return r.header("ETag", "\"f\"");
    });
    start();
    RawClient client(server_->port());

    client.send("HEAD /file HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.answer(true).header("Content-Length"), "200000");
    client.send(get("/file"));
    EXPECT_EQ(client.answer().body.size(), 200'000U);
    client.send(get("/file", "If-None-Match: \"f\"\r\n"));
    EXPECT_EQ(client.answer().status, 304);
}

TEST_F(HttpServerSockets, stopLetsTheRequestInFlightFinish) {
    std::promise<void> entered;
    std::promise<void> goOn;
    route(Method::Get, "/slow", open(), [&](const Request&) {
        entered.set_value();
        goOn.get_future().wait();
        return Response::json("\"done\"");
    });
    start();
    RawClient client(server_->port());
    client.send(get("/slow"));
    entered.get_future().wait();

    auto stopping = std::async(std::launch::async, [&] { server_->stop(5s); });
    goOn.set_value();

    EXPECT_EQ(client.answer().body, "\"done\"");
    stopping.get();
}

TEST_F(HttpServerSockets, stopBreaksOffAStreamThatDoesNotEnd) {
    route(Method::Get, "/endless", open(), [&](const Request&) {
        Response r;
        r.contentType = "text/event-stream";
        r.stream = [&](std::ostream& out) {
            while (true) out << "data: 1\n\n" << std::flush;
        };
        return r;
    });
    start();
    RawClient client(server_->port());
    client.send(get("/endless"));
    EXPECT_EQ(client.answer(true).status, 200);

    auto stopping = std::async(std::launch::async, [&] { server_->stop(10ms); });

    EXPECT_THAT(client.rest(), Not(HasSubstr("0\r\n\r\n")));
    stopping.get();
}

TEST_F(HttpServerSockets, refusesAPlainListenerForOtherMachines) {
    auto s = settings();
    s.address = "0.0.0.0";

    try {
        start(s);
        FAIL();
    } catch (const AppError& e) {
        EXPECT_THAT(e.what(), HasSubstr("http.address"));
        EXPECT_THAT(e.what(), HasSubstr("http.allow_plain_remote"));
    }
}

TEST_F(HttpServerSockets, namesThePortThatIsTaken) {
    start();
    auto s = settings();
    s.port = server_->port();
    HttpServer second(s, dispatcher_, logger_);

    try {
        second.start();
        FAIL();
    } catch (const AppError& e) {
        EXPECT_THAT(e.what(), HasSubstr("http.port"));
    }
}

class HttpServerTls : public HttpServerSockets {
protected:
    void SetUp() override {
        auto file = [&](const char* name) { return (dir_.path() / name).string(); };
        auto command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
            "-keyout " +
            file("key.pem") + " -out " + file("cert.pem") + " 2>/dev/null";
        ASSERT_EQ(std::system(command.c_str()), 0) << "openssl is needed";
        settings_ = settings();
        settings_.certificateFile = file("cert.pem");
        settings_.privateKeyFile = file("key.pem");
        hello();
    }

    RawClient connect(Poco::Net::Context::Protocols highest = Poco::Net::Context::PROTO_TLSV1_3) {
        Poco::Net::Context::Ptr context(
            new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", Poco::Net::Context::VERIFY_NONE));
        if (highest == Poco::Net::Context::PROTO_TLSV1_1)
            context->disableProtocols(Poco::Net::Context::PROTO_TLSV1_2 | Poco::Net::Context::PROTO_TLSV1_3);
        return RawClient(Poco::Net::SecureStreamSocket(Poco::Net::SocketAddress("127.0.0.1", server_->port()),
                                                       "localhost", context));
    }

    TempDir dir_;
    HttpSettings settings_;
};

TEST_F(HttpServerTls, answersOverTls) {
    start(settings_);
    auto client = connect();

    for (int i = 0; i < 3; ++i) {
        client.send(get("/hello"));
        EXPECT_EQ(client.answer().status, 200);
    }
}

TEST_F(HttpServerTls, theEndOfTheConnectionIsToldAtOnce) {
    start(settings_);
    auto client = connect();
    auto began = std::chrono::steady_clock::now();

    client.send(get("/hello", "Connection: close\r\n"));

    EXPECT_EQ(client.answer().status, 200);
    EXPECT_TRUE(client.closed());
    EXPECT_LT(std::chrono::steady_clock::now() - began, 1500ms) << "the client waits for the end of a long answer so";
}

TEST_F(HttpServerTls, takesABodyOfManyRecords) {
    auto options = open();
    options.maxBody = 1'000'000;
    route(Method::Post, "/long", options, [](const Request& r) { return Response::json(r.body); });
    start(settings_);
    auto client = connect();
    std::string body = "\"" + std::string(500'000, 'b') + "\"";

    client.send(post("/long", body));

    EXPECT_EQ(client.answer().body, body);
}

TEST_F(HttpServerTls, refusesTls11) {
    start(settings_);

    EXPECT_THROW(
        {
            auto client = connect(Poco::Net::Context::PROTO_TLSV1_1);
            client.send(get("/hello"));
            client.answer();
        },
        Poco::Exception);
}

TEST_F(HttpServerTls, aHandshakeThatNeverComesHoldsNoThread) {
    settings_.threads = 2;
    settings_.maxStreams = 1;
    start(settings_);
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 10; ++i) {
        silent.push_back(std::make_unique<RawClient>(server_->port()));
        silent.back()->send("\x16\x03\x01");
    }
    auto client = connect();

    client.send(get("/hello"));

    EXPECT_EQ(client.answer().status, 200);
}

TEST_F(HttpServerTls, namesTheKeyThatDoesNotBelong) {
    std::ofstream(settings_.privateKeyFile) << "not a key";

    try {
        start(settings_);
        FAIL();
    } catch (const AppError& e) {
        EXPECT_THAT(e.what(), HasSubstr("http.private_key_file"));
    }
}

}  // namespace
}  // namespace tests
