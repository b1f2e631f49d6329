#include "plugin/api/PreviewApi.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

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

}  // namespace
