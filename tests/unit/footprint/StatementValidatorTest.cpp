#include "common/Rfc3339.h"
#include "plugin/footprint/StatementValidator.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

using namespace plugin::footprint;

constexpr auto kGood =
    R"({"id":"0b0f6b0e-7c53-4f7e-8a11-0d6f2b5b2002","version":"1.0.3","timestamp":"2025-12-01T15:00:00+03:00",
 "actor":{"objectType":"Agent","account":{"homePage":"https://my.2035.university","name":"100001"}},
 "verb":{"id":"http://adlnet.gov/expapi/verbs/passed","display":{"ru-RU":"ok"}},
 "object":{"id":"0b0f6b0e-7c53-4f7e-8a11-0d6f2b5b1006","objectType":"StatementRef"},
 "result":{"score":{"raw":90,"min":0,"max":100,"scaled":0.9},"success":true,"duration":"PT14M8S"},
 "context":{"contextActivities":{"parent":[{"id":"https://lms.example.org/c","objectType":"Activity",
   "definition":{"type":"http://adlnet.gov/expapi/activities/course"}}]},
   "extensions":{"https://api.2035.university/project":"x","https://api.2035.university/flow_id":7001}},
 "attachments":[{"usageType":"http://id.tincanapi.com/attachment/supporting_media","display":{"ru-RU":"a"},
   "description":{"ru-RU":"b"},"contentType":"application/pdf","length":204800,
   "sha2":"71662bd35817bc32c9214911f0c7233f4e415cb8742e95725c54750b1db6b824","fileUrl":"https://s3.example.net/a.pdf"}]})";

const std::vector<std::string> kExtensions{"https://api.2035.university/project",
                                           "https://api.2035.university/flow_id"};

class StatementValidatorTest : public testing::Test {
protected:
    std::string ruleFor(const std::string& bytes) {
        Expectation expected;
        expected.now = common::Rfc3339::parse("2025-12-02T00:00:00Z").value();
        expected.graded = true;
        expected.contextExtensions = kExtensions;
        const auto broken = validator.check(bytes, expected);
        return broken ? broken->rule : "";
    }
    StatementValidator validator;
};

TEST_F(StatementValidatorTest, acceptsAGoodStatement) {
    EXPECT_EQ(ruleFor(kGood), "");
}

TEST_F(StatementValidatorTest, refusesOtherThanAscii) {
    std::string text = kGood;
    text.replace(text.find("ok"), 2, "ё");
    EXPECT_EQ(ruleFor(text), "ascii");
}

TEST_F(StatementValidatorTest, refusesTornJson) {
    EXPECT_EQ(ruleFor(std::string(kGood).substr(0, 200)), "json");
}

TEST_F(StatementValidatorTest, refusesAKeyThatIsThereTwice) {
    std::string text = kGood;
    text.replace(text.find("\"raw\":90"), 8, "\"raw\":90,\"raw\":80");
    EXPECT_EQ(ruleFor(text), "duplicate-key");
}

TEST_F(StatementValidatorTest, refusesAReferenceToAnotherStatement) {
    Expectation expected;
    expected.now = common::Rfc3339::parse("2025-12-02T00:00:00Z").value();
    expected.reference = "0b0f6b0e-7c53-4f7e-8a11-0d6f2b5b1007";
    EXPECT_EQ(validator.check(kGood, expected)->rule, "reference");
}

/// One change to the good statement: a JSON value put at a pointer ("" removes), and the rule it breaks.
struct Change {
    const char* name;
    const char* pointer;
    const char* value;
    const char* rule;
};
class ValidatorRefuses : public StatementValidatorTest, public testing::WithParamInterface<Change> {};

TEST_P(ValidatorRefuses, oneChange) {
    rapidjson::Document document;
    document.Parse(kGood);
    const rapidjson::Pointer pointer(GetParam().pointer);
    if (*GetParam().value == '\0') {
        pointer.Erase(document);
    } else {
        rapidjson::Document value(&document.GetAllocator());
        value.Parse(GetParam().value);
        ASSERT_FALSE(value.HasParseError());
        pointer.Set(document, value);
    }
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    document.Accept(writer);

    EXPECT_EQ(ruleFor(buffer.GetString()), GetParam().rule);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ValidatorRefuses,
    testing::Values(
        Change{"idMissing", "/id", "", "id"}, Change{"idNoUuid", "/id", "\"abc\"", "id"},
        Change{"idOfVersion1", "/id", "\"0b0f6b0e-7c53-1f7e-8a11-0d6f2b5b2002\"", "id"},
        Change{"idOfWrongVariant", "/id", "\"0b0f6b0e-7c53-4f7e-7a11-0d6f2b5b2002\"", "id"},
        Change{"version", "/version", "\"2.0\"", "version"},
        Change{"timeWithoutOffset", "/timestamp", "\"2025-12-01T15:00:00\"", "timestamp"},
        Change{"timeInTheFuture", "/timestamp", "\"2025-12-02T03:05:01+03:00\"", "timestamp"},
        Change{"nameAsNumber", "/actor/account/name", "100001", "actor"},
        Change{"nameWithZero", "/actor/account/name", "\"0100\"", "actor"},
        Change{"nameWithLetters", "/actor/account/name", "\"user7\"", "actor"},
        Change{"mailbox", "/actor/mbox", "\"mailto:a@b.ru\"", "unknown-key"},
        Change{"verbNoIri", "/verb/id", "\"passed\"", "verb"},
        Change{"displayTag", "/verb/display", "{\"ru_RU\":\"x\"}", "verb"},
        Change{"referenceNoUuid", "/object/id", "\"quiz-17\"", "reference"},
        Change{"referenceWithDefinition", "/object/definition", "{\"type\":\"http://x\"}", "unknown-key"},
        Change{"objectType", "/object/objectType", "\"Agent\"", "object"},
        Change{"scoreHalf", "/result/score/max", "", "score"},
        Change{"scoreOutside", "/result/score/raw", "101", "score"},
        Change{"scoreTurned", "/result/score/min", "100", "score"},
        Change{"scaledOver1", "/result/score/scaled", "1.5", "score"},
        Change{"scoreAsText", "/result/score/raw", "\"90\"", "score"}, Change{"noScore", "/result/score", "", "score"},
        Change{"noResult", "/result", "", "score"}, Change{"noSuccess", "/result/success", "", "success"},
        Change{"successAs1", "/result/success", "1", "success"},
        Change{"duration", "/result/duration", "\"14:08\"", "duration"},
        Change{"durationOrder", "/result/duration", "\"PT8S14M\"", "duration"},
        Change{"durationEmpty", "/result/duration", "\"PT\"", "duration"},
        Change{"platform", "/context/platform", "\"lms\"", "context"},
        Change{"extensionMissing", "/context/extensions/https:~1~1api.2035.university~1flow_id", "", "context"},
        Change{"extensionKey", "/context/extensions/flow", "1", "extensions"},
        Change{"parentNoIri", "/context/contextActivities/parent/0/id", "\"c1\"", "object"},
        Change{"null", "/context/extensions/https:~1~1api.2035.university~1project", "null", "null"},
        Change{"emptyObject", "/result/extensions", "{}", "empty"}, Change{"emptyArray", "/attachments", "[]", "empty"},
        Change{"stored", "/stored", "\"2025-12-01T15:00:00+03:00\"", "unknown-key"},
        Change{"resultKey", "/result/points", "1", "unknown-key"},
        Change{"attachmentNoLength", "/attachments/0/length", "", "attachment"},
        Change{"attachmentLength0", "/attachments/0/length", "0", "attachment"},
        Change{"attachmentSha1", "/attachments/0/sha2", "\"da39a3ee5e6b4b0d3255bfef95601890afd80709\"", "attachment"},
        Change{"attachmentFont", "/attachments/0/contentType", "\"font/woff2\"", "attachment"},
        Change{"attachmentPlainHttp", "/attachments/0/fileUrl", "\"http://s3.example.net/a\"", "attachment"},
        Change{"attachmentKey", "/attachments/0/size", "1", "unknown-key"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_F(StatementValidatorTest, acceptsEveryExampleOfTheSpecification) {
    const char* shared = std::getenv("LMSD_SHARED");
    const std::filesystem::path folder =
        std::filesystem::path(shared != nullptr ? shared : LMSD_SOURCE_DIR "/../shared") / "spec/examples";
    if (!std::filesystem::exists(folder))
        GTEST_SKIP() << "no examples: set LMSD_SHARED to the folder with spec/examples";
    int seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        rapidjson::Document document;
        document.Parse(text.c_str());
        rapidjson::StringBuffer buffer;
        rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::ASCII<>> writer(buffer);
        document.Accept(writer);
        Expectation expected;
        expected.now = common::Rfc3339::parse("2026-01-01T00:00:00Z").value();
        const auto broken = validator.check(buffer.GetString(), expected);
        EXPECT_FALSE(broken) << entry.path() << ": " << broken->rule << " " << broken->pointer << " " << broken->reason;
        ++seen;
    }
    EXPECT_GE(seen, 15);
}

}  // namespace
