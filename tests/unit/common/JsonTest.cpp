#include "common/Json.h"

#include <Poco/JSON/Parser.h>
#include <gtest/gtest.h>

#include <limits>

using namespace common;

namespace {

std::string number(double value) {
    std::string out;
    appendJsonNumber(out, value);
    return out;
}

std::string ascii(std::string_view text) {
    std::string out;
    appendJsonEscaped(out, text, true);
    return out;
}

}  // namespace

TEST(JsonWriter, setsCommasInNestedObjectsAndArrays) {
    JsonWriter json;

    json.object().member("a", 1).key("b").array().value("x").object().end().array().end().end();
    json.member("c", true).member("d", std::optional<int>()).memberIf("e", std::optional<int>()).end();

    EXPECT_EQ(json.text(), R"({"a":1,"b":["x",{},[]],"c":true,"d":null})");
}

TEST(JsonWriter, writesABooleanNotANumber) {
    JsonWriter json;

    json.array().value(true).value(false).value(1).value(1.0).value("1").end();

    EXPECT_EQ(json.text(), R"([true,false,1,1,"1"])");
}

TEST(JsonWriter, refusesToCloseWhatIsNotOpen) {
    EXPECT_THROW(JsonWriter().end(), std::logic_error);
}

TEST(JsonNumber, isTheShortestThatReadsBackTheSame) {
    EXPECT_EQ(number(0.1), "0.1");
    EXPECT_EQ(number(2.0 / 3), "0.6666666666666666");
    EXPECT_EQ(number(100), "100");
    EXPECT_EQ(number(-1e-7), "-1e-07");
    EXPECT_EQ(std::stod(number(std::numeric_limits<double>::max())), std::numeric_limits<double>::max());
}

TEST(JsonNumber, refusesWhatJsonDoesNotHave) {
    EXPECT_THROW(number(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
    EXPECT_THROW(number(std::numeric_limits<double>::infinity()), std::invalid_argument);
}

TEST(JsonString, escapesWhatMustBe) {
    EXPECT_EQ(jsonString(std::string_view("a\"\\\n\t\x01\0я", 9)), "\"a\\\"\\\\\\n\\t\\u0001\\u0000я\"");
}

TEST(JsonString, isReadBackTheSameByAnotherReader) {
    std::string text;
    for (int c = 1; c < 128; ++c) text += static_cast<char>(c);
    text += "Ёжик 😀";

    auto back = Poco::JSON::Parser().parse("{\"t\":" + jsonString(text) + "}").extract<Poco::JSON::Object::Ptr>();

    EXPECT_EQ(back->getValue<std::string>("t"), text);
}

TEST(JsonString, isValidEvenWhenTheTextIsNot) {
    EXPECT_EQ(jsonString("a\xff\xc3"), "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
    EXPECT_EQ(jsonString("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

TEST(JsonEscape, inAsciiWritesSurrogatePairs) {
    EXPECT_EQ(ascii("я€😀"), "\\u044f\\u20ac\\ud83d\\ude00");
    EXPECT_EQ(ascii("\x7f"), "\\u007f");
}
