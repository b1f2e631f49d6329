#pragma once
/// A check's steps in English: the clients write them in Russian, the code of a step never changes. Pure.

#include "plugin/integration/Texts.h"

#include <string>

namespace plugin::api {

/// The stored steps (a JSON array) in the language asked for; Russian is how they are stored. A step whose code isn't
/// known here keeps its Russian text.
std::string stepsIn(integration::Language language, const std::string& steps);

}  // namespace plugin::api
