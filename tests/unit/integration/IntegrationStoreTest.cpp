#include "tests/unit/integration/StoreWorld.h"

using namespace plugin;
using namespace plugin::store;
using integration::IntegrationState;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::codeOf;

namespace {

class IntegrationStoreTest : public testing::Test, protected tests::StoreWorld {};

}  // namespace

TEST_F(IntegrationStoreTest, readsNothingAsVersionZero) {
    EXPECT_EQ(integrations.load(key).version, 0);
    EXPECT_EQ(statusOf(integrations.load(key)), integration::Status::NotDone);
}

TEST_F(IntegrationStoreTest, countsAVersionForEachChange) {
    EXPECT_EQ(integrations.change(key, 0, integration::open).version, 1);
    EXPECT_EQ(integrations.load(key).opened, 1);
}

TEST_F(IntegrationStoreTest, refusesTheLaterOfTwoWriters) {
    integrations.change(key, 0, integration::open);
    auto next = [](IntegrationState s) { return continueStage(std::move(s), 1); };
    integrations.change(key, 1, next);

    EXPECT_EQ(codeOf([&] { integrations.change(key, 1, next); }), "precondition-failed");
    EXPECT_EQ(integrations.load(key).version, 2);
}

TEST_F(IntegrationStoreTest, changesNothingWhenTheCommandIsRefused) {
    integrations.change(key, 0, integration::open);

    EXPECT_EQ(codeOf([&] { integrations.change(key, 1, integration::open); }), "integration.already-open");
    EXPECT_EQ(integrations.load(key).version, 1);
}

TEST_F(IntegrationStoreTest, keepsOrganisationsApart) {
    integrations.change(key, 0, integration::open);

    EXPECT_THAT(integrations.loadAll("demo"), SizeIs(1));
    EXPECT_THAT(integrations.loadAll("other"), IsEmpty());
}

TEST_F(IntegrationStoreTest, givesTheSameCheckForTheSameIdempotencyKey) {
    integrations.change(key, {}, integration::open);
    integrations.change(key, {}, [](IntegrationState s) { return continueStage(std::move(s), 1); });
    CheckRow first = check("check-a", 2, "test");
    first.idempotencyKey = "once";
    CheckRow second = first;
    second.id = "check-b";

    integrations.startCheck(key, 2, first, candidate("test"));
    StartedCheck again = integrations.startCheck(key, 2, second, candidate("test"));

    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(again.checkId, "check-a");
    second.fieldsFingerprint = "others";
    EXPECT_EQ(codeOf([&] { integrations.startCheck(key, 2, second, candidate("x")); }), "idempotency-key.reused");
}

TEST_F(IntegrationStoreTest, endsACheckThatNobodyWaitsForAsFailed) {
    integrations.change(key, {}, integration::open);
    integrations.change(key, {}, [](IntegrationState s) { return continueStage(std::move(s), 1); });
    integrations.startCheck(key, {}, check("check-a", 2, "test"), candidate("test"));
    integrations.disconnect(key, {});

    EXPECT_FALSE(integrations.finishCheck(key, "check-a", "[]", {true, "guid", ""}));
    EXPECT_EQ(integrations.findCheck(key, "check-a")->state, "failed");
    EXPECT_EQ(integrations.load(key).guid, "");
}

TEST_F(IntegrationStoreTest, findsChecksThatWereLeftRunning) {
    integrations.change(key, {}, integration::open);
    integrations.change(key, {}, [](IntegrationState s) { return continueStage(std::move(s), 1); });
    integrations.startCheck(key, {}, check("check-a", 2, "test"), candidate("test"));

    ASSERT_THAT(integrations.runningChecks(), SizeIs(1));
    EXPECT_EQ(integrations.runningChecks()[0].check.id, "check-a");
    EXPECT_EQ(integrations.runningChecks()[0].key.project, "bas");
}

TEST_F(IntegrationStoreTest, showsAnActiveIntegrationAsADestination) {
    setUp("one");
    EXPECT_THAT(integrations.active(""), IsEmpty());

    IntegrationState state = integrations.activate(key, {}, {}, tests::kTestAddress);

    auto all = integrations.active("demo");
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all[0].storeId, state.storeId);
    EXPECT_EQ(all[0].endpoint, "https://lrs.example.org");
    EXPECT_EQ(all[0].basicToken.reveal(), "token of one");
    EXPECT_TRUE(integrations.isStillActive("demo", "bas", state.storeId));
    EXPECT_THAT(integrations.active("other"), IsEmpty());
}

TEST_F(IntegrationStoreTest, showsTheStorageThatTheWizardChecked) {
    setUp("one");
    integrations.activate(key, {}, {}, tests::kTestAddress);
    EXPECT_FALSE(integrations.active("demo").at(0).storage) << "none was set up";

    secrets.put("demo/bas/s3-secret-key", host::sdk::SecretString("storage secret"));
    integrations.change(key, {}, [](IntegrationState s) {
        s.storage = {"user", "AKID", {"cret", "fingerprint"}, "https://s3.example.net", "provider"};
        return s;
    });

    const auto storage = integrations.active("demo").at(0).storage;
    ASSERT_TRUE(storage);
    EXPECT_EQ(storage->endpoint + " " + storage->bucket, "https://s3.example.net provider");
    EXPECT_EQ(storage->accessKeyId, "AKID");
    EXPECT_EQ(storage->secretKey.reveal(), "storage secret");
    EXPECT_TRUE(storage->typedByPerson);
}

TEST_F(IntegrationStoreTest, wipesSecretsAndScopeOnDisconnectButKeepsTheStore) {
    setUp("one");
    std::string storeId = integrations.activate(key, {}, {}, tests::kTestAddress).storeId;
    Scope scope;
    scope.allFlows = false;
    scope.flows = {7};
    integrations.saveScope(key, 0, scope);

    integrations.disconnect(key, {});

    EXPECT_THAT(secrets.all(), IsEmpty());
    EXPECT_TRUE(integrations.scope("demo", "bas").allFlows);
    EXPECT_EQ(integrations.scope("demo", "bas").version, 2);
    EXPECT_FALSE(integrations.isStillActive("demo", "bas", storeId));
    ASSERT_THAT(integrations.stores(key), SizeIs(1));
    EXPECT_TRUE(integrations.stores(key)[0].closedAt.has_value());
}

TEST_F(IntegrationStoreTest, goesOnWithTheSameStoreWhenEndpointAndBasicAreTheSame) {
    setUp("one");
    std::string first = integrations.activate(key, {}, {}, tests::kTestAddress).storeId;
    integrations.disconnect(key, {});
    setUp("one");

    EXPECT_EQ(integrations.activate(key, {}, {}, tests::kTestAddress).storeId, first);
    EXPECT_FALSE(integrations.stores(key)[0].closedAt.has_value());
}

TEST_F(IntegrationStoreTest, asksWhetherItIsTheSameStoreWhenTheKeyIsAnother) {
    setUp("one");
    std::string first = integrations.activate(key, {}, {}, tests::kTestAddress).storeId;
    integrations.disconnect(key, {});
    setUp("two");

    EXPECT_EQ(codeOf([&] { integrations.activate(key, {}, {}, tests::kTestAddress); }),
              "integration.same-store-required");
    EXPECT_EQ(integrations.activate(key, {}, {.sameStore = true}, tests::kTestAddress).storeId, first);
}

TEST_F(IntegrationStoreTest, makesANewStoreOnThePersonsWord) {
    setUp("one");
    std::string first = integrations.activate(key, {}, {}, tests::kTestAddress).storeId;
    integrations.disconnect(key, {});
    setUp("one", "https://other.example.org");

    EXPECT_NE(integrations.activate(key, {}, {.sameStore = false}, tests::kTestAddress).storeId, first);
    EXPECT_THAT(integrations.stores(key), SizeIs(2));
}

TEST_F(IntegrationStoreTest, keepsTheStoreWhenAKeyIsReplaced) {
    setUp("one");
    std::string storeId = integrations.activate(key, {}, {}, tests::kTestAddress).storeId;
    CheckRow row = check("check-r", 4, "two");
    row.purpose = "replace-basic";

    integrations.startCheck(key, {}, row, candidate("two"));
    integrations.finishCheck(key, "check-r", "[]", {true, "", ""});

    EXPECT_EQ(integrations.load(key).storeId, storeId);
    EXPECT_EQ(integrations.stores(key)[0].basicFingerprint, "two");
}

TEST_F(IntegrationStoreTest, bringsTheScopeBack) {
    Scope scope;
    scope.allFlows = false;
    scope.flows = {3, 4};
    scope.channels[3] = "tables";
    scope.leftOutLearners[9] = "отказался от передачи данных";

    integrations.saveScope(key, 0, scope);

    Scope back = integrations.scope("demo", "bas");
    EXPECT_THAT(back.flows, ElementsAre(3, 4));
    EXPECT_EQ(back.channels.at(3), "tables");
    EXPECT_EQ(back.leftOutLearners.at(9), "отказался от передачи данных");
    EXPECT_EQ(codeOf([&] { integrations.saveScope(key, 0, scope); }), "precondition-failed");
}
