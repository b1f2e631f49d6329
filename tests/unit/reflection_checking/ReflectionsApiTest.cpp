#include "tests/unit/reflection_checking/ReflectionWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using host::sdk::Method;
using host::sdk::Role;
using testing::HasSubstr;
using testing::Not;

namespace {

struct ReflectionsApi : testing::Test, ReflectionWorld {
    ReflectionsApi() {
        routes = api.addTo(host.router_);
        reflect(1, 10, kHonest);
        reflect(2, 20, kOther);
        reflect(3, 30,
                "НАКОНЕЦ-ТО понял, зачем перед вылетом смотреть на влажность, а не только на ветер! Раньше про "
                "обледенение винтов вообще не думал, а преподаватель показал фото с реального падения.");
        check();
    }
    FakeRouter::Answer get(const std::string& path, const std::string& accept = "application/json",
                           Role role = Role::Methodist) {
        return host.router_.call(Method::Get, base + path, withRole(org, role),
                                 {.body = {}, .headers = {{"accept", accept}}});
    }
    FakeRouter::Answer judge(std::int64_t id, const std::string& body, const std::string& etag = "\"1\"") {
        FakeCall call{.body = body};
        if (!etag.empty()) call.headers = {{"if-match", etag}};
        return host.router_.call(Method::Post, base + "/" + std::to_string(id) + "/judgement",
                                 withRole(org, Role::Methodist), call);
    }

    std::string base = "/api/v1/organizations/" + org + "/u2035/reflections";
    api::ReflectionsApi api{store, host.records_, host.recordNames_, host.journal_};
    std::vector<host::sdk::Registration> routes;
};

TEST_F(ReflectionsApi, listsWhatLooksWrongWithoutTheTexts) {
    auto answer = get("?verdict=doubtful");

    auto items = answer.json()->getArray("items");
    ASSERT_EQ(items->size(), 1u);
    EXPECT_EQ(items->getObject(0)->getValue<std::string>("id"), "3");
    EXPECT_EQ(items->getObject(0)->getArray("checks")->getObject(0)->getValue<std::string>("code"),
              "copied-from-learner");
    EXPECT_THAT(answer.body, Not(HasSubstr("обледенение")));
}

TEST_F(ReflectionsApi, pagesByIdAndGivesCsv) {
    auto first = get("?limit=2");
    auto next = first.json()->getValue<std::string>("next");
    auto second = get("?limit=2&cursor=" + next);
    auto csv = get("?limit=2", "text/csv");

    EXPECT_EQ(first.json()->getArray("items")->size(), 2u);
    EXPECT_EQ(second.json()->getArray("items")->getObject(0)->getValue<std::string>("id"), "3");
    EXPECT_TRUE(second.json()->isNull("next"));
    EXPECT_THAT(csv.contentType, HasSubstr("text/csv"));
    EXPECT_THAT(csv.body, HasSubstr("id,revision,project"));
    EXPECT_THAT(csv.header("Link"), HasSubstr("rel=\"next\""));
}

TEST_F(ReflectionsApi, refusesAFilterThatThereIsNot) {
    EXPECT_EQ(get("?code=copy").status, 400);
    EXPECT_EQ(get("?verdict=bad").status, 400);
    EXPECT_EQ(get("?flow=x").status, 400);
}

TEST_F(ReflectionsApi, sumsUpByVerdict) {
    auto counts = get("/summary").json();

    EXPECT_EQ(counts->getValue<int>("total"), 3);
    EXPECT_EQ(counts->getObject("byVerdict")->getValue<int>("flagged"), 1);
}

TEST_F(ReflectionsApi, showsBothTextsSideBySide) {
    auto answer = get("/3");

    EXPECT_EQ(answer.etag(), "\"1\"");
    auto one = answer.json()->getArray("findings")->getObject(0)->getArray("resembles")->getObject(0);
    EXPECT_EQ(one->getValue<std::string>("reflection"), "1");
    std::string mine, theirs;
    bool same = false;
    for (unsigned i = 0; i < one->getArray("this")->size(); ++i)
        mine += one->getArray("this")->getObject(i)->getValue<std::string>("text");
    for (unsigned i = 0; i < one->getArray("other")->size(); ++i) {
        theirs += one->getArray("other")->getObject(i)->getValue<std::string>("text");
        same = same || one->getArray("other")->getObject(i)->getValue<bool>("same");
    }
    EXPECT_EQ(mine, record(2).text);
    EXPECT_EQ(theirs, kHonest);
    EXPECT_TRUE(same);
    EXPECT_FALSE(answer.json()->getValue<bool>("changed"));
}

TEST_F(ReflectionsApi, saysWhenTheTextWasChangedSinceTheCheck) {
    host.records_.reflections_[2].revision = 2;

    EXPECT_TRUE(get("/3").json()->getValue<bool>("changed"));
}

TEST_F(ReflectionsApi, keepsAJudgementAndWritesTheJournalWithoutTheText) {
    auto answer = judge(3, R"({"decision":"accept","comment":"Проверила: писали вместе."})");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json()->getObject("judgement")->getValue<std::string>("by"), "anna");
    EXPECT_EQ(check()(record(2)).fate, footprint::ReflectionVerdict::Fate::Send);
    EXPECT_THAT(host.journal_.actions(), testing::ElementsAre("reflection.judged"));
    EXPECT_THAT(host.journal_.text(), HasSubstr("Проверила"));
    EXPECT_THAT(host.journal_.text(), Not(HasSubstr("обледенение")));
}

TEST_F(ReflectionsApi, refusesAJudgementWithoutCommentOrRevision) {
    EXPECT_EQ(judge(3, R"({"decision":"accept"})").status, 422);
    EXPECT_EQ(judge(3, R"({"decision":"accept","comment":"  "})").status, 422);
    EXPECT_EQ(judge(3, R"({"decision":"maybe","comment":"x"})").status, 422);
    EXPECT_EQ(judge(3, R"({"decision":"accept","comment":"x","force":true})").status, 422);
    EXPECT_EQ(judge(3, R"({"decision":"accept","comment":"x"})", "").status, 428);
    EXPECT_EQ(judge(3, R"({"decision":"accept","comment":"x"})", "\"2\"").status, 412);
    EXPECT_EQ(judge(3, R"({"decision":"accept","comment":"x"})", "*").status, 400);
    EXPECT_EQ(judge(99, R"({"decision":"accept","comment":"x"})").status, 404);
    EXPECT_TRUE(host.journal_.actions().empty());
}

TEST_F(ReflectionsApi, isForMethodistsOnly) {
    EXPECT_EQ(get("", "application/json", Role::Viewer).status, 403);
    EXPECT_EQ(get("/3", "application/json", Role::Viewer).status, 403);
}

TEST_F(ReflectionsApi, doesNotKnowAReflectionThatWasNeverChecked) {
    EXPECT_EQ(get("/77").status, 404);
    EXPECT_EQ(get("/abc").status, 404);
}

}  // namespace
