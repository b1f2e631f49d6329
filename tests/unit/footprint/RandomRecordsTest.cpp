// Whatever valid records say, what is rendered from them passes the validator; and what is refused is never a valid
// record.

#include "plugin/footprint/StatementValidator.h"
#include "tests/unit/footprint/FootprintTestKit.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace {

using namespace kit;

class Random {
public:
    explicit Random(unsigned seed) : engine_(seed) {}
    std::int64_t upTo(std::int64_t most) { return std::uniform_int_distribution<std::int64_t>(0, most)(engine_); }
    bool coin() { return upTo(1) == 1; }
    double real(double least, double most) {
        // Marks as people give them, and as machines compute them.
        const double value = std::uniform_real_distribution<double>(least, most)(engine_);
        return coin() ? value : std::min(most, std::max(least, std::round(value * 2) / 2));
    }
    std::string text() {
        static const std::vector<std::string> parts{"Тема", "ё", "\"", "\\",  "\n", "\t", "{",        "}",  ",",   "]",
                                                    "😀",    "a", "=",  "<b>", "&",  "«",  "\xc2\xa0", "漢", "\x7f"};
        std::string out;
        for (std::int64_t i = upTo(20); i >= 0; --i) out += parts[static_cast<std::size_t>(upTo(18))];
        return out;
    }
    template <class T>
    std::optional<T> maybe(T value) {
        return coin() ? std::optional<T>(value) : std::nullopt;
    }

private:
    std::mt19937 engine_;
};

void shake(Case& c, Random& random) {
    auto& s = c.sample.structure;
    s.programme.title = random.text();
    s.programme.description = random.coin() ? random.text() : "";
    s.programme.online = random.maybe(random.coin());
    s.programme.minutesPerHour = random.maybe(random.real(10, 100));
    for (auto& module : s.modules) module.description = random.coin() ? random.text() : "";
    for (auto& element : s.elements) {
        element.title = random.text();
        element.description = random.coin() ? random.text() : "";
        element.required = random.maybe(random.coin());
        element.durationSeconds = random.maybe(random.upTo(20'000));
        element.lectureHours = random.maybe(random.real(0, 20));
        element.workshopHours = random.maybe(random.real(0, 20));
        element.comparability = random.maybe(static_cast<int>(random.upTo(1)));
        element.practical = random.maybe(random.coin());
        element.maxAttempts = random.maybe(static_cast<int>(1 + random.upTo(9)));
    }
    const std::vector<Result> results = c.sample.results;
    for (RecordId i = 0; i < 50; ++i) {
        Result r = results[static_cast<std::size_t>(random.upTo(static_cast<std::int64_t>(results.size()) - 1))];
        r.id = 5000 + i;
        r.min = random.real(-10, 10);
        r.max = *r.min + 0.5 + random.real(0, 100);
        r.raw = random.real(*r.min, *r.max);
        r.passScore = random.maybe(random.real(*r.min, *r.max));
        if (!r.passScore) c.element(r.elementId).passScore.reset();
        r.success = random.coin();
        r.attempt = static_cast<int>(1 + random.upTo(5));
        r.durationSeconds = random.maybe(random.upTo(100'000));
        r.at = c.sample.now - random.upTo(100'000'000'000'000);
        c.sample.results.push_back(r);
    }
    for (RecordId i = 0; i < 50; ++i) {
        View v = c.sample.views[static_cast<std::size_t>(random.upTo(1))];
        v.id = 6000 + i;
        v.percent = random.real(85, 100);
        v.watchedSeconds = random.upTo(20'000);
        v.recording = random.maybe(random.coin());
        v.at = c.sample.now - random.upTo(100'000'000'000'000);
        c.sample.views.push_back(v);
    }
}

class RandomRecords : public testing::TestWithParam<unsigned> {};

TEST_P(RandomRecords, renderToStatementsTheValidatorAccepts) {
    Case c;
    Random random(GetParam());
    shake(c, random);
    for (const char* profile : {"bas", "code-future", "digital-professions"}) {
        c.profile = profile;
        const Plan plan = c.plan();

        for (const Unsendable& u : plan.refused)
            ADD_FAILURE() << profile << " " << u.record.kind << " " << u.record.id << " " << u.code << " " << u.reason;
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
