#include "common/Encoding.h"

#include <array>
#include <cstdint>

namespace common {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string encode64(std::string_view bytes, std::string_view alphabet, bool padded) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t group = 0;
    int bits = 0;
    for (char c : bytes) {
        group = (group << 8) | static_cast<unsigned char>(c);
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            out += alphabet[(group >> bits) & 63U];
        }
    }
    if (bits > 0) out += alphabet[(group << (6 - bits)) & 63U];
    if (padded)
        while (out.size() % 4 != 0) out += '=';
    return out;
}

std::optional<std::string> decode64(std::string_view text, std::string_view alphabet, bool padded) {
    if (padded) {
        if (text.size() % 4 != 0) return std::nullopt;
        for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
    }
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t group = 0;
    int bits = 0;
    for (char c : text) {
        auto digit = alphabet.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        group = (group << 6) | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>((group >> bits) & 255U);
        }
    }
    // Bits left over must be zero, or two texts would mean the same bytes.
    if ((group & ((1U << bits) - 1U)) != 0) return std::nullopt;
    return out;
}

}  // namespace

std::string toHex(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (char c : bytes) {
        auto byte = static_cast<unsigned char>(c);
        out += kHex[byte >> 4];
        out += kHex[byte & 15U];
    }
    return out;
}

std::optional<std::string> fromHex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        int high = hexDigit(text[i]);
        int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::string toBase64(std::string_view bytes) {
    return encode64(bytes, kBase64, true);
}
std::optional<std::string> fromBase64(std::string_view text) {
    return decode64(text, kBase64, true);
}
std::string toBase64Url(std::string_view bytes) {
    return encode64(bytes, kBase64Url, false);
}
std::optional<std::string> fromBase64Url(std::string_view text) {
    return decode64(text, kBase64Url, false);
}

}  // namespace common
