#include "common/Encoding.h"
#include "host/http/Lists.h"
#include "tests/unit/http/Fixture.h"

namespace {

using namespace tests;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Role;

/// A list of `total` rows; a row's text has a line break and a quote.
struct WholeCsv : ServerTest {
    void list(int total, int largest = 1000, int breaksAt = -1) {
        host::sdk::RouteOptions options = open();
        options.operation.queryParameters = host::http::listParameters();
        route(Method::Get, "/list", options, [=, this](const Request& request) {
            const int limit = std::stoi(request.queryValue("limit").value_or("100"));
            if (limit > largest) throw host::sdk::AppError::badRequest("too many");
            const int from = std::stoi(request.queryValue("cursor").value_or("0"));
            if (from == breaksAt) throw host::sdk::AppError(503, "busy", "busy");
            filters.push_back(request.queryValue("state").value_or("-") + (request.queryValue("format") ? "!" : ""));
            host::http::ListPage page;
            page.columns = {"id", "a \"name\"\nin two lines"};
            for (int i = from; i < std::min(total, from + limit); ++i) {
                page.items.push_back(std::to_string(i));
                page.rows.push_back({std::to_string(i), "x\n\"" + std::to_string(i)});
            }
            if (from + limit < total) page.next = std::to_string(from + limit);
            return host::http::listResponse(request, std::move(page));
        });
        start();
    }
    static std::string rows(int from, int to) {
        std::string out;
        for (int i = from; i < to; ++i) out += std::to_string(i) + ",\"x\n\"\"" + std::to_string(i) + "\"\r\n";
        return out;
    }
    const std::string head = "\xEF\xBB\xBFid,\"a \"\"name\"\"\nin two lines\"\r\n";
    std::vector<std::string> filters;
};

TEST_F(WholeCsv, theWholeListIsOneDocument) {
    list(2500);
    const auto answer = ask(get("/list?format=csv&state=open"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Type"), "text/csv; charset=utf-8");
    EXPECT_EQ(answer.header("Link"), "");
    EXPECT_EQ(answer.body, head + rows(0, 2500));
    EXPECT_EQ(filters, (std::vector<std::string>{"open", "open", "open"}));
}

TEST_F(WholeCsv, aListOfSmallerPagesToo) {
    list(250, 100);
    EXPECT_EQ(ask(get("/list?format=csv")).body, head + rows(0, 250));
}

TEST_F(WholeCsv, onePageWhenOneIsNamed) {
    list(2500);
    const auto answer = ask(get("/list?format=csv&limit=2"));
    EXPECT_EQ(answer.body, head + rows(0, 2));
    EXPECT_NE(answer.header("Link"), "");
    EXPECT_EQ(ask(get("/list?format=csv&cursor=2499")).body, head + rows(2499, 2500));
}

TEST_F(WholeCsv, jsonByTheAddressOverridesAccept) {
    list(1);
    EXPECT_EQ(ask(get("/list?format=json", "Accept: text/csv\r\n")).body, R"({"items":[0],"next":null})");
    EXPECT_EQ(ask(get("/list?format=xml")).status, 400);
}

TEST_F(WholeCsv, aPageThatFailsBreaksTheAnswerOff) {
    list(2500, 1000, 2000);
    RawClient client(server_->port());
    client.send(get("/list?format=csv"));
    EXPECT_THROW(client.answer(), std::runtime_error);
}

TEST_F(WholeCsv, whatIsNoListGivesNone) {
    route(Method::Get, "/one", open(), [](const Request&) { return host::sdk::Response::json("{}"); });
    start();
    EXPECT_EQ(ask(get("/one?format=csv")).status, 406);
    EXPECT_EQ(ask(get("/one")).status, 200);
}

TEST_F(WholeCsv, aRouteKeepsAFormatOfItsOwn) {
    auto options = open();
    options.operation.queryParameters = {{"format", "of its own"}};
    route(Method::Get, "/own", options,
          [](const Request& request) { return host::sdk::Response::json(request.queryValue("format").value_or("")); });
    start();
    EXPECT_EQ(ask(get("/own?format=pdf")).body, "pdf");
}

struct BasicSignIn : ServerTest {
    BasicSignIn() {
        host::http::Identity identity;
        identity.principal.login = "token:excel";
        identity.principal.roles["spo"] = Role::Viewer;
        authenticator_.tokens["secret:token"] = identity;
        route(Method::Get, "/o/{org}", {}, [](const Request&) { return host::sdk::Response::json("[]"); });
        route(Method::Post, "/o/{org}", {}, [](const Request&) { return host::sdk::Response::json("[]"); });
        start();
    }
    static std::string basic(const std::string& pair) {
        return "Authorization: Basic " + common::toBase64(pair) + "\r\n";
    }
};

TEST_F(BasicSignIn, aTokenIsThePasswordOfAnyName) {
    EXPECT_EQ(ask(get("/o/spo", basic("anything:secret:token"))).status, 200);
    EXPECT_EQ(ask(get("/o/spo", basic(":secret:token"))).status, 200);
    EXPECT_EQ(ask(get("/o/spo", basic("secret:token"))).status, 401);
    EXPECT_EQ(ask(get("/o/spo", "Authorization: Basic %%%\r\n")).status, 401);
    EXPECT_EQ(ask(get("/o/other", basic("x:secret:token"))).status, 404);
}

TEST_F(BasicSignIn, forReadingOnlyAndNeverForAnotherSite) {
    EXPECT_EQ(ask(post("/o/spo", "{}", basic("x:secret:token"))).status, 401);
    EXPECT_EQ(ask(get("/o/spo", basic("x:secret:token") + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"))
                  .status,
              401);
}

TEST_F(BasicSignIn, onlySpreadsheetsAreAskedForIt) {
    EXPECT_EQ(ask(get("/o/spo")).header("WWW-Authenticate"), "Bearer realm=\"lmsd\"");
    EXPECT_EQ(ask(get("/o/spo?format=csv")).header("WWW-Authenticate").substr(0, 5), "Basic");
}

}  // namespace
