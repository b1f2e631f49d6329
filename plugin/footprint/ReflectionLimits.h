#pragma once
/// From when on a reflection looks wrong: `policies.reflections` of a profile. A value; every number is ours,
/// University 2035 publishes none.

namespace plugin::footprint {

/// What to do with a reflection that looks wrong.
enum class ReflectionPolicy { Hold, SendMarked };

/// Shares are 0..1 of the text's words, `realWordShare` of its letters.
struct ReflectionLimits {
    int minWords = 5;
    int minCharacters = 25;      ///< letters and digits
    int copyWords = 12;          ///< a copy of fewer words may be chance: a person decides
    double copyShare = 0.5;      ///< found in one other learner's text, or in a few together
    double borrowShare = 0.5;    ///< found in the programme's titles and descriptions
    double realWordShare = 0.6;  ///< words of a dictionary; a word that could be one counts half
    int alarmDays = 3;           ///< a held reflection raises the alarm so many days before its flow's end
};

}  // namespace plugin::footprint
