#include "host/records/StrictJson.h"
#include "host/xapi/RuleSet.h"
#include "host/xapi/StatementCheck.h"
#include "host/xapi/StatementMapping.h"
#include "host/xapi/XapiTexts.h"
#include "tests/unit/xapi/Shapes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace host::xapi;
using host::records::fieldIndex;
using host::records::RecordKind;
using host::records::Reference;
using testing::HasSubstr;

class Rules : public testing::Test {
protected:
    Reading read(const char* name, const std::string& json) {
        const auto rules = RuleSet::parse(name, library.find(name), "plugin", "moodle");
        const auto statement = host::records::parseStrict(json);
        const auto error = checkStatement(statement);
        EXPECT_FALSE(error) << error->pointer << " " << error->reason;
        return rules->read(statement,
                           factsOf(statement, "6690e6c9-3ef0-4ed3-8b37-7f3964730bee", 1'772'323'200'000'000));
    }
    static std::string reference(const Reading& reading, const char* field) {
        const auto& value = reading.draft.values[fieldIndex(reading.draft.kind, field)];
        const auto* target = std::get_if<Reference>(&value);
        return target == nullptr ? "" : target->source + "/" + target->externalId;
    }
    static double number(const Reading& reading, const char* field) {
        return reading.draft.number(fieldIndex(reading.draft.kind, field)).value_or(-1);
    }

    RuleLibrary library{std::filesystem::path(LMSD_SOURCE_DIR) / "config/xapi"};
};

TEST_F(Rules, anAttemptOfAMoodleQuizIsAResultOfTheRecordsThatTheConnectionBrings) {
    const auto reading = read("logstore_xapi", shapes::quizCompleted());
    ASSERT_EQ(reading.state, State::Mapped);
    EXPECT_EQ(reading.draft.kind, RecordKind::Result);
    EXPECT_EQ(reading.draft.externalId, "quiz-attempt-31");
    EXPECT_EQ(reference(reading, "learner"), "moodle/user-17");
    EXPECT_EQ(reference(reading, "element"), "moodle/cm-5");
    EXPECT_EQ(reference(reading, "flow"), "moodle/course-3");
    EXPECT_EQ(number(reading, "raw"), 50);
    EXPECT_EQ(number(reading, "max"), 100);
    EXPECT_EQ(number(reading, "durationSeconds"), 61);
    EXPECT_TRUE(reading.shared);
}

TEST_F(Rules, aWorkIsUnderReviewUntilItIsGraded) {
    const auto sent = read("logstore_xapi", shapes::assignmentSubmitted());
    const auto graded = read("logstore_xapi", shapes::assignmentGraded(80));
    ASSERT_EQ(sent.state, State::Mapped);
    ASSERT_EQ(graded.state, State::Mapped);
    EXPECT_EQ(sent.draft.externalId, graded.draft.externalId);
    EXPECT_EQ(std::get<bool>(sent.draft.values[fieldIndex(RecordKind::Result, "graded")]), false);
    EXPECT_EQ(number(graded, "raw"), 80);
}

TEST_F(Rules, aViewedPageIsAnOpeningAndASignInIsNothing) {
    const auto reading = read("logstore_xapi", shapes::moduleViewed("page"));
    ASSERT_EQ(reading.state, State::Mapped);
    EXPECT_EQ(reading.draft.kind, RecordKind::Opening);
    EXPECT_EQ(read("logstore_xapi", shapes::moduleViewed("forum")).state, State::Unmatched);
}

TEST_F(Rules, aFinishedH5pIsAResultAndAQuestionWithinItIsNone) {
    const auto reading = read("h5p", shapes::h5pCompleted());
    ASSERT_EQ(reading.state, State::Mapped);
    EXPECT_EQ(reference(reading, "learner"), "moodle/anna@example.org");
    EXPECT_EQ(reference(reading, "element"), "moodle/https://site.example.org/h5p/3");
    EXPECT_EQ(number(reading, "raw"), 2);
    EXPECT_EQ(read("h5p", shapes::h5pCompleted(true)).state, State::Unmatched);
}

TEST_F(Rules, aPackageSaysPassedOrFailedAndAScaledMarkAloneIsNoMark) {
    const auto reading = read("packages", shapes::packagePassed());
    ASSERT_EQ(reading.state, State::Mapped);
    EXPECT_EQ(number(reading, "raw"), -1);
    EXPECT_EQ(std::get<bool>(reading.draft.values[fieldIndex(RecordKind::Result, "success")]), true);
}

TEST_F(Rules, aVideoIsViewedAsFarAsItsProgressSays) {
    const auto reading = read("packages", shapes::videoPaused(0.57));
    ASSERT_EQ(reading.state, State::Mapped);
    EXPECT_EQ(reading.draft.kind, RecordKind::View);
    EXPECT_EQ(number(reading, "percent"), 57);
}

TEST(RuleSet, whatIsWrongWithRulesIsToldAtOnceWithItsPlace) {
    try {
        RuleSet::parse("own", R"({"title":{"ru":"т"},"rules":[
            {"name":"a","verbs":[],"mapping":{"target":"results","externalId":{"column":"nothing"},"fields":{}}},
            {"name":"a","verbs":["x"],"columns":{"c":{"path":"$.a["}},"ignore":{"ru":"н","en":"n"},"more":1}]})",
                       "own", "own");
        FAIL();
    } catch (const host::sdk::AppError& error) {
        std::string all;
        for (const auto& one : error.errors()) all += one.pointer + " " + one.reason + "\n";
        for (const char* place : {"/title ", "/rules/0/verbs ", "/rules/0/mapping/fields", "/rules/1/columns/c/path",
                                  "/rules/1/more", "/rules/1/name"})
            EXPECT_THAT(all, HasSubstr(place));
    }
}

TEST(RuleSet, whatIsWrongWithRulesIsToldInRussian) {
    try {
        RuleSet::parse("own", R"({"title":{"ru":"т"},"more":1,"rules":[
            {"name":"a","verbs":[],"mapping":{"target":"results","externalId":{"column":"nothing"},"fields":{}}},
            {"verb":["x"],"columns":{"c":{"path":"$.a","aa":1},"d":1,"e":{"path":1},"f":{}},"mapping":{"targets":"x"}},
            {"name":"a","verbs":["x"],"columns":{"c":{"path":"$.a","as":"x"}},"ignore":{"ru":"н"},"mapping":{}}]})",
                       "own", "own");
        FAIL();
    } catch (const host::sdk::AppError& error) {
        EXPECT_GT(error.errors().size(), 10U);
        for (const auto& one : error.errors()) {
            EXPECT_NE(xapiTexts().text(one.reason), one.reason) << one.pointer;
            EXPECT_TRUE(one.fix.empty() || xapiTexts().text(one.fix) != one.fix) << one.pointer << ' ' << one.fix;
        }
    }
}

}  // namespace
