#pragma once
/// Has one text a sense of its own? Looks at this text alone. Not thread-safe with one dictionary.

#include "plugin/footprint/ReflectionLimits.h"
#include "plugin/reflections/Checks.h"
#include "plugin/reflections/Dictionary.h"
#include "plugin/reflections/Folding.h"

#include <vector>

namespace plugin::reflections {

/// `dictionary` may be nullptr or not ready: then words are not looked up and only what needs none is checked.
std::vector<Finding> senseOf(const Folded& text, const footprint::ReflectionLimits& limits, Dictionary* dictionary);

/// Not a word by its letters alone: «1111», «fgfgfg», «йцукен», «ывапр».
bool isMashed(std::string_view foldedWord);

/// How far the words fit each other, by what Russian grammar never does («для моделями», «в понимать»).
struct Grammar {
    std::size_t breaches = 0;
    std::size_t functionWords = 0;
    std::size_t pauses = 0;
};
Grammar grammarOf(const Folded& text);

}  // namespace plugin::reflections
