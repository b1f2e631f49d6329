#pragma once
/// What the bytes of a text say of their encoding. Fed piece by piece; memory is constant. Not thread-safe.
///
/// UTF-8 read as windows-1251 is no error: every letter becomes "Р" or "С" and a sign («Жуков» → «Р–СѓРєРѕРІ»). Bytes
/// tell the two apart well: Russian of windows-1251 is hardly ever valid UTF-8, and "Р" or "С" stands before the signs
/// in question in no word (only before punctuation, "№", "Ё", which do not count).

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace common {

class TextSigns {
public:
    void add(std::string_view piece);

    bool isUtf8() const { return valid_; }
    /// Russian letters of UTF-8, and that beyond doubt. Pure ASCII and what has too little to tell do not.
    bool looksLikeRussianUtf8() const;

    /// "UTF-8", "UTF-16" of a text that begins with a byte order mark; empty when it has none.
    static std::string_view markOf(std::string_view beginning);

private:
    void take(unsigned char c);

    bool valid_ = true;
    int missing_ = 0;  ///< bytes that the present sequence lacks
    unsigned char lead_ = 0;
    bool wasLetter_ = false;        ///< a Russian letter of UTF-8 ended with the last byte
    std::uint64_t high_ = 0;        ///< bytes from 0x80 on
    std::uint64_t telling_ = 0;     ///< letters that can't be "Р" or "С" with what follows
    std::uint64_t neighbours_ = 0;  ///< letters directly behind another
};

}  // namespace common
