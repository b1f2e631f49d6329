#include "tests/unit/reflection_checking/ReflectionWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using host::sdk::AppError;
using testing::ElementsAre;

namespace {

struct ReflectionStore : testing::Test, ReflectionWorld {
    store::ReflectionRow row(std::int64_t id, const std::string& verdict = "fine", std::vector<std::string> codes = {},
                             std::int64_t revision = 1) {
        store::ReflectionRow out;
        out.id = id;
        out.revision = revision;
        out.project = "bas";
        out.programmeId = 1;
        out.flowId = 2;
        out.learnerId = id * 10;
        out.verdict = verdict;
        out.codes = std::move(codes);
        return out;
    }
    std::vector<std::int64_t> ids(store::ReflectionFilter filter, std::int64_t after = 0, std::size_t limit = 100) {
        filter.organization = org;
        std::vector<std::int64_t> out;
        for (const auto& one : store.list(filter, after, limit)) out.push_back(one.id);
        return out;
    }
};

TEST_F(ReflectionStore, writesOnlyWhatIsNewOrChanged) {
    EXPECT_EQ(store.replaceFlow(org, 2, {row(1), row(2, "flagged", {"mashing"})}), 2u);
    db.clock.advance(std::chrono::hours(24));

    EXPECT_EQ(store.replaceFlow(org, 2, {row(1), row(2, "flagged", {"mashing"})}), 0u);
    EXPECT_EQ(store.replaceFlow(org, 2, {row(1, "borderline", {"word-salad"}), row(2, "flagged", {"mashing"})}), 1u);
    EXPECT_GT(store.find(org, 1)->checkedAt, store.find(org, 2)->checkedAt);
}

TEST_F(ReflectionStore, forgetsReflectionsThatAreGoneButNoOtherFlows) {
    auto other = row(9);
    other.flowId = 3;
    store.replaceFlow(org, 3, {other});
    store.replaceFlow(org, 2, {row(1), row(2)});

    store.replaceFlow(org, 2, {row(2)});

    EXPECT_THAT(ids({}), ElementsAre(2, 9));
}

TEST_F(ReflectionStore, keepsMoreThanAPageOfAFlow) {
    std::vector<store::ReflectionRow> rows;
    for (std::int64_t id = 1; id <= 2'500; ++id) rows.push_back(row(id));
    EXPECT_EQ(store.replaceFlow(org, 2, rows), 2'500u);
    rows.resize(1'200);

    EXPECT_EQ(store.replaceFlow(org, 2, rows), 0u);

    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_reflection"), 1'200);
}

TEST_F(ReflectionStore, findsByVerdictCodeLearnerAndJudgement) {
    store.replaceFlow(
        org, 2,
        {row(1), row(2, "flagged", {"copied-from-learner", "too-short"}), row(3, "borderline", {"copied-by-others"})});
    store.judge(org, 3, 1, {"accept", "Писали вместе.", "anna", 0});
    store::ReflectionFilter doubtful, copied, accepted, unjudged, learner;
    doubtful.verdict = "doubtful";
    copied.code = "too-short";
    accepted.judged = "accept";
    unjudged.judged = "none";
    unjudged.verdict = "doubtful";
    learner.learnerId = 10;

    EXPECT_THAT(ids(doubtful), ElementsAre(2, 3));
    EXPECT_THAT(ids(copied), ElementsAre(2));
    EXPECT_THAT(ids(accepted), ElementsAre(3));
    EXPECT_THAT(ids(unjudged), ElementsAre(2));
    EXPECT_THAT(ids(learner), ElementsAre(1));
    EXPECT_THAT(ids({}, 1, 1), ElementsAre(2));
}

TEST_F(ReflectionStore, judgesAChangedTextAnew) {
    store.replaceFlow(org, 2, {row(1, "flagged", {"mashing"})});
    store.judge(org, 1, 1, {"accept", "Это формула.", "anna", 0});

    store.replaceFlow(org, 2, {row(1, "flagged", {"mashing"}, 2)});

    EXPECT_FALSE(store.find(org, 1)->judgement);
    EXPECT_TRUE(store.decided(org, 2).empty());
    EXPECT_EQ(db.number("SELECT COUNT(*) FROM u2035_reflection_judgement"), 1) << "the earlier one stays readable";
}

TEST_F(ReflectionStore, refusesAJudgementOfAnotherRevisionThanTheChecked) {
    store.replaceFlow(org, 2, {row(1, "flagged", {"mashing"}, 2)});

    try {
        store.judge(org, 1, 1, {"accept", "Старый текст.", "anna", 0});
        FAIL();
    } catch (const AppError& error) {
        EXPECT_EQ(error.status(), 412);
        EXPECT_EQ(error.current(), R"({"revision":2})");
    }
    EXPECT_THROW(store.judge(org, 77, 1, {"accept", "x", "anna", 0}), AppError);
}

TEST_F(ReflectionStore, keepsOrganizationsApart) {
    store.replaceFlow(org, 2, {row(1)});
    store.replaceFlow("other", 2, {row(5, "flagged", {"mashing"})});

    EXPECT_THAT(ids({}), ElementsAre(1));
    EXPECT_FALSE(store.find(org, 5));
    EXPECT_THROW(store.judge(org, 5, 1, {"accept", "x", "anna", 0}), AppError);
}

}  // namespace
