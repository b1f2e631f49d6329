#include "common/NameFold.h"

namespace common {

namespace {

constexpr unsigned kYo = 0x451, kYe = 0x435;

unsigned foldCyrillic(unsigned letter) {
    if (letter >= 0x410 && letter <= 0x42F) letter += 0x20;  // А..Я
    if (letter >= 0x400 && letter <= 0x40F) letter += 0x50;  // Ѐ..Џ, Ё among them
    return letter == kYo ? kYe : letter;
}

}  // namespace

std::string foldName(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 'A' && byte <= 'Z') {
            out += static_cast<char>(byte + ('a' - 'A'));
            continue;
        }
        const bool cyrillic = (byte == 0xD0 || byte == 0xD1) && i + 1 < text.size() &&
                              (static_cast<unsigned char>(text[i + 1]) & 0xC0U) == 0x80U;
        if (!cyrillic) {
            out += text[i];
            continue;
        }
        const unsigned letter = foldCyrillic(((byte & 0x1FU) << 6U) | (static_cast<unsigned char>(text[++i]) & 0x3FU));
        out += static_cast<char>(0xC0U | (letter >> 6U));
        out += static_cast<char>(0x80U | (letter & 0x3FU));
    }
    return out;
}

}  // namespace common
