#include "plugin/api/CorrectionsApi.h"
#include "plugin/api/StatementsApi.h"
#include "plugin/api/UnsendableApi.h"
#include "tests/unit/delivery/QuarantineWorld.h"

#include <gmock/gmock.h>

using namespace plugin;
using namespace tests;
using testing::HasSubstr;

namespace {

/// Names in rows, and what lists are searched by.
struct ListRows : QuarantineWay {
    ListRows() {
        keep(statementsApi.addTo(host.router_));
        keep(unsendableApi.addTo(host.router_));
        keep(correctionsApi.addTo(host.router_));
        auto& learner = host.records_.learners_[0];
        learner.lastName = "Семёнова";
        learner.firstName = "Анна";
        learner.middleName = "Петровна";
        learner.externalId = "s-1041";
        host.records_.structures_[0].flow.title = host.records_.flows_[0].title = "Осень 2025";
    }
    void keep(std::vector<host::sdk::Registration> more) {
        for (auto& one : more) routes.push_back(std::move(one));
    }
    Poco::JSON::Array::Ptr items(const std::string& path) {
        const auto answer = get(path);
        EXPECT_EQ(answer.status, 200) << path << ": " << answer.body;
        return answer.json()->getArray("items");
    }
    std::size_t found(const std::string& path) { return items(path)->size(); }

    api::StatementsApi statementsApi{outbox, readings, host.recordNames_};
    api::UnsendableApi unsendableApi{runs, corrections, host.recordNames_};
    api::CorrectionsApi correctionsApi{corrections, host.records_, host.recordNames_, host.journal_};
};

TEST_F(ListRows, bearNamesByOneLookUpAPage) {
    lrs.poisoned_ = {idOf("result", kResult)};
    run();
    host.recordNames_.asked_ = 0;

    const auto rows = items("/statements?kind=learner.grade");
    const auto refused = row();

    EXPECT_EQ(host.recordNames_.asked_, 2);
    for (const auto& one : {rows->getObject(0), refused}) {
        EXPECT_EQ(text(one, "learnerName"), "Семёнова Анна Петровна");
        EXPECT_EQ(text(one, "flowTitle"), "Осень 2025");
        EXPECT_NE(text(one, "elementTitle"), "");
    }
    EXPECT_EQ(text(refused, "learnerExternalId"), "s-1041");
    EXPECT_FALSE(items("/statements?kind=methodist.course")->getObject(0)->has("learnerName"));
}

TEST_F(ListRows, bearNamesInATableTooByOneLookUp) {
    lrs.poisoned_ = {idOf("result", kResult)};
    run();
    for (const auto* path : {"/statements?kind=learner.grade", "/quarantine?", "/unsendable?kind=learner.grade"}) {
        host.recordNames_.asked_ = 0;

        const auto csv = get(path, host::sdk::Role::Methodist, "text/csv").body;

        EXPECT_EQ(host.recordNames_.asked_, 1) << path;
        EXPECT_THAT(csv, HasSubstr(",learnerName,flowTitle,moduleTitle,elementTitle\r\n")) << path;
        EXPECT_THAT(csv, HasSubstr(",Семёнова Анна Петровна,Осень 2025,")) << path;
        EXPECT_THAT(csv, HasSubstr(",Тест по теме\r\n")) << path;
    }
    EXPECT_THAT(get("/corrections", host::sdk::Role::Methodist, "text/csv").body, HasSubstr(",elementTitle\r\n"));
}

TEST_F(ListRows, ofStatementsAreFoundByPersonAndIds) {
    const auto refused = idOf("result", kResult);
    lrs.poisoned_ = {refused};
    run();
    const auto all = found("/statements?limit=1000");

    const auto theirs = found("/statements?limit=1000&q=СЕМЕНОВА анна");
    EXPECT_GT(theirs, 0U);
    EXPECT_LT(theirs, all);
    EXPECT_EQ(found("/statements?limit=1000&q=S-1041"), theirs);
    EXPECT_EQ(found("/statements?q=" + refused.substr(0, 18)), 1U);
    EXPECT_EQ(found("/statements?q=никто"), 0U);
    EXPECT_EQ(found("/statements?limit=1000&q= "), all);
    EXPECT_EQ(get("/statements?q=" + std::string(201, 'x')).status, 400);
}

TEST_F(ListRows, ofQuarantineAreFoundByPersonAndIds) {
    const auto refused = idOf("result", kResult);
    lrs.poisoned_ = {refused};
    run();
    const auto errorId = text(row(), "errorId");
    ASSERT_FALSE(errorId.empty());

    EXPECT_EQ(many("q=семёнова"), 1U);
    EXPECT_EQ(many("q=" + refused.substr(4, 20)), 1U);
    EXPECT_EQ(many("q=" + errorId), 1U);
    EXPECT_EQ(many("q=никто"), 0U);
    EXPECT_EQ(get("/quarantine/groups?q=анна").json()->getValue<int>("total"), 1);
    EXPECT_EQ(get("/quarantine/groups?q=иван").json()->getValue<int>("total"), 0);
    EXPECT_EQ(post("/quarantine/discard", R"({"filter":{"q":"никто"},"expected":1,"comment":"не нужно"})").status, 409);
}

TEST_F(ListRows, areSummedUpByState) {
    lrs.poisoned_ = {idOf("result", kResult)};
    run();

    const auto summary = get("/statements/summary").json();
    const auto byState = summary->getObject("byState");

    EXPECT_EQ(byState->getValue<int>("quarantined"), 1);
    EXPECT_EQ(byState->getValue<std::int64_t>("accepted"), inState("accepted"));
    EXPECT_EQ(summary->getValue<std::size_t>("total"), found("/statements?limit=1000"));
    EXPECT_EQ(get("/statements/summary?q=никто").json()->getValue<int>("total"), 0);
}

TEST_F(ListRows, ofTheUnsendableCountPeopleAndAreFoundByName) {
    host.records_.learners_[0].untiId.clear();
    run();

    const auto rows = items("/unsendable?code=no-unti-id&limit=1000");
    const auto summary = get("/unsendable/summary").json();

    ASSERT_GT(rows->size(), 1U);
    EXPECT_EQ(text(rows->getObject(0), "learnerName"), "Семёнова Анна Петровна");
    EXPECT_FALSE(rows->getObject(0)->has("decidable"));
    EXPECT_EQ(summary->getObject("learners")->getValue<int>("no-unti-id"), 1);
    EXPECT_EQ(found("/unsendable?code=no-unti-id&limit=1000&q=семенова"), rows->size());
    EXPECT_EQ(found("/unsendable?q=никто"), 0U);
}

TEST_F(ListRows, ofWhatChangedAfterSendingSayWhetherOneCanDecide) {
    run();
    nextDay();
    for (auto& result : host.records_.results_)
        if (result.id == kResult) {
            result.raw = 77;
            ++result.revision;
        }
    run();

    const auto rows = items("/unsendable?code=changed-after-sending");

    ASSERT_EQ(rows->size(), 1U);
    EXPECT_TRUE(rows->getObject(0)->getValue<bool>("decidable"));
    const auto decided = post("/corrections", R"({"decision":"keep","comment":"Так и было","unsendable":[")" +
                                                  text(rows->getObject(0), "id") + R"("]})");
    EXPECT_EQ(decided.status, 200) << decided.body;
    EXPECT_EQ(text(items("/corrections")->getObject(0), "learnerName"), "Семёнова Анна Петровна");
}

TEST_F(ListRows, ofRunsTellTheirCountsByProject) {
    run();

    store::RunRow last = runs.list(org, 0, 1).at(0);

    ASSERT_EQ(last.projects.size(), 1U);
    EXPECT_GT(last.projects.at("bas").at("delivered"), 0);
    EXPECT_EQ(last.projects.at("bas").at("delivered"), last.counts.at("delivered"));
    EXPECT_EQ(last.counts.at("confirmedOfSent"), inState("confirmed"));
}

}  // namespace
