#include "host/connections/Diagnosis.h"
#include "host/connections/SourceSets.h"
#include "tests/support/TempDir.h"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using namespace host;
using namespace host::connections;

RunOutcome outcome(std::int64_t rows, std::int64_t rejected, const std::string& column = "mark") {
    RunOutcome out;
    out.counts.rows = rows;
    out.counts.rejected = rejected;
    if (rejected > 0) out.failuresOfColumn[column] = rejected;
    return out;
}

TEST(Diagnosis, halfOfTheRowsFailingAtOneColumnAreAMatterOfMatching) {
    EXPECT_EQ(diagnose(outcome(10, 5)).front().code, "source.field-matching");
    EXPECT_EQ(diagnose(outcome(10, 4)).front().code, "source.rows-refused");
    EXPECT_TRUE(diagnose(outcome(10, 0)).empty());
}

TEST(Diagnosis, aRunWhoseEveryRowIsRefusedIsNoSuccess) {
    auto out = outcome(3, 1);
    out.counts.skipped = 2;
    EXPECT_TRUE(out.tookNone());
    EXPECT_EQ(diagnose(out).front().code, "source.all-refused");
    out.counts.unchanged = 1;
    out.counts.rows = 4;
    EXPECT_FALSE(out.tookNone());
    EXPECT_FALSE(outcome(0, 0).tookNone());
}

TEST(Diagnosis, rowsOfAnotherWidthAreNamedWithTheirCounts) {
    auto out = outcome(10, 6, "");
    out.firstUnreadable = "row 3: The row has 2 values, the header 3";
    out.firstUnreadableFix =
        "Give each row as many values as the header has columns; put values with the delimiter in quotes.";
    const auto all = diagnose(out);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].code, "source.format");
    EXPECT_EQ(all[0].detail,
              "6 of 10 rows can't be read as rows. The first: row 3: The row has 2 values, the header 3.");
    EXPECT_EQ(inLanguage(all[0].detail, "ru"),
              "Строк, которые не прочитать: 6 из 10. Первая: строка 3: В строке значений: 2, а в заголовке: 3.");
}

TEST(Diagnosis, rowsThatNameWhatIsNotThereAreAMatterOfStructure) {
    auto out = outcome(10, 10, "learner");
    out.unknownTargets = 10;
    const auto all = diagnose(out);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].code, "source.structure");
}

TEST(Diagnosis, noRowsAreToldOfAFullRunOnly) {
    auto out = outcome(0, 0);
    EXPECT_EQ(diagnose(out).front().code, "source.no-data");
    out.expectsRows = false;
    EXPECT_TRUE(diagnose(out).empty());
    out = outcome(5, 0);
    out.counts.skipped = 5;
    EXPECT_EQ(diagnose(out).front().code, "source.no-data");
}

TEST(Diagnosis, whatIsSaidIsSaidInRussianToo) {
    common::JsonWriter json;
    RunOutcome out = outcome(10, 6);
    writeDiagnoses(json, diagnose(out), "ru");
    const auto text = json.take();
    EXPECT_NE(text.find("6 из 10 строк не проходят из-за столбца 'mark'."), std::string::npos) << text;
    out = outcome(0, 0);
    out.end = RunEnd::Deletions;
    out.fix =
        "See that the source is whole and the route asks for all of it. If they are really gone, run it with "
        "{\"full\":true,\"confirmDeletions\":true}.";
    common::JsonWriter more;
    writeDiagnoses(more, diagnose(out), "ru");
    EXPECT_NE(more.take().find("Убедитесь, что источник отдаёт всё и путь запрашивает всё."), std::string::npos);
}

TEST(Diagnosis, everyWayASourceFailsHasATitle) {
    for (int kind = 0; kind <= static_cast<int>(sdk::SourceError::Kind::Cancelled); ++kind) {
        const auto one = diagnose(sdk::SourceError(static_cast<sdk::SourceError::Kind>(kind), "d", "f"));
        EXPECT_NE(titleOf(one.code, "ru"), one.code);
    }
}

class SourceSetsTest : public ::testing::Test {
protected:
    void write(const std::string& name, const std::string& text) {
        std::filesystem::create_directories((folder / name).parent_path());
        std::ofstream(folder / name) << text;
    }
    tests::TempDir folder;
};

TEST_F(SourceSetsTest, fillsInItsParametersAndLeavesTheMappingsTemplates) {
    write("lms/set.json", R"({"title":{"ru":"А","en":"A"},"kind":"sql","order":["10-users"],
        "parameters":[{"name":"prefix","title":{"ru":"П","en":"P"},"fallback":"mdl_"}]})");
    write("lms/10-users.json",
          R"({"title":{"ru":"Л","en":"U"},"kind":"sql","settings":{"query":"SELECT * FROM {prefix}user"},
        "mapping":{"target":"learners","externalId":{"template":"{id}"},"fields":{}}})");
    const SourceSets sets(folder.path());
    const auto bodies = SourceSets::bodies(sets.find("lms"), {{"prefix", "x_"}}, "ru");
    ASSERT_EQ(bodies.size(), 1U);
    EXPECT_EQ(bodies[0]->getValue<std::string>("name"), "users");
    EXPECT_EQ(bodies[0]->getValue<std::string>("title"), "Л");
    EXPECT_EQ(bodies[0]->getObject("settings")->getValue<std::string>("query"), "SELECT * FROM x_user");
    EXPECT_EQ(bodies[0]->getObject("mapping")->getObject("externalId")->getValue<std::string>("template"), "{id}");
    EXPECT_THROW(sets.find("lmz"), sdk::AppError);
}

TEST_F(SourceSetsTest, aMappingThatCouldNeverBeIsToldWithItsFile) {
    write("lms/set.json", R"({"title":{"ru":"А","en":"A"},"kind":"sql","order":["10-users"]})");
    write("lms/10-users.json",
          R"({"title":{"ru":"Л","en":"U"},"mapping":{"target":"learnerz","externalId":{"column":"id"},"fields":{}}})");
    try {
        SourceSets sets(folder.path());
        FAIL();
    } catch (const sdk::AppError& error) {
        ASSERT_FALSE(error.errors().empty());
        EXPECT_EQ(error.errors()[0].pointer, "lms/users#/target");
    }
}

}  // namespace
