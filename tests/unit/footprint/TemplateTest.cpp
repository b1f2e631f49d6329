#include "plugin/footprint/JsonText.h"
#include "plugin/footprint/Template.h"

#include <gtest/gtest.h>
#include <rapidjson/document.h>

namespace {

using namespace plugin::footprint;
using host::sdk::FieldError;

constexpr unsigned kScope = scopeOf(Source::Result);

class TemplateTest : public testing::Test {
protected:
    std::vector<FieldError> faultsOf(const std::string& json, const Places& places = {}) {
        rapidjson::Document document;
        document.Parse(json.c_str());
        EXPECT_FALSE(document.HasParseError()) << json;
        std::vector<FieldError> errors;
        compiled = Template::compile(document, kScope, places, "t", errors);
        return errors;
    }
    std::string render(const std::string& json) {
        for (const FieldError& e : faultsOf(json)) ADD_FAILURE() << e.pointer << ": " << e.reason;
        std::string out;
        failure = compiled.render(values, out);
        return out;
    }

    ZoneTime zone{"Europe/Moscow"};
    Values values{zone};
    Template compiled;
    std::optional<RenderFailure> failure;
};

TEST_F(TemplateTest, givesAPlaceholderAloneItsOwnType) {
    values.setNumber(Name::ResultRaw, 8.5);
    values.setBoolean(Name::ResultSuccess, false);
    values.setInteger(Name::ResultDuration, 848);
    values.setInteger(Name::ResultAt, 1'744'709'653'000'000);
    values.setText(Name::LearnerUntiId, "100001");

    EXPECT_EQ(render(R"({"r":"{result.raw}","s":"{result.success}","d":"{result.duration}","t":"{result.at}",
                         "n":"{learner.untiId}"})"),
              R"({"r":8.5,"s":false,"d":"PT14M8S","t":"2025-04-15T12:34:13+03:00","n":"100001"})");
}

TEST_F(TemplateTest, putsAValueIntoText) {
    values.setNumber(Name::ResultRaw, 8.5);

    EXPECT_EQ(render(R"({"a":"балл {result.raw} из {{10}}"})"),
              R"({"a":"\u0431\u0430\u043b\u043b 8.5 \u0438\u0437 {10}"})");
}

TEST_F(TemplateTest, escapesWhatAValueBrings) {
    values.setText(Name::ElementTitle, "a\"},{\"x\":1 😀");

    EXPECT_EQ(render(R"({"a":"{element.title}"})"), R"({"a":"a\"},{\"x\":1 \ud83d\ude00"})");
}

TEST_F(TemplateTest, dropsAnOptionalMemberWherever) {
    values.setNumber(Name::ResultRaw, 1);

    EXPECT_EQ(render(R"({"x":"{result.min?}","a":"{result.raw}"})"), R"({"a":1})");
    EXPECT_EQ(render(R"({"a":"{result.raw}","x":"{result.min?}"})"), R"({"a":1})");
    EXPECT_EQ(render(R"({"x":"{result.min?}","a":"{result.raw?}","y":"of {result.max?}","z":2})"), R"({"a":1,"z":2})");
}

TEST_F(TemplateTest, dropsContainersThatBecameEmpty) {
    EXPECT_EQ(render(R"({"a":1,"b":{"c":{"d":"{result.raw?}"},"e":["{result.min?}"]}})"), R"({"a":1})");
    EXPECT_EQ(render(R"({"b":{"c":"{result.raw?}"},"a":1})"), R"({"a":1})");
}

TEST_F(TemplateTest, keepsAContainerThatIsHalfEmpty) {
    values.setNumber(Name::ResultMax, 10);

    EXPECT_EQ(
        render(R"({"b":{"c":"{result.raw?}","d":{"e":"{result.max?}","f":"{result.min?}"}},"a":[1,"{result.raw?}"]})"),
        R"({"b":{"d":{"e":10}},"a":[1]})");
}

TEST_F(TemplateTest, keepsAMemberOnACondition) {
    values.setBoolean(Name::ResultSuccess, true);
    const std::string json =
        R"({"a":1,"x":{"$if":"result.success","$then":true},"y":{"$if":"!result.success","$then":"{result.raw}","$else":"no"},
            "z":{"$if":["result.success","element.level=theme"],"k":2}})";

    EXPECT_EQ(render(json), R"({"a":1,"x":true,"y":"no"})");
    values.setText(Name::ElementLevel, "theme");
    EXPECT_EQ(render(json), R"({"a":1,"x":true,"y":"no","z":{"k":2}})");
}

TEST_F(TemplateTest, comparesNumbersAndMissingValues) {
    values.setInteger(Name::BlockNumber, 2);

    EXPECT_EQ(
        render(R"({"a":{"$if":"block.number=2","$then":1,"$else":0},"b":{"$if":"result.raw=1","$then":1,"$else":0},
                         "c":{"$if":"result.raw!=1","$then":1,"$else":0}})"),
        R"({"a":1,"b":0,"c":1})");
}

TEST_F(TemplateTest, repeatsForEveryFile) {
    const std::vector<PlacedFile> files{{"a.pdf", "application/pdf", 10, "aa", "https://x/a"},
                                        {"b.png", "image/png", 20, "bb", "https://x/b"}};
    const std::string json =
        R"({"a":1,"f":[{"$each":"{result.files?}","$item":{"n":"{file.name}","l":"{file.size}"}}]})";

    EXPECT_EQ(render(json), R"({"a":1})");
    values.setFiles(Name::ResultFiles, files);
    EXPECT_EQ(render(json), R"({"a":1,"f":[{"n":"a.pdf","l":10},{"n":"b.png","l":20}]})");
}

TEST_F(TemplateTest, writesAListOfTexts) {
    const std::vector<std::string> persons{"900002", "900003"};
    values.setTexts(Name::FlowInstructors, persons);

    EXPECT_EQ(render(R"({"p":"{flow.instructors}","o":[{"$each":"{flow.instructors}","$item":"{person.untiId}"}]})"),
              R"({"p":["900002","900003"],"o":["900002","900003"]})");
}

TEST_F(TemplateTest, namesTheRequiredValueThatIsMissing) {
    EXPECT_EQ(render(R"({"a":1,"b":{"c":"{result.raw}"}})"), "");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->name, Name::ResultRaw);
    EXPECT_EQ(failure->kind, RenderFailure::Kind::Missing);
}

TEST_F(TemplateTest, namesARequiredListThatIsEmpty) {
    EXPECT_EQ(render(R"({"f":[{"$each":"{result.files}","$item":"{file.name}"}],"a":1})"), "");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->name, Name::ResultFiles);
}

TEST_F(TemplateTest, namesTheTextThatIsNotUtf8) {
    values.setText(Name::ElementTitle, "\xff");
    EXPECT_EQ(render(R"({"a":"{element.title}"})"), "");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->kind, RenderFailure::Kind::BadText);
}

TEST_F(TemplateTest, tellsWhichKeysAreAlwaysThere) {
    render(R"({"a":{"k":1,"l":"{result.raw?}","m":{"$if":"result.success","$then":1},"n":{"o":"{result.min?}"}}})");

    EXPECT_EQ(compiled.constantKeys("/a"), std::vector<std::string>{"k"});
}

struct Refusal {
    const char* name;
    const char* json;
    const char* pointer;
    const char* reason;
};
class TemplateRefuses : public TemplateTest, public testing::WithParamInterface<Refusal> {};

TEST_P(TemplateRefuses, withPlaceAndReason) {
    Places places;
    places.values = {{"/score", {ValueType::Number}, false},
                     {"/name", {ValueType::Text}, false},
                     {"/id", {ValueType::Uuid}, true},
                     {"/list/*/id", {ValueType::Iri}, false}};
    places.objects = {{"/actor", {"objectType", "account"}}};

    const auto errors = faultsOf(GetParam().json, places);

    ASSERT_FALSE(errors.empty());
    EXPECT_EQ(errors[0].pointer, GetParam().pointer);
    EXPECT_NE((errors[0].reason + " " + errors[0].fix).find(GetParam().reason), std::string::npos)
        << errors[0].reason << " " << errors[0].fix;
}

INSTANTIATE_TEST_SUITE_P(
    Table, TemplateRefuses,
    testing::Values(
        Refusal{"unknownName", R"({"id":"{statement.id}","a":"{result.row}"})", "t/a", "did you mean 'result.raw'"},
        Refusal{"nameOfAnotherRecord", R"({"id":"{statement.id}","a":"{view.percent}"})", "t/a", "has no value here"},
        Refusal{"itemOutsideAList", R"({"id":"{statement.id}","a":"{file.url}"})", "t/a", "has no value here"},
        Refusal{"textForANumber", R"({"id":"{statement.id}","score":"{learner.untiId}"})", "t/score", "must be number"},
        Refusal{"numberForAText", R"({"id":"{statement.id}","name":"{programme.u2035Id}"})", "t/name", "must be text"},
        Refusal{"literalOfWrongType", R"({"id":"{statement.id}","score":"five"})", "t/score", "must be number"},
        Refusal{"constantId", R"({"id":"0b0f6b0e-7c53-4f7e-8a11-0d6f2b5b1001"})", "t/id", "must be uuid"},
        Refusal{"idInsideText", R"({"id":"x{statement.id}"})", "t/id", "must be uuid"},
        Refusal{"missingPlace", R"({"a":1})", "t", "'/id' must always be in a statement"},
        Refusal{"optionalPlace", R"({"a":1,"id":{"$if":"result.success","$then":"{statement.id}"}})", "t",
                "'/id' must always"},
        Refusal{"typeBehindACondition",
                R"({"id":"{statement.id}","score":{"$if":"result.success","$then":"{element.title}"}})",
                "t/score/$then", "must be number"},
        Refusal{"unknownKey", R"({"id":"{statement.id}","actor":{"objectTyp":"Agent"}})", "t/actor/objectTyp",
                "did you mean 'objectType'"},
        Refusal{"computedKey", R"({"id":"{statement.id}","{result.raw}":1})", "t/{result.raw}", "can't be computed"},
        Refusal{"unknownDirective", R"({"id":"{statement.id}","a":{"$when":1}})", "t/a/$when", "unknown directive"},
        Refusal{"openBrace", R"({"id":"{statement.id}","a":"x {result.raw"})", "t/a", "is not closed"},
        Refusal{"strayBrace", R"({"id":"{statement.id}","a":"x }"})", "t/a", "closes nothing"},
        Refusal{"null", R"({"id":"{statement.id}","a":null})", "t/a", "null can't be sent"},
        Refusal{"emptyObject", R"({"id":"{statement.id}","a":{}})", "t/a", "empty object"},
        Refusal{"emptyArray", R"({"id":"{statement.id}","a":[]})", "t/a", "empty array"},
        Refusal{"listInText", R"({"id":"{statement.id}","a":"x {flow.instructors}"})", "t/a", "is a list"},
        Refusal{"fileListAsValue", R"({"id":"{statement.id}","a":"{result.files}"})", "t/a", "is a list"},
        Refusal{"eachOfNoList", R"({"id":"{statement.id}","a":[{"$each":"{result.raw}","$item":1}]})", "t/a/0/$each",
                "is not a list"},
        Refusal{"eachWithoutItem", R"({"id":"{statement.id}","a":[{"$each":"{result.files}"}]})", "t/a/0",
                "needs $item"},
        Refusal{"conditionUnknown", R"({"id":"{statement.id}","a":{"$if":"result.sucess","$then":1}})", "t/a/$if",
                "did you mean 'result.success'"},
        Refusal{"typeInAList", R"({"id":"{statement.id}","list":[{"id":"{result.raw}"}]})", "t/list/0/id",
                "must be iri"},
        Refusal{"notAnObject", R"([1])", "t", "must be an object"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
