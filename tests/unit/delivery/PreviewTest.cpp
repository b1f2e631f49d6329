#include "plugin/api/PreviewApi.h"
#include "plugin/api/ProfilesApi.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

#include <fstream>
#include <iterator>

using namespace plugin;
using namespace tests;
using host::sdk::Method;
using testing::HasSubstr;

namespace {

struct PreviewOfStatements : testing::Test, NightWorld {
    PreviewOfStatements() { routes = previewApi.addTo(host.router_); }

    FakeRouter::Answer ask(const std::string& more = "", host::sdk::Role role = host::sdk::Role::Methodist) {
        return host.router_.call(Method::Post, "/api/v1/organizations/" + org + "/u2035/preview", withRole(org, role),
                                 {.body = fmt::format(R"({{"flow":{}{}}})", sample.structure.flow.id, more)});
    }
    delivery::Preview of(bool all = false) {
        return delivery::preview(parts(), {org, sample.structure.flow.id, 0, {}, 200, all, nullptr});
    }
    delivery::PreviewParts parts() {
        return {host.records_, host.organizations_, db, db.clock, profiles, integrations, sample.installationId};
    }

    std::string org = sample.organization.id;
    api::PreviewApi previewApi{parts()};
    std::vector<host::sdk::Registration> routes;
};

TEST_F(PreviewOfStatements, keepsAndSendsNothing) {
    connect();

    EXPECT_EQ(ask().status, 200);

    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_outbox"), 0);
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_unsendable"), 0);
    EXPECT_TRUE(lrs.posts().empty());
}

TEST_F(PreviewOfStatements, showsByteForByteWhatTheNightThenSends) {
    connect();
    const auto before = of();

    run();

    ASSERT_GT(before.statements.size(), 20u);
    for (const auto& one : before.statements) {
        const auto detail = outbox.detail(org, one.draft.statementId);
        ASSERT_TRUE(detail);
        EXPECT_EQ(detail->bytes, one.draft.bytes);
    }
    EXPECT_EQ(static_cast<std::int64_t>(before.statements.size()), inState("accepted"));
}

TEST_F(PreviewOfStatements, showsFrozenBytesThoughTheClockMovedOn) {
    connect();
    lrs.always(SimulatedLrs::Fault{SimulatedLrs::Fault::Kind::Status, 401});
    run();
    db.clock.advance(std::chrono::hours(5));

    const auto later = of();

    ASSERT_FALSE(later.statements.empty());
    EXPECT_EQ(later.statements[0].state, "waiting");
    EXPECT_EQ(outbox.detail(org, later.statements[0].draft.statementId)->bytes, later.statements[0].draft.bytes);
}

TEST_F(PreviewOfStatements, showsWhatWasDeliveredOnlyWhenAllIsAsked) {
    connect();
    run();

    EXPECT_TRUE(of().statements.empty());
    const auto all = of(true);
    EXPECT_EQ(static_cast<std::int64_t>(all.statements.size()), inState("accepted"));
    EXPECT_EQ(all.statements[0].state, "accepted");
}

TEST_F(PreviewOfStatements, ofOneLearnerAndKindShowsJustThose) {
    const auto answer = ask(R"(,"learner":501,"kind":"learner.grade")");

    const auto statements = answer.json()->getArray("statements");
    ASSERT_GT(statements->size(), 0u);
    for (unsigned i = 0; i < statements->size(); ++i) {
        EXPECT_EQ(statements->getObject(i)->getValue<std::string>("kind"), "learner.grade");
        EXPECT_EQ(statements->getObject(i)->getValue<std::string>("learner"), "501");
        EXPECT_FALSE(statements->getObject(i)->isNull("dependsOn"));
    }
}

TEST_F(PreviewOfStatements, endsWhenThereIsEnoughToShowAndSaysSo) {
    const auto answer = ask(R"(,"limit":2)").json();

    EXPECT_EQ(answer->getArray("statements")->size(), 2u);
    EXPECT_FALSE(answer->getValue<bool>("complete"));
}

TEST_F(PreviewOfStatements, namesWhatCanNotGo) {
    host.records_.learners_[0].untiId.clear();

    EXPECT_THAT(ask(R"(,"kind":"learner.grade")").body, HasSubstr("no-unti-id"));
}

TEST_F(PreviewOfStatements, namesEverythingThatIsWrongWithTheQuestion) {
    const auto answer = ask(R"(,"learner":9999,"kind":"learner.nothing")");

    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("/learner"));
    EXPECT_THAT(answer.body, HasSubstr("learner.video"));
    EXPECT_EQ(ask(R"(,"limit":0,"some":1)").status, 422);
}

TEST_F(PreviewOfStatements, ofAFlowThatIsNotThereIsNotFound) {
    host.records_.structures_.clear();

    EXPECT_EQ(ask().status, 404);
}

TEST_F(PreviewOfStatements, isNotForAViewer) {
    EXPECT_EQ(ask("", host::sdk::Role::Viewer).status, 403);
}

struct ProfileTrials : PreviewOfStatements {
    ProfileTrials() { profileRoutes = profilesApi.addTo(host.router_); }

    FakeRouter::Answer check(const std::string& body, const std::string& profile = "bas") {
        host::sdk::Principal admin;
        admin.login = "root";
        admin.signedIn = admin.serverAdmin = true;
        return host.router_.call(Method::Post, "/api/v1/organizations/" + org + "/u2035/profiles/" + profile + "/check",
                                 admin, {.body = body});
    }
    /// learner.video with another verb.
    static std::string kind(const std::string& name = "learner.video") {
        std::string text = R"({"name":"NAME","from":"view","elements":["video"],"template":{"id":"{statement.id}",)"
                           R"("version":"1.0.3","timestamp":"{statement.timestamp}","actor":{"objectType":"Agent",)"
                           R"("account":{"homePage":"{profile.homePage}","name":"{learner.untiId}"}},)"
                           R"("verb":{"id":"https://my.2035.university/xapi/v1/verbs/looked","display":)"
                           R"({"ru-RU":"Смотрел"}},"object":{"id":"{ref.element}","objectType":"StatementRef"},)"
                           R"("context":{"extensions":{"https://api.2035.university/project":"{profile.project}"}}}})";
        return text.replace(text.find("NAME"), 4, name);
    }

    api::ProfilesApi profilesApi{parts(), std::filesystem::path(LMSD_SOURCE_DIR) / "config/profiles"};
    std::vector<host::sdk::Registration> profileRoutes;
};

TEST_F(ProfileTrials, showAPastedKindOnTheSampleAndOnARealFlowAndChangeNothing) {
    const auto answer = check(fmt::format(R"({{"statement":{},"flow":{}}})", kind(), sample.structure.flow.id));

    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.json()->getValue<bool>("valid"));
    for (const auto* part : {"sample", "flow"}) {
        const auto statements = answer.json()->getObject(part)->getArray("statements");
        ASSERT_GT(statements->size(), 0u) << part;
        const auto statement = statements->getObject(0)->getObject("statement");
        EXPECT_EQ(statement->getObject("verb")->getValue<std::string>("id"),
                  "https://my.2035.university/xapi/v1/verbs/looked");
    }
    EXPECT_THAT(answer.body, HasSubstr("перезапустите"));
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_outbox"), 0);
    EXPECT_THAT(ask(R"(,"kind":"learner.video")").body, testing::Not(HasSubstr("verbs/looked")));
}

TEST_F(ProfileTrials, nameEveryFaultByItsPointer) {
    auto wrong = kind("learner.new");
    wrong.replace(wrong.find("{learner.untiId}"), 16, "{learner.untiID}");

    const auto answer = check(R"({"statement":)" + wrong + "}");

    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.json()->getValue<bool>("valid"));
    EXPECT_TRUE(answer.json()->isNull("sample"));
    EXPECT_THAT(answer.body, HasSubstr("/template/actor/account/name"));
    EXPECT_THAT(answer.body, HasSubstr("learner.untiId"));
}

TEST_F(ProfileTrials, takeAWholeProfile) {
    std::ifstream in(std::filesystem::path(LMSD_SOURCE_DIR) / "config/profiles/bas.json");
    const std::string text{std::istreambuf_iterator<char>(in), {}};

    const auto answer = check(R"({"profile":)" + text + "}");

    EXPECT_TRUE(answer.json()->getValue<bool>("valid")) << answer.body;
    EXPECT_GT(answer.json()->getObject("sample")->getArray("statements")->size(), 20u);
    EXPECT_GT(answer.json()->getArray("warnings")->size(), 0u);
}

TEST_F(ProfileTrials, nameWhatIsWrongWithTheQuestion) {
    EXPECT_EQ(check("{}").status, 422);
    EXPECT_EQ(check(R"({"profile":{},"statement":{}})").status, 422);
    EXPECT_EQ(check(R"({"statement":{"x":1}})").status, 422);
    EXPECT_EQ(check(R"({"statement":)" + kind() + R"(,"flow":99999})").status, 404);
    EXPECT_EQ(check(R"({"statement":)" + kind() + "}", "nobody").status, 404);
}

TEST_F(ProfileTrials, areTheServersAdministratorsOnly) {
    const auto answer = host.router_.call(Method::Post, "/api/v1/organizations/" + org + "/u2035/profiles/bas/check",
                                          asAdmin(org), {.body = R"({"statement":)" + kind() + "}"});

    EXPECT_EQ(answer.status, 403);
}

}  // namespace
