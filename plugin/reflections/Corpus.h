#pragma once
/// All reflections of a programme, checked: each for its sense, for what it took from the programme's description, from
/// other learners and from the same learner's other modules.
///
/// Texts are fed one by one and not kept: 4 bytes a word stay, so 50,000 texts of 100 words need about 100 MB at the
/// most. Time is linear in the words. One use per object: describe…, add…, judge. Not thread-safe.

#include "plugin/footprint/ReflectionLimits.h"
#include "plugin/reflections/Checks.h"
#include "plugin/reflections/Dictionary.h"
#include "plugin/reflections/Sources.h"

#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace plugin::reflections {

struct Text {
    host::sdk::RecordId id = 0;
    host::sdk::RecordId flow = 0;
    host::sdk::RecordId learner = 0;
    std::optional<host::sdk::RecordId> module;  ///< nullopt: on the whole programme
    std::optional<host::sdk::Micros> at;        ///< when it was written; nullopt: unknown
    std::string_view text;
};

class Corpus {
public:
    /// `dictionary` may be nullptr or not ready: words are not looked up then. It outlives the corpus.
    Corpus(const footprint::ReflectionLimits& limits, Dictionary* dictionary);

    /// A title or description of the programme; all of them before the first text.
    void describe(std::string_view text);
    void add(const Text& text);
    std::size_t size() const noexcept { return texts_.size(); }

    /// Every text's verdict, in order of time.
    void judge(const std::function<void(host::sdk::RecordId id, const Verdict& verdict)>& each);

private:
    struct Kept {
        host::sdk::RecordId id = 0, flow = 0, learner = 0, module = 0;
        host::sdk::Micros at = 0;
        bool hasTime = false;
        std::size_t words = 0;  ///< where they begin in the pool
        std::uint32_t count = 0;
    };

    std::span<const std::uint32_t> wordsOf(const Kept& text) const { return {pool_.data() + text.words, text.count}; }
    void judgeCopies(std::uint32_t text, std::span<const Sources::Candidate> candidates);
    void judgeOwn();
    bool isOrderKnown(std::uint32_t earlier, std::uint32_t later) const;
    std::vector<std::uint64_t> rareOf(const std::vector<std::uint64_t>& shingles) const;
    /// Words that are neither in a phrase common to many texts nor quoted from the programme.
    std::vector<bool> ownWordsOf(const Kept& text) const;
    void nameTheOther(std::uint32_t first, std::uint32_t second);

    const footprint::ReflectionLimits limits_;
    Dictionary* dictionary_;
    std::vector<std::uint64_t> programme_;  ///< its shingles, sorted once the first text comes
    bool described_ = false;
    std::vector<std::uint32_t> pool_;
    std::vector<Kept> texts_;
    Sources sources_;
    std::unordered_map<host::sdk::RecordId, Verdict> found_;  ///< of texts that are not fine
};

}  // namespace plugin::reflections
