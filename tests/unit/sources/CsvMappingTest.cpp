#include "host/sources/CsvMapping.h"
#include "tests/support/TempDir.h"

#include <gtest/gtest.h>

namespace {

using host::sdk::AppError;
using host::sources::CsvMapping;
using host::sources::MappingLibrary;

/// "pointer reason fix" of every error.
std::string wrongIn(const std::string& json) {
    try {
        CsvMapping::parse("test", json);
    } catch (const AppError& error) {
        std::string all;
        for (const auto& one : error.errors()) all += one.pointer + " " + one.reason + " " + one.fix + "\n";
        return all.empty() ? error.what() : all;
    }
    return {};
}

std::string learners(const std::string& more) {
    return R"({"target":"learners","source":"crm","externalId":{"column":"id"},"fields":{)" + more + "}}";
}

struct Case {
    const char* name;
    std::string json;
    const char* says;
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << c.name;
}

class MappingRules : public ::testing::TestWithParam<Case> {};

TEST_P(MappingRules, namesWhatIsWrong) {
    const auto all = wrongIn(GetParam().json);
    EXPECT_NE(all.find(GetParam().says), std::string::npos) << all;
}

INSTANTIATE_TEST_SUITE_P(
    Table, MappingRules,
    ::testing::Values(
        Case{"unknownField", learners(R"("untiID":{"column":"x"})"), "Did you mean 'untiId'"},
        Case{"unknownKey", learners(R"("untiId":{"colum":"x"})"), "Did you mean 'column'"},
        Case{"unknownTopKey",
             R"({"target":"learners","source":"crm","externalId":{"column":"id"},"fields":{},"sourse":1})",
             "Did you mean 'source'"},
        Case{"twoSources", learners(R"("untiId":{"column":"x","constant":"5"})"), "exactly one source"},
        Case{"wrongConstant", learners(R"("untiId":{"constant":"05"})"),
             "/fields/untiId gives '05', which is not an unti_id"},
        Case{
            "wrongMappedValue",
            R"({"target":"enrollments","source":"crm","externalId":{"column":"id"},"fields":{"learner":{"column":"l"},"flow":{"column":"f"},"status":{"column":"s","map":{"x":"finishd"}}}})",
            "Did you mean 'finished'"},
        Case{
            "requiredField",
            R"({"target":"enrollments","source":"crm","externalId":{"column":"id"},"fields":{"learner":{"column":"l"},"flow":{"column":"f"}}})",
            "/fields/status is missing"},
        Case{"emptyColumn", learners(R"("untiId":{"column":""})"), "/fields/untiId/column is empty"},
        Case{
            "emptyColumnOfACondition",
            R"({"target":"learners","source":"crm","externalId":{"column":"id"},"fields":{},"when":[{"column":"a","missing":true},{"column":"","missing":true}]})",
            "/when/1/column is empty"},
        Case{"nameWithASlash", learners(R"("a/b":{"column":"x"})"), "/fields/a~1b is not a field"},
        Case{"deriveElsewhere", learners(R"("untiId":{"derive":"raw>=passScore"})"), "is not a rule that is known"},
        Case{"dateAtAText", learners(R"("untiId":{"column":"x","date":{"base":"2013-10-01"}})"),
             "a field that is no time"},
        Case{
            "unknownZone",
            R"({"target":"flows","source":"crm","externalId":{"column":"id"},"fields":{"programme":{"column":"p"},"key":{"column":"k"},"startsAt":{"column":"s","date":{"zone":"Europe/Moskow"}}}})",
            "is not a time zone"},
        Case{"wrongSource", R"({"target":"learners","source":"Система","externalId":{"column":"id"},"fields":{}})",
             "is not a name of a source"},
        Case{"filesCannotComeFromCsv", R"({"target":"files","source":"crm","externalId":{"column":"id"},"fields":{}})",
             "is not a kind of record that CSV can bring"},
        Case{"noJson", "{", "not JSON"},
        Case{"noExternalId", R"({"target":"learners","source":"crm","fields":{}})", "/externalId is missing"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(CsvMapping, readsOnlyTheColumnsItNames) {
    const auto mapping =
        CsvMapping::parse("test", learners(R"("untiId":{"column":"u"},"lastName":{"template":"{a} {b}"})"));
    EXPECT_EQ(mapping.columns(), (std::set<std::string>{"a", "b", "id", "u"}));
}

TEST(MappingLibrary, whatIsShippedIsValid) {
    const MappingLibrary library(std::filesystem::path(LMSD_SOURCE_DIR) / "config" / "mappings");
    EXPECT_EQ(library.find("oulad/results").source, "oulad");
    EXPECT_EQ(library.manifest("oulad").steps.size(), 6U);
    for (const auto& name : library.names())
        EXPECT_FALSE(library.find(name).assumed.empty() && name.starts_with("oulad/")) << name;
}

TEST(MappingLibrary, listsEveryWrongFileAtOnce) {
    tests::TempDir folder;
    folder.write("a/one.json", "{");
    folder.write("a/two.json", R"({"target":"lerners","source":"x","externalId":{"column":"id"},"fields":{}})");
    try {
        MappingLibrary library(folder.path());
        FAIL();
    } catch (const AppError& error) {
        EXPECT_EQ(error.errors().size(), 2U);
    }
}

TEST(MappingLibrary, aNameIsNoPath) {
    tests::TempDir folder;
    folder.write("secret.json", learners(""));
    folder.write("in/one.json", learners(""));
    const MappingLibrary library(folder / "in");
    EXPECT_THROW(library.find("../secret"), AppError);
    EXPECT_NO_THROW(library.find("one"));
}

}  // namespace
