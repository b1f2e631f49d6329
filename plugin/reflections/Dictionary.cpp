#include "plugin/reflections/Dictionary.h"

#include <fmt/format.h>

#include <fstream>
#include <hunspell/hunspell.hxx>
#include <system_error>

namespace plugin::reflections {

namespace {

constexpr std::size_t kRemembered = 400'000;
constexpr std::size_t kLongestWord = 80;  ///< bytes; longer ones are no words and slow hunspell down

/// «москва» → «Москва»: names stand in the dictionary with their capital.
std::string capitalized(const std::string& word) {
    if (word.size() < 2) return word;
    std::string out = word;
    const auto first = static_cast<unsigned char>(word[0]);
    const auto second = static_cast<unsigned char>(word[1]);
    if (first < 0x80)
        out[0] = static_cast<char>(first - 32);
    else if (first == 0xD0 && second >= 0xB0)  // а..п
        out[1] = static_cast<char>(second - 0x20);
    else if (first == 0xD1 && second <= 0x8F) {  // р..я
        out[0] = '\xD0';
        out[1] = static_cast<char>(second + 0x20);
    }
    return out;
}

/// «еще» → «ещё»: each е in turn, since folding took the dots.
bool spellsWithDots(Hunspell& hunspell, const std::string& word) {
    for (auto at = word.find("е"); at != std::string::npos; at = word.find("е", at + 2)) {
        std::string dotted = word;
        dotted.replace(at, 2, "ё");
        if (hunspell.spell(dotted)) return true;
    }
    return false;
}

}  // namespace

Dictionary::Dictionary(const std::filesystem::path& russian, const std::filesystem::path& english)
    : russianLetters_(std::make_unique<LetterModel>()), englishLetters_(std::make_unique<LetterModel>()) {
    russian_ = open(russian, *russianLetters_);
    if (!english.empty()) english_ = open(english, *englishLetters_);
}

Dictionary::~Dictionary() = default;
Dictionary::Dictionary(Dictionary&&) noexcept = default;

std::unique_ptr<Hunspell> Dictionary::open(const std::filesystem::path& base, LetterModel& model) {
    const std::string words = base.string() + ".dic";
    const std::string rules = base.string() + ".aff";
    std::ifstream in(words);
    std::error_code ignored;
    if (!in || !std::filesystem::is_regular_file(rules, ignored)) {
        missing_.push_back(
            fmt::format("the dictionary '{}' can't be read: install the Debian package hunspell-{} or "
                        "point the configuration to its .aff and .dic",
                        base.string(), base.filename().string().substr(0, 2)));
        return nullptr;
    }
    auto hunspell = std::make_unique<Hunspell>(rules.c_str(), words.c_str());
    if (hunspell->get_dict_encoding() != "UTF-8") {
        missing_.push_back(fmt::format("the dictionary '{}' is not in UTF-8, which the checks need", base.string()));
        return nullptr;
    }
    std::string line;
    while (std::getline(in, line)) {
        const auto folded = fold(line.substr(0, line.find('/')));
        for (std::size_t i = 0; i < folded.words.size(); ++i) model.learn(folded.word(i));
    }
    return hunspell;
}

Sense Dictionary::ask(Hunspell* hunspell, const LetterModel& model, const std::string& word) const {
    if (hunspell == nullptr) return Sense::Unknown;
    if (word.size() > kLongestWord) return Sense::Strange;
    if (hunspell->spell(word) || hunspell->spell(capitalized(word)) || spellsWithDots(*hunspell, word))
        return Sense::Real;
    return model.share(word) >= 0.8 ? Sense::Plausible : Sense::Strange;
}

Sense Dictionary::sense(std::string_view foldedWord, Script script) {
    std::string word(foldedWord);
    if (auto it = remembered_.find(word); it != remembered_.end()) return it->second;
    auto found = Sense::Unknown;
    if (script == Script::Russian)
        found = ask(russian_.get(), *russianLetters_, word);
    else if (script == Script::Latin)
        found = ask(english_.get(), *englishLetters_, word);
    else if (script == Script::Mixed)
        found = Sense::Strange;
    if (remembered_.size() >= kRemembered) remembered_.clear();
    remembered_.emplace(std::move(word), found);
    return found;
}

}  // namespace plugin::reflections
