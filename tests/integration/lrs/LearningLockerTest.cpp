// The LRS client against Learning Locker's own code. Needs node and npm; see tests/peers/learning-locker.
#include "host/base/outbound/HttpPool.h"
#include "plugin/lrs/LrsClient.h"
#include "tests/support/FaultProxy.h"
#include "tests/support/Peer.h"
#include "tests/support/ScriptedServer.h"
#include "tests/support/TestAuthority.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::lrs;
using Class = PostOutcome::Class;
using tests::ScriptedServer;

namespace {

class LearningLocker : public testing::Test {
protected:
    static void SetUpTestSuite() { peer_ = std::make_unique<tests::Peer>("learning-locker"); }
    static void TearDownTestSuite() { peer_.reset(); }

    LrsClient client(const std::string& endpoint, const Basic& basic, host::base::HttpPool& pool,
                     std::chrono::milliseconds timeout = std::chrono::seconds(30)) {
        Settings settings;
        settings.endpoint = endpoint;
        settings.basic = basic;
        settings.timeout = timeout;
        return {pool, settings};
    }
    LrsClient client() { return client(peer()["endpoint"], parseBasic(peer()["basic"]), pool_); }
    LrsClient client(const std::string& special) {
        return client(peer()["endpoint"], parseBasic(peer().inside(special, "basic")), pool_);
    }
    CheckReport checkAt(const std::string& endpoint, std::chrono::milliseconds limit = std::chrono::seconds(30)) {
        return client(endpoint, parseBasic(peer()["basic"]), pool_).check(limit, {});
    }
    static tests::Peer& peer() { return *peer_; }

    /// A statement in ASCII JSON with Cyrillic text; each test has ids of its own.
    static std::string statement(const std::string& id,
                                 const std::string& verb = "http://adlnet.gov/expapi/verbs/completed") {
        return R"({"id":")" + id +
               R"(","actor":{"objectType":"Agent","account":{"homePage":"https://my.2035.university","name":"42"}},)" +
               R"("verb":{"id":")" + verb +
               R"(","display":{"ru-RU":"\u0437\u0430\u0432\u0435\u0440\u0448\u0438\u043b"}},)" +
               R"("object":{"objectType":"Activity","id":"https://lms.example.org/a/1"},"timestamp":"2026-03-01T00:00:00.000Z"})";
    }
    struct Batch {
        std::vector<std::string> ids;
        std::vector<std::string> texts;
        std::vector<std::string_view> views() const { return {texts.begin(), texts.end()}; }
    };
    static Batch batch(int series, std::size_t count) {
        Batch result;
        for (std::size_t i = 0; i < count; ++i) {
            result.ids.push_back(fmt::format("{:08}-0000-4000-8000-{:012}", series, i));
            result.texts.push_back(statement(result.ids.back()));
        }
        return result;
    }

    host::base::HttpPool pool_{{}};

private:
    static inline std::unique_ptr<tests::Peer> peer_;
};

}  // namespace

TEST_F(LearningLocker, passesTheConnectionCheck) {
    const auto report = checkAt(peer()["endpoint"]);

    EXPECT_TRUE(report.passed);
    EXPECT_EQ(report.steps.at(1).errorId.size(), 36u);
    EXPECT_THAT(report.postAnswer, testing::HasSubstr(report.steps.at(1).errorId));
}

TEST_F(LearningLocker, acceptsABatchAndGivesItBack) {
    const auto sent = batch(1, 20);

    const auto outcome = client().post(sent.views(), sent.ids, {});
    const auto back = client().get(sent.ids[7], {});

    EXPECT_EQ(outcome.outcome, Class::Accepted) << outcome.message;
    ASSERT_EQ(back.state, ReadBack::State::Found);
    EXPECT_THAT(back.statement, testing::HasSubstr("завершил"));
}

TEST_F(LearningLocker, acceptsTheSameBytesAgain) {
    const auto sent = batch(2, 3);
    ASSERT_EQ(client().post(sent.views(), sent.ids, {}).outcome, Class::Accepted);
    EXPECT_EQ(client().post(sent.views(), sent.ids, {}).outcome, Class::Accepted);
}

TEST_F(LearningLocker, namesTheWrongStatementOfABatchAndStoresNothing) {
    auto sent = batch(3, 20);
    sent.texts[12] = statement(sent.ids[12], "not an iri");

    const auto outcome = client().post(sent.views(), sent.ids, {});

    EXPECT_EQ(outcome.outcome, Class::Data);
    ASSERT_EQ(outcome.culprits.size(), 1u);
    EXPECT_EQ(outcome.culprits[0].index, 12u);
    EXPECT_THAT(outcome.culprits[0].reason, testing::HasSubstr("not an iri"));
    EXPECT_EQ(client().get(sent.ids[0], {}).state, ReadBack::State::Missing);
}

TEST_F(LearningLocker, namesAConflictById) {
    auto sent = batch(4, 5);
    ASSERT_EQ(client().post({sent.texts[3]}, {sent.ids[3]}, {}).outcome, Class::Accepted);
    sent.texts[3] = statement(sent.ids[3], "http://adlnet.gov/expapi/verbs/failed");

    const auto outcome = client().post(sent.views(), sent.ids, {});

    EXPECT_EQ(outcome.outcome, Class::Data);
    EXPECT_EQ(outcome.status, 409);
    ASSERT_EQ(outcome.culprits.size(), 1u);
    EXPECT_EQ(outcome.culprits[0].index, 3u);
    EXPECT_TRUE(outcome.culprits[0].conflict);
}

TEST_F(LearningLocker, namesADuplicateInTheBatch) {
    auto sent = batch(5, 4);
    sent.ids[2] = sent.ids[1];
    sent.texts[2] = sent.texts[1];

    const auto outcome = client().post(sent.views(), sent.ids, {});

    EXPECT_EQ(outcome.outcome, Class::Data);
    ASSERT_EQ(outcome.culprits.size(), 1u);
    EXPECT_EQ(outcome.culprits[0].index, 2u);
}

TEST_F(LearningLocker, namesNobodyWhenTheJsonIsBroken) {
    const auto outcome = client().post({"{\"id\":"}, {"00000006-0000-4000-8000-000000000000"}, {});

    EXPECT_EQ(outcome.outcome, Class::Data);
    EXPECT_TRUE(outcome.culprits.empty());
}

TEST_F(LearningLocker, refusesAWrongBasic) {
    auto stranger = client(peer()["endpoint"], basicFrom(peer()["key"], "wrong"), pool_);

    EXPECT_EQ(stranger.check(std::chrono::seconds(30), {}).steps.at(0).code, "unauthorized");
    const auto sent = batch(7, 1);
    EXPECT_EQ(stranger.post(sent.views(), sent.ids, {}).outcome, Class::Configuration);
}

TEST_F(LearningLocker, takesStatementsOfAWriteOnlyClientAndGivesNoneBack) {
    const auto sent = batch(8, 1);

    EXPECT_EQ(client("writeOnly").post(sent.views(), sent.ids, {}).outcome, Class::Accepted);
    EXPECT_EQ(client("writeOnly").get(sent.ids[0], {}).state, ReadBack::State::NotAllowed);
}

TEST_F(LearningLocker, refusesAClientWithoutRights) {
    const auto step = client("forbidden").check(std::chrono::seconds(30), {}).steps.at(0);

    EXPECT_EQ(step.code, "forbidden");
    EXPECT_THAT(step.fix, testing::HasSubstr(step.errorId));
    const auto sent = batch(9, 1);
    EXPECT_EQ(client("forbidden").post(sent.views(), sent.ids, {}).outcome, Class::Configuration);
}

TEST_F(LearningLocker, isNotFoundUnderAWrongPath) {
    std::string endpoint = peer()["endpoint"];
    endpoint.replace(endpoint.rfind("xAPI"), 4, "wrong");

    EXPECT_EQ(checkAt(endpoint).steps.at(0).code, "wrong-path");
    const auto sent = batch(10, 1);
    EXPECT_EQ(client(endpoint, parseBasic(peer()["basic"]), pool_).post(sent.views(), sent.ids, {}).outcome,
              Class::Configuration);
}

TEST_F(LearningLocker, isBehindAProxyThatDropsTheVersionHeader) {
    tests::FaultProxy proxy(peer()["endpoint"]);
    proxy.rule(R"("fault":"pass","without":["X-Experience-API-Version"])");

    EXPECT_EQ(checkAt(proxy.url("/xAPI/")).steps.at(0).code, "version-header");
}

TEST_F(LearningLocker, isToldFromOtherThingsThatAnswer) {
    ScriptedServer site(
        ScriptedServer::always("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"));
    ScriptedServer catchAll(ScriptedServer::always(ScriptedServer::ok(R"({"more":"","statements":[]})")));
    ScriptedServer busy(ScriptedServer::always("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"));

    EXPECT_EQ(checkAt(site.url()).steps.back().code, "wrong-path");
    EXPECT_EQ(checkAt(catchAll.url()).steps.back().code, "not-validating");
    EXPECT_EQ(checkAt(busy.url()).steps.back().code, "server-trouble");
}

TEST_F(LearningLocker, isMissingWhereNobodyAnswers) {
    ScriptedServer silent([](Poco::Net::StreamSocket& socket, int) {
        while (!ScriptedServer::readRequest(socket).empty()) {
        }
    });
    int closedPort = 0;
    {
        ScriptedServer gone([](Poco::Net::StreamSocket&, int) {});
        closedPort = gone.port();
    }

    EXPECT_EQ(checkAt(silent.url(), std::chrono::milliseconds(100)).steps.at(0).code, "timeout");
    EXPECT_EQ(checkAt("http://127.0.0.1:" + std::to_string(closedPort)).steps.at(0).code, "refused");
    EXPECT_EQ(checkAt("http://no-such-host.invalid/data/xAPI").steps.at(0).code, "dns");
}

TEST_F(LearningLocker, isNotReachedThroughAnUntrustedCertificate) {
    tests::TempDir folder;
    tests::TestAuthority authority(folder.path());
    ScriptedServer server(ScriptedServer::always(ScriptedServer::ok("")), authority.serverContext("DNS:localhost"));

    EXPECT_EQ(checkAt(server.tlsUrl("localhost")).steps.at(0).code, "tls");
}

TEST_F(LearningLocker, leavesALostAnswerInDoubtAndTakesTheSameBytesAgain) {
    tests::FaultProxy proxy(peer()["endpoint"]);
    proxy.rule(R"("fault":"lose-answer","method":"POST","times":1)");
    auto lossy = client(proxy.url("/xAPI/"), parseBasic(peer()["basic"]), pool_);
    const auto sent = batch(11, 2);

    EXPECT_EQ(lossy.post(sent.views(), sent.ids, {}).outcome, Class::InDoubt);
    EXPECT_EQ(client().get(sent.ids[1], {}).state, ReadBack::State::Found);
    EXPECT_EQ(lossy.post(sent.views(), sent.ids, {}).outcome, Class::Accepted);
}

TEST_F(LearningLocker, isTakenAtItsWordOnlyWhenTheWholeAnswerIsItsOwn) {
    struct Case {
        const char* rule;
        Class outcome;
        ReadBack::State stored;
    };
    const Case cases[] = {
        {R"("fault":"reset-request","after":100)", Class::InDoubt, ReadBack::State::Missing},
        {R"("fault":"cut-request","after":100)", Class::InDoubt, ReadBack::State::Missing},
        {R"("fault":"cut-answer","after":40)", Class::InDoubt, ReadBack::State::Found},
        {R"("fault":"reset-answer","after":40)", Class::InDoubt, ReadBack::State::Found},
        {R"("fault":"wrong-length","by":20)", Class::InDoubt, ReadBack::State::Found},
        {R"("fault":"truncate-json")", Class::Configuration, ReadBack::State::Found},
        {R"("fault":"html","status":200)", Class::Configuration, ReadBack::State::Missing},
        {R"("fault":"html","status":502)", Class::Transient, ReadBack::State::Missing},
        {R"("fault":"status","status":504,"forward":true)", Class::Transient, ReadBack::State::Found},
        {R"("fault":"status","status":408)", Class::Transient, ReadBack::State::Missing},
        {R"("fault":"status","status":413)", Class::TooLarge, ReadBack::State::Missing},
        {R"("fault":"twice")", Class::Accepted, ReadBack::State::Found},
        {R"("fault":"slow-answer","bytes":20,"ms":1)", Class::Accepted, ReadBack::State::Found},
    };
    tests::FaultProxy proxy(peer()["endpoint"]);
    auto throughProxy = client(proxy.url("/xAPI/"), parseBasic(peer()["basic"]), pool_);
    int series = 20;
    for (const auto& one : cases) {
        SCOPED_TRACE(one.rule);
        const auto sent = batch(series++, 2);
        proxy.rule(std::string(one.rule) + R"(,"method":"POST","times":1)");

        EXPECT_EQ(throughProxy.post(sent.views(), sent.ids, {}).outcome, one.outcome);
        EXPECT_EQ(client().get(sent.ids[1], {}).state, one.stored);
        EXPECT_EQ(throughProxy.post(sent.views(), sent.ids, {}).outcome, Class::Accepted);
    }
}
