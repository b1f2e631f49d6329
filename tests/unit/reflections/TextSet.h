#pragma once
/// Reflections for tests and the benchmark: whole texts written by hand and sentences put together from hand-written
/// parts, with the faults of real people. One seed, one sequence: `std::mt19937_64` and arithmetic of our own, so that
/// every library gives the same.
///
/// There are two sets of parts which share nothing: one to tune the checks on, one to measure them with. What a
/// synthetic set proves is small: that honest texts of these kinds pass, not that all real ones do.

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace tests::reflections {

struct Parts {
    std::vector<std::string> whole;                         ///< texts as they are
    std::vector<std::string> sentences;                     ///< "… {slot} …"
    std::map<std::string, std::vector<std::string>> slots;  ///< may name other slots
    std::vector<std::string> programme;                     ///< titles and descriptions
    std::vector<std::string> realWords;                     ///< for salads
    std::vector<std::string> asides;   ///< may stand behind nearly any word: no two people say a thing alike
    std::vector<std::string> fillers;  ///< that change nothing: «в общем»
};

const Parts& tuningParts();
const Parts& heldOutParts();

class Writer {
public:
    Writer(const Parts& parts, std::uint64_t seed) : parts_(parts), random_(seed) {}

    std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
    bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
    const std::string& pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

    std::string sentence();
    /// `least`..`most` sentences with a real person's slips.
    std::string honest(std::size_t least = 3, std::size_t most = 7);

    const Parts& parts() const { return parts_; }

private:
    std::string fill(const std::string& pattern);
    /// Asides behind two words of five: without them, sentences of a few parts would be each other's copies.
    std::string inOwnWords(const std::string& sentence);

    const Parts& parts_;
    std::mt19937_64 random_;
};

std::vector<std::string> wordsOf(const std::string& text);
std::vector<std::string> sentencesOf(const std::string& text);
std::string join(const std::vector<std::string>& parts, const std::string& between = " ");
std::vector<std::string> letters(const std::string& text);  ///< code points
std::string replaced(std::string text, const std::vector<std::pair<std::string, std::string>>& pairs);
template <class T>
void shuffle(std::vector<T>& items, Writer& w) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[w.below(i)]);
}

/// A kind of nonsense or of copying by name. A copy is made of one text (and others of the same set).
struct Nonsense {
    std::string name;
    std::function<std::string(Writer&)> make;
    bool salad = false;  ///< real words in a wrong order: borderline is right
};
struct Copying {
    std::string name;
    std::function<std::string(Writer&, const std::string& source, const std::string& other)> make;
};
std::vector<Nonsense> tuningNonsense();
std::vector<Nonsense> heldOutNonsense();
std::vector<Copying> tuningCopying();
std::vector<Copying> heldOutCopying();

}  // namespace tests::reflections
