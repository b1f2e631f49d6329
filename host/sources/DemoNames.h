#pragma once
/// Made-up people for demonstrations: common Russian surnames, first names and patronymics, put together by chance.

#include <cstdint>
#include <string>

namespace host::sources {

/// The same numbers everywhere: the standard library's distributions differ between implementations. (SplitMix64.)
class DemoRandom {
public:
    explicit DemoRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    /// 0 … bound-1
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    int between(int least, int most) {
        return least + static_cast<int>(below(static_cast<std::size_t>(most - least + 1)));
    }

private:
    std::uint64_t state_;
};

struct DemoPerson {
    std::string last;
    std::string first;
    std::string middle;
    std::string login;  ///< Latin, from the last name
};

DemoPerson makePerson(DemoRandom& random);

/// Cyrillic small and capital letters to Latin; others stay.
std::string transliterate(const std::string& text);

}  // namespace host::sources
