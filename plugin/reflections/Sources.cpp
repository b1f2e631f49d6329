#include "plugin/reflections/Sources.h"

#include "host/sdk/Error.h"

#include <algorithm>
#include <array>

namespace plugin::reflections {

namespace {

constexpr std::size_t kEarliest = 4;         ///< texts of a shingle that its later ones are compared with
constexpr std::size_t kCandidates = 6;       ///< of a text
constexpr std::size_t kTextsAtOnce = 8'192;  ///< bounds the pairs in memory

/// Sorts by the shingle's bits alone, which keeps the texts of one shingle in order; linear, unlike a comparing sort.
void sortByShingle(std::vector<std::uint64_t>& values, unsigned lowBits) {
    constexpr unsigned kDigit = 10;
    constexpr std::size_t kBuckets = std::size_t{1} << kDigit;
    std::vector<std::uint64_t> other(values.size());
    for (unsigned shift = lowBits; shift < 64; shift += kDigit) {
        std::array<std::size_t, kBuckets> begins{};
        for (auto value : values) ++begins[(value >> shift) & (kBuckets - 1)];
        std::size_t sum = 0;
        for (auto& begin : begins) {
            const auto count = begin;
            begin = sum;
            sum += count;
        }
        for (auto value : values) other[begins[(value >> shift) & (kBuckets - 1)]++] = value;
        values.swap(other);
    }
}

}  // namespace

void Sources::add(std::span<const std::uint32_t> words, std::int64_t person) {
    if (persons_.size() >= kMostTexts)
        throw host::sdk::AppError(500, "reflections.too-many",
                                  "A programme has more than 16 million reflections; check its flows one by one.");
    const auto number = static_cast<std::uint64_t>(persons_.size());
    persons_.push_back(person);
    std::vector<std::uint64_t> own;
    own.reserve(words.size());
    for (std::size_t i = 0; i + kShingle <= words.size(); ++i) {
        bool quoted = true;
        for (std::size_t k = i; k < i + kShingle; ++k) quoted = quoted && (words[k] & kQuoted) != 0;
        if (!quoted) own.push_back(shingleAt(words.data() + i) >> kTextBits << kTextBits | number);
    }
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    shingles_.push_back(static_cast<std::uint32_t>(own.size()));
    postings_.insert(postings_.end(), own.begin(), own.end());
}

void Sources::build() {
    postings_.shrink_to_fit();
    sortByShingle(postings_, kTextBits);
    const std::size_t many = std::max<std::size_t>(30, persons_.size() / 50);
    for (std::size_t i = 0; i < postings_.size();) {
        std::size_t end = i + 1;
        while (end < postings_.size() && postings_[end] >> kTextBits == postings_[i] >> kTextBits) ++end;
        if (end - i > many) common_.insert(postings_[i] >> kTextBits);
        i = end;
    }
}

void Sources::collect(std::uint32_t from, std::uint32_t to, std::vector<std::uint64_t>& pairs) const {
    for (std::size_t i = 0; i < postings_.size();) {
        std::size_t end = i + 1;
        while (end < postings_.size() && postings_[end] >> kTextBits == postings_[i] >> kTextBits) ++end;
        std::array<std::uint64_t, kEarliest> first{};
        std::size_t kept = 0;
        for (std::size_t k = i; k < end && end - i > 1; ++k) {
            const auto text = postings_[k] & kTextMask;
            if (text >= to) break;
            if (text >= from)
                for (std::size_t f = 0; f < kept; ++f)
                    if (persons_[first[f]] != persons_[text]) pairs.push_back(text << 32 | first[f]);
            // One text a person: the modules' reflections of one learner would fill the list.
            bool known = false;
            for (std::size_t f = 0; f < kept; ++f) known = known || persons_[first[f]] == persons_[text];
            if (kept < kEarliest && (!known || end - i <= kEarliest)) first[kept++] = text;
        }
        i = end;
    }
}

void Sources::eachCandidates(const std::function<void(std::uint32_t text, std::span<const Candidate>)>& each) const {
    std::vector<std::uint64_t> pairs;
    std::vector<Candidate> candidates;
    const auto all = static_cast<std::uint32_t>(persons_.size());
    // Few passes over the postings whatever their number: time stays linear.
    const auto atOnce = std::max<std::size_t>(kTextsAtOnce, all / 8 + 1);
    for (std::uint32_t from = 0; from < all;) {
        const auto to = static_cast<std::uint32_t>(std::min<std::size_t>(from + atOnce, all));
        pairs.clear();
        collect(from, to, pairs);
        std::sort(pairs.begin(), pairs.end());
        for (std::size_t i = 0; i < pairs.size();) {
            const auto text = static_cast<std::uint32_t>(pairs[i] >> 32);
            candidates.clear();
            while (i < pairs.size() && pairs[i] >> 32 == text) {
                std::size_t end = i + 1;
                while (end < pairs.size() && pairs[end] == pairs[i]) ++end;
                // One phrase in common is no reason to look closer; an eighth of a short text may be.
                const auto shared = static_cast<std::uint32_t>(end - i);
                if (shared >= 2 && shared * 12 >= shingles_[text])
                    candidates.push_back({static_cast<std::uint32_t>(pairs[i] & 0xffffffffU), shared});
                i = end;
            }
            std::stable_sort(candidates.begin(), candidates.end(),
                             [](const auto& a, const auto& b) { return a.shingles > b.shingles; });
            if (candidates.size() > kCandidates) candidates.resize(kCandidates);
            if (!candidates.empty()) each(text, candidates);
        }
        from = to;
    }
}

}  // namespace plugin::reflections
