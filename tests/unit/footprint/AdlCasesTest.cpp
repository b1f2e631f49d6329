// The statement cases of ADL's conformance suite, judged by our validator: what an LRS must refuse, we refuse before it
// leaves. Our statements have an account for an actor, so that whole cases would be refused for that alone; each part
// of a case is therefore grafted by itself onto a good statement of ours.

#include "plugin/footprint/StatementValidator.h"
#include "tests/support/SharedData.h"
#include "tests/unit/footprint/FootprintTestKit.h"

#include <gtest/gtest.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>

namespace {

using namespace kit;

std::string written(const rapidjson::Value& json) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::ASCII<>> writer(buffer);
    json.Accept(writer);
    return buffer.GetString();
}

class AdlCases : public testing::Test {
protected:
    AdlCases() {
        Case c;
        const Plan plan = c.plan();
        for (const auto& draft : plan.drafts)
            if (draft.kind == "learner.grade" && draft.record.id == 1034) reference_ = draft.bytes;
        Case family;
        family.profile = "digital-professions";
        for (const auto& draft : family.plan().drafts)
            if (draft.kind == "learner.final-work") activity_ = draft.bytes;
        expected_.now = c.sample.now;
    }
    bool refused(const std::string& bytes) { return validator_.check(bytes, expected_).has_value(); }

    /// The part that is refused when it stands in a good statement of ours; empty: none is. The actor comes last: ours
    /// have an account, which few cases have.
    std::string culprit(const rapidjson::Value& statement) {
        for (const std::string& base : {reference_, activity_})
            for (const auto& part : statement.GetObject())
                if (std::string_view(part.name.GetString()) != "actor" && refused(grafted(base, part))) {
                    return part.name.GetString();
                }
        for (const char* required : {"actor", "verb", "object"})
            if (!statement.HasMember(required)) return std::string("without ") + required;
        return refused(grafted(reference_, *statement.FindMember("actor"))) ? "actor" : "";
    }
    static std::string grafted(const std::string& base, const rapidjson::Value::Member& part) {
        rapidjson::Document whole;
        whole.Parse(base.c_str());
        whole.RemoveMember(part.name.GetString());
        rapidjson::Value key(part.name, whole.GetAllocator()), value(part.value, whole.GetAllocator());
        whole.AddMember(key, value, whole.GetAllocator());
        return written(whole);
    }

    StatementValidator validator_;
    Expectation expected_;
    std::string reference_;  ///< of БАС, about a statement of the methodist
    std::string activity_;   ///< of Цифровые профессии, about an activity
};

TEST_F(AdlCases, theGoodStatementsAreGood) {
    EXPECT_FALSE(refused(reference_));
    EXPECT_FALSE(refused(activity_));
}

TEST_F(AdlCases, whatAnLrsMustRefuseIsRefusedBeforeItLeaves) {
    const auto path = tests::sharedData() / "lrs/adl-statement-cases.jsonl";
    NEEDS_SHARED_DATA(path);
    std::ifstream file(path);
    std::string line;
    int judged = 0;
    std::map<std::string, int> byPart;
    while (std::getline(file, line)) {
        rapidjson::Document one;
        one.Parse(line.c_str());
        ASSERT_FALSE(one.HasParseError());
        const auto& expect = one["expect"];
        if (expect.Size() != 1 || expect[0].GetInt() != 400 || !one["statement"].IsObject()) continue;
        ++judged;
        const std::string part = culprit(one["statement"]);
        ++byPart[part];
        EXPECT_NE(part, "") << one["file"].GetString() << ": " << one["name"].GetString() << "\n"
                            << written(one["statement"]);
    }
    EXPECT_GT(judged, 500);
    for (const auto& [part, cases] : byPart) RecordProperty("refused-for-" + part, cases);
}

}  // namespace
