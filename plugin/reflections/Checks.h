#pragma once
/// What a reflection may be found to be, with stable codes and the words for people. Immutable.

#include "host/sdk/Records.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::reflections {

enum class Standing { Fine, Borderline, Flagged };
const char* toString(Standing standing);

/// One check; texts are Russian sentences for the organization's people.
struct Check {
    const char* code;
    const char* reason;
    const char* fix;
};

namespace checks {
extern const Check kNoText, kTooShort, kMashing, kNoRealWords, kRepetition, kWordSalad, kOtherLanguage, kBorrowed,
    kCopied, kCopiedByOthers, kRepeatedOwn;
}  // namespace checks

std::span<const Check* const> allChecks();
/// nullptr when there is none of that code.
const Check* findCheck(std::string_view code);

/// A text that this one resembles. Words are numbered as `fold` finds them.
struct Resemblance {
    host::sdk::RecordId reflection = 0;  ///< 0: the programme's own description
    double share = 0;                    ///< of this text's words
    std::uint32_t firstWord = 0;         ///< the longest passage they share, in this text
    std::uint32_t lastWord = 0;
};

struct Finding {
    const Check* check = nullptr;
    Standing standing = Standing::Fine;
    double share = 0;                       ///< what the check measured, 0..1; 0 when it measures nothing
    std::vector<Resemblance> resemblances;  ///< the earliest text first
};

struct Verdict {
    std::vector<Finding> findings;
    /// The gravest of the findings.
    Standing standing() const;
    bool has(const Check& check) const;
};

}  // namespace plugin::reflections
