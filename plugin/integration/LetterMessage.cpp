#include "common/Encoding.h"
#include "plugin/integration/Letters.h"

#include <date/date.h>

namespace plugin::integration {

namespace {

/// RFC 2047: words that never split a UTF-8 character, one to a line of at most 76 characters.
std::string encodedHeader(std::string_view text) {
    constexpr std::size_t kBytesPerWord = 39;  // 52 in base64, 64 with "=?UTF-8?B?" and "?=", 73 behind "Subject: "
    std::string out;
    while (!text.empty()) {
        std::size_t n = std::min(kBytesPerWord, text.size());
        while (n < text.size() && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) --n;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + common::toBase64(text.substr(0, n)) + "?=";
        text.remove_prefix(n);
    }
    return out;
}

/// A header's value may not break out of its line.
bool isPlainAddress(const std::string& address) {
    return !address.empty() && address.find('@') != std::string::npos &&
           std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < 127; });
}

std::string oneLine(std::string text) {
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    return text;
}

std::string withCrLf(const std::string& text) {
    std::string out;
    for (char c : text) {
        if (c == '\n' && (out.empty() || out.back() != '\r')) out += '\r';
        out += c;
    }
    return out;
}

std::string base64Lines(const std::string& bytes) {
    std::string all = common::toBase64(bytes), out;
    for (std::size_t at = 0; at < all.size(); at += 76) out += all.substr(at, 76) + "\r\n";
    return out;
}

std::string dateHeader(host::sdk::Micros at) {
    auto moment =
        date::floor<std::chrono::seconds>(date::sys_time<std::chrono::microseconds>(std::chrono::microseconds(at)));
    return date::format("%a, %d %b %Y %H:%M:%S +0000", moment);
}

}  // namespace

std::string toMessage(const Letter& letter, host::sdk::Micros at) {
    std::string out;
    if (isPlainAddress(letter.from)) out += "From: " + letter.from + "\r\n";
    out += "To: " + letter.to + "\r\n";
    out += "Subject: " + encodedHeader(oneLine(letter.subject)) + "\r\n";
    out += "Date: " + dateHeader(at) + "\r\n";
    // Mail programs open such a file as a draft to be sent, not as a letter that came.
    out += "X-Unsent: 1\r\n";
    out += "MIME-Version: 1.0\r\n";
    out += "Content-Type: text/plain; charset=utf-8\r\n";
    out += "Content-Transfer-Encoding: base64\r\n\r\n";
    return out + base64Lines(withCrLf(letter.body));
}

}  // namespace plugin::integration
