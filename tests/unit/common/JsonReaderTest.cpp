#include "common/JsonReader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using common::JsonReader;
using common::jsonText;
using common::parseJson;
using common::parseJsonObject;
using host::sdk::AppError;
using testing::HasSubstr;

namespace {

std::string refusalOf(std::string_view text) {
    try {
        parseJson(text);
    } catch (const AppError& e) {
        return std::to_string(e.status()) + " " + e.what();
    }
    return "";
}

std::vector<std::string> pointers(const JsonReader& reader) {
    std::vector<std::string> out;
    for (const auto& error : reader.errors()) out.push_back(error.pointer);
    return out;
}

}  // namespace

TEST(ParseJson, refusesADuplicateKey) {
    EXPECT_THAT(refusalOf(R"({"a":1,"b":{"a":2},"a":3})"), HasSubstr("'a' stands twice"));
}

TEST(ParseJson, refusesAKeyThatWouldBeCutIntoAnother) {
    EXPECT_THAT(refusalOf(R"({"admin":false,"admin\u0000x":true})"), HasSubstr("a key holds a zero character"));
}

TEST(ParseJson, refusesAWholeNumberThatWouldBecomeAnother) {
    for (std::string_view text :
         {"[18446744073709551617]", "[-9223372036854775809]", R"({"flow":18446744073709551617})"})
        EXPECT_THAT(refusalOf(text), HasSubstr("a whole number is out of range")) << text;
    for (std::string_view text : {"[18446744073709551615]", "[-9223372036854775808]", "[1e20,0.5,-2E+3]"})
        EXPECT_EQ(refusalOf(text), "") << text;
}

TEST(ParseJson, allowsTheSameKeyInDifferentObjects) {
    EXPECT_EQ(refusalOf(R"([{"a":1},{"a":{"a":2}}])"), "");
}

TEST(ParseJson, refusesDeepNestingWithoutUsingTheStack) {
    EXPECT_THAT(refusalOf(std::string(1'000'000, '[')), HasSubstr("nested deeper"));
}

TEST(ParseJson, refusesWhatIsNoJson) {
    for (std::string_view text :
         {"", "{", "{} {}", "[1,]", "nul", "{'a':1}", "\"\xff\"", "1e400", "[01]", "{\"a\":\"\n\"}"})
        EXPECT_THAT(refusalOf(text), testing::StartsWith("400 ")) << text;
}

TEST(ParseJsonObject, refusesAnotherKindOfDocument) {
    EXPECT_THROW(parseJsonObject("[]"), AppError);
}

TEST(JsonText, writesBackWhatWasRead) {
    const std::string kText = R"({"a":true,"b":[1,-2,0.1,null,"я\n"],"c":{"d":9007199254740993,"e":false}})";

    EXPECT_EQ(jsonText(parseJson(kText)), kText);
}

TEST(JsonReader, namesEveryWrongFieldAtOnce) {
    JsonReader in(parseJsonObject(R"({"name":"  ","age":1.5,"ok":"yes","at":"yesterday","tags":["a",1],
        "inner":{"size":-1},"titel":"x"})"));

    in.requiredText("name");
    in.requiredText("missing");
    in.integer("age");
    in.boolean("ok");
    in.time("at");
    in.texts("tags");
    auto inner = in.object("inner");
    ASSERT_TRUE(inner);
    inner->integer("size", 0, 10);
    in.text("title");
    in.refuseUnknown();

    EXPECT_THAT(pointers(in), testing::UnorderedElementsAre("/name", "/missing", "/age", "/ok", "/at", "/tags/1",
                                                            "/inner/size", "/titel"));
    EXPECT_THAT(in.errors().back().fix, HasSubstr("'title'"));
    EXPECT_THROW(in.finish("It is not valid"), AppError);
}

TEST(JsonReader, takesNullForAbsent) {
    JsonReader in(parseJsonObject(R"({"a":null})"));

    EXPECT_FALSE(in.text("a"));
    EXPECT_FALSE(in.integer("a"));
    EXPECT_TRUE(in.errors().empty());
    EXPECT_NO_THROW(in.finish("It is not valid"));
}

TEST(JsonReader, doesNotTakeABooleanForANumber) {
    JsonReader in(parseJsonObject(R"({"a":true,"b":1})"));

    EXPECT_FALSE(in.number("a"));
    EXPECT_FALSE(in.boolean("b"));
    EXPECT_EQ(in.errors().size(), 2U);
}

TEST(JsonReader, countsCharactersNotBytes) {
    JsonReader in(parseJsonObject(R"({"a":"десять"})"));

    EXPECT_TRUE(in.text("a", 6));
    EXPECT_FALSE(in.text("a", 5));
}

TEST(JsonReader, escapesNamesInPointers) {
    JsonReader in(parseJsonObject(R"({"a/b~c":1})"));

    in.text("a/b~c");

    EXPECT_EQ(in.errors().front().pointer, "/a~1b~0c");
}

TEST(JsonReader, takesWholeDoublesForNumbersOnly) {
    JsonReader in(parseJsonObject(R"({"a":2.0,"b":18446744073709551615})"));

    EXPECT_EQ(in.number("a"), 2.0);
    EXPECT_FALSE(in.integer("b"));
}
