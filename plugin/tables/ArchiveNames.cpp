#include "plugin/tables/ArchiveNames.h"

#include "common/Text.h"

#include <algorithm>
#include <array>

namespace plugin::tables {
namespace {

constexpr std::size_t kReadable = 48;  ///< characters of the learner's own name that are kept
constexpr std::size_t kHash = 16;
constexpr std::size_t kExtension = 10;

/// а … я, then ё; as in foreign passports, with ъ and ь left out.
constexpr std::array<const char*, 32> kLetters{"a",  "b",  "v",  "g",    "d", "e", "zh", "z", "i",  "i", "k",
                                               "l",  "m",  "n",  "o",    "p", "r", "s",  "t", "u",  "f", "kh",
                                               "ts", "ch", "sh", "shch", "",  "y", "",   "e", "iu", "ia"};

/// Takes one code point of well-formed UTF-8 off the front.
char32_t takeCodePoint(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    char32_t code = size == 1 ? first : first & (0x7fU >> size);
    for (std::size_t i = 1; i < size && i < text.size(); ++i)
        code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3fU);
    text.remove_prefix(std::min(size, text.size()));
    return code;
}

/// Lower-case Latin of one code point; nullptr when there is none.
const char* latinOf(char32_t code, std::array<char, 2>& one) {
    if (code >= 'A' && code <= 'Z') code += 'a' - 'A';
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
        one[0] = static_cast<char>(code);
        return one.data();
    }
    if (code >= 0x410 && code <= 0x42f) code += 0x20;
    if (code >= 0x430 && code <= 0x44f) return kLetters[code - 0x430];
    if (code == 0x401 || code == 0x451) return "e";
    return nullptr;
}

/// Words of Latin letters and digits, joined by dashes; short enough, cut at its end.
std::string readable(std::string_view text) {
    std::string out;
    bool gap = false;
    std::array<char, 2> one{};
    while (!text.empty() && out.size() < kReadable) {
        const char* latin = latinOf(takeCodePoint(text), one);
        if (latin == nullptr) {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += '-';
        gap = false;
        out += latin;
    }
    out.resize(std::min(out.size(), kReadable));
    return out;
}

std::string extensionOf(const std::string& name) {
    const auto dot = name.rfind('.');
    if (dot == std::string::npos || dot + 1 == name.size() || name.size() - dot - 1 > kExtension) return {};
    std::string extension = common::toLowerAscii(name.substr(dot + 1));
    const bool plain = std::all_of(extension.begin(), extension.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    return plain ? extension : std::string();
}

}  // namespace

std::string archiveName(std::string_view untiId, const RowFile& file) {
    const std::string extension = extensionOf(file.name);
    std::string_view stem = file.name;
    if (!extension.empty()) stem.remove_suffix(extension.size() + 1);
    std::string out(untiId);
    if (const std::string words = readable(stem); !words.empty()) out.append("-").append(words);
    out.append("-").append(file.sha256, 0, kHash);
    if (!extension.empty()) out.append(".").append(extension);
    return out;
}

bool isCompressed(const RowFile& file) {
    static constexpr std::array kExtensions{
        "jpg", "jpeg", "png", "gif", "webp", "heic", "avif", "mp3",  "m4a",  "aac", "ogg", "oga", "opus", "flac",
        "mp4", "m4v",  "mov", "avi", "mkv",  "webm", "wmv",  "mpg",  "mpeg", "3gp", "zip", "rar", "7z",   "gz",
        "tgz", "bz2",  "xz",  "zst", "jar",  "apk",  "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"};
    const std::string extension = extensionOf(file.name);
    if (std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end()) return true;
    const std::string_view type = file.contentType;
    if (type.starts_with("video/")) return true;
    if (type.starts_with("audio/")) return type.find("wav") == std::string_view::npos;
    return type == "image/jpeg" || type == "image/png" || type == "image/gif" || type == "image/webp" ||
           type == "application/zip" || type == "application/gzip" || type.starts_with("application/vnd.openxml") ||
           type.starts_with("application/vnd.oasis");
}

}  // namespace plugin::tables
