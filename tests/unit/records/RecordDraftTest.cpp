#include "host/records/RecordJson.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>

namespace {

using namespace host::records;

/// The first error of a record given as JSON, as "pointer"; "" when it is right.
std::string firstWrong(const std::string& json) {
    const auto document = parseStrict(json);
    host::sdk::FieldError error;
    auto draft = readBatchItem(document, error);
    if (!draft) return error.pointer;
    checkDraft(*draft);
    return draft->errors.empty() ? std::string() : draft->errors.front().pointer;
}

struct Case {
    const char* name;
    const char* json;
    const char* pointer;
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << c.name;
}

class RecordRules : public ::testing::TestWithParam<Case> {};

TEST_P(RecordRules, namesTheFirstWrongField) {
    EXPECT_EQ(firstWrong(GetParam().json), GetParam().pointer);
}

#define LEARNER R"({"kind":"learners","externalId":"l1",)"
#define RESULT R"({"kind":"results","externalId":"r1","learner":"l1","element":"e1",)"
#define ELEMENT R"({"kind":"elements","externalId":"e1","type":"test","title":"Тест",)"

INSTANTIATE_TEST_SUITE_P(
    Table, RecordRules,
    ::testing::Values(
        Case{"untiIdIsDigits", LEARNER R"("untiId":"5500123"})", ""},
        Case{"untiIdHasNoLeadingZero", LEARNER R"("untiId":"0123"})", "/untiId"},
        Case{"untiIdHasAtMost19Digits", LEARNER R"("untiId":"12345678901234567890"})", "/untiId"},
        Case{"untiIdIsATextNotANumber", LEARNER R"("untiId":5500123})", "/untiId"},
        Case{"testUntiIdFollowsTheSameRule", LEARNER R"("testUntiId":"x1"})", "/testUntiId"},
        Case{"aNameHasNoControlCharacters", LEARNER R"("lastName":"Со\u0007кол"})", "/lastName"},
        Case{"aNameIsNotEmpty", LEARNER R"("lastName":""})", "/lastName"},
        Case{"emailHasOneAt", LEARNER R"("email":"a.b"})", "/email"},
        Case{"nullMeansAbsent", LEARNER R"("untiId":null})", ""},
        Case{"unknownFieldIsRefused", LEARNER R"("untiID":"5"})", "/untiID"},
        Case{"aFieldGivenTwiceIsRefused", LEARNER R"("untiId":"5","untiId":"6"})", "/untiId"},
        Case{"externalIdIsRequired", R"({"kind":"learners","untiId":"5"})", "/externalId"},
        Case{"externalIdIsAText", R"({"kind":"learners","externalId":5})", "/externalId"},
        Case{"kindIsRequired", R"({"externalId":"5"})", "/kind"},
        Case{"kindIsKnown", R"({"kind":"learner","externalId":"5"})", "/kind"}, Case{"itemIsAnObject", R"([])", ""},
        Case{"marksInOrder", RESULT R"("raw":5,"min":0,"max":10})", ""},
        Case{"rawNotAboveMax", RESULT R"("raw":11,"min":0,"max":10})", "/raw"},
        Case{"rawNotBelowMin", RESULT R"("raw":-1,"min":0})", "/raw"},
        Case{"minNotAboveMax", RESULT R"("min":10,"max":0})", "/min"},
        Case{"passScoreWithinTheScale", RESULT R"("min":0,"max":10,"passScore":11})", "/passScore"},
        Case{"attemptIsAtLeastOne", RESULT R"("attempt":0})", "/attempt"},
        Case{"attemptIsWhole", RESULT R"("attempt":1.5})", "/attempt"},
        Case{"successIsBoolean", RESULT R"("success":"yes"})", "/success"},
        Case{"timeHasAnOffset", RESULT R"("at":"2026-01-01T10:00:00"})", "/at"},
        Case{"timeIsATime", RESULT R"("at":"garbage"})", "/at"},
        Case{"timeWithOffset", RESULT R"("at":"2026-01-01T10:00:00+03:00"})", ""},
        Case{"referenceIsRequired", R"({"kind":"results","externalId":"r1","element":"e1"})", "/learner"},
        Case{"referenceBySourceAndId", RESULT R"("flow":{"source":"crm","externalId":"f1"}})", ""},
        Case{"referenceByOurId", RESULT R"("flow":{"id":"12"}})", ""},
        Case{"referenceIsNoNumber", RESULT R"("flow":12})", "/flow"},
        Case{"referenceNamesSomething", RESULT R"("flow":{"source":"crm"}})", "/flow"},
        Case{"percentAtMost100", R"({"kind":"views","externalId":"v1","learner":"l1","element":"e1","percent":100.5})",
             "/percent"},
        Case{"percentNotNegative", R"({"kind":"views","externalId":"v1","learner":"l1","element":"e1","percent":-1})",
             "/percent"},
        Case{"oneParent", ELEMENT R"("theme":"t1"})", ""},
        Case{"aParentIsNeeded", ELEMENT R"("position":1})", "/theme"},
        Case{"notTwoParents", ELEMENT R"("theme":"t1","module":"m1"})", "/theme"},
        Case{"typeOfElementIsKnown", R"({"kind":"elements","externalId":"e1","type":"tset","title":"x","theme":"t1"})",
             "/type"},
        Case{"flowKeyIsSmallLatin", R"({"kind":"flows","externalId":"f1","programme":"p1","key":"Поток"})", "/key"},
        Case{"instructorsAreUntiIds",
             R"({"kind":"flows","externalId":"f1","programme":"p1","key":"k","instructorUntiIds":["0"]})",
             "/instructorUntiIds"},
        Case{"minutesPerHourIsReal",
             R"({"kind":"programmes","externalId":"p1","project":"bas","title":"x","minutesPerHour":9})",
             "/minutesPerHour"}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(ParseStrict, takesWhatIsJsonInUtf8AndNothingElse) {
    const auto refused = [](const std::string& text) {
        try {
            parseStrict(text);
        } catch (const host::sdk::AppError& error) {
            return std::string(error.code());
        }
        return std::string();
    };
    const auto nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    EXPECT_EQ(refused(nested(32)), "");
    EXPECT_EQ(refused(nested(33)), "bad-json");
    EXPECT_EQ(refused(std::string(1'000'000, '[')), "bad-json");
    EXPECT_EQ(refused("[[1],[2],[3]]" + std::string(1, '\n')), "");
    EXPECT_EQ(refused("\xEF\xBB\xBF{\"a\":\"ж\"}"), "") << "a byte order mark";
    EXPECT_EQ(refused(R"(["\ud83d\ude00", "\u0436"])"), "");
    EXPECT_EQ(refused(R"(["\ude00"])"), "bad-json") << "half a pair";
    EXPECT_EQ(refused("[\"\xed\xa0\x80\"]"), "bad-json") << "half a pair as bytes";
    EXPECT_EQ(refused("[\"\xcf\xf0\xe8\"]"), "bad-json") << "cp1251";
    EXPECT_EQ(refused("[1] 2"), "bad-json");
    using namespace std::string_literals;
    for (const auto& zero : {"[1]\0"s, "[1]\0[2]"s, "[1,\0 2]"s, "[\"a\0\"]"s, "\0[1]"s, "1\0"s})
        EXPECT_EQ(refused(zero), "bad-json") << "a zero byte at " << zero.find('\0');
    EXPECT_EQ(refused(""), "bad-json");
}

TEST(ParseStrict, textsAreUnescapedAndLiveAsLongAsTheDocument) {
    auto text = std::make_unique<std::string>(R"({"a\u0436":"\"x\"\n","b":[-0.5e1,12,"",null]})");
    const auto document = parseStrict(*text);
    text.reset();
    ASSERT_TRUE(document.HasMember("aж"));
    EXPECT_STREQ(document["aж"].GetString(), "\"x\"\n");
    EXPECT_EQ(document["b"][0].GetDouble(), -5);
    EXPECT_EQ(document["b"][1].GetInt(), 12);
    EXPECT_EQ(document["b"][2].GetStringLength(), 0U);
}

TEST(RecordSchema, suggestsANearField) {
    const auto document = parseStrict(R"({"kind":"learners","externalId":"l1","untiID":"5"})");
    host::sdk::FieldError error;
    auto draft = readBatchItem(document, error);
    ASSERT_EQ(draft->errors.size(), 1U);
    EXPECT_NE(draft->errors[0].fix.find("Did you mean 'untiId'"), std::string::npos) << draft->errors[0].fix;
}

TEST(RecordSchema, everyExampleIsARecordThatIsRight) {
    for (int i = 0; i < kRecordKinds; ++i) {
        const auto& kind = spec(static_cast<RecordKind>(i));
        EXPECT_NO_THROW(parseStrict(jsonSchema(kind, true))) << kind.name;
        const auto example = jsonExample(kind, true);
        if (kind.kind == RecordKind::File) continue;
        EXPECT_EQ(firstWrong(example), "") << example;
    }
}

TEST(RecordSchema, absentStaysAbsentButForTheDocumentedDefaults) {
    const auto document = parseStrict(RESULT R"("raw":5})");
    host::sdk::FieldError error;
    auto draft = readBatchItem(document, error);
    checkDraft(*draft);
    EXPECT_FALSE(draft->has(fieldIndex(RecordKind::Result, "success")));
    EXPECT_FALSE(draft->has(fieldIndex(RecordKind::Result, "at")));
    EXPECT_EQ(std::get<std::int64_t>(draft->values[fieldIndex(RecordKind::Result, "attempt")]), 1);
    EXPECT_TRUE(std::get<bool>(draft->values[fieldIndex(RecordKind::Result, "graded")]));
}

TEST(StrictJson, aZeroOfManyDigitsIsZero) {
    for (const auto* zero : {"0.0000000000000000000000000000000000000000", "0.000e-30", "-0.0e-99", "0e-400", "0e30"})
        EXPECT_EQ(parseStrict(zero).GetDouble(), 0.0) << zero;
}

TEST(StrictJson, takesNumbersToTheLetter) {
    EXPECT_EQ(parseStrict("0.1").GetDouble(), 0.1);
    EXPECT_EQ(parseStrict("123456789.12345678912345678").GetDouble(), 123456789.12345678912345678);
    EXPECT_EQ(parseStrict("2.2250738585072011e-308").GetDouble(), 2.2250738585072011e-308);
    EXPECT_EQ(parseStrict("1e-400").GetDouble(), 0.0);
    EXPECT_EQ(parseStrict("-9223372036854775808").GetInt64(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(parseStrict("18446744073709551615").GetUint64(), std::numeric_limits<std::uint64_t>::max());
    EXPECT_TRUE(parseStrict("7").IsInt64());
    EXPECT_TRUE(parseStrict("-0").IsInt64());
    EXPECT_FALSE(parseStrict("18446744073709551616").IsUint64());
    EXPECT_TRUE(parseStrict("18446744073709551616").IsDouble());
    for (const auto* wrong : {"1e400", "-1e400", "01", "1.", ".5", "+1", "0x1", "1e", "NaN", "Infinity", "1,5"})
        EXPECT_THROW(parseStrict(wrong), host::sdk::AppError) << wrong;
    try {
        parseStrict(R"({"raw":1e400})");
        FAIL();
    } catch (const host::sdk::AppError& error) {
        EXPECT_NE(std::string(error.what()).find("too big"), std::string::npos) << error.what();
    }
}

TEST(StrictJson, halfOfASurrogatePairIsRefusedAndNeverBecomesText) {
    for (const auto* half : {R"("\ude00")", R"("\ud83d")", R"("a\udc00b")", R"({"\ude2a":2})", R"(["\ude00\ud83d"])"})
        EXPECT_THROW(parseStrict(half), host::sdk::AppError) << half;
    EXPECT_EQ(std::string(parseStrict(R"("\ud83d\ude00")").GetString()), "\xF0\x9F\x98\x80");
    EXPECT_EQ(std::string(parseStrict("\"\xED\x95\x9C\"").GetString()), "\xED\x95\x9C") << "a Korean letter";
}

TEST(StrictJson, refusesBadUtf8AndDeepNesting) {
    EXPECT_THROW(parseStrict("{\"a\":\"\xff\"}"), host::sdk::AppError);
    EXPECT_THROW(parseStrict(std::string(100000, '[')), host::sdk::AppError);
    EXPECT_THROW(parseStrict("{\"a\":1"), host::sdk::AppError);
    EXPECT_NO_THROW(parseStrict("{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"}"));
}

/// A record's CSV line with one field set.
std::string lineWith(RecordKind kind, const std::string& field, Value value) {
    const KindSpec& fields = spec(kind);
    StoredRecord record;
    record.values.resize(fields.fields.size());
    for (std::size_t i = 0; i < fields.fields.size(); ++i)
        if (fields.fields[i].name == field) record.values[i] = value;
    std::string out;
    appendCsv(out, fields, record);
    return out;
}

TEST(RecordCsv, guardsFormulasAndQuotes) {
    EXPECT_NE(lineWith(RecordKind::Learner, "lastName", std::string("=1+1")).find(",'=1+1,"), std::string::npos);
    EXPECT_NE(lineWith(RecordKind::Learner, "lastName", std::string("a\"b,c\nd")).find(",\"a\"\"b,c\nd\","),
              std::string::npos);
}

TEST(RecordCsv, leavesANegativeNumberANumber) {
    EXPECT_NE(lineWith(RecordKind::Result, "raw", -5.0).find(",-5,"), std::string::npos);
}

}  // namespace
