#include "plugin/lrs/LrsClient.h"

#include <openssl/evp.h>

namespace plugin::lrs {
namespace {

using host::sdk::AppError;
using host::sdk::SecretString;

[[noreturn]] void refuse(const std::string& pointer, const std::string& reason, const std::string& fix) {
    throw AppError::validation("The LRS credential can't be used; see the field's reason", {{pointer, reason, fix}});
}

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

bool isPrintable(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}

/// The bytes, or nothing when it is not base64. Padding may be missing: it gets lost in copying.
std::optional<std::string> decodeBase64(std::string_view text) {
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto value = std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffffffu;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count & 0xffu));
        }
    }
    return bytes;
}

std::string encodeBase64(const std::string& bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
    return std::string(text);
}

constexpr const char* kPaste = "Вставьте значение Basic из письма Университета 2035 целиком, либо введите Key и Secret";

}  // namespace

std::string Basic::fingerprint() const {
    std::array<unsigned char, 32> digest{};
    unsigned length = 0;
    EVP_Digest(token_.reveal().data(), token_.reveal().size(), digest.data(), &length, EVP_sha256(), nullptr);
    std::string hex;
    for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
    return hex;
}

Basic parseBasic(std::string_view pasted) {
    std::string text = trimmed(pasted);
    std::string word = text.substr(0, 5);
    for (char& c : word) c = static_cast<char>(c | 0x20);
    if (word == "basic" && text.size() > 5 && isSpace(text[5])) text.erase(0, 6);
    text.erase(std::remove_if(text.begin(), text.end(), isSpace), text.end());
    if (text.empty() || text == "Basic") refuse("/basic", "Поле пусто", kPaste);

    const auto decoded = decodeBase64(text);
    if (!decoded || !isPrintable(*decoded)) refuse("/basic", "Это не base64 от строки «Key:Secret»", kPaste);
    const auto colon = decoded->find(':');
    if (colon == std::string::npos) refuse("/basic", "Внутри нет двоеточия между Key и Secret", kPaste);
    if (colon == 0) refuse("/basic", "Внутри пустой Key", kPaste);
    if (colon + 1 == decoded->size()) refuse("/basic", "Внутри пустой Secret", kPaste);
    if (decoded->find(':', colon + 1) != std::string::npos)
        refuse("/basic", "В Secret есть двоеточие: LRS такой не примет",
               "Запросите в Университете 2035 другой Secret, без двоеточия");
    Basic basic;
    basic.token_ = SecretString(encodeBase64(*decoded));
    basic.secret_ = SecretString(decoded->substr(colon + 1));
    return basic;
}

Basic basicFrom(std::string_view pastedKey, std::string_view pastedSecret) {
    const std::string key = trimmed(pastedKey);
    const std::string secret = trimmed(pastedSecret);
    if (key.empty()) refuse("/key", "Поле пусто", "Вставьте Key из письма Университета 2035");
    if (key.find(':') != std::string::npos || !isPrintable(key))
        refuse("/key", "В Key не бывает двоеточия и переводов строки",
               "Вставьте Key из письма Университета 2035 ещё раз");
    if (secret.empty()) refuse("/secret", "Поле пусто", "Вставьте Secret из письма Университета 2035");
    if (secret.find(':') != std::string::npos)
        refuse("/secret", "В Secret есть двоеточие: LRS такой не примет",
               "Запросите в Университете 2035 другой Secret, без двоеточия");
    if (!isPrintable(secret))
        refuse("/secret", "В Secret не бывает переводов строки", "Вставьте Secret из письма Университета 2035 ещё раз");
    Basic basic;
    basic.token_ = SecretString(encodeBase64(key + ":" + secret));
    basic.secret_ = SecretString(secret);
    return basic;
}

}  // namespace plugin::lrs
