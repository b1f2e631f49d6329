// Which store a second set-up goes on with: counts, evidence and a person's word.
#include "plugin/store/IntegrationStore.h"
#include "plugin/store/OutboxStore.h"
#include "tests/unit/integration/StoreWorld.h"

using namespace plugin;
using namespace plugin::store;
using namespace tests;
using host::sdk::AppError;
using integration::StoreEvidence;
using testing::HasSubstr;

namespace {

struct StoreChoice : testing::Test, StoreWorld {
    /// An earlier store at https://lrs.example.org with `accepted` accepted rows, one in doubt and one waiting.
    std::string earlier(int accepted = 3) {
        setUp("one");
        const auto id = integrations.activate(key, {}, {}, kTestAddress).storeId;
        deliver(id, accepted);
        integrations.disconnect(key, {});
        return id;
    }
    std::string activate(const StoreWord& word) { return integrations.activate(key, {}, word, kTestAddress).storeId; }
    AppError refused(const StoreWord& word) {
        try {
            activate(word);
        } catch (const AppError& error) {
            return error;
        }
        ADD_FAILURE() << "nothing was refused";
        return AppError(200, "", "");
    }
};

}  // namespace

TEST_F(StoreChoice, asksWithTheCountsBeforeEyes) {
    const auto id = earlier();
    setUp("two");

    const auto error = refused({});

    EXPECT_EQ(error.code(), "integration.same-store-required");
    EXPECT_THAT(error.current(), HasSubstr(R"("counts":{"accepted":3,"confirmed":0,"inDoubt":1,"waiting":1)"));
    EXPECT_THAT(error.current(), HasSubstr(R"("evidence":null)"));
    EXPECT_THAT(error.current(), HasSubstr(R"("dueAgain":4)")) << "what waits is due anyway";
    EXPECT_THAT(error.current(),
                HasSubstr(R"({"sameStore":true,"store":")" + id + R"("},{"sameStore":false,"expected":4})"));
    EXPECT_FALSE(integrations.load(key).active);
}

TEST_F(StoreChoice, goesOnWithTheSameStoreAndItsRows) {
    const auto id = earlier();
    setUp("two");

    EXPECT_EQ(activate({.sameStore = true}), id);

    EXPECT_EQ(integrations.stores(key).size(), 1u);
    EXPECT_EQ(states(id), "accepted accepted accepted in_doubt waiting ");
}

TEST_F(StoreChoice, takesAnotherStoreOnlyWithTheNumberThatBecomesDue) {
    const auto id = earlier();
    setUp("two", "https://other.example.org");

    EXPECT_EQ(refused({.sameStore = false}).code(), "integration.confirm-counts");
    EXPECT_EQ(refused({.sameStore = false, .expected = 3}).code(), "integration.confirm-counts");
    deliver(id, 1, 900);  // an answer that came late
    EXPECT_EQ(refused({.sameStore = false, .expected = 4}).code(), "integration.confirm-counts") << "changed meanwhile";
    EXPECT_NE(activate({.sameStore = false, .expected = 5}), id);
}

TEST_F(StoreChoice, refusesAWordThatTheLrsContradictsUntilItIsSaidTwice) {
    const auto id = earlier();
    setUp("two", "https://other.example.org", {StoreEvidence{id, 3, 3, 0}});

    const auto error = refused({.sameStore = false, .expected = 4});
    EXPECT_EQ(error.code(), "integration.store-evidence");
    EXPECT_THAT(error.current(), HasSubstr(R"("evidence":{"asked":3,"found":3,"missing":0})"));
    EXPECT_NE(activate({.sameStore = false, .expected = 4, .confirm = true}), id);
}

TEST_F(StoreChoice, doubtsTheSameStoreWhenNothingSentIsFoundThere) {
    const auto id = earlier();
    setUp("two", "https://other.example.org", {StoreEvidence{id, 3, 0, 3}});

    EXPECT_EQ(refused({.sameStore = true}).code(), "integration.store-evidence");
    EXPECT_EQ(activate({.sameStore = true, .confirm = true}), id);
}

TEST_F(StoreChoice, takesAWordWhereTheLrsDoesNotLetRead) {
    const auto id = earlier();
    setUp("two", "https://other.example.org", {StoreEvidence{id, 1, 0, 0}});

    EXPECT_EQ(activate({.sameStore = true}), id);
}

TEST_F(StoreChoice, hardlyBelievesInAnotherStoreBehindTheSameDoor) {
    const auto id = earlier();
    setUp("one");

    EXPECT_EQ(refused({.sameStore = false, .expected = 4}).code(), "integration.store-evidence");
    EXPECT_EQ(activate({}), id);
}

TEST_F(StoreChoice, ofSeveralStoresTakesTheNamedOne) {
    const auto first = earlier();
    setUp("two", "https://other.example.org");
    const auto second = activate({.sameStore = false, .expected = 4});
    integrations.disconnect(key, {});
    setUp("three", "https://third.example.org");

    EXPECT_EQ(refused({.sameStore = true, .store = "no-such"}).code(), "integration.no-such-store");
    EXPECT_EQ(activate({.sameStore = true, .store = first}), first);
    EXPECT_NE(first, second);
}

TEST_F(StoreChoice, neverGoesOnWithWhatWasDeclaredTheTestContour) {
    const auto id = earlier();
    integrations.declareContour("demo", id, {}, {"test", "their letter", "anna"});
    setUp("one", "https://LRS.example.org/");
    EXPECT_EQ(refused({.sameStore = false, .expected = 4, .confirm = true}).code(), "integration.declared-test");
    integrations.disconnect(key, {});
    setUp("two", "https://other.example.org", {StoreEvidence{id, 3, 1, 2}});
    EXPECT_EQ(refused({.sameStore = false, .expected = 4, .confirm = true}).code(), "integration.declared-test")
        << "what went to test is found behind another door";
    integrations.disconnect(key, {});
    setUp("two", "https://other.example.org", {StoreEvidence{id, 3, 0, 3}});

    EXPECT_EQ(refused({.sameStore = true}).code(), "integration.no-such-store");
    EXPECT_EQ(refused({}).code(), "integration.same-store-required") << "the counts come first here too";
    EXPECT_NE(activate({.sameStore = false, .expected = 4}), id);
}

TEST_F(StoreChoice, opensAStoreOfTheTestContourWhereTheAddressLeadsThere) {
    setUp("one", kTestAddress);

    const auto id = integrations.activate(key, {}, {}, kTestAddress).storeId;

    EXPECT_TRUE(integrations.active("demo").at(0).test);
    EXPECT_TRUE(integrations.stores(key).at(0).isTest());
    EXPECT_EQ(codeOf([&] {
                  integrations.declareContour("demo", id, {}, {"production", "no", "anna"});
              }),
              "store.test-by-address");
}

TEST_F(StoreChoice, aDeclaredContourDisconnectsAtOnceAndTakesBackWhatWasTakenOver) {
    setUp("one");
    const auto id = integrations.activate(key, {}, {}, kTestAddress).storeId;
    deliver(id, 2);
    // As xAPI files do: another store of the project has taken over one row as told.
    database->write([&](Poco::Data::Session& session) {
        session << "UPDATE u2035_outbox SET store_id = '22222222-2222-4222-8222-222222222222' WHERE seq ="
                   " (SELECT MIN(seq) FROM u2035_outbox WHERE state = 'accepted')",
            Poco::Data::Keywords::now;
    });
    const auto version = integrations.stores(key).at(0).version;
    EXPECT_EQ(codeOf([&] {
                  integrations.declareContour("demo", id, version + 1, {"test", "c", "anna"});
              }),
              "precondition-failed");

    const auto declared = integrations.declareContour("demo", id, version, {"test", "their letter", "anna"});

    EXPECT_TRUE(declared.disconnected);
    EXPECT_EQ(declared.takenBack, 1);
    EXPECT_EQ(declared.row.comment, "their letter");
    EXPECT_TRUE(declared.row.closedAt);
    EXPECT_FALSE(integrations.isStillActive("demo", "bas", id));
    EXPECT_TRUE(secrets.all().empty());
    EXPECT_EQ(states("22222222-2222-4222-8222-222222222222"), "withdrawn ");
    EXPECT_EQ(codeOf([&] {
                  integrations.declareContour("demo", id, {}, {"test", "c", "anna"});
              }),
              "store.contour-unchanged");
    EXPECT_EQ(integrations.declareContour("demo", id, {}, {"production", "a mistake", "anna"}).row.contour,
              "production");
    EXPECT_EQ(codeOf([&] { integrations.declareContour("other", id, {}, {"test", "c", "anna"}); }), "not-found");
}

TEST_F(StoreChoice, readsBackOnlyWhatTheLrsItselfMustHave) {
    setUp("one");
    const auto id = integrations.activate(key, {}, {}, kTestAddress).storeId;
    deliver(id, 9);
    StoreRegistry registry(database);

    const auto known = registry.knownIds(id, 5);

    EXPECT_EQ(known.size(), 5u);
    database->write([&](Poco::Data::Session& session) {
        session << "UPDATE u2035_batch SET outcome = 'handed-over'", Poco::Data::Keywords::now;
    });
    EXPECT_TRUE(registry.knownIds(id, 5).empty());
}
