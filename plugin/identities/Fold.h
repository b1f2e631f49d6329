#pragma once
/// Texts made comparable. Never fuzzy: two people are the same only when nothing but writing habits differs. Pure.

#include <string>
#include <string_view>

namespace plugin::identities {

/// Of names: case, ё and е, decomposed й and ё, every kind of space and hyphen (one space for a run of them).
std::string foldName(std::string_view text);
/// Of column titles: the same, and no spaces or underscores at all: "Unti ID", "unti_id" and "UNTI-ID" are one.
std::string foldTitle(std::string_view text);

}  // namespace plugin::identities
