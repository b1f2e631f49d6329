#pragma once
/// Files that are part of a program: `house_embed` (cmake/house.cmake) makes a function that lists them.

#include <string>
#include <string_view>
#include <vector>

namespace common {

struct EmbeddedFile {
    std::string_view name;  ///< without a folder
    std::string_view content;
};

using EmbeddedFiles = std::vector<EmbeddedFile>;

/// By the name's ending, with the charset of a text.
std::string contentTypeOf(std::string_view fileName);

/// A strong ETag, quotes included: the same for the same bytes, in any process.
std::string etagOf(std::string_view content);

}  // namespace common
