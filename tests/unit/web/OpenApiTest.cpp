#include "host/accounts/AccountsApi.h"
#include "host/accounts/OrganizationsApi.h"
#include "host/http/OpenApi.h"
#include "tests/unit/accounts/Fixture.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

using namespace host::http;
using namespace host::sdk;
using Poco::JSON::Array;
using Poco::JSON::Object;

namespace tests {
namespace {

class NoJournal : public Journal {
public:
    void append(const JournalEntry&) override {}
};

class OpenApiDocument : public AccountsTest {
protected:
    OpenApiDocument() {
        keep(host::accounts::registerAccountsApi(router_, accounts_, journal_, {}));
        keep(host::accounts::registerOrganizationsApi(router_, organizations_, participation_, journal_));
        registrations_.push_back(registerOpenApi(router_, "1.2.3"));
        RouteOptions page;
        page.access = Access::Public;
        registrations_.push_back(router_.add(Method::Get, "/page", page, [](const Request&) { return Response(); }));
    }

    void keep(std::vector<Registration> more) {
        for (auto& one : more) registrations_.push_back(std::move(one));
    }

    Object::Ptr document() {
        auto match = router_.match(Method::Get, {"api", "v1", "openapi.json"});
        return Poco::JSON::Parser().parse(match.route->handler({}).body).extract<Object::Ptr>();
    }
    Object::Ptr operation(const std::string& path, const std::string& method) {
        return document()->getObject("paths")->getObject(path)->getObject(method);
    }

    NoJournal journal_;
    RouterImpl router_;
    std::vector<Registration> registrations_;
};

TEST_F(OpenApiDocument, describesEveryRouteThatHasAnOperationAndNothingElse) {
    auto paths = document()->getObject("paths");

    std::size_t described = 0;
    for (const auto& path : paths->getNames()) described += paths->getObject(path)->size();
    std::size_t routes = 0;
    for (const auto& route : router_.describe()) {
        if (route.options.operation.id.empty()) continue;
        ++routes;
        ASSERT_TRUE(paths->has(route.path)) << route.path;
    }
    EXPECT_EQ(described, routes);
    EXPECT_FALSE(paths->has("/page"));
}

TEST_F(OpenApiDocument, everyOperationHasASummaryATagAndAnAnswer) {
    auto paths = document()->getObject("paths");

    for (const auto& path : paths->getNames()) {
        auto item = paths->getObject(path);
        for (const auto& method : item->getNames()) {
            auto op = item->getObject(method);
            EXPECT_NE(op->getValue<std::string>("summary"), "") << path;
            EXPECT_NE(op->getArray("tags")->getElement<std::string>(0), "Other") << path;
            EXPECT_TRUE(op->getObject("responses")->has("default")) << path;
        }
    }
}

TEST_F(OpenApiDocument, namesThePathParametersAndIfMatch) {
    auto parameters = operation("/api/v1/organizations/{org}", "put")->getArray("parameters");

    std::vector<std::string> names;
    for (unsigned i = 0; i < parameters->size(); ++i) {
        auto one = parameters->getObject(i);
        names.push_back(one->getValue<std::string>("in") + ":" + one->getValue<std::string>("name"));
        EXPECT_TRUE(one->getValue<bool>("required"));
    }
    EXPECT_THAT(names, testing::ElementsAre("path:org", "header:If-Match"));
}

TEST_F(OpenApiDocument, tellsWhoMayAndHowToProveIt) {
    auto open = operation("/api/v1/session", "post");
    auto edit = operation("/api/v1/organizations/{org}", "put");

    EXPECT_EQ(open->getArray("security")->size(), 0U);
    EXPECT_EQ(edit->getArray("security")->size(), 2U);
    EXPECT_EQ(edit->getValue<std::string>("x-who"), "organization-admin of the organization, server-admin");
    auto schemes = document()->getObject("components")->getObject("securitySchemes");
    EXPECT_EQ(schemes->getObject("cookie")->getValue<std::string>("name"), "lmsd_session");
    EXPECT_EQ(schemes->getObject("bearer")->getValue<std::string>("scheme"), "bearer");
}

TEST_F(OpenApiDocument, theServerTellsItsNameAndVersionToAnybody) {
    auto server = registerServerApi(router_, "1.2.3");

    auto match = router_.match(Method::Get, {"api", "v1", "server"});

    EXPECT_EQ(match.route->options.access, Access::Public);
    EXPECT_EQ(match.route->handler({}).body, R"({"name":"lmsd","version":"1.2.3","api":"v1"})");
}

TEST_F(OpenApiDocument, followsRoutesThatComeAndGo) {
    RouteOptions options;
    options.access = Access::Public;
    options.operation.id = "later";
    options.operation.tag = "Later";
    options.operation.requestExample = "a;b\n1;2";
    options.operation.requestContentType = "text/csv";
    auto later = router_.add(Method::Post, "/later", options, [](const Request&) { return Response(); });

    auto content = operation("/later", "post")->getObject("requestBody")->getObject("content")->getObject("text/csv");
    EXPECT_EQ(content->getObject("schema")->getValue<std::string>("type"), "string");
    EXPECT_EQ(content->getValue<std::string>("example"), "a;b\n1;2");
    later.reset();

    EXPECT_FALSE(document()->getObject("paths")->has("/later"));
}

}  // namespace
}  // namespace tests
