// Contours and stores over REST: what is refused before anything is sent, what the LRS is asked, what a person says.
#include "common/Uuid.h"
#include "plugin/api/StoresApi.h"
#include "plugin/store/OutboxStore.h"
#include "tests/unit/wizard_api/WizardFixture.h"

using namespace plugin;
using namespace tests;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

namespace {

class StoresApi : public WizardFixture {
protected:
    StoresApi() {
        for (auto& one : storesApi.addTo(host.router_)) routes.push_back(std::move(one));
    }
    /// `count` statements that the store has accepted; their ids.
    std::vector<std::string> deliver(const std::string& storeId, int count) {
        store::OutboxStore outbox(database, host.clock_);
        std::vector<footprint::StatementDraft> drafts;
        std::vector<std::string> ids;
        for (int i = 1; i <= count; ++i) {
            footprint::StatementDraft draft;
            draft.statementId = common::Uuid::v5(common::Uuid::kNamespaceDns, "grade-" + std::to_string(i));
            draft.kind = "learner.grade";
            draft.record = {"result", i, 1};
            draft.flowId = 7;
            draft.learnerId = 1'000 + i;
            draft.bytes = "{}";
            ids.push_back(draft.statementId);
            drafts.push_back(std::move(draft));
        }
        outbox.add({storeId, "demo", "bas"}, "bas", "bas@1", 1, drafts);
        store::BatchResult result;
        for (const auto& row : outbox.due(storeId, store::DueKind::Learners, host.clock_.now(), {}, 100))
            result.accepted.push_back(row.seq);
        result.batchId = outbox.startBatch(storeId, 1, result.accepted, 100);
        result.outcome = "accepted";
        outbox.finishBatch(result);
        return ids;
    }
    std::string storeId() { return get().json()->getValue<std::string>("storeId"); }
    void disconnect() { post("/disconnect", R"({"confirm":true})"); }
    FakeRouter::Answer getStores(const std::string& rest = "", const std::string& accept = "application/json") {
        return host.router_.call(Method::Get, stores_ + rest, asAdmin("demo"),
                                 {.body = {}, .headers = {{"accept", accept}}});
    }
    FakeRouter::Answer declare(const std::string& id, const std::string& body, const std::string& etag) {
        return host.router_.call(Method::Post, stores_ + "/" + id + "/contour", asAdmin("demo"),
                                 {.body = body, .headers = {{"if-match", etag}}});
    }
    Poco::JSON::Object::Ptr lastStep(const std::string& name) {
        auto steps = lastCheck()->getArray("steps");
        for (unsigned i = 0; i < steps->size(); ++i)
            if (steps->getObject(i)->getValue<std::string>("name") == name) return steps->getObject(i);
        return {};
    }

    const std::string stores_ = "/api/v1/organizations/demo/u2035/stores";
    plugin::api::StoresApi storesApi{stores, *runner, host.journal_};
    std::vector<host::sdk::Registration> routes;
};

constexpr const char* kDeclared = R"({"contour":"test","comment":"Письмо Университета 20.35"})";

}  // namespace

TEST_F(StoresApi, refusesTheTestAddressAsProductionBeforeAnythingIsSent) {
    toStage4();
    const auto asked = host.http_.seen().size();

    auto answer = post("/stages/4/check", productionBody("production-key", "http://TEST.example.org//data/xapi"));

    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr(R"("/endpoint")"));
    EXPECT_THAT(answer.body, HasSubstr("это адрес тестового контура"));
    EXPECT_THAT(answer.body, HasSubstr("возьмите «xAPI Endpoint» из письма о промышленном контуре"));
    EXPECT_EQ(host.http_.seen().size(), asked);
}

TEST_F(StoresApi, refusesAProfileThatNamesOneAddressForBothContours) {
    facts.productionEndpoint = facts.testEndpoint;
    begin();
    toStage4();

    auto answer = post("/stages/4/check", R"({"key":"p","secret":"secret"})");

    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(answer.body, HasSubstr("сообщите администратору сервера"));
}

TEST_F(StoresApi, showsLoudlyThatTheAdministratorsAddressLeadsToTest) {
    EXPECT_THAT(get().body, Not(HasSubstr("warning")));
    auto put =
        host.router_.call(Method::Put, path("/endpoints"), asServerAdmin(),
                          {R"({"production":"https://test.example.org/data/xAPI"})", {{"if-match", get().etag()}}});
    ASSERT_EQ(put.status, 200) << put.body;
    EXPECT_THAT(put.body, HasSubstr(R"("contour":"test")"));
    toStage4();
    auto body = productionBody();
    const std::string typed = R"("endpoint":"https://lrs.example.org/data/xAPI",)";
    body.erase(body.find(typed), typed.size());
    EXPECT_EQ(post("/stages/4/check", body).status, 202);
    EXPECT_EQ(post("/stages/4/continue").status, 200);

    EXPECT_EQ(get().json()->getValue<std::string>("contour"), "test");
    EXPECT_THAT(get().json()->getValue<std::string>("warning"), HasSubstr("ведёт в тестовый контур"));
    EXPECT_THAT(get("", "en").json()->getValue<std::string>("warning"), HasSubstr("leads to the test contour"));
    EXPECT_TRUE(integrations.active("demo").at(0).test) << "the night asks this";
    EXPECT_EQ(getStores().json()->getArray("items")->getObject(0)->getValue<std::string>("contour"), "test");
}

TEST_F(StoresApi, readsBackWhatAnEarlierStoreHasAndTellsBeforeAsking) {
    toActive();
    const auto id = storeId();
    const auto ids = deliver(id, 9);
    peers.known = {ids.begin(), ids.end()};
    disconnect();
    toStage4();

    post("/stages/4/check", productionBody("another-key"));

    EXPECT_EQ(lastStep("lrs.known")->getValue<std::string>("observed"), "Запрошено 5, найдено 5, нет 0");
    auto asked = post("/stages/4/continue");
    EXPECT_EQ(asked.code(), "integration.same-store-required");
    auto current = asked.json()->getObject("current");
    EXPECT_EQ(current->getValue<int>("dueAgain"), 9);
    auto first = current->getArray("earlierStores")->getObject(0);
    EXPECT_EQ(first->getObject("evidence")->getValue<int>("found"), 5);
    EXPECT_EQ(first->getObject("counts")->getValue<int>("accepted"), 9);
    auto against = post("/stages/4/continue", R"({"sameStore":false,"expected":9})");
    EXPECT_EQ(against.status, 409);
    EXPECT_EQ(against.code(), "integration.store-evidence");
    EXPECT_THAT(against.body, HasSubstr("Ответы самого LRS противоречат"));
    EXPECT_EQ(post("/stages/4/continue", R"({"sameStore":true})").json()->getValue<std::string>("storeId"), id);
}

TEST_F(StoresApi, anotherStoreIsTakenWithItsNumber) {
    toActive();
    const auto id = storeId();
    deliver(id, 9);
    disconnect();
    toStage4();
    post("/stages/4/check", productionBody("another-key"));
    EXPECT_EQ(lastStep("lrs.known")->getValue<std::string>("observed"), "Запрошено 5, найдено 0, нет 5");

    EXPECT_EQ(post("/stages/4/continue", R"({"sameStore":false})").code(), "integration.confirm-counts");
    EXPECT_EQ(post("/stages/4/continue", R"({"store":"x","sameStore":false})").status, 422);
    auto answer = post("/stages/4/continue", R"({"sameStore":false,"expected":9})");

    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.json()->getValue<std::string>("storeId"), id);
    EXPECT_EQ(host.journal_.actions().back(), "integration.activated");
}

TEST_F(StoresApi, aKeyThatMayNotReadIsAWarningAndNoProof) {
    toActive();
    deliver(storeId(), 3);
    peers.readable = false;
    disconnect();
    toStage4();

    post("/stages/4/check", productionBody("another-key"));

    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "passed");
    EXPECT_EQ(lastStep("lrs.known")->getValue<std::string>("state"), "warning");
    EXPECT_EQ(post("/stages/4/continue", R"({"sameStore":true})").status, 200);
}

TEST_F(StoresApi, aReplacedKeyThatOpensAnotherStoreIsRefused) {
    toActive();
    const auto ids = deliver(storeId(), 3);
    post("/credentials/replace", R"({"credential":"basic","key":"new-key","secret":"secret-of-it"})");
    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "failed");
    EXPECT_EQ(lastStep("lrs.known")->getValue<std::string>("code"), "another-store");
    EXPECT_EQ(host.secrets_.all().at("demo/bas/production-basic"), common::toBase64("production-key:secret-of-it"));

    peers.known = {ids.begin(), ids.end()};
    post("/credentials/replace", R"({"credential":"basic","key":"new-key","secret":"secret-of-it"})");
    EXPECT_EQ(lastCheck()->getValue<std::string>("state"), "passed");
}

TEST_F(StoresApi, aStoreIsDeclaredTheTestContourAndItsIntegrationStopsAtOnce) {
    toActive();
    const auto id = storeId();
    const auto ids = deliver(id, 3);
    auto list = getStores().json()->getArray("items");
    ASSERT_EQ(list->size(), 1u);
    EXPECT_EQ(list->getObject(0)->getObject("counts")->getValue<int>("accepted"), 3);
    EXPECT_TRUE(list->getObject(0)->isNull("closedAt"));
    EXPECT_EQ(declare(id, kDeclared, "\"99\"").status, 412);
    EXPECT_EQ(declare(id, R"({"contour":"test"})", getStores("/" + id).etag()).status, 422) << "no comment";
    EXPECT_EQ(declare(id, R"({"contour":"other","comment":"c"})", getStores("/" + id).etag()).status, 422);

    auto answer = declare(id, kDeclared, getStores("/" + id).etag());

    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.json()->getValue<std::string>("contour"), "test");
    EXPECT_EQ(answer.json()->getValue<std::string>("declaredBy"), "anna");
    EXPECT_EQ(status(), "not-done");
    EXPECT_FALSE(integrations.isStillActive("demo", "bas", id)) << "a running night stops after the batch in flight";
    EXPECT_TRUE(host.secrets_.all().empty());
    const auto actions = host.journal_.actions();
    EXPECT_THAT(std::vector<std::string>(actions.end() - 2, actions.end()),
                ElementsAre("store.contour-declared", "integration.disconnected"));
    EXPECT_THAT(getStores("", "text/csv").body, HasSubstr(id + ",bas,test,declared,anna"));

    // The same door again: refused before anything is sent; another door to the same LRS: by what is found there.
    toStage4();
    const auto asked = host.http_.seen().size();
    auto again = post("/stages/4/check", productionBody());
    EXPECT_EQ(again.code(), "integration.declared-test");
    EXPECT_THAT(again.body, HasSubstr("объявлено тестовым контуром"));
    EXPECT_EQ(host.http_.seen().size(), asked);
    peers.known = {ids.begin(), ids.end()};
    post("/stages/4/check", productionBody("another-key", "https://door.example.org/xAPI"));
    EXPECT_EQ(lastStep("lrs.known")->getValue<std::string>("code"), "test-contour");
    EXPECT_FALSE(canContinue(4));
    peers.known.clear();
    post("/stages/4/check", productionBody("another-key", "https://door.example.org/xAPI"));
    EXPECT_EQ(post("/stages/4/continue").code(), "integration.same-store-required");
    EXPECT_EQ(post("/stages/4/continue", R"({"sameStore":true})").code(), "integration.no-such-store");
    EXPECT_EQ(post("/stages/4/continue", R"({"sameStore":false,"expected":3})").status, 200);
    EXPECT_NE(storeId(), id);
}

TEST_F(StoresApi, listsPageByPageAndOnlyOnesOwn) {
    toActive();
    const auto first = storeId();
    disconnect();
    host.clock_.advance(std::chrono::hours(1));
    toStage4();
    post("/stages/4/check", productionBody("another-key"));
    post("/stages/4/continue", R"({"sameStore":false})");
    const auto second = storeId();

    auto page = getStores("?limit=1").json();
    EXPECT_EQ(page->getArray("items")->getObject(0)->getValue<std::string>("id"), second);
    auto next = getStores("?limit=1&cursor=" + page->getValue<std::string>("next")).json();
    EXPECT_EQ(next->getArray("items")->getObject(0)->getValue<std::string>("id"), first);
    EXPECT_TRUE(next->isNull("next"));
    EXPECT_EQ(getStores("?project=free").json()->getArray("items")->size(), 0u);
    EXPECT_EQ(getStores("/no-such").status, 404);
}
