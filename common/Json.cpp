#include "common/Json.h"

#include "common/Rfc3339.h"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace common {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

void appendUnit(std::string& out, unsigned unit) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += kHexDigits[(unit >> shift) & 15U];
}

void appendCodePoint(std::string& out, unsigned codePoint) {
    if (codePoint < 0x10000) return appendUnit(out, codePoint);
    codePoint -= 0x10000;
    appendUnit(out, 0xd800U + (codePoint >> 10));
    appendUnit(out, 0xdc00U + (codePoint & 0x3ffU));
}

/// Decodes the sequence at `at`; length 0 when it is not well-formed.
std::pair<std::size_t, unsigned> decode(std::string_view text, std::size_t at) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
    unsigned lead = byte(at);
    std::size_t length = lead >= 0xf0 && lead <= 0xf4  ? 4
                         : lead >= 0xe0 && lead < 0xf0 ? 3
                         : lead >= 0xc2 && lead < 0xe0 ? 2
                                                       : 0;
    if (length == 0 || at + length > text.size()) return {0, 0};
    unsigned codePoint = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xc0U) != 0x80U) return {0, 0};
        codePoint = (codePoint << 6) | (byte(at + i) & 0x3fU);
    }
    bool overlong = (length == 3 && codePoint < 0x800) || (length == 4 && codePoint < 0x10000);
    bool surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (overlong || surrogate || codePoint > 0x10ffff) return {0, 0};
    return {length, codePoint};
}

void appendControl(std::string& out, char c) {
    switch (c) {
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        default:
            appendUnit(out, static_cast<unsigned char>(c));
    }
}

}  // namespace

void appendJsonEscaped(std::string& out, std::string_view text, bool asciiOnly) {
    std::size_t plain = 0;  // start of the run that needs no escape
    std::size_t i = 0;
    auto flush = [&] { out.append(text.substr(plain, i - plain)); };
    while (i < text.size()) {
        auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\') {
            ++i;
            continue;
        }
        if (byte >= 0x80) {
            auto [length, codePoint] = decode(text, i);
            if (length != 0 && !asciiOnly) {
                i += length;
                continue;
            }
            flush();
            if (length == 0)
                out += asciiOnly ? "\\ufffd" : "\xef\xbf\xbd";
            else
                appendCodePoint(out, codePoint);
            i += length == 0 ? 1 : length;
        } else {
            flush();
            if (byte == '"' || byte == '\\') {
                out += '\\';
                out += text[i];
            } else {
                appendControl(out, text[i]);
            }
            ++i;
        }
        plain = i;
    }
    flush();
}

void appendJsonNumber(std::string& out, double value) {
    if (!std::isfinite(value)) throw std::invalid_argument("JSON has no NaN and no infinity.");
    std::array<char, 32> buffer{};
    auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    out.append(buffer.data(), end.ptr);
}

std::string jsonString(std::string_view text) {
    std::string out = "\"";
    appendJsonEscaped(out, text);
    out += '"';
    return out;
}

JsonWriter& JsonWriter::open(char first, char last) {
    separate();
    out_ += first;
    closers_ += last;
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::end() {
    if (closers_.empty()) throw std::logic_error("JsonWriter::end without an open object or array.");
    out_ += closers_.back();
    closers_.pop_back();
    first_ = false;
    return *this;
}

void JsonWriter::separate() {
    if (!first_ && !afterKey_) out_ += ',';
    first_ = false;
    afterKey_ = false;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    out_ += '"';
    appendJsonEscaped(out_, name);
    out_ += "\":";
    afterKey_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    out_ += '"';
    appendJsonEscaped(out_, text);
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::value(double number) {
    separate();
    appendJsonNumber(out_, number);
    return *this;
}

JsonWriter& JsonWriter::null() {
    separate();
    out_ += "null";
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

JsonWriter& JsonWriter::time(std::int64_t micros) {
    return value(Rfc3339::utc(micros));
}

}  // namespace common
