#pragma once
/// Is it a word? Asks hunspell's dictionaries of the system, read when the object is made; none is part of the project.
///
/// A dictionary that is not there is named by `missing()` and nothing is judged by it: `isReady()` is false without the
/// Russian one. Answers are remembered (bounded). Not thread-safe: one object per thread of work.

#include "plugin/reflections/Folding.h"
#include "plugin/reflections/LetterModel.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

class Hunspell;

namespace plugin::reflections {

enum class Sense : std::uint8_t {
    Real,       ///< in a dictionary
    Plausible,  ///< in none, but spelt as a word could be
    Strange,    ///< no word
    Unknown     ///< nothing here can tell: its language has no dictionary
};

class Dictionary {
public:
    /// Paths without ".aff" and ".dic": "/usr/share/hunspell/ru_RU". An empty English one: none is wanted.
    Dictionary(const std::filesystem::path& russian, const std::filesystem::path& english);
    ~Dictionary();
    Dictionary(Dictionary&&) noexcept;

    bool isReady() const noexcept { return russian_ != nullptr; }
    /// "…/ru_RU.dic can't be read": one sentence per dictionary that is not there.
    const std::vector<std::string>& missing() const noexcept { return missing_; }

    Sense sense(std::string_view foldedWord, Script script);

private:
    std::unique_ptr<Hunspell> open(const std::filesystem::path& base, LetterModel& model);
    Sense ask(Hunspell* hunspell, const LetterModel& model, const std::string& word) const;

    std::unique_ptr<Hunspell> russian_, english_;
    std::unique_ptr<LetterModel> russianLetters_, englishLetters_;
    std::vector<std::string> missing_;
    std::unordered_map<std::string, Sense> remembered_;
};

}  // namespace plugin::reflections
