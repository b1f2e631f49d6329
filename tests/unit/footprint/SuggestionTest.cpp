#include "host/sdk/Error.h"
#include "plugin/footprint/ProfileTrial.h"
#include "plugin/footprint/TemplateSuggestion.h"
#include "tests/unit/footprint/FootprintTestKit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <iterator>

namespace {

using namespace kit;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string fileText(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

ProfileText basText() {
    return {"bas", fileText(LMSD_SOURCE_DIR "/config/profiles/bas.json")};
}

std::vector<std::string> kindsOfBas() {
    std::vector<std::string> names;
    for (const StatementKind& kind : profiles().get("bas").statements) names.push_back(kind.name);
    return names;
}

/// A statement of the sample as University 2035 might show it: another id, another learner, another mark.
StatementDraft exampleOf(const std::string& kind) {
    Plan plan;
    planSample(SampleFlow::make(), profiles().get("bas"), plan);
    for (const auto& draft : plan.drafts)
        if (draft.kind == kind) return draft;
    return {};
}

/// What a person adds: the name, and which records it is of (kinds that look alike differ in nothing else).
std::string edited(const std::string& suggested, const std::string& name) {
    auto kind = parsed(suggested);
    auto& allocator = kind.GetAllocator();
    kind["name"].SetString(name.c_str(), allocator);
    const auto profile = parsed(basText().text);
    for (const auto& original : profile["statements"].GetArray()) {
        if (name != original["name"].GetString()) continue;
        EXPECT_STREQ(kind["from"].GetString(), original["from"].GetString());
        for (const auto* key : {"elements", "when", "graded"}) {
            kind.RemoveMember(key);
            if (original.HasMember(key))
                kind.AddMember(rapidjson::Value(key, allocator), rapidjson::Value(original[key], allocator), allocator);
        }
    }
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    kind.Accept(writer);
    return buffer.GetString();
}

class SuggestedFromItsOwnStatement : public testing::TestWithParam<std::string> {};

TEST_P(SuggestedFromItsOwnStatement, isAKindThatIsValidAndRendersTheSameStatement) {
    const auto example = exampleOf(GetParam());
    ASSERT_FALSE(example.bytes.empty());

    const auto made = suggestKind(example.bytes, {basText()});
    const auto whole = withKind(basText().text, edited(made.kind, GetParam()));
    const auto trial = tryProfile("bas.json", whole.text, GetParam());

    EXPECT_THAT(made.unknown, IsEmpty()) << made.like << ' ' << made.unknown.front().pointer;
    ASSERT_THAT(trial.errors, IsEmpty()) << trial.errors.front().pointer << " " << trial.errors.front().reason;
    const auto found = std::find_if(trial.statements.begin(), trial.statements.end(),
                                    [&](const auto& one) { return one.record.id == example.record.id; });
    ASSERT_NE(found, trial.statements.end());
    EXPECT_EQ(parsed(found->bytes), parsed(example.bytes));
}

INSTANTIATE_TEST_SUITE_P(EveryKind, SuggestedFromItsOwnStatement, testing::ValuesIn(kindsOfBas()),
                         [](const auto& kind) {
                             std::string name = kind.param;
                             std::replace_if(
                                 name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
                             return name;
                         });

constexpr const char* kPasted =
    R"({"actor":{"objectType":"Agent","account":{"homePage":"https://my.2035.university","name":"123456"}},)"
    R"("verb":{"id":"http://adlnet.gov/expapi/verbs/scored","display":{"ru":"Оценён {сам}"}},)"
    R"("object":{"id":"8f1b9ad5-5f15-4f0e-9b0e-0d4ba7a5a111","objectType":"StatementRef"},)"
    R"("result":{"score":{"raw":77,"min":0,"max":100,"scaled":0.77},"success":true},)"
    R"("context":{"extensions":{"https://api.2035.university/parent_course_id":5312,)"
    R"("https://api.2035.university/prof_tasks":["a"]}}})";

TEST(Suggestion, proposesPlaceholdersForKnownPlacesAndListsTheRest) {
    const auto made = suggestKind(kPasted, {basText()});

    std::map<std::string, std::string> proposed;
    for (const auto& one : made.proposed) proposed[one.pointer] = one.proposal;
    EXPECT_EQ(proposed["/actor/account/name"], R"("{learner.untiId}")");
    EXPECT_EQ(proposed["/context/extensions/https:~1~1api.2035.university~1parent_course_id"],
              R"("{programme.u2035Id}")");
    EXPECT_EQ(proposed["/object/id"], R"("{ref.element}")");
    EXPECT_EQ(proposed["/result/score/raw"], R"("{result.raw}")");
    std::vector<std::string> unknown;
    for (const auto& one : made.unknown) unknown.push_back(one.pointer);
    EXPECT_THAT(unknown, testing::ElementsAre("/verb/id", "/verb/display/ru",
                                              "/context/extensions/https:~1~1api.2035.university~1prof_tasks/0"));
    EXPECT_THAT(made.kind, Not(HasSubstr("123456")));
}

TEST(Suggestion, keepsBracesOfAPlainTextAsText) {
    EXPECT_THAT(suggestKind(kPasted, {basText()}).kind, HasSubstr("{{сам}}"));
}

TEST(Suggestion, ofAMethodistsStatementUsesNoLearnersName) {
    const auto made = suggestKind(exampleOf("methodist.course").bytes, {basText()});

    EXPECT_THAT(made.kind, HasSubstr("{methodist.untiId}"));
    EXPECT_THAT(made.kind, Not(HasSubstr("{learner.")));
}

TEST(Suggestion, ofALearnersReflectionNamesTheLearnerAndNoReferenceForAnActivity) {
    const auto made = suggestKind(
        R"({"actor":{"objectType":"Agent","account":{"homePage":"https://my.2035.university","name":"123456"}},)"
        R"("verb":{"id":"http://adlnet.gov/expapi/verbs/commented","display":{"ru-RU":"Оставил рефлексию"}},)"
        R"("object":{"id":"https://lms.example.org/courses/s1/theory/modules/11","objectType":"Activity",)"
        R"("definition":{"name":{"ru-RU":"Модуль"},"type":"http://adlnet.gov/expapi/activities/module"}},)"
        R"("result":{"response":"Текст"}})",
        {basText()});

    EXPECT_THAT(made.kind, HasSubstr("{learner.untiId}"));
    EXPECT_THAT(made.kind, Not(HasSubstr("{methodist.")));
    EXPECT_THAT(made.kind, Not(HasSubstr("{ref.element}")));
    EXPECT_EQ(made.unknown.back().pointer, "/result/response");
}

TEST(Suggestion, ofWhatOnlyRefersToAnotherIsALearnersToo) {
    const auto made = suggestKind(
        R"({"actor":{"objectType":"Agent","account":{"homePage":"https://my.2035.university","name":"123456"}},)"
        R"("verb":{"id":"http://id.tincanapi.com/verb/viewed","display":{"ru-RU":"Просмотрел"}},)"
        R"("object":{"id":"8f1b9ad5-5f15-4f0e-9b0e-0d4ba7a5a111","objectType":"StatementRef"},)"
        R"("context":{"extensions":{"https://api.2035.university/block_num":1}}})",
        {basText()});

    EXPECT_THAT(made.kind, HasSubstr("{learner.untiId}"));
    EXPECT_THAT(made.kind, HasSubstr("{ref.element}"));
}

TEST(Suggestion, withoutAnyProfileProposesNothing) {
    const auto made = suggestKind(kPasted, {});

    EXPECT_THAT(made.proposed, IsEmpty());
    EXPECT_THAT(made.kind, HasSubstr("123456"));
}

TEST(Suggestion, takesTheFirstOfAnArray) {
    EXPECT_EQ(suggestKind("[" + std::string(kPasted) + "]", {basText()}).kind, suggestKind(kPasted, {basText()}).kind);
}

TEST(Suggestion, refusesWhatIsNoStatement) {
    for (const auto* text : {"", "{", "[]", "7", R"({"actor":{}})", "null", "\"x\""})
        EXPECT_THROW(suggestKind(text, {basText()}), host::sdk::AppError) << text;
}

TEST(ProfileTrial, namesEveryFaultOfAKindByItsPointer) {
    const auto whole =
        withKind(basText().text, R"({"name":"learner.new","from":"result","template":{"id":"{statement.idd}"}})");

    const auto trial = tryProfile("bas.json", whole.text);

    EXPECT_EQ(trial.profile, nullptr);
    ASSERT_FALSE(trial.errors.empty());
    EXPECT_THAT(trial.errors[0].pointer, HasSubstr("bas.json#/statements/"));
}

TEST(ProfileTrial, warnsOfAKindThatTheSampleDoesNotShow) {
    auto kind = parsed(suggestKind(exampleOf("learner.grade").bytes, {basText()}).kind);
    kind["elements"].Clear();
    kind["elements"].PushBack("fact", kind.GetAllocator());
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    kind.Accept(writer);

    const auto trial = tryProfile("bas.json", withKind(basText().text, buffer.GetString()).text, "learner.new");

    EXPECT_THAT(trial.errors, IsEmpty());
    EXPECT_THAT(trial.statements, IsEmpty());
    EXPECT_THAT(trial.warnings.front(), HasSubstr("learner.new"));
}

TEST(ProfileTrial, putsANewStructureKindBeforeTheLearners) {
    auto text = suggestKind(exampleOf("methodist.course").bytes, {basText()}).kind;

    const auto whole = withKind(basText().text, text);
    const auto trial = tryProfile("bas.json", whole.text);

    EXPECT_EQ(whole.kind, "methodist.new");
    EXPECT_THAT(trial.errors, IsEmpty());
}

TEST(ProfileTrial, refusesWhatIsNoKind) {
    for (const auto* text : {"", "[]", "{}", R"({"name":7})"})
        EXPECT_THROW(withKind(basText().text, text), host::sdk::AppError) << text;
}

}  // namespace
