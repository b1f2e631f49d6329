#include "plugin/footprint/Profile.h"
#include "tests/unit/footprint/FootprintTestKit.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <iterator>

namespace {

using namespace kit;

std::string fileText(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}
std::string shipped(const std::string& name) {
    return fileText(LMSD_SOURCE_DIR "/config/profiles/" + name);
}

TEST(Profile, basIsAsTheSourcesSay) {
    const Profile& bas = profiles().get("bas");

    EXPECT_EQ(bas.projectValue, "БАС");
    ASSERT_TRUE(bas.participation);
    EXPECT_EQ(bas.participation->flag, "bas");
    EXPECT_EQ(bas.participation->tariffs, (std::vector<std::string>{"individual", "professional"}));
    EXPECT_EQ(bas.testEndpoint, "https://api.u2035test.ru/lrs-external/data/xAPI/");
    EXPECT_FALSE(bas.productionEndpoint);
    EXPECT_EQ(bas.storage, StorageNeed::Required);
    EXPECT_EQ(bas.guidPointer, "/errorId");
    EXPECT_TRUE(bas.letters.at("production-access").guid);
    EXPECT_FALSE(bas.letters.at("test-access").guid);
    EXPECT_EQ(bas.limits.statements, 50);
    EXPECT_EQ(bas.limits.bytes, 512 * 1024);
    EXPECT_EQ(bas.homePage, "https://my.2035.university");
    EXPECT_EQ(bas.policies.viewingMark, 85);
    EXPECT_TRUE(bas.readiness.empty());
    EXPECT_EQ(bas.tables.size(), 5u);
}

TEST(Profile, onlyBasHasAConditionForTakingPart) {
    EXPECT_FALSE(profiles().get("code-future").participation);
    EXPECT_FALSE(profiles().get("digital-professions").participation);
}

TEST(Profile, storageIsOptionalForCodeFutureOnly) {
    EXPECT_EQ(profiles().get("code-future").storage, StorageNeed::Optional);
    EXPECT_EQ(profiles().get("digital-professions").storage, StorageNeed::Required);
}

TEST(Profile, onlyDigitalProfessionsHasReadinessRulesAndItHasNoMethodist) {
    const Profile& profile = profiles().get("digital-professions");

    EXPECT_EQ(profile.readiness.size(), 7u);
    EXPECT_TRUE(profiles().get("code-future").readiness.empty());
    for (const StatementKind& kind : profile.statements) EXPECT_GT(kind.from, Source::Element) << kind.name;
}

TEST(Profile, takesTheReflectionsPolicyAloneOrWithLimits) {
    const auto with = [](const std::string& reflections) {
        std::string text = shipped("code-future.json");
        const auto from = text.find("\"reflections\": {");
        text.replace(from, text.find('}', from) + 1 - from, "\"reflections\": " + reflections);
        std::vector<host::sdk::FieldError> errors;
        auto profile = readProfile("code-future.json", text, errors);
        EXPECT_TRUE(errors.empty()) << errors.at(0).pointer << ": " << errors.at(0).reason;
        return profile;
    };

    const auto alone = with("\"send-marked\"");
    const auto limits =
        with(R"({"policy": "hold", "minWords": 9, "copyShare": {"value": 0.7, "inferred": "because"}})");

    EXPECT_EQ(alone->policies.reflections, ReflectionPolicy::SendMarked);
    EXPECT_EQ(alone->policies.reflectionLimits.minWords, ReflectionLimits{}.minWords);
    EXPECT_EQ(limits->policies.reflections, ReflectionPolicy::Hold);
    EXPECT_EQ(limits->policies.reflectionLimits.minWords, 9);
    EXPECT_DOUBLE_EQ(limits->policies.reflectionLimits.copyShare, 0.7);
}

TEST(Profile, everyGuessSaysWhy) {
    for (const auto& profile : profiles().all()) {
        EXPECT_FALSE(profile->inferred.empty());
        for (const Inferred& guess : profile->inferred) EXPECT_GT(guess.reason.size(), 10u) << guess.pointer;
    }
}

TEST(Profile, versionTagChangesWithTheText) {
    std::vector<FieldError> errors;
    const auto one = readProfile("bas.json", shipped("bas.json"), errors);
    const auto other = readProfile("bas.json", shipped("bas.json") + "\n", errors);

    ASSERT_TRUE(one && other);
    EXPECT_NE(one->versionTag(), other->versionTag());
}

TEST(Profile, shippedOnesSatisfyTheSchemaBesideThem) {
    rapidjson::Document schemaJson;
    schemaJson.Parse(shipped("profile.schema.json").c_str());
    ASSERT_FALSE(schemaJson.HasParseError());
    const rapidjson::SchemaDocument schema(schemaJson);
    for (const char* name : {"bas.json", "code-future.json", "digital-professions.json"}) {
        rapidjson::Document document;
        document.Parse(shipped(name).c_str());
        rapidjson::SchemaValidator validator(schema);
        rapidjson::StringBuffer where;
        const bool accepted = document.Accept(validator);
        validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
        EXPECT_TRUE(accepted) << name << " " << where.GetString() << " " << validator.GetInvalidSchemaKeyword();
    }
}

TEST(Profile, theSchemaRefusesAnUnknownKey) {
    rapidjson::Document schemaJson;
    schemaJson.Parse(shipped("profile.schema.json").c_str());
    const rapidjson::SchemaDocument schema(schemaJson);
    rapidjson::Document document;
    document.Parse(shipped("bas.json").c_str());
    document.AddMember("colour", "red", document.GetAllocator());
    rapidjson::SchemaValidator validator(schema);

    EXPECT_FALSE(document.Accept(validator));
}

/// One change to bas.json: a JSON value put at a pointer ("" removes), and the fault that must be named.
struct Fault {
    const char* name;
    const char* pointer;
    const char* value;
    const char* at;
    const char* reason;
};
class ProfileRefuses : public testing::TestWithParam<Fault> {};

TEST_P(ProfileRefuses, withFilePointerAndReason) {
    rapidjson::Document document;
    document.Parse(shipped("bas.json").c_str());
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

    std::vector<FieldError> errors;
    EXPECT_EQ(readProfile("bas.json", buffer.GetString(), errors), nullptr);
    ASSERT_FALSE(errors.empty());
    EXPECT_EQ(errors[0].pointer, std::string("bas.json#") + GetParam().at);
    EXPECT_NE((errors[0].reason + " " + errors[0].fix).find(GetParam().reason), std::string::npos)
        << errors[0].reason << " " << errors[0].fix;
}

INSTANTIATE_TEST_SUITE_P(
    Table, ProfileRefuses,
    testing::Values(
        Fault{"unknownKey", "/homepage", "\"https://x.y\"", "/homepage", "did you mean 'homePage'"},
        Fault{"noTitle", "/title", "", "/title", "is missing"},
        Fault{"emptyProject", "/project", "\"\"", "/project", "must be a text"},
        Fault{"plainHttpEndpoint", "/endpoints/test", "\"http://x.y\"", "/endpoints/test", "https"},
        Fault{"noProduction", "/endpoints/production", "", "/endpoints/production", "write null"},
        Fault{"storage", "/storage", "\"maybe\"", "/storage", "must be one of none, optional, required"},
        Fault{"guidPointer", "/guid/pointer", "\"errorId\"", "/guid/pointer", "JSON pointer"},
        Fault{"letter", "/letters/testaccess", "{}", "/letters/testaccess", "unknown letter"},
        Fault{"limits", "/limits/statements", "0", "/limits/statements", "1 to 10000"},
        Fault{"mark", "/policies/viewingMark", "101", "/policies/viewingMark", "0 to 100"},
        Fault{"shareOfNothing", "/policies/reflections/copyShare", "0", "/policies/reflections/copyShare", "0.05 to 1"},
        Fault{"halfAWord", "/policies/reflections/minWords", "2.5", "/policies/reflections/minWords", "whole number"},
        Fault{"reflectionPolicy", "/policies/reflections/policy", "\"drop\"", "/policies/reflections/policy",
              "send-marked"},
        Fault{"reflectionKey", "/policies/reflections/maxWords", "9", "/policies/reflections/maxWords", ""},
        Fault{"guessWithoutWhy", "/policies/viewingMark", "{\"value\":85}", "/policies/viewingMark/inferred",
              "is missing"},
        Fault{"tariff", "/participation/tariffs/0", "\"gold\"", "/participation/tariffs", "unknown tariff 'gold'"},
        Fault{"from", "/statements/0/from", "\"course\"", "/statements/0/from", "must be one of flow"},
        Fault{"twice", "/statements/1/name", "\"methodist.course\"", "/statements/1/name", "is there twice"},
        Fault{"element", "/statements/4/elements/0", "\"vidio\"", "/statements/4/elements/0", "did you mean 'video'"},
        Fault{"placeholder", "/statements/0/template/object/id", "\"{course.activityid}\"",
              "/statements/0/template/object/id", "did you mean 'course.activityId'"},
        Fault{"statementKey", "/statements/0/template/stored", "\"x\"", "/statements/0/template/stored", "no such key"},
        Fault{"gradedWithoutSuccess", "/statements/15/template/result/success", "\"{result.success?}\"",
              "/statements/15/template", "'/result/success' must always"},
        Fault{"platform", "/statements/15/template/context/platform", "\"x\"",
              "/statements/15/template/context/platform", "no such key"},
        Fault{"guessOfNothing", "/statements/0/guesses", "{\"/nowhere\":\"because\"}", "/statements/0/guesses//nowhere",
              "names no place"},
        Fault{"column", "/tables/0/columns/0/value", "\"{learner.unti}\"", "/tables/0/columns/0/value",
              "did you mean 'learner.untiId'"},
        Fault{"columnText", "/tables/0/columns/0/value", "\"5\"", "/tables/0/columns/0/value",
              "must be one placeholder"},
        Fault{"tableName", "/tables/0/name", "\"Итог\"", "/tables/0/name", "file's name"},
        Fault{"readiness", "/readiness", "[{\"check\":\"magic\",\"title\":\"x\"}]", "/readiness/0/check",
              "must be one of"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Profile, reportsAllFaultsTogether) {
    std::vector<FieldError> errors;
    EXPECT_EQ(readProfile("x.json", R"({"version":"1","titel":"x","project":"p","homePage":"ftp://x"})", errors),
              nullptr);
    EXPECT_GE(errors.size(), 6u);
}

TEST(Profile, namesTheLineOfBrokenJson) {
    std::vector<FieldError> errors;
    EXPECT_EQ(readProfile("x.json", "{\n \"version\": \"1\",\n]", errors), nullptr);
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_NE(errors[0].reason.find("line 3"), std::string::npos) << errors[0].reason;
}

TEST(Profile, refusesAKeyThatIsThereTwice) {
    std::string text = shipped("bas.json");
    text.insert(text.find('{') + 1, "\"title\":\"other\",");
    std::vector<FieldError> errors;
    EXPECT_EQ(readProfile("bas.json", text, errors), nullptr);
    ASSERT_FALSE(errors.empty());
    EXPECT_EQ(errors[0].pointer, "bas.json#/title");
}

TEST(ProfileSet, refusesAFolderWithoutProfiles) {
    try {
        ProfileSet::load(LMSD_SOURCE_DIR "/config/no-such-folder");
        FAIL();
    } catch (const host::sdk::AppError& error) {
        EXPECT_EQ(error.code(), "profile.invalid");
    }
}

TEST(ProfileSet, namesTheProfilesThereAreWhenOneIsUnknown) {
    try {
        profiles().get("bass");
        FAIL();
    } catch (const host::sdk::AppError& error) {
        EXPECT_NE(std::string(error.what()).find("code-future"), std::string::npos);
    }
}

TEST(Placeholders, areAllDescribed) {
    const std::string text = describePlaceholders();
    for (std::size_t i = 0; i < kNameCount; ++i) {
        const Placeholder& p = placeholder(static_cast<Name>(i));
        EXPECT_NE(text.find(std::string("| `") + p.text + "` |"), std::string::npos) << p.text;
        EXPECT_NE(*p.missingCode, '\0') << p.text;
        EXPECT_EQ(findPlaceholder(p.text), &p) << p.text;
    }
}

}  // namespace
