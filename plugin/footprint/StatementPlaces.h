#pragma once
/// What xAPI and University 2035's LRS fix about a statement: known keys and the types of places. One list for the
/// template compiler and the validator. Immutable.

#include "plugin/footprint/Template.h"

#include <span>
#include <string_view>

namespace plugin::footprint {

/// Keys that the LRS knows in each kind of object; all others are refused with 400.
struct KnownKeys {
    static std::span<const std::string_view> statement();
    static std::span<const std::string_view> agent();
    static std::span<const std::string_view> account();
    static std::span<const std::string_view> verb();
    static std::span<const std::string_view> activity();
    static std::span<const std::string_view> reference();
    static std::span<const std::string_view> definition();
    static std::span<const std::string_view> result();
    static std::span<const std::string_view> score();
    static std::span<const std::string_view> context();
    static std::span<const std::string_view> contextActivities();
    static std::span<const std::string_view> attachment();
};

/// Rules for a template whose object is a StatementRef (`reference`) or an Activity; `graded` ones need score and
/// success.
Places statementPlaces(bool reference, bool graded);

}  // namespace plugin::footprint
