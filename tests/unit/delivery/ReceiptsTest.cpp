// The chain of receipts: what it holds, that every change of it is seen, and how people see it.
#include "common/Sha256.h"
#include "plugin/api/ReceiptsApi.h"
#include "tests/unit/delivery/NightWorld.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using host::sdk::Method;
using host::sdk::Role;
using testing::HasSubstr;

namespace {

struct Receipts : testing::Test, NightWorld {
    Receipts() {
        settings.readBack.mode = delivery::ReadBackSettings::Mode::Whole;
        routes = api.addTo(host.router_);
        connect();
        for (int night = 0; night < 3; ++night) run();
    }

    FakeRouter::Answer get(const std::string& path, Role role = Role::Viewer,
                           const std::string& accept = "application/json") {
        return host.router_.call(Method::Get, base + path, withRole(org, role),
                                 {.body = {}, .headers = {{"accept", accept}}});
    }
    /// What verify says of the chain after a change behind its back: the broken receipt's number.
    std::int64_t brokenAfter(const std::string& sql) {
        db.execute(sql);
        const auto check = receipts.verify(org);
        EXPECT_FALSE(check.reason.empty()) << sql;
        reason = check.reason;
        return check.brokenNumber.value_or(-1);
    }

    store::ReceiptStore receipts{db};
    api::ReceiptsApi api{receipts};
    std::vector<host::sdk::Registration> routes;
    std::string org = sample.organization.id;
    std::string base = "/api/v1/organizations/" + org + "/u2035";
    std::string reason;
};

TEST_F(Receipts, areAChainThatIsWhole) {
    const auto check = receipts.verify(org);

    EXPECT_FALSE(check.brokenNumber) << check.reason;
    EXPECT_EQ(check.receipts, 3);
    EXPECT_EQ(check.head.receipts, 3);
    EXPECT_EQ(check.head.hash, receipts.list({.organization = org}, 0, 1).at(0).hash);
    EXPECT_EQ(receipts.verify("other").receipts, 0);
    EXPECT_FALSE(receipts.verify("other").brokenNumber);
}

TEST_F(Receipts, aChangedTextIsSeen) {
    EXPECT_EQ(brokenAfter("UPDATE u2035_receipt SET text = REPLACE(text, '\"missing\":0', '\"missing\":1')"
                          " WHERE number = 2"),
              2);
    EXPECT_THAT(reason, HasSubstr("хеш"));
}

TEST_F(Receipts, aTextChangedWithItsHashIsSeenByTheNextOne) {
    const auto text =
        db.text("SELECT REPLACE(text, '\"missing\":0', '\"missing\":1') FROM u2035_receipt WHERE number = 2");
    EXPECT_EQ(brokenAfter("UPDATE u2035_receipt SET text = '" + text + "', hash = '" + common::Sha256::hex(text) +
                          "' WHERE number = 2"),
              3);
}

TEST_F(Receipts, aRemovedOneIsSeenWhereverItStood) {
    EXPECT_EQ(brokenAfter("DELETE FROM u2035_receipt WHERE number = 2"), 2);
}

TEST_F(Receipts, aCutOffEndIsSeen) {
    EXPECT_EQ(brokenAfter("DELETE FROM u2035_receipt WHERE number = 3"), 3);
    EXPECT_THAT(reason, HasSubstr("отрезан"));
}

TEST_F(Receipts, anEndBeyondTheHeadIsSeen) {
    EXPECT_EQ(brokenAfter("UPDATE u2035_receipt_head SET receipts = 2, hash = (SELECT hash FROM u2035_receipt WHERE"
                          " number = 2)"),
              3);
    EXPECT_EQ(brokenAfter("DELETE FROM u2035_receipt_head"), 1);
}

TEST_F(Receipts, aChangedListOfStatementsIsSeen) {
    EXPECT_EQ(brokenAfter("UPDATE u2035_receipt_item SET fate = 'missing' WHERE receipt_id = 1 AND position = 3"), 1);
}

TEST_F(Receipts, aMissingStatementOfAListIsSeen) {
    EXPECT_EQ(brokenAfter("DELETE FROM u2035_receipt_item WHERE receipt_id = 1 AND position = (SELECT MAX(position)"
                          " FROM u2035_receipt_item)"),
              1);
}

TEST_F(Receipts, aColumnThatBeliesTheTextIsSeen) {
    EXPECT_EQ(brokenAfter("UPDATE u2035_receipt SET run_id = 99 WHERE number = 2"), 2);
}

TEST_F(Receipts, areListedWithWordsForPeople) {
    auto list = get("/receipts").json()->getArray("items");

    ASSERT_EQ(list->size(), 3u);
    EXPECT_THAT(list->getObject(0)->getValue<std::string>("summary"), HasSubstr("Ничего нового"));
    EXPECT_THAT(list->getObject(2)->getValue<std::string>("summary"), HasSubstr("Передано и принято: "));
    EXPECT_EQ(list->getObject(2)->getObject("receipt")->getValue<std::string>("flow"),
              std::to_string(sample.structure.flow.id));
    EXPECT_EQ(get("/receipts?flow=" + std::to_string(sample.structure.flow.id)).json()->getArray("items")->size(), 1u);
    EXPECT_EQ(get("/receipts?run=2").json()->getArray("items")->size(), 1u);
    EXPECT_EQ(get("/receipts?project=none").json()->getArray("items")->size(), 0u);
    EXPECT_EQ(get("/receipts?flow=x").status, 400);
    auto first = get("/receipts?limit=2").json();
    auto rest = get("/receipts?limit=2&cursor=" + first->getValue<std::string>("next")).json();
    EXPECT_EQ(rest->getArray("items")->size(), 1u);
    EXPECT_THAT(get("/receipts", Role::Viewer, "text/csv").body, HasSubstr("confirmed"));
}

TEST_F(Receipts, aTextIsServedAsItIsHashed) {
    auto one = get("/receipts/1").json();

    EXPECT_EQ(common::Sha256::hex(one->getValue<std::string>("text")), one->getValue<std::string>("hash"));
    EXPECT_THAT(one->getValue<std::string>("text"), HasSubstr("\"previous\":\"" + std::string(64, '0') + "\""));
    EXPECT_EQ(get("/receipts/99").status, 404);
    EXPECT_EQ(
        host.router_.call(Method::Get, "/api/v1/organizations/other/u2035/receipts/1", withRole("other", Role::Viewer))
            .status,
        404);
    EXPECT_EQ(host.router_
                  .call(Method::Get, "/api/v1/organizations/other/u2035/receipts/1/statements",
                        withRole("other", Role::Viewer))
                  .status,
              404);
}

TEST_F(Receipts, namesItsStatementsPageByPage) {
    const auto all = db.number("SELECT COUNT(*) FROM u2035_outbox");
    std::string lines, cursor;
    std::int64_t count = 0;
    do {
        auto page = get("/receipts/1/statements?limit=7" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
        auto items = page->getArray("items");
        for (unsigned i = 0; i < items->size(); ++i, ++count) {
            auto item = items->getObject(i);
            EXPECT_EQ(item->getValue<std::string>("state"), "confirmed");
            lines += item->getValue<std::string>("fate") + ' ' + item->getValue<std::string>("statementId") + ' ' +
                     item->getValue<std::string>("digest") + '\n';
        }
        cursor = page->isNull("next") ? "" : page->getValue<std::string>("next");
    } while (!cursor.empty());

    EXPECT_EQ(count, 2 * all);  // sent, and confirmed
    EXPECT_EQ(get("/receipts/1").json()->getObject("receipt")->getObject("statements")->getValue<std::string>("digest"),
              common::Sha256::hex(lines));
    EXPECT_EQ(get("/receipts/1/statements?fate=sent&limit=1000").json()->getArray("items")->size(),
              static_cast<std::size_t>(all));
    EXPECT_EQ(get("/receipts/1/statements?fate=gone").status, 400);
    EXPECT_THAT(get("/receipts/1/statements?fate=sent", Role::Viewer, "text/csv").body, HasSubstr(",sent,"));
}

TEST_F(Receipts, theChainIsCheckedByAnAdministrator) {
    auto whole = get("/receipts/verify", Role::OrganizationAdmin).json();
    EXPECT_TRUE(whole->getValue<bool>("intact"));
    EXPECT_EQ(whole->getValue<std::string>("summary"), "Цепочка цела: проверено квитанций 3.");
    EXPECT_EQ(get("/receipts/verify", Role::Viewer).status, 403);

    db.execute("UPDATE u2035_receipt SET text = REPLACE(text, '\"missing\":0', '\"missing\":1') WHERE number = 2");

    auto broken = get("/receipts/verify", Role::OrganizationAdmin).json();
    EXPECT_FALSE(broken->getValue<bool>("intact"));
    EXPECT_EQ(broken->getObject("broken")->getValue<int>("number"), 2);
    EXPECT_EQ(broken->getValue<int>("receipts"), 1);
}

}  // namespace
