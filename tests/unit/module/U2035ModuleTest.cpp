#include "host/store/ModuleDatabase.h"
#include "plugin/U2035Module.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using namespace tests;
using host::sdk::Method;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

struct Module : testing::Test {
    Module() {
        host.organizations_.add(anOrganization("demo"));
        host.organizations_.projects_ = {aProject("bas", "Кадры для БАС", "bas")};
    }
    host::sdk::ModuleConfig config() const {
        const std::string root = LMSD_SOURCE_DIR;
        return {{"profiles_directory", root + "/config/profiles"}, {"letters_directory", root + "/config/letters"}};
    }
    void start() {
        ASSERT_THAT(module.configure(config()), IsEmpty());
        module.start(host);
    }
    FakeRouter::Answer get(const std::string& path) {
        return host.router_.call(Method::Get, "/api/v1/organizations/demo/u2035" + path, asAdmin("demo"));
    }

    TestDatabase db;
    host::store::ModuleDatabase owned{db.database, "u2035"};
    FakeHostServices host{owned};
    U2035Module module;
};

TEST_F(Module, opensItsRoutesJobAndHealth) {
    start();

    EXPECT_EQ(get("/integrations").status, 200);
    for (const auto* path : {"/runs", "/statements", "/unsendable", "/exports"})
        EXPECT_EQ(get(path).status, 200) << path;
    EXPECT_EQ(host.scheduler_.jobs_.at("nightly").timeZone, "Europe/Moscow");
    EXPECT_THAT(host.health_.checks_.begin()->second().detail, HasSubstr("none yet"));
}

TEST_F(Module, documentsEveryRoute) {
    start();

    for (const auto& route : host.router_.routes()) {
        EXPECT_FALSE(route.options.operation.id.empty()) << route.path;
        EXPECT_FALSE(route.options.operation.summary.empty()) << route.path;
        for (const auto& json : {route.options.operation.requestSchema, route.options.operation.requestExample,
                                 route.options.operation.responseSchema, route.options.operation.responseExample})
            if (!json.empty()) {
                EXPECT_NO_THROW(Poco::JSON::Parser().parse(json)) << route.path << "\n" << json;
            }
    }
}

TEST_F(Module, showsItsPagesWhileItRuns) {
    start();

    const auto& pages = host.pages_.pages_;
    ASSERT_EQ(pages.size(), 10U);
    const auto& quarantine = pages.at("u2035-quarantine");
    EXPECT_EQ(quarantine.section.ru, "Цифровой след");
    EXPECT_EQ(quarantine.section.en, "Digital footprint");
    EXPECT_EQ(quarantine.title.ru, "Карантин");
    EXPECT_EQ(quarantine.icon, "inbox");
    EXPECT_EQ(quarantine.element, "u2035-footprint");
    EXPECT_EQ(quarantine.path, "quarantine");
    EXPECT_EQ(quarantine.order, 120);
    EXPECT_EQ(pages.at("u2035-integrations").element, "u2035-integrations");
    EXPECT_EQ(pages.at("u2035-integrations").path, "");
    for (const auto& [id, page] : pages) {
        const bool shows = id == "u2035-quarantine" || id == "u2035-reflections" || id == "u2035-matching";
        EXPECT_EQ(page.least, id == "u2035-sso" ? host::sdk::Role::OrganizationAdmin
                              : shows           ? host::sdk::Role::Methodist
                                                : host::sdk::Role::Viewer)
            << id;
    }

    module.stop(std::chrono::steady_clock::now());
    EXPECT_THAT(host.pages_.pages_, IsEmpty());
}

TEST_F(Module, tellsWhomAProjectIsOpenTo) {
    start();

    const auto& rules = host.participation_.rules_;
    ASSERT_EQ(rules.size(), 1U) << "of the shipped profiles only «Кадры для БАС» has a condition";
    EXPECT_EQ(rules.at("bas").flag, "bas");
    EXPECT_EQ(rules.at("bas").title, "Участник проекта Кадры для БАС");
    EXPECT_THAT(rules.at("bas").tariffs, testing::ElementsAre("individual", "professional"));

    module.stop(std::chrono::steady_clock::now());
    EXPECT_THAT(host.participation_.rules_, IsEmpty());
}

TEST_F(Module, servesTheScriptThatItsPagesName) {
    start();

    for (const auto& [id, page] : host.pages_.pages_) {
        const auto script = host.router_.call(Method::Get, page.script, {});
        EXPECT_EQ(script.status, 200) << id;
        EXPECT_EQ(script.contentType, "text/javascript; charset=utf-8");
        EXPECT_THAT(script.headers, testing::Contains(testing::Pair("Cache-Control", "no-cache")));
        EXPECT_THAT(script.headers, testing::Contains(testing::Pair("ETag", testing::Not(""))));
    }
    EXPECT_EQ(host.router_.call(Method::Get, "/assets/u2035/other.js", {}).status, 404);
}

TEST_F(Module, runsANightAsTheScheduledJob) {
    start();

    host.scheduler_.runNow("nightly", "{}", "root");

    EXPECT_EQ(host.scheduler_.runs_.at(0)->counts_.at("organizations"), 0) << "no programmes, no night";
}

TEST_F(Module, givesThePlatformsJournalItsWordsInBothLanguages) {
    start();

    host.router_.call(Method::Post, "/api/v1/organizations/demo/u2035/integrations/bas/open", asAdmin("demo"),
                      {.body = "{}", .headers = {{"if-match", "\"0\""}}});

    ASSERT_THAT(host.journal_.actions(), testing::ElementsAre("integration.opened"));
    EXPECT_THAT(host.journal_.entries()[0].details,
                testing::StartsWith(R"({"text":{"ru":"Начата настройка интеграции","en":"The set-up of)"));
}

TEST_F(Module, failsTheJobThatNamesAnUnknownOrganization) {
    start();

    EXPECT_THROW(host.scheduler_.runNow("nightly", R"({"organization":"nobody"})", "root"), host::sdk::AppError);
}

TEST_F(Module, namesWhatIsWrongWithItsFolders) {
    auto errors = module.configure({{"profiles_directory", "/nowhere"}, {"letters_directory", "/nowhere"}});

    std::string text;
    for (const auto& error : errors) text += error.pointer + ": " + error.reason + "\n";
    EXPECT_THAT(text, HasSubstr("profiles_directory"));
    EXPECT_THAT(text, HasSubstr("letters_directory: '/nowhere' is no folder"));
}

TEST_F(Module, takesEverythingBackWhenItStops) {
    start();

    module.stop(std::chrono::steady_clock::now());

    EXPECT_THAT(host.router_.routes(), IsEmpty());
    EXPECT_THAT(host.scheduler_.jobs_, IsEmpty());
    EXPECT_THAT(host.health_.checks_, IsEmpty());
}

TEST_F(Module, startsAgainOnTheSameDatabase) {
    start();
    module.stop(std::chrono::steady_clock::now());
    U2035Module second;
    ASSERT_THAT(second.configure(config()), IsEmpty());

    EXPECT_NO_THROW(second.start(host));
}

}  // namespace
