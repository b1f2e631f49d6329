#include "host/http/RouterImpl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

using namespace host::http;
using namespace host::sdk;
using Outcome = RouterImpl::Match::Outcome;

namespace {

RouteOptions open(const std::string& id = {}) {
    RouteOptions options;
    options.access = Access::Public;
    options.operation.id = id;
    return options;
}

Handler says(const std::string& text) {
    return [text](const Request&) { return Response::json(text); };
}

std::string answerOf(RouterImpl& router, Method method, const std::vector<std::string>& segments) {
    auto match = router.match(method, segments);
    return match.outcome == Outcome::Found ? match.route->handler({}).body : "";
}

TEST(RouterImpl, givesTheValuesOfParameters) {
    RouterImpl router;
    auto r = router.add(Method::Get, "/a/{one}/b/{two}", open(), says("1"));

    auto match = router.match(Method::Get, {"a", "x", "b", "y"});

    EXPECT_EQ(match.outcome, Outcome::Found);
    EXPECT_EQ(match.parameters, (std::vector<std::string>{"x", "y"}));
}

TEST(RouterImpl, prefersALiteralAndFallsBackToTheParameter) {
    RouterImpl router;
    auto a = router.add(Method::Get, "/a/list", open(), says("list"));
    auto b = router.add(Method::Get, "/a/{id}/more", open(), says("more"));

    EXPECT_EQ(answerOf(router, Method::Get, {"a", "list"}), "list");
    EXPECT_EQ(answerOf(router, Method::Get, {"a", "list", "more"}), "more");
}

TEST(RouterImpl, refusesADescriptionThatIsNoJsonAndAddsNothing) {
    struct Case {
        const char* what;
        std::string Operation::*member;
        const char* text;
    };
    for (const auto& [what, member, text] : {Case{"request schema", &Operation::requestSchema, "{broken"},
                                             Case{"response schema", &Operation::responseSchema, "[]"},
                                             Case{"request example", &Operation::requestExample, R"({"a":1,})"},
                                             Case{"response example", &Operation::responseExample, "a;b"}}) {
        RouterImpl router;
        auto options = open("documented");
        options.operation.*member = text;

        try {
            auto r = router.add(Method::Post, "/a", options, says("1"));
            ADD_FAILURE() << what << " was taken";
        } catch (const AppError& error) {
            EXPECT_EQ(error.code(), "route-refused");
            EXPECT_THAT(error.what(), testing::HasSubstr(std::string("POST /a' can't be added: its ") + what));
        }
        EXPECT_TRUE(router.describe().empty());
    }
}

TEST(RouterImpl, takesAnExampleOfABodyThatIsNoJson) {
    RouterImpl router;
    auto options = open("documented");
    options.operation.requestContentType = "text/csv";
    options.operation.requestExample = "a;b";

    auto r = router.add(Method::Post, "/a", options, says("1"));

    EXPECT_EQ(router.describe().size(), 1U);
}

TEST(RouterImpl, takesNoEmptyParameter) {
    RouterImpl router;
    auto r = router.add(Method::Get, "/a/{id}", open(), says("1"));

    EXPECT_EQ(router.match(Method::Get, {"a", ""}).outcome, Outcome::NotFound);
}

TEST(RouterImpl, namesTheMethodsOfAPath) {
    RouterImpl router;
    auto a = router.add(Method::Get, "/a", open(), says("1"));
    auto b = router.add(Method::Put, "/a", open(), says("1"));

    auto match = router.match(Method::Delete, {"a"});

    EXPECT_EQ(match.outcome, Outcome::WrongMethod);
    EXPECT_EQ(match.allow, "GET, HEAD, PUT, OPTIONS");
}

TEST(RouterImpl, refusesTwoRoutesOfOneShape) {
    RouterImpl router;
    auto a = router.forOwner("first")->add(Method::Get, "/a/{x}", open(), says("1"));

    try {
        auto b = router.add(Method::Get, "/a/{y}", open(), says("2"));
        FAIL();
    } catch (const AppError& e) {
        EXPECT_THAT(e.what(), testing::HasSubstr("'/a/{x}' of 'first' is already there"));
    }
}

TEST(RouterImpl, refusesAnOperationIdThatIsTaken) {
    RouterImpl router;
    auto a = router.add(Method::Get, "/a", open("listA"), says("1"));

    EXPECT_THROW(router.add(Method::Get, "/b", open("listA"), says("2")).reset(), AppError);
}

TEST(RouterImpl, refusesMalformedPaths) {
    RouterImpl router;

    for (const auto* path : {"", "a", "/a//b", "/a/", "/a/{}", "/a/x{id}", "/{a}/{a}"})
        EXPECT_THROW(router.add(Method::Get, path, open(), says("1")).reset(), AppError) << path;
}

TEST(RouterImpl, refusesOrganizationAccessWithoutTheOrganization) {
    RouterImpl router;

    EXPECT_THROW(router.add(Method::Get, "/a/{id}", RouteOptions{}, says("1")).reset(), AppError);
}

TEST(RouterImpl, forgetsARouteWhenItsRegistrationGoes) {
    RouterImpl router;
    {
        auto r = router.add(Method::Get, "/a", open("a"), says("1"));
        EXPECT_EQ(answerOf(router, Method::Get, {"a"}), "1");
    }
    EXPECT_EQ(router.match(Method::Get, {"a"}).outcome, Outcome::NotFound);
    auto again = router.add(Method::Get, "/a", open("a"), says("2"));
    EXPECT_EQ(answerOf(router, Method::Get, {"a"}), "2");
}

TEST(RouterImpl, takesBackAllOfAModuleAndNothingElse) {
    RouterImpl router;
    auto host = router.add(Method::Get, "/host", open(), says("host"));
    auto module = router.forOwner("m");
    auto a = module->add(Method::Get, "/m/a", open(), says("a"));
    auto b = module->add(Method::Put, "/m/{b}", open(), says("b"));

    router.removeOwner("m");

    EXPECT_EQ(router.match(Method::Get, {"m", "a"}).outcome, Outcome::NotFound);
    EXPECT_EQ(router.match(Method::Put, {"m", "x"}).outcome, Outcome::NotFound);
    EXPECT_EQ(answerOf(router, Method::Get, {"host"}), "host");
}

TEST(RouterImpl, aHandleMayOutliveTheRouter) {
    auto router = std::make_unique<RouterImpl>();
    auto r = router->add(Method::Get, "/a", open(), says("1"));

    router.reset();

    r.reset();
}

TEST(RouterImpl, saysThatAModuleIsStopping) {
    RouterImpl router;
    auto module = router.forOwner("m");
    auto a = module->add(Method::Get, "/a", open(), says("a"));

    router.setStopping("m", true);
    auto b = module->add(Method::Get, "/b", open(), says("b"));

    EXPECT_EQ(router.match(Method::Get, {"a"}).outcome, Outcome::Stopping);
    EXPECT_EQ(router.match(Method::Get, {"b"}).outcome, Outcome::Stopping);
    router.setStopping("m", false);
    EXPECT_EQ(answerOf(router, Method::Get, {"a"}), "a");
}

TEST(RouterImpl, takingBackWaitsForTheRequestInFlight) {
    RouterImpl router;
    auto r = router.add(Method::Get, "/a", open(), says("1"));
    std::promise<void> entered;
    std::promise<void> goOn;
    std::atomic<bool> left{false};
    std::thread request([&] {
        auto match = router.match(Method::Get, {"a"});
        entered.set_value();
        goOn.get_future().wait();
        left = true;
    });
    entered.get_future().wait();
    auto undo = std::async(std::launch::async, [&] {
        r.reset();
        return left.load();
    });

    EXPECT_EQ(undo.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
    goOn.set_value();

    EXPECT_TRUE(undo.get());
    request.join();
}

TEST(RouterImpl, aHandlerMayTakeBackItsOwnRoute) {
    RouterImpl router;
    Registration r;
    r = router.add(Method::Get, "/a", open(), [&](const Request&) {
        r.reset();
        return Response::json("done");
    });

    EXPECT_EQ(answerOf(router, Method::Get, {"a"}), "done");
    EXPECT_EQ(router.match(Method::Get, {"a"}).outcome, Outcome::NotFound);
}

}  // namespace
