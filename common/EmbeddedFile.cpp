#include "common/EmbeddedFile.h"

#include "common/Sha256.h"

#include <array>
#include <utility>

namespace common {

std::string contentTypeOf(std::string_view fileName) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes{{
        {"html", "text/html; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"mjs", "text/javascript; charset=utf-8"},
        {"json", "application/json"},
        {"map", "application/json"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"ico", "image/x-icon"},
        {"woff2", "font/woff2"},
    }};
    const auto ending = fileName.substr(fileName.rfind('.') + 1);
    for (const auto& [known, type] : kTypes)
        if (known == ending) return std::string(type);
    return "application/octet-stream";
}

std::string etagOf(std::string_view content) {
    return '"' + Sha256::hex(content).substr(0, 24) + '"';
}

}  // namespace common
