#include "plugin/delivery/ReadChoice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using delivery::choose;
using delivery::ReadBackSettings;
using testing::IsEmpty;
using Mode = ReadBackSettings::Mode;

namespace {

struct ReadChoice : testing::Test {
    /// `count` rows of a kind, told by POST `batch`.
    void add(std::int64_t count, int kind, std::int64_t batch, const std::string& verdict = "",
             bool confirmed = false) {
        for (std::int64_t i = 0; i < count; ++i)
            rows.push_back({static_cast<std::int64_t>(rows.size()) + 1, kind, batch, confirmed, verdict});
    }
    std::int64_t ofKind(const std::vector<std::int64_t>& seqs, int kind) const {
        return std::count_if(seqs.begin(), seqs.end(),
                             [&](auto seq) { return rows[static_cast<std::size_t>(seq) - 1].kind == kind; });
    }
    std::int64_t ofBatch(const std::vector<std::int64_t>& seqs, std::int64_t batch) const {
        return std::count_if(seqs.begin(), seqs.end(),
                             [&](auto seq) { return rows[static_cast<std::size_t>(seq) - 1].batchId == batch; });
    }

    std::vector<store::Readable> rows;
    ReadBackSettings settings{.mode = Mode::Sample, .sample = 50};
};

TEST_F(ReadChoice, isAsLargeAsTheSampleAndTheSameForTheSameSeed) {
    add(1'000, 0, 9);

    const auto one = choose(rows, 5, settings, 7);

    EXPECT_EQ(one.chosen.size(), 50u);
    EXPECT_EQ(one.of, 1'000);
    EXPECT_EQ(one.chosen, choose(rows, 5, settings, 7).chosen);
    EXPECT_NE(one.chosen, choose(rows, 5, settings, 8).chosen);
    EXPECT_EQ(one.chosen.size() + one.rest.size(), rows.size());
}

TEST_F(ReadChoice, leavesNoRareKindOut) {
    add(990, 0, 9);
    add(5, 1, 9);
    add(5, 2, 9);

    const auto chosen = choose(rows, 5, settings, 7).chosen;

    EXPECT_EQ(ofKind(chosen, 1), 5);
    EXPECT_EQ(ofKind(chosen, 2), 5);
    EXPECT_EQ(ofKind(chosen, 0), 40);
}

TEST_F(ReadChoice, keepsAFifthForEarlierNightsAndAllOfItWhereNothingIsNew) {
    add(500, 0, 3);
    add(500, 0, 9);

    EXPECT_EQ(ofBatch(choose(rows, 5, settings, 7).chosen, 3), 10);
    EXPECT_EQ(ofBatch(choose(rows, 9, settings, 7).chosen, 3) + ofBatch(choose(rows, 9, settings, 7).chosen, 9), 50);
}

TEST_F(ReadChoice, asksForWhatWasMissingWhateverTheSample) {
    add(60, 0, 3, "missing");
    add(60, 0, 3, "late");
    add(100, 0, 9);

    const auto chosen = choose(rows, 5, settings, 7).chosen;

    EXPECT_EQ(ofBatch(chosen, 3), 120);
    EXPECT_EQ(ofBatch(chosen, 9), 50);
}

TEST_F(ReadChoice, looksAtConfirmedOnesAgainWhenThereIsRoom) {
    add(200, 0, 3, "confirmed", true);
    add(10, 0, 9);

    const auto sampled = choose(rows, 5, settings, 7);
    EXPECT_EQ(ofBatch(sampled.chosen, 3), 40);
    EXPECT_EQ(sampled.of, 10);

    settings.mode = Mode::Whole;
    const auto whole = choose(rows, 5, settings, 7);
    EXPECT_EQ(ofBatch(whole.chosen, 9), 10);
    EXPECT_EQ(ofBatch(whole.chosen, 3), 50);
}

TEST_F(ReadChoice, findingsDoNotCrowdOutTheRest) {
    add(500, 0, 3, "differs");
    add(500, 0, 2);

    const auto chosen = choose(rows, 5, settings, 7).chosen;

    EXPECT_EQ(ofBatch(chosen, 3), 25);
    EXPECT_EQ(ofBatch(chosen, 2), 25);
}

TEST_F(ReadChoice, neverAsksForWhatWeCancelledAndIsGone) {
    add(3, 0, 3, "cancelled");
    settings.mode = Mode::Whole;

    const auto choice = choose(rows, 5, settings, 7);

    EXPECT_THAT(choice.chosen, IsEmpty());
    EXPECT_THAT(choice.rest, IsEmpty());
    EXPECT_EQ(choice.of, 0);
}

}  // namespace
