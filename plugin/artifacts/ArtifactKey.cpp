#include "plugin/artifacts/ArtifactKey.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plugin::artifacts {
namespace {

constexpr std::size_t kHashPart = 16;  ///< hex digits
constexpr std::size_t kLongestExtension = 10;
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kSlug = "abcdefghijklmnopqrstuvwxyz0123456789_-";

const std::string& checked(const std::string& part, std::string_view alphabet, const char* what) {
    if (part.empty() || part.find_first_not_of(alphabet) != std::string::npos)
        throw host::sdk::AppError(500, "internal", std::string("The ") + what + " can't stand in a file's key.");
    return part;
}

std::string hashPart(const KeyFile& file) {
    checked(file.sha256, kHex, "SHA-256");
    if (file.sha256.size() != 64)
        throw host::sdk::AppError(500, "internal", "The SHA-256 of a file has not 64 hexadecimal digits.");
    return file.sha256.substr(0, kHashPart);
}

std::string flowPart(std::int64_t flow) {
    return "flow" + checked(std::to_string(flow), kDigits, "flow's id");
}

/// A letter of Russian in Latin ones, by its code point; nullptr: none.
const char* latin(unsigned codePoint) {
    static constexpr std::array<const char*, 32> kLetters = {
        "a", "b", "v", "g", "d", "e", "zh", "z",  "i",  "y",   "k", "l", "m", "n", "o",  "p",
        "r", "s", "t", "u", "f", "h", "c",  "ch", "sh", "sch", "",  "y", "",  "e", "yu", "ya"};
    if (codePoint == 0x401 || codePoint == 0x451) return "e";
    if (codePoint >= 0x410 && codePoint <= 0x42F) return kLetters.at(codePoint - 0x410);
    if (codePoint >= 0x430 && codePoint <= 0x44F) return kLetters.at(codePoint - 0x430);
    return nullptr;
}

std::string extensionInName(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return {};
    std::string extension;
    const auto tail = name.substr(dot + 1);
    for (std::size_t i = 0; i < tail.size(); ++i) {
        const auto c = static_cast<unsigned char>(tail[i]);
        if (c >= 'A' && c <= 'Z') {
            extension.push_back(static_cast<char>(c | 0x20));
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            extension.push_back(static_cast<char>(c));
        } else if ((c & 0xE0u) == 0xC0u && i + 1 < tail.size()) {
            const auto next = static_cast<unsigned char>(tail[++i]);
            if (const char* letters = latin(((c & 0x1Fu) << 6) | (next & 0x3Fu))) extension += letters;
        }
    }
    // A "name. A sentence goes on" has no extension.
    return extension.size() <= kLongestExtension ? extension : std::string();
}

std::string_view mediaTypeOf(std::string_view contentType) {
    return common::trim(contentType.substr(0, contentType.find(';')));
}

}  // namespace

std::string extensionOf(std::string_view fileName, std::string_view contentType) {
    if (auto named = extensionInName(fileName); !named.empty()) return named;
    static constexpr std::array<std::pair<std::string_view, const char*>, 12> kUsual = {
        {{"application/pdf", "pdf"},
         {"application/zip", "zip"},
         {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
         {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
         {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
         {"application/vnd.oasis.opendocument.text", "odt"},
         {"audio/mpeg", "mp3"},
         {"image/gif", "gif"},
         {"image/jpeg", "jpg"},
         {"image/png", "png"},
         {"text/plain", "txt"},
         {"video/mp4", "mp4"}}};
    for (const auto& [type, extension] : kUsual)
        if (mediaTypeOf(contentType) == type) return extension;
    return "bin";
}

std::string keyPrefix(const std::string& project) {
    return checked(project, kSlug, "project's id") + "/";
}

std::string workKey(const std::string& project, std::int64_t flow, const std::string& kind, const std::string& untiId,
                    const KeyFile& file) {
    return keyPrefix(project) + flowPart(flow) + "/" + checked(kind, kSlug, "element's kind") + "/" +
           checked(untiId, kDigits, "unti_id") + "-" + hashPart(file) + "." + extensionOf(file.name, file.contentType);
}

std::string materialKey(const std::string& project, std::int64_t flow, const std::string& kind, const KeyFile& file) {
    return keyPrefix(project) + flowPart(flow) + "/" + checked(kind, kSlug, "element's kind") + "/" + hashPart(file) +
           "." + extensionOf(file.name, file.contentType);
}

std::string letterKey(const std::string& project, const KeyFile& file) {
    return keyPrefix(project) + "letters/" + hashPart(file) + "." + extensionOf(file.name, file.contentType);
}

bool isAttachable(std::string_view contentType) {
    static constexpr std::array<std::string_view, 9> kTops = {"application", "audio",     "example", "image", "message",
                                                              "model",       "multipart", "text",    "video"};
    const auto type = mediaTypeOf(contentType);
    const auto slash = type.find('/');
    if (slash == std::string_view::npos || slash + 1 == type.size()) return false;
    const auto top = common::toLowerAscii(type.substr(0, slash));
    return std::find(kTops.begin(), kTops.end(), top) != kTops.end();
}

}  // namespace plugin::artifacts
