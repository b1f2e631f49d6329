// Whatever valid records say, what is rendered from them passes the validator; and what is refused is never a valid
// record.

#include "plugin/footprint/StatementValidator.h"
#include "tests/unit/footprint/RandomFlow.h"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace kit;

class RandomRecords : public testing::TestWithParam<unsigned> {};

TEST_P(RandomRecords, renderToStatementsTheValidatorAccepts) {
    Case c;
    Random random(GetParam());
    shake(c, random);
    for (const char* profile : {"bas", "code-future", "digital-professions"}) {
        c.profile = profile;
        const Plan plan = c.plan();

        for (const Unsendable& u : plan.refused)
            if (!isLeftOut(u, profile))
                ADD_FAILURE() << profile << " " << u.record.kind << " " << u.record.id << " " << u.code << " "
                              << u.reason;
        StatementValidator validator;
        std::set<std::string> ids;
        for (const auto& draft : plan.drafts) {
            Expectation expected;
            expected.now = c.sample.now;
            const auto broken = validator.check(draft.bytes, expected);
            ASSERT_FALSE(broken) << broken->rule << " " << broken->pointer << " " << broken->reason << "\n"
                                 << draft.bytes;
            EXPECT_TRUE(ids.insert(draft.statementId).second);
        }
        EXPECT_GT(plan.drafts.size(), 90u);
    }
}

TEST_P(RandomRecords, keepTheirNumbersExactly) {
    Case c;
    Random random(GetParam());
    shake(c, random);
    const Plan plan = c.plan();
    for (const Result& result : c.sample.results) {
        const auto* draft = plan.draftOf("learner.grade", result.id);
        if (draft == nullptr) continue;
        rapidjson::Document json;
        json.Parse<rapidjson::kParseFullPrecisionFlag>(draft->bytes.c_str());
        EXPECT_EQ(rapidjson::Pointer("/result/score/raw").Get(json)->GetDouble(), *result.raw);
        EXPECT_EQ(rapidjson::Pointer("/result/success").Get(json)->GetBool(), *result.success);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRecords, testing::Range(1u, 41u));

}  // namespace
