#include "host/http/Dispatcher.h"
#include "tests/unit/http/Fixture.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

using namespace host::http;
using namespace host::sdk;
using testing::HasSubstr;
using testing::Not;

namespace tests {
namespace {

class DispatcherAnswers : public ServerTest {
protected:
    void SetUp() override {
        Identity admin;
        admin.principal.login = "anna";
        admin.principal.roles["demo"] = Role::OrganizationAdmin;
        admin.csrfToken = "csrf-of-anna";
        authenticator_.sessions["anna-cookie"] = admin;
        admin.csrfToken.clear();
        authenticator_.tokens["anna-token"] = admin;
        Identity viewer;
        viewer.principal.login = "vera";
        viewer.principal.roles["demo"] = Role::Viewer;
        authenticator_.tokens["vera-token"] = viewer;
        Identity root;
        root.principal.login = "root";
        root.principal.serverAdmin = true;
        authenticator_.tokens["root-token"] = root;

        RouteOptions read;
        route(Method::Get, "/o/{org}/things", read,
              [](const Request& r) { return Response::json("\"" + r.principal.login + "\""); });
        RouteOptions change;
        change.least = Role::OrganizationAdmin;
        route(Method::Put, "/o/{org}/things", change, [](const Request& r) { return Response::json(r.body); });
        RouteOptions edit = change;
        edit.requireIfMatch = true;
        route(Method::Put, "/o/{org}/edited", edit,
              [](const Request& r) { return Response::json(std::to_string(*ifMatch(r))); });
        RouteOptions server;
        server.access = Access::ServerAdmin;
        route(Method::Get, "/server", server, [](const Request&) { return Response::json("1"); });
        RouteOptions both;
        both.serverAdminToo = true;
        route(Method::Get, "/o/{org}/both", both, [](const Request&) { return Response::json("1"); });
        route(Method::Post, "/open", open(), [](const Request& r) { return Response::json(r.body); });
        start();
    }

    static std::string bearer(const std::string& who) { return "Authorization: Bearer " + who + "-token\r\n"; }
    static std::string put(const std::string& target, const std::string& body, const std::string& headers) {
        auto text = post(target, body, headers);
        return "PUT" + text.substr(4);
    }
};

TEST_F(DispatcherAnswers, writesAProblemDocument) {
    auto answer = ask(get("/nowhere"));

    auto problem = Poco::JSON::Parser().parse(answer.body).extract<Poco::JSON::Object::Ptr>();
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(problem->getValue<std::string>("type"), "/problems/not-found");
    EXPECT_EQ(problem->getValue<int>("status"), 404);
    EXPECT_EQ(problem->getValue<std::string>("instance"), "/nowhere");
    EXPECT_EQ(problem->getValue<std::string>("requestId"), answer.header("X-Request-Id"));
}

TEST_F(DispatcherAnswers, wantsASignedInPerson) {
    EXPECT_EQ(ask(get("/o/demo/things")).status, 401);
    EXPECT_EQ(ask(get("/o/demo/things", "Authorization: Bearer wrong\r\n")).status, 401);
    EXPECT_EQ(ask(get("/o/demo/things", "Authorization: Basic YTpi\r\n")).status, 401);
    EXPECT_EQ(ask(get("/o/demo/things", "Cookie: lmsd_session=wrong\r\n")).status, 401);
}

TEST_F(DispatcherAnswers, refusesInTheLanguageThatIsAskedFor) {
    const auto told = [this](const std::string& headers) { return ask(get("/o/demo/things", headers)).body; };

    EXPECT_THAT(told("Accept-Language: ru\r\n"), HasSubstr("Сначала войдите"));
    EXPECT_THAT(told("Accept-Language: ru\r\n"), HasSubstr(R"("code":"unauthorized")"));
    EXPECT_THAT(told("Accept-Language: en\r\n"), HasSubstr("Sign in first"));
    EXPECT_THAT(told(""), HasSubstr("Sign in first")) << "who names none gets the texts as they are";
}

TEST_F(DispatcherAnswers, knowsPeopleByTokenAndByCookie) {
    EXPECT_EQ(ask(get("/o/demo/things", bearer("vera"))).body, "\"vera\"");
    EXPECT_EQ(ask(get("/o/demo/things", "Cookie: a=b; lmsd_session=anna-cookie\r\n")).body, "\"anna\"");
}

TEST_F(DispatcherAnswers, aForeignOrganizationLooksLikeNone) {
    auto foreign = ask(get("/o/other/things", bearer("vera")));
    auto none = ask(get("/o/none-such/things", bearer("vera")));

    EXPECT_EQ(foreign.status, 404);
    EXPECT_EQ(none.status, 404);
    EXPECT_THAT(foreign.body, HasSubstr("The organization 'other' was not found."));
}

TEST_F(DispatcherAnswers, tooLowARoleIs403) {
    EXPECT_EQ(ask(put("/o/demo/things", "{}", bearer("vera"))).status, 403);
    EXPECT_EQ(ask(put("/o/demo/things", "{}", bearer("anna"))).status, 200);
}

TEST_F(DispatcherAnswers, theServersAdministratorSeesOnlyWhatIsMeantForThem) {
    const auto foreign = ask(get("/o/demo/things", bearer("root")));
    EXPECT_EQ(foreign.status, 403);
    EXPECT_THAT(foreign.body, HasSubstr("You have no role in the organization 'demo'")) << "not that it isn't there";
    EXPECT_EQ(ask(get("/o/demo/both", bearer("root"))).status, 200);
    EXPECT_EQ(ask(get("/server", bearer("root"))).status, 200);
    EXPECT_EQ(ask(get("/server", bearer("anna"))).status, 403);
}

TEST_F(DispatcherAnswers, aChangeByCookieNeedsTheCsrfToken) {
    const std::string cookie = "Cookie: lmsd_session=anna-cookie\r\n";

    EXPECT_THAT(ask(put("/o/demo/things", "{}", cookie)).body, HasSubstr("\"csrf\""));
    EXPECT_EQ(ask(put("/o/demo/things", "{}", cookie + "X-CSRF-Token: wrong-of-ann\r\n")).status, 403);
    EXPECT_EQ(ask(put("/o/demo/things", "{}", cookie + "X-CSRF-Token: csrf-of-anna\r\n")).status, 200);
}

TEST_F(DispatcherAnswers, anEditNeedsIfMatch) {
    EXPECT_EQ(ask(put("/o/demo/edited", "{}", bearer("anna"))).status, 428);
    EXPECT_EQ(ask(put("/o/demo/edited", "{}", bearer("anna") + "If-Match: \"7\"\r\n")).body, "7");
}

TEST_F(DispatcherAnswers, takesOnlyJsonWhereJsonIsMeant) {
    auto form = ask("POST /open HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");
    auto none = ask("POST /open HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");

    EXPECT_EQ(form.status, 415);
    EXPECT_EQ(none.status, 415);
}

TEST_F(DispatcherAnswers, refusesBytesThatAreNotUtf8) {
    EXPECT_EQ(ask(post("/open", "{\"a\":\"\xff\"}")).status, 400);
    EXPECT_EQ(ask(get("/o/%ff/things")).status, 400);
    EXPECT_EQ(ask(get("/o/demo/things?a=%fe")).status, 400);
    EXPECT_EQ(ask(get("/o/%2e%2e/things")).status, 400);
}

TEST_F(DispatcherAnswers, namesTheMethodsAnAddressTakes) {
    auto wrong = ask("DELETE /o/demo/things HTTP/1.1\r\nHost: x\r\n\r\n");
    auto options = ask("OPTIONS /o/demo/things HTTP/1.1\r\nHost: x\r\n\r\n");

    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, PUT, OPTIONS");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("Allow"), "GET, HEAD, PUT, OPTIONS");
    EXPECT_EQ(ask("BREW /o/demo/things HTTP/1.1\r\nHost: x\r\n\r\n").status, 501);
}

TEST_F(DispatcherAnswers, anUnexpectedExceptionShowsNothingOfTheInside) {
    route(Method::Get, "/boom", open(),
          [](const Request&) -> Response { throw std::runtime_error("no such table: secret_path"); });

    auto answer = ask(get("/boom"));

    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, Not(HasSubstr("secret_path")));
    EXPECT_THAT(answer.body, HasSubstr(answer.header("X-Request-Id")));
}

TEST_F(DispatcherAnswers, showsWrongFieldsAndTheCurrentState) {
    route(Method::Get, "/wrong", open(), [](const Request&) -> Response {
        throw AppError(412, "changed", "Changed meanwhile.", {{"/title", "empty", "write it"}})
            .withCurrent("{\"version\":3}");
    });

    auto answer = ask(get("/wrong"));

    EXPECT_THAT(answer.body, HasSubstr(R"("errors":[{"pointer":"/title","reason":"empty","fix":"write it"}])"));
    EXPECT_THAT(answer.body, HasSubstr(R"("current":{"version":3})"));
}

TEST_F(DispatcherAnswers, aHandlersHeaderCantSplitTheAnswer) {
    route(Method::Get, "/split", open(),
          [](const Request&) { return Response::json("1").header("X", "a\r\nSet-Cookie: b"); });

    auto answer = ask(get("/split"));

    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.head, Not(HasSubstr("Set-Cookie")));
}

TEST_F(DispatcherAnswers, everyAnswerCarriesTheSecurityHeaders) {
    route(Method::Get, "/page", open(), [](const Request&) {
        Response r;
        r.contentType = "text/html";
        r.body = "<p>";
        return r;
    });

    auto page = ask(get("/page"));
    auto data = ask(get("/nowhere"));

    EXPECT_TRUE(page.hasHeader("X-Content-Type-Options: nosniff"));
    EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("script-src 'self'"));
    EXPECT_THAT(page.header("Content-Security-Policy"), Not(HasSubstr("unsafe-inline")));
    // What the pages live on: module scripts, sheets that scripts construct (no policy asks), fetch, inline images.
    for (const auto* needed : {"connect-src 'self'", "style-src 'self'", "img-src 'self' data:", "default-src 'none'"})
        EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr(needed));
    EXPECT_TRUE(data.hasHeader("X-Content-Type-Options: nosniff"));
    EXPECT_THAT(data.header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
    EXPECT_EQ(data.header("Server"), "");
}

TEST_F(DispatcherAnswers, aStoppingModuleAnswers503WithRetryAfter) {
    auto module = router_.forOwner("m");
    auto r = module->add(Method::Get, "/m", open(), [](const Request&) { return Response::json("1"); });
    router_.setStopping("m", true);

    auto answer = ask(get("/m"));

    EXPECT_EQ(answer.status, 503);
    EXPECT_NE(answer.header("Retry-After"), "");
}

TEST_F(DispatcherAnswers, aStreamOfAModuleEndsWhenItsRouteIsTakenBack) {
    auto module = router_.forOwner("m");
    auto r = module->add(Method::Get, "/m", open(), [](const Request&) {
        Response response;
        response.contentType = "text/event-stream";
        response.stream = [](std::ostream& out) {
            while (true) out << ": still here\n\n" << std::flush;
        };
        return response;
    });
    RawClient client(server_->port());
    client.send(get("/m"));
    EXPECT_EQ(client.answer(true).status, 200);
    std::thread reader([&] { client.rest(); });

    r.reset();

    reader.join();
    EXPECT_EQ(ask(get("/m")).status, 404);
}

TEST_F(DispatcherAnswers, takesNoCompressedBody) {
    EXPECT_EQ(ask(post("/open", "{}", "Content-Encoding: gzip\r\n")).status, 415);
}

TEST_F(DispatcherAnswers, aFailureInsideKeepsItsCodeButNotItsDetail) {
    route(Method::Get, "/inside", open(),
          [](const Request&) -> Response { throw AppError(500, "db.broken", "/var/lib/secret"); });

    auto answer = ask(get("/inside"));

    EXPECT_THAT(answer.body, HasSubstr("db.broken"));
    EXPECT_THAT(answer.body, Not(HasSubstr("/var/lib/secret")));
}

TEST_F(DispatcherAnswers, knowsTheClientBehindAProxyByTheProxysOwnWordOnly) {
    route(Method::Get, "/me", open(), [](const Request& r) { return Response::json(r.clientAddress); });
    Dispatcher behind(router_, nullptr, logger_, {.accessLog = true, .maxStreams = 1, .behindProxy = true});
    HttpServer server(settings(), behind, logger_);
    server.start();
    auto me = [&](const std::string& headers) {
        RawClient client(server.port());
        client.send(get("/me", headers));
        return client.answer().body;
    };

    EXPECT_EQ(me("X-Forwarded-For: 10.9.9.9, 192.0.2.7\r\n"), "192.0.2.7");
    EXPECT_EQ(me("X-Forwarded-For: 10.9.9.9\r\nX-Forwarded-For: 192.0.2.7\r\n"), "192.0.2.7")
        << "the client's own line was believed";
    EXPECT_EQ(me("X-Forwarded-For: garbage\r\n"), "127.0.0.1");
    EXPECT_EQ(me(""), "127.0.0.1");
    EXPECT_EQ(ask(get("/me", "X-Forwarded-For: 192.0.2.7\r\n")).body, "127.0.0.1");
}

TEST_F(DispatcherAnswers, tooManyEventStreamsAreToldToPoll) {
    std::atomic<bool> go{false};
    route(Method::Get, "/events", open(), [&](const Request&) {
        Response r;
        r.contentType = "text/event-stream";
        r.stream = [&](std::ostream& out) {
            while (!go) out << ": still here\n\n" << std::flush;
        };
        return r;
    });
    Dispatcher two(router_, nullptr, logger_, {.accessLog = true, .maxStreams = 1});
    HttpServer server(settings(), two, logger_);
    server.start();
    RawClient first(server.port());
    first.send(get("/events"));
    EXPECT_EQ(first.answer(true).status, 200);

    RawClient second(server.port());
    second.send(get("/events"));

    EXPECT_EQ(second.answer().status, 503);
    go = true;
}

TEST_F(DispatcherAnswers, aStreamThatSaysNothingGivesItsSlotBackWhenItsClientIsGone) {
    route(Method::Get, "/events", open(), [&](const Request&) {
        Response r;
        r.contentType = "text/event-stream";
        r.stream = [](std::ostream& out) {
            out << ": here\n\n";
            while (true) {
                out << std::flush;
                std::this_thread::yield();
            }
        };
        return r;
    });
    Dispatcher one(router_, nullptr, logger_, {.accessLog = true, .maxStreams = 1});
    HttpServer server(settings(), one, logger_);
    server.start();
    auto status = [&] {
        RawClient client(server.port());
        client.send(get("/events"));
        return client.answer(true).status;
    };
    EXPECT_EQ(status(), 200);

    // The client above is gone by now; the server may need a moment to see it.
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    int next = 0;
    while ((next = status()) != 200 && std::chrono::steady_clock::now() < until) std::this_thread::yield();

    EXPECT_EQ(next, 200);
}

TEST_F(DispatcherAnswers, logsEveryRequestOnceWithoutItsSecrets) {
    auto answer = ask(get("/o/demo/things?token=hidden", bearer("vera")));
    server_->stop(std::chrono::seconds(1));

    auto log = logger_.all();
    EXPECT_THAT(
        log, HasSubstr("requestId=" + answer.header("X-Request-Id") + " method=GET route=/o/{org}/things status=200"));
    EXPECT_THAT(log, Not(HasSubstr("hidden")));
    EXPECT_THAT(log, Not(HasSubstr("vera-token")));
}

TEST(AcceptLanguage, prefersWhatTheHeaderPrefers) {
    EXPECT_EQ(languageOf(""), "ru");
    EXPECT_EQ(languageOf("en-US,en;q=0.9"), "en");
    EXPECT_EQ(languageOf("de,ru;q=0.3,en;q=0.5"), "en");
    EXPECT_EQ(languageOf("fr"), "ru");
}

}  // namespace
}  // namespace tests
