#include "host/accounts/OrganizationStore.h"
#include "tests/unit/accounts/Fixture.h"

#include <gmock/gmock.h>

using namespace host::accounts;
using namespace host::sdk;

namespace tests {
namespace {

class OrganizationStoreRules : public AccountsTest {
protected:
    std::vector<std::string> wrongFieldsOf(const Organization& o) {
        std::vector<std::string> pointers;
        for (const auto& field : organizations_.check(o)) pointers.push_back(field.pointer);
        return pointers;
    }
};

TEST_F(OrganizationStoreRules, givesBackWhatWasWritten) {
    organizations_.createProject({"bas", "Кадры для БАС", "bas", ""});
    auto o = anOrganization("school");
    o.participation = {"bas"};
    o.projects = {"bas"};
    o.responsibleEmail = "anna@example.ru";
    organizations_.create(o);

    auto found = OrganizationStore(db_.database, db_.clock).find("school");

    ASSERT_TRUE(found);
    EXPECT_EQ(toJson(*found), toJson(o));
}

TEST_F(OrganizationStoreRules, participationIsForTheHigherTariffsOnly) {
    auto o = anOrganization("school");
    o.participation = {"bas"};
    o.tariff = "basic";
    EXPECT_THAT(wrongFieldsOf(o), testing::ElementsAre("/participation"));
    o.tariff = "individual";
    EXPECT_THAT(wrongFieldsOf(o), testing::IsEmpty());
}

TEST_F(OrganizationStoreRules, namesEveryWrongField) {
    Organization o;
    o.id = "Школа";
    o.legalName = " ";
    o.tariff = "gold";
    o.projects = {"none-such"};
    o.timeZone = "Mars/Base";
    o.corporateEmail = "nobody";

    EXPECT_THAT(wrongFieldsOf(o), testing::ElementsAre("/id", "/legalName", "/tariff", "/projects/0", "/timeZone",
                                                       "/activityBase", "/corporateEmail"));
}

TEST_F(OrganizationStoreRules, aLineBreakInANameWouldBreakLettersAndIsRefused) {
    auto o = anOrganization("school");
    o.legalName = "АНО\r\nBcc: somebody@example.org";
    o.fullName = "\n";
    o.responsibleName = "Анна\tИванова";
    o.responsiblePhone = "\x7f";
    EXPECT_THAT(wrongFieldsOf(o),
                testing::ElementsAre("/legalName", "/fullName", "/responsibleName", "/responsiblePhone"));
}

class BadActivityBases : public OrganizationStoreRules, public testing::WithParamInterface<const char*> {};

TEST_P(BadActivityBases, areRefused) {
    auto o = anOrganization("school");
    o.activityBase = GetParam();

    EXPECT_THAT(wrongFieldsOf(o), testing::ElementsAre("/activityBase"));
}

INSTANTIATE_TEST_SUITE_P(OrganizationStore, BadActivityBases,
                         testing::Values("", "http://a.example", "https://", "https://a.example/",
                                         "https://u:p@a.example", "https://a.example?x=1", "https://a.example#x",
                                         "https://пример.рф", "https://demo.example.ru", "ftp://a", "a b"));

TEST_F(OrganizationStoreRules, activityBaseNeverChanges) {
    auto o = *organizations_.find("demo");
    o.activityBase = "https://moved.example.ru";

    try {
        organizations_.update(o, o.version);
        FAIL();
    } catch (const AppError& e) {
        EXPECT_EQ(e.status(), 422);
        EXPECT_EQ(e.errors().at(0).pointer, "/activityBase");
    }
}

TEST_F(OrganizationStoreRules, aStaleEditShowsTheCurrentState) {
    auto o = *organizations_.find("demo");
    o.fullName = "первое";
    organizations_.update(o, 1);
    o.fullName = "второе";

    try {
        organizations_.update(o, 1);
        FAIL();
    } catch (const AppError& e) {
        EXPECT_EQ(e.status(), 412);
        EXPECT_THAT(e.current(), testing::HasSubstr("первое"));
    }
    EXPECT_EQ(organizations_.find("demo")->fullName, "первое");
    EXPECT_EQ(organizations_.find("demo")->version, 2);
}

TEST_F(OrganizationStoreRules, aTakenIdIsAConflict) {
    auto o = anOrganization("demo");
    o.activityBase = "https://second.example.ru";

    try {
        organizations_.create(o);
        FAIL();
    } catch (const AppError& e) {
        EXPECT_EQ(e.code(), "organization-exists");
    }
}

TEST_F(OrganizationStoreRules, editsAProjectByItsVersion) {
    organizations_.createProject({"bas", "Кадры для БАС", "bas", ""});

    organizations_.updateProject({"bas", "Кадры для БАС 2026", "bas", "bas-2026"}, 1);

    EXPECT_EQ(organizations_.project("bas")->projectValue, "bas-2026");
    EXPECT_THROW(organizations_.updateProject({"bas", "x", "bas", ""}, 1), AppError);
    EXPECT_THROW(organizations_.updateProject({"none", "x", "bas", ""}, 1), AppError);
}

}  // namespace
}  // namespace tests
