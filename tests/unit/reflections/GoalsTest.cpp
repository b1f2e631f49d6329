#include "plugin/reflections/Corpus.h"
#include "tests/unit/reflections/TextSet.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

using namespace plugin::reflections;
using namespace tests::reflections;

namespace {

constexpr auto kRussian = "/usr/share/hunspell/ru_RU";
constexpr auto kEnglish = "/usr/share/hunspell/en_US";

struct Sample {
    std::string kind, group, text;
};

struct Tally {
    std::size_t all = 0, flagged = 0, borderline = 0, asCopy = 0;
    double flaggedShare() const { return static_cast<double>(flagged) / static_cast<double>(all); }
    double foundShare() const { return static_cast<double>(flagged + borderline) / static_cast<double>(all); }
    double copyShare() const { return static_cast<double>(asCopy) / static_cast<double>(all); }
};

struct Outcome {
    std::map<std::string, Tally> byGroup, byKind;
};

/// One programme: honest texts, nonsense and copies of some honest ones, fed in an order that hides nothing.
Outcome measure(const Parts& parts, std::uint64_t seed, const std::vector<Nonsense>& nonsense,
                const std::vector<Copying>& copying, bool print) {
    Writer w(parts, seed);
    std::vector<Sample> samples;
    for (const auto& text : parts.whole) samples.push_back({"by hand", "honest", text});
    while (samples.size() < 1'500) samples.push_back({"generated", "honest", w.honest()});
    for (const auto& kind : nonsense)
        for (int i = 0; i < 40; ++i) samples.push_back({kind.name, kind.salad ? "salad" : "nonsense", kind.make(w)});
    // Each is copied from honest texts that nobody else copies.
    std::size_t next = parts.whole.size();
    for (const auto& kind : copying)
        for (int i = 0; i < 40; ++i, next += 2)
            samples.push_back({kind.name, "copy", kind.make(w, samples[next].text, samples[next + 1].text)});

    Dictionary dictionary(kRussian, kEnglish);
    Corpus corpus({}, &dictionary);
    for (const auto& text : parts.programme) corpus.describe(text);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const auto id = static_cast<std::int64_t>(i) + 1;
        corpus.add({id, 1, id, 1, id * 1'000'000, samples[i].text});
    }
    Outcome out;
    corpus.judge([&](auto id, const Verdict& verdict) {
        const auto& sample = samples[static_cast<std::size_t>(id) - 1];
        if (fold(sample.text).words.size() < 8) return;
        const bool copied = verdict.has(checks::kCopied) || verdict.has(checks::kCopiedByOthers);
        for (auto* tally : {&out.byGroup[sample.group], &out.byKind[sample.group + ": " + sample.kind]}) {
            ++tally->all;
            tally->flagged += verdict.standing() == Standing::Flagged ? 1 : 0;
            tally->borderline += verdict.standing() == Standing::Borderline ? 1 : 0;
            tally->asCopy += copied ? 1 : 0;
        }
        if (!print) return;
        const bool expected = sample.group == "honest" ? verdict.standing() == Standing::Fine
                              : sample.group == "copy" ? copied
                                                       : verdict.standing() != Standing::Fine;
        if (expected) return;
        std::string codes;
        for (const auto& f : verdict.findings)
            codes += fmt::format("{}({} {:.2f}) ", f.check->code, toString(f.standing), f.share);
        fmt::print("{}: {} → {}\n    {}\n", sample.group, sample.kind, codes, sample.text);
    });
    for (const auto* tallies : {&out.byGroup, &out.byKind})
        for (const auto& [name, tally] : *tallies)
            fmt::print("{:60} {:5} texts, flagged {:5.1f} %, borderline {:5.1f} %, as a copy {:5.1f} %\n", name,
                       tally.all, 100 * tally.flaggedShare(), 100 * (tally.foundShare() - tally.flaggedShare()),
                       100 * tally.copyShare());
    return out;
}

void expectGoals(const Outcome& outcome) {
    const auto& groups = outcome.byGroup;
    EXPECT_LE(groups.at("honest").flaggedShare(), 0.02);
    EXPECT_LE(groups.at("honest").foundShare(), 0.05) << "a person would have to read too many honest texts";
    EXPECT_GE(groups.at("nonsense").flaggedShare(), 0.95);
    // Real words in a wrong order are told by grammar alone: half of them is what it finds.
    EXPECT_GE(groups.at("salad").foundShare(), 0.4);
    EXPECT_GE(groups.at("copy").copyShare(), 0.99);
}

bool hasDictionary() {
    return Dictionary(kRussian, "").isReady();
}

}  // namespace

TEST(ReflectionGoals, holdOnTheTextsTheyAreTunedOn) {
    if (!hasDictionary()) GTEST_SKIP() << "hunspell-ru is not installed";
    expectGoals(
        measure(tuningParts(), 11, tuningNonsense(), tuningCopying(), std::getenv("REFLECTIONS_SHOW") != nullptr));
}

TEST(ReflectionGoals, holdOnTextsNeverSeenWhileTuning) {
    if (!hasDictionary()) GTEST_SKIP() << "hunspell-ru is not installed";
    // Nothing of these is printed but the figures: who looks at the texts tunes on them.
    expectGoals(measure(heldOutParts(), 77, heldOutNonsense(), heldOutCopying(), false));
}
