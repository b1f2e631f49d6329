#include "common/JsonReader.h"
#include "host/base/BaseSchema.h"
#include "host/base/JournalApi.h"
#include "host/base/JournalStore.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace host::base;
using host::sdk::JournalEntry;
using host::sdk::Method;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

struct Office {
    Office() { db->migrate("host.base", baseMigrations()); }

    void append(const std::string& organization, const std::string& action, const std::string& details = "") {
        db.clock.advance(std::chrono::seconds(1));
        journal.append({organization, "anna", "127.0.0.1", action, "integrations/bas", details, "r1"});
    }
    std::vector<std::string> actions(const std::string& target, const host::sdk::Principal& who) {
        auto answer = router.call(Method::Get, target, who);
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::vector<std::string> out;
        auto json = common::parseJsonObject(answer.body);
        for (const auto& item : *json->getArray("items"))
            out.push_back(item.extract<Poco::JSON::Object::Ptr>()->getValue<std::string>("action"));
        next = json->optValue<std::string>("next", "");
        return out;
    }

    tests::TestDatabase db;
    JournalStore journal{db.database, db.clock};
    tests::FakeRouter router;
    std::vector<host::sdk::Registration> routes = registerJournalApi(router, journal);
    std::string next;
};

constexpr const char* kDemo = "/api/v1/organizations/demo/journal";

}  // namespace

TEST(Journal, isListedNewestFirstWithEverythingThatWasWritten) {
    Office office;
    office.append("demo", "integration.opened", R"({"stage":2})");

    auto answer = office.router.call(Method::Get, kDemo, tests::asAdmin("demo"));

    EXPECT_EQ(answer.body, R"({"items":[{"id":"1","at":"2026-03-01T00:00:01Z","organization":"demo","actor":"anna",)"
                           R"("clientAddress":"127.0.0.1","action":"integration.opened","subject":"integrations/bas",)"
                           R"("details":{"stage":2},"requestId":"r1"}],"next":null})");
}

TEST(Journal, saysItsActionsInTheLanguageAskedFor) {
    Office office;
    office.append("demo", "records.imported", R"({"rows":3})");
    office.append("demo", "u2035.opened", R"({"text":{"ru":"Открыто","en":"Opened"},"stage":2})");
    office.append("demo", "nobody.knows", R"({"text":"a module's own"})");
    const auto said = [&](const std::string& language) {
        std::string all;
        const auto answer = office.router.call(Method::Get, kDemo, tests::asAdmin("demo"), {{}, {}, language});
        const auto items = answer.json()->getArray("items");
        for (const auto& item : *items)
            all += item.extract<Poco::JSON::Object::Ptr>()->optValue<std::string>("actionText", "-") + "; ";
        return all;
    };

    EXPECT_EQ(said("ru"), "-; Открыто; Загружен файл с записями; ");
    EXPECT_EQ(said("en"), "-; Opened; A file of records was imported; ");
    const auto answer = office.router.call(Method::Get, kDemo, tests::asAdmin("demo"));
    EXPECT_THAT(answer.body, HasSubstr(R"("details":{"stage":2})")) << "the words are told once";
    EXPECT_THAT(answer.body, HasSubstr(R"("details":{"text":"a module's own"})"));
    EXPECT_TRUE(office.journal.verify({}).problems.empty()) << "they are part of what is chained";
}

TEST(Journal, isPagedByKeyAndStableWhileItGrows) {
    Office office;
    for (const char* action : {"a", "b", "c", "d", "e"}) office.append("demo", action);
    auto admin = tests::asAdmin("demo");

    EXPECT_THAT(office.actions(std::string(kDemo) + "?limit=2", admin), ElementsAre("e", "d"));
    office.append("demo", "f");
    EXPECT_THAT(office.actions(std::string(kDemo) + "?limit=2&cursor=" + office.next, admin), ElementsAre("c", "b"));
    EXPECT_THAT(office.actions(std::string(kDemo) + "?limit=2&cursor=" + office.next, admin), ElementsAre("a"));
    EXPECT_EQ(office.next, "");
}

TEST(Journal, ofAnOrganizationShowsNoOther) {
    Office office;
    office.append("demo", "mine");
    office.append("other", "theirs");
    office.append("", "server's");

    EXPECT_THAT(office.actions(kDemo, tests::asAdmin("demo")), ElementsAre("mine"));
    EXPECT_THAT(office.actions("/api/v1/journal", tests::asServerAdmin()), ElementsAre("server's", "theirs", "mine"));
    EXPECT_THAT(office.actions("/api/v1/journal?organization=other", tests::asServerAdmin()), ElementsAre("theirs"));
}

TEST(Journal, isForAdministratorsOnly) {
    Office office;

    EXPECT_EQ(office.router.call(Method::Get, kDemo, tests::withRole("demo", host::sdk::Role::Methodist)).status, 403);
    EXPECT_EQ(office.router.call(Method::Get, kDemo, tests::asAdmin("other")).status, 404);
    EXPECT_EQ(office.router.call(Method::Get, "/api/v1/journal", tests::asAdmin("demo")).status, 403);
}

TEST(Journal, isNarrowedByActionAndTime) {
    Office office;
    for (const char* action : {"integration.opened", "integration.checked", "integrations.x", "job.run"})
        office.append("demo", action);
    auto admin = tests::asAdmin("demo");

    EXPECT_THAT(office.actions(std::string(kDemo) + "?action=integration.", admin),
                ElementsAre("integration.checked", "integration.opened"));
    EXPECT_THAT(office.actions(std::string(kDemo) + "?action=job.run", admin), ElementsAre("job.run"));
    EXPECT_THAT(office.actions(std::string(kDemo) + "?from=2026-03-01T00:00:02Z&to=2026-03-01T00:00:03Z", admin),
                ElementsAre("integration.checked"));
}

TEST(Journal, refusesWrongParametersByName) {
    Office office;
    for (const char* query : {"?limit=0", "?cursor=zzz!", "?from=yesterday", "?to=2026-03-01"}) {
        auto answer = office.router.call(Method::Get, std::string(kDemo) + query, tests::asAdmin("demo"));
        EXPECT_EQ(answer.status, 400) << query;
        EXPECT_THAT(answer.body, HasSubstr("query parameter")) << query;
    }
}

TEST(Journal, refusesDetailsThatAreNoObject) {
    Office office;

    EXPECT_THROW(office.append("demo", "a", "[1]"), host::sdk::AppError);
    EXPECT_THROW(office.append("demo", "a", "{broken"), host::sdk::AppError);
    EXPECT_EQ(office.db.number("SELECT count(*) FROM journal"), 0);
}

TEST(JournalApi, documentsItselfWithValidJson) {
    Office office;
    for (const auto& route : office.router.routes()) {
        EXPECT_NO_THROW(common::parseJsonObject(route.options.operation.responseSchema)) << route.path;
        EXPECT_NO_THROW(common::parseJsonObject(route.options.operation.responseExample)) << route.path;
    }
}
