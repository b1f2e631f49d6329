#pragma once
/// Texts that are said in English, in Russian: whole phrases, in which {} stands for what differs. For what people are
/// told of errors; codes never change. Pure; thread-safe once made.

#include "host/sdk/Error.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace common {

class Phrasebook {
public:
    /// English → Russian; both with the same number of {}, filled in order. {0}, {1}, … in the Russian name them
    /// instead.
    using Phrases = std::vector<std::pair<std::string_view, std::string_view>>;
    explicit Phrasebook(const Phrases& phrases);

    /// Of a whole text; nullopt when it is none of these. What stands for {} is translated too where it is a phrase;
    /// there a phrase that begins with {} counts for nothing, since it would fit too much.
    std::optional<std::string> russian(std::string_view english) const;
    /// The same, or the text as it is.
    std::string text(std::string_view english) const;
    /// The error with its detail and field errors in Russian, as far as they are known.
    host::sdk::AppError error(const host::sdk::AppError& error) const;

private:
    struct Pattern {
        std::vector<std::string_view> pieces;  ///< around the gaps
        std::string_view russian;
    };
    std::optional<std::string> said(std::string_view english, int depth) const;

    std::map<std::string_view, std::string_view> whole_;
    std::vector<Pattern> patterns_;
};

/// What JsonReader and the lists of either side say.
const Phrasebook::Phrases& commonPhrases();

/// `phrases` and the common ones.
Phrasebook phrasebook(const Phrasebook::Phrases& phrases);

}  // namespace common
