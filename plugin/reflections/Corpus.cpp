#include "plugin/reflections/Corpus.h"

#include "plugin/reflections/Sense.h"

#include <algorithm>
#include <tuple>

namespace plugin::reflections {

namespace {

/// Words of one text that are compared; a longer one is no reflection, and one text must not fill the memory.
constexpr std::size_t kMostWords = 4'000;
/// A run of the description's words that is no usual phrase.
constexpr std::size_t kBorrowedRun = 5;
/// Of a text put together from several, each part has at least this many words on end.
constexpr std::size_t kMergedRun = 8;
/// Nearly the whole text, usual phrases included.
constexpr double kWhole = 0.75;
/// From this part of a limit on a person looks.
constexpr double kDoubt = 0.7;
/// Of a learner's own other text.
constexpr double kOwnShare = 0.8;
/// Earlier texts of one learner that are looked at.
constexpr std::size_t kOwnTexts = 64;
/// Sources that a finding names.
constexpr std::size_t kNamed = 3;

std::size_t countOf(const std::vector<bool>& bits) {
    return static_cast<std::size_t>(std::count(bits.begin(), bits.end(), true));
}

std::vector<bool> both(std::vector<bool> a, const std::vector<bool>& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] && b[i];
    return a;
}

std::vector<bool> unquoted(std::span<const std::uint32_t> words, std::vector<bool> bits) {
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = bits[i] && (words[i] & kQuoted) == 0;
    return bits;
}

}  // namespace

Corpus::Corpus(const footprint::ReflectionLimits& limits, Dictionary* dictionary)
    : limits_(limits), dictionary_(dictionary) {}

void Corpus::describe(std::string_view text) {
    const auto folded = fold(text);
    std::vector<std::uint32_t> words;
    for (std::size_t i = 0; i < folded.words.size(); ++i) words.push_back(hashOf(folded.word(i)));
    const auto more = shinglesOf(words);
    programme_.insert(programme_.end(), more.begin(), more.end());
}

void Corpus::add(const Text& text) {
    if (!described_) {
        described_ = true;
        std::sort(programme_.begin(), programme_.end());
        programme_.erase(std::unique(programme_.begin(), programme_.end()), programme_.end());
    }
    const auto folded = fold(text.text);
    Kept kept{text.id,
              text.flow,
              text.learner,
              text.module.value_or(0),
              text.at.value_or(0),
              text.at.has_value(),
              pool_.size(),
              static_cast<std::uint32_t>(std::min(folded.words.size(), kMostWords))};
    for (std::size_t i = 0; i < kept.count; ++i) pool_.push_back(hashOf(folded.word(i)));
    auto findings = senseOf(folded, limits_, dictionary_);
    if (!programme_.empty() && kept.count > 0) {
        const auto bits = covered(wordsOf(kept), programme_, kBorrowedRun);
        const auto run = longestRun(bits);
        for (std::size_t i = 0; i < kept.count; ++i)
            if (bits[i]) pool_[kept.words + i] |= kQuoted;
        const double share = static_cast<double>(countOf(bits)) / kept.count;
        if (share >= limits_.borrowShare * kDoubt) {
            // A short text of a title and a word more is no borrowing to be held without a look.
            const bool plain =
                share >= limits_.borrowShare && kept.count >= static_cast<std::uint32_t>(limits_.copyWords);
            findings.push_back({&checks::kBorrowed,
                                plain ? Standing::Flagged : Standing::Borderline,
                                share,
                                {{0, share, run.first, run.last}}});
        }
    }
    if (!findings.empty()) found_[text.id].findings = std::move(findings);
    texts_.push_back(kept);
}

bool Corpus::isOrderKnown(std::uint32_t earlier, std::uint32_t later) const {
    const auto& a = texts_[earlier];
    const auto& b = texts_[later];
    return a.hasTime && b.hasTime && a.at < b.at;
}

std::vector<std::uint64_t> Corpus::rareOf(const std::vector<std::uint64_t>& shingles) const {
    std::vector<std::uint64_t> out;
    std::copy_if(shingles.begin(), shingles.end(), std::back_inserter(out),
                 [this](auto shingle) { return !sources_.isCommon(shingle); });
    return out;
}

std::vector<bool> Corpus::ownWordsOf(const Kept& text) const {
    const auto words = wordsOf(text);
    std::vector<bool> own(words.size(), false);
    for (std::size_t i = 0; i + kShingle <= words.size(); ++i)
        if (!sources_.isCommon(shingleAt(words.data() + i)))
            std::fill_n(own.begin() + static_cast<std::ptrdiff_t>(i), kShingle, true);
    for (std::size_t i = 0; i < words.size(); ++i) own[i] = own[i] && (words[i] & kQuoted) == 0;
    return own;
}

void Corpus::judgeCopies(std::uint32_t number, std::span<const Sources::Candidate> candidates) {
    struct Compared {
        std::uint32_t text = 0;
        double whole = 0;  ///< of all words
        double own = 0;    ///< of the words that are no common phrase and no quotation
        Run run;
        std::vector<bool> parts;
    };
    const auto& text = texts_[number];
    const auto words = wordsOf(text);
    const auto ownWords = ownWordsOf(text);
    const auto ownCount = countOf(ownWords);
    // Little is left of a form's questions and one line more: then only nearly the whole text tells.
    const bool tells = ownCount >= 6 && ownCount * 4 >= words.size();
    const auto ownShare = [&](const std::vector<bool>& bits) {
        return tells ? static_cast<double>(countOf(both(bits, ownWords))) / static_cast<double>(ownCount) : 0.0;
    };
    std::vector<Compared> compared;
    for (const auto& candidate : candidates) {
        const auto shingles = shinglesOf(wordsOf(texts_[candidate.text]));
        const auto all = covered(words, shingles, kShingle);
        compared.push_back({candidate.text,
                            static_cast<double>(countOf(unquoted(words, all))) / static_cast<double>(words.size()),
                            ownShare(covered(words, rareOf(shingles), kShingle)), longestRun(all),
                            unquoted(words, covered(words, shingles, kMergedRun))});
    }
    const double limit = limits_.copyShare;
    std::vector<Compared> sources;
    double share = 0;
    for (const auto& one : compared) {
        if (std::min(one.own, one.whole) < limit && one.whole < std::max(kWhole, limit)) continue;
        share = std::max(share, one.whole);
        sources.push_back(one);
    }
    auto standing = Standing::Flagged;
    if (sources.empty()) {
        // Several texts put together: each with a part of its own.
        std::vector<bool> together(words.size(), false);
        const auto least = std::max(kMergedRun, words.size() / 5);
        for (const auto& one : compared) {
            auto more = together;
            for (std::size_t i = 0; i < more.size(); ++i) more[i] = more[i] || one.parts[i];
            if (countOf(more) < countOf(together) + least) continue;
            together = std::move(more);
            sources.push_back(one);
        }
        share =
            std::min(ownShare(together), static_cast<double>(countOf(together)) / static_cast<double>(words.size()));
        if (share < limit) standing = Standing::Borderline;
        if (share < limit * kDoubt) return;
    }
    if (text.count < static_cast<std::uint32_t>(limits_.copyWords)) {
        standing = Standing::Borderline;
        if (share < kWhole) return;
    }
    // The earliest is the one to be asked about.
    std::sort(sources.begin(), sources.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
    if (sources.size() > kNamed) sources.resize(kNamed);
    Finding finding{&checks::kCopied, standing, share, {}};
    for (const auto& one : sources) {
        finding.resemblances.push_back({texts_[one.text].id, one.whole, one.run.first, one.run.last});
        if (!isOrderKnown(one.text, number)) nameTheOther(one.text, number);
    }
    found_[text.id].findings.push_back(std::move(finding));
}

/// Nobody knows who was first: the text that stands first here is named as well.
void Corpus::nameTheOther(std::uint32_t first, std::uint32_t second) {
    auto& findings = found_[texts_[first].id].findings;
    if (std::any_of(findings.begin(), findings.end(),
                    [](const auto& f) { return f.check == &checks::kCopiedByOthers; }))
        return;
    const auto bits = covered(wordsOf(texts_[first]), shinglesOf(wordsOf(texts_[second])), kShingle);
    const auto run = longestRun(bits);
    const double share = static_cast<double>(countOf(bits)) / static_cast<double>(bits.size());
    findings.push_back(
        {&checks::kCopiedByOthers, Standing::Borderline, share, {{texts_[second].id, share, run.first, run.last}}});
}

void Corpus::judgeOwn() {
    std::vector<std::uint32_t> order(texts_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [this](std::uint32_t i) { return std::tuple(texts_[i].flow, texts_[i].learner, i); };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
    std::size_t begin = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& text = texts_[order[i]];
        const auto& first = texts_[order[begin]];
        if (first.flow != text.flow || first.learner != text.learner) begin = i;
        if (text.count < kShingle) continue;
        Finding finding{&checks::kRepeatedOwn, Standing::Fine, 0, {}};
        for (std::size_t k = begin; k < i && k < begin + kOwnTexts; ++k) {
            const auto& earlier = texts_[order[k]];
            if (earlier.module == text.module) continue;
            const auto bits = covered(wordsOf(text), shinglesOf(wordsOf(earlier)), kShingle);
            const double share = static_cast<double>(countOf(bits)) / text.count;
            if (share < kOwnShare * kDoubt || share <= finding.share) continue;
            const auto run = longestRun(bits);
            finding.share = share;
            finding.resemblances = {{earlier.id, share, run.first, run.last}};
            const bool plain = share >= kOwnShare && text.count >= static_cast<std::uint32_t>(limits_.copyWords);
            finding.standing = plain ? Standing::Flagged : Standing::Borderline;
        }
        if (finding.standing != Standing::Fine) found_[text.id].findings.push_back(std::move(finding));
    }
}

void Corpus::judge(const std::function<void(host::sdk::RecordId, const Verdict&)>& each) {
    // Texts without a time come last: nobody is shown to have copied from a text that may be younger, but both are
    // named.
    std::sort(texts_.begin(), texts_.end(), [](const Kept& a, const Kept& b) {
        return std::tuple(!a.hasTime, a.at, a.id) < std::tuple(!b.hasTime, b.at, b.id);
    });
    for (const auto& text : texts_) sources_.add(wordsOf(text), text.learner);
    sources_.build();
    sources_.eachCandidates([this](auto text, auto candidates) { judgeCopies(text, candidates); });
    judgeOwn();
    const Verdict fine;
    for (const auto& text : texts_) {
        auto it = found_.find(text.id);
        each(text.id, it == found_.end() ? fine : it->second);
    }
}

}  // namespace plugin::reflections
