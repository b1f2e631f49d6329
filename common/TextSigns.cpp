#include "common/TextSigns.h"

namespace common {
namespace {

/// The second byte of а…я, А…Я, ё, Ё behind 0xD0 and 0xD1.
bool isLetter(unsigned char lead, unsigned char c) {
    if (lead == 0xD0) return c == 0x81 || (c >= 0x90 && c <= 0xBF);
    return lead == 0xD1 && ((c >= 0x80 && c <= 0x8F) || c == 0x91);
}

/// What stands in windows-1251 behind an upper-case letter of real texts: quotes, dashes, "…", "Ё", "ё", "№", a blank
/// that does not break, "°", "™", "±", "·", "©", "®", "§".
bool isUsual(unsigned char c) {
    constexpr std::string_view kUsual =
        "\x82\x84\x85\x8B\x91\x92\x93\x94\x95\x96\x97\x99\x9B\xA0\xA7\xA8\xA9\xAB\xAE"
        "\xB0\xB1\xB7\xB8\xB9\xBB";
    return kUsual.find(static_cast<char>(c)) != std::string_view::npos;
}

}  // namespace

void TextSigns::add(std::string_view piece) {
    for (const char byte : piece) {
        const auto c = static_cast<unsigned char>(byte);
        if (c < 0x80 && missing_ == 0) {
            wasLetter_ = false;
            continue;
        }
        take(c);
    }
}

void TextSigns::take(unsigned char c) {
    if (c >= 0x80) ++high_;
    if (missing_ > 0) {
        if ((c & 0xC0U) == 0x80) {
            if (--missing_ > 0) return;
            const bool letter = isLetter(lead_, c);
            if (letter && !isUsual(c)) ++telling_;
            if (letter && wasLetter_) ++neighbours_;
            wasLetter_ = letter;
            return;
        }
        missing_ = 0;
        valid_ = false;
    }
    if (c < 0x80) {
        wasLetter_ = false;
        return;
    }
    lead_ = c;
    missing_ = c >= 0xC2 && c <= 0xDF ? 1 : c >= 0xE0 && c <= 0xEF ? 2 : c >= 0xF0 && c <= 0xF4 ? 3 : 0;
    if (missing_ != 0) return;
    valid_ = false;
    wasLetter_ = false;
}

bool TextSigns::looksLikeRussianUtf8() const {
    if (valid_) return telling_ + neighbours_ > 0;
    // One broken byte does not make windows-1251 of it; "Рівне" in a Russian text does not make UTF-8.
    return telling_ * 4 > high_;
}

std::string_view TextSigns::markOf(std::string_view beginning) {
    if (beginning.starts_with("\xEF\xBB\xBF")) return "UTF-8";
    if (beginning.starts_with("\xFF\xFE") || beginning.starts_with("\xFE\xFF")) return "UTF-16";
    return {};
}

}  // namespace common
