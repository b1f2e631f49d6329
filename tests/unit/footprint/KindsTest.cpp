// Which record becomes what, beyond grades and videos: facts, diaries, openings, reflections, files.

#include "tests/unit/footprint/FootprintTestKit.h"

#include <gtest/gtest.h>

namespace {

using namespace kit;

std::string text(const StatementDraft& draft, const char* pointer) {
    const auto json = parsed(draft.bytes);
    const auto* value = rapidjson::Pointer(pointer).Get(json);
    return value != nullptr && value->IsString() ? value->GetString() : "";
}
bool has(const StatementDraft& draft, const char* pointer) {
    return rapidjson::Pointer(pointer).Get(parsed(draft.bytes)) != nullptr;
}

TEST(Facts, referToTheirDefinition) {
    Case c;
    const Plan plan = c.plan();
    const auto* definition = plan.draftOf("methodist.fact.activity", 51);
    const auto* fact = plan.draftOf("learner.fact", 2051);
    ASSERT_NE(definition, nullptr);
    ASSERT_NE(fact, nullptr);
    EXPECT_EQ(fact->dependsOn, definition->statementId);
    EXPECT_EQ(text(*fact, "/result/extensions/https:~1~1api.2035.university~1target"), "max");
    const auto* assessed = plan.draftOf("learner.fact.assessment", 2052);
    ASSERT_NE(assessed, nullptr);
    EXPECT_EQ(assessed->dependsOn, plan.draftOf("methodist.fact.assessment", 52)->statementId);
    EXPECT_EQ(text(*assessed, "/context/extensions/https:~1~1api.2035.university~1qualification"), "Оператор БПЛА");
    EXPECT_FALSE(has(*assessed, "/context/contextActivities"));
}

TEST(Facts, needWhoFixesThemAndHow) {
    Case c;
    c.element(51).fixationUntiIds.clear();
    c.element(51).fixationRoles.clear();
    c.element(52).fixationMethod.clear();
    const Plan plan = c.plan();
    EXPECT_EQ(plan.codeOf("element", 51), "no-fixation-persons");
    EXPECT_EQ(plan.codeOf("element", 52), "no-fixation-method");
    EXPECT_EQ(plan.codeOf("result", 2051), "refers-to-unsendable");
}

TEST(PracticeDiary, refersToTheOnePracticeBlockAndCarriesItsFile) {
    Case c;
    const Plan plan = c.plan();
    const auto* diary = plan.draftOf("learner.practice-diary", 2053);
    ASSERT_NE(diary, nullptr);
    EXPECT_EQ(diary->dependsOn, plan.draftOf("methodist.block", 4)->statementId);
    EXPECT_EQ(text(*diary, "/attachments/0/fileUrl"), c.sample.files.at(9003).url);
    EXPECT_FALSE(has(*diary, "/result"));
    EXPECT_EQ(plan.codeOf("element", 53), "") << "the element itself is told about nowhere";
}

TEST(PracticeDiary, isListedWithoutABlockOrWithTwo) {
    Case c;
    Block second = c.sample.structure.blocks.back();
    second.id = 5;
    c.sample.structure.blocks.push_back(second);
    EXPECT_EQ(c.plan().codeOf("result", 2053), "two-practice-blocks");
    for (Block& block : c.sample.structure.blocks) block.deleted = block.type == "practice";
    c.element(53).blockId = 3;
    EXPECT_EQ(c.plan().codeOf("result", 2053), "no-practice-block");
}

TEST(PracticeDiary, withoutAFileIsListed) {
    Case c;
    c.result(2053).fileIds.clear();
    EXPECT_EQ(c.plan().codeOf("result", 2053), "no-file");
}

TEST(Openings, areViewedOrDownloaded) {
    Case c;
    const Plan plan = c.plan();
    EXPECT_EQ(text(*plan.draftOf("learner.viewed", 3301), "/verb/id"), "http://id.tincanapi.com/verb/viewed");
    const auto* downloaded = plan.draftOf("learner.downloaded", 3302);
    ASSERT_NE(downloaded, nullptr);
    EXPECT_EQ(downloaded->dependsOn, plan.draftOf("methodist.article", 33)->statementId);
}

TEST(Openings, ofAVideoAreListed) {
    Case c;
    c.sample.openings[0].elementId = 31;
    EXPECT_EQ(c.plan().codeOf("opening", 3301), "kind-not-in-profile");
}

TEST(Reflections, areOfAModuleOrOfTheProgramme) {
    Case c;
    c.profile = "digital-professions";
    const Plan plan = c.plan();
    EXPECT_EQ(text(*plan.draftOf("learner.reflection", 4001), "/object/id"),
              "https://lms.example.org/courses/s1/theory/modules/11/reflection");
    EXPECT_EQ(text(*plan.draftOf("learner.reflection", 4002), "/object/id"),
              "https://lms.example.org/courses/s1/reflection");
    EXPECT_EQ(text(*plan.draftOf("learner.reflection", 4001), "/result/response"), c.sample.reflections[0].text);
    EXPECT_FALSE(has(*plan.draftOf("learner.reflection", 4002),
                     "/context/extensions/https:~1~1api.2035.university~1module_num"));
}

TEST(Reflections, areCountedWhereTheProfileAsksForNone) {
    Case c;
    const Plan plan = c.plan();
    EXPECT_EQ(c.counts.notAsked.at("reflection"), 2);
    EXPECT_EQ(plan.codeOf("reflection", 4001), "");
}

TEST(Reflections, ofAModuleThatIsNotThereAreListed) {
    Case c;
    c.profile = "digital-professions";
    c.sample.reflections[0].moduleId = 777;
    EXPECT_EQ(c.plan().codeOf("reflection", 4001), "unknown-module");
}

TEST(Grades, carryTheLearnersFileWhenThereIsOne) {
    Case c;
    const Plan plan = c.plan();
    EXPECT_EQ(text(*plan.draftOf("learner.grade", 1034), "/attachments/0/sha2"), std::string(64, '8'));
    EXPECT_FALSE(has(*plan.draftOf("learner.grade", 1041), "/attachments"));
}

TEST(Grades, waitForTheirFile) {
    Case c;
    c.sample.files.at(9002).url.clear();
    EXPECT_EQ(c.plan().codeOf("result", 1034), "file-not-in-storage");
}

TEST(Grades, withAFileAndNoStorageGoAsTheProfileSays) {
    Case c;
    c.storage = false;
    EXPECT_EQ(c.plan().codeOf("result", 1034), "no-storage");
    c.profile = "code-future";
    const Plan plan = c.plan();
    ASSERT_NE(plan.draftOf("learner.grade", 1034), nullptr);
    EXPECT_FALSE(has(*plan.draftOf("learner.grade", 1034), "/attachments"));
    EXPECT_EQ(plan.codeOf("result", 1046), "no-file") << "a final work is nothing without its file";
    EXPECT_GT(c.counts.filesLeftOut, 0);
}

TEST(Recordings, areAttachedOnlyWhereTheRecordingWasWatched) {
    Case c;
    const Plan plan = c.plan();
    EXPECT_EQ(text(*plan.draftOf("learner.video", 1032), "/attachments/0/contentType"), "video/mp4");
    EXPECT_FALSE(has(*plan.draftOf("learner.video", 1031), "/attachments"));
    EXPECT_FALSE(has(*plan.draftOf("learner.webinar", 1033), "/attachments"));
}

TEST(FailedAttempt, isPassedWithSuccessFalse) {
    Case c;
    c.result(1041).success = false;
    const auto json = parsed(c.plan().draftOf("learner.grade", 1041)->bytes);
    EXPECT_STREQ(rapidjson::Pointer("/verb/id").Get(json)->GetString(), "http://adlnet.gov/expapi/verbs/passed");
    EXPECT_FALSE(rapidjson::Pointer("/result/success").Get(json)->GetBool());
}

}  // namespace
