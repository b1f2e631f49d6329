#include "tests/support/TestServer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::HasSubstr;
using tests::TestServer;

TEST(TestServer, answersStopsAndComesBackWithItsData) {
    TestServer server;
    server.start();
    server.lmsctl({"projects", "create", "bas", "--title", "Кадры для БАС"});

    const int code = server.stop();
    server.start();
    const auto answer = server.call("GET", "/api/v1/projects");

    EXPECT_EQ(code, 0);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json()->getArray("items")->getObject(0)->getValue<std::string>("title"), "Кадры для БАС");
}

TEST(TestServer, isKilledAsACrashWouldBe) {
    TestServer server;
    server.start();

    EXPECT_EQ(server.kill(), -SIGKILL);
    EXPECT_NO_THROW(server.start());
}

TEST(TestServer, tellsTheLogOfAServerThatDoesNotStart) {
    TestServer server(TestServer::Settings{{"http.port", "70000"}});

    try {
        server.start();
        FAIL() << "it started";
    } catch (const std::exception& e) {
        EXPECT_THAT(e.what(), HasSubstr("http.port"));
    }
}

TEST(TestServer, refusesNobodyOnHealthOnly) {
    TestServer server;
    server.start();

    EXPECT_EQ(server.health().status, 200);
    EXPECT_EQ(server.call("GET", "/api/v1/modules", {}, {}).status, 401);
}

}  // namespace
