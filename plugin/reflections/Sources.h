#pragma once
/// Who may have been copied from: an exact inverted index over the shingles of all texts, as one sorted array of
/// numbers (8 bytes a shingle), so that 50,000 texts need tens of megabytes and no tables of pointers.
///
/// For every shingle its earliest texts are kept apart: of a text that hundreds copied, the copies point at the first
/// ones, and of a phrase that everybody writes nobody's list grows. Texts are numbered in order of time. Not
/// thread-safe.

#include "plugin/reflections/Borrowing.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <unordered_set>
#include <vector>

namespace plugin::reflections {

class Sources {
public:
    /// At most this many texts have numbers.
    static constexpr std::size_t kMostTexts = std::size_t{1} << 24;

    /// Texts in order of time; `person` parts the texts of one learner from those of others.
    void add(std::span<const std::uint32_t> words, std::int64_t person);
    /// Once, after the last text.
    void build();

    /// A shingle that so many texts have tells nothing of copying: the questions of a form, a usual phrase.
    bool isCommon(std::uint64_t shingle) const { return common_.count(shingle >> kTextBits) != 0; }

    struct Candidate {
        std::uint32_t text = 0;
        std::uint32_t shingles = 0;  ///< that both have, as far as they were looked at
    };
    /// Calls `each` for every text with other learners' earlier texts that share most with it, the best first.
    void eachCandidates(const std::function<void(std::uint32_t text, std::span<const Candidate>)>& each) const;

private:
    static constexpr unsigned kTextBits = 24;
    static constexpr std::uint64_t kTextMask = kMostTexts - 1;

    void collect(std::uint32_t from, std::uint32_t to, std::vector<std::uint64_t>& pairs) const;

    std::vector<std::uint64_t> postings_;  ///< the shingle's high 40 bits, then the text's number
    std::vector<std::int64_t> persons_;
    std::vector<std::uint32_t> shingles_;  ///< how many each text has
    std::unordered_set<std::uint64_t> common_;
};

}  // namespace plugin::reflections
