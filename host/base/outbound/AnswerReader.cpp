#include "host/base/outbound/AnswerReader.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

namespace host::base::outbound {
namespace {

using sdk::OutboundError;
using Kind = sdk::OutboundError::Kind;

constexpr std::size_t kBufferSize = 64 * 1024;
constexpr std::size_t kMaxHead = 64 * 1024;

[[noreturn]] void closed(const std::string& where) {
    throw OutboundError(Kind::Closed, true, "The other side closed the connection " + where);
}

[[noreturn]] void bad(const std::string& what) {
    throw OutboundError(Kind::BadAnswer, true, "What came back is not HTTP: " + what);
}

std::string lowerCase(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return result;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool hasToken(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (lowerCase(trimmed(list.substr(0, comma))) == token) return true;
        if (comma == std::string_view::npos) return false;
        list.remove_prefix(comma + 1);
    }
    return false;
}

template <class Number>
bool parseWhole(std::string_view text, Number& number, int base = 10) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

}  // namespace

AnswerReader::AnswerReader(Receive receive, bool headRequest, std::size_t maxAnswer)
    : receive_(std::move(receive)), headRequest_(headRequest), maxAnswer_(maxAnswer), buffer_(kBufferSize, '\0') {}

bool AnswerReader::fill() {
    const std::size_t got = receive_(buffer_.data(), buffer_.size());
    begin_ = 0;
    end_ = got;
    if (got > 0) sawAnything_ = true;
    return got > 0;
}

void AnswerReader::tooLarge() const {
    throw OutboundError(Kind::TooLarge, true, "The answer is longer than " + std::to_string(maxAnswer_) + " bytes");
}

std::string AnswerReader::line() {
    std::string result;
    for (;;) {
        if (begin_ == end_ && !fill()) closed(sawAnything_ ? "in the middle of its answer" : "without an answer");
        const char* const start = buffer_.data() + begin_;
        const auto* const newline = static_cast<const char*>(std::memchr(start, '\n', end_ - begin_));
        const std::size_t taken = newline == nullptr ? end_ - begin_ : static_cast<std::size_t>(newline - start) + 1;
        headBytes_ += taken;
        if (headBytes_ > kMaxHead) bad("its header is longer than 64 KiB");
        result.append(start, taken);
        begin_ += taken;
        if (newline == nullptr) continue;
        result.pop_back();
        if (!result.empty() && result.back() == '\r') result.pop_back();
        return result;
    }
}

bool AnswerReader::readHead(sdk::OutboundResponse& response) {
    response.headers.clear();
    headBytes_ = 0;
    const std::string status = line();
    const bool version11 = status.rfind("HTTP/1.1 ", 0) == 0;
    if (!version11 && status.rfind("HTTP/1.0 ", 0) != 0) bad("its first line is no status line of HTTP/1.x");
    if (!parseWhole(std::string_view(status).substr(9, 3), response.status) || response.status < 100 ||
        (status.size() > 12 && status[12] != ' '))
        bad("its status is no number of three digits");
    for (std::string field = line(); !field.empty(); field = line()) {
        const auto colon = field.find(':');
        if (colon == 0 || colon == std::string::npos || field.front() == ' ' || field.front() == '\t')
            bad("a header line has no name");
        response.headers.emplace_back(lowerCase(std::string_view(field).substr(0, colon)),
                                      std::string(trimmed(std::string_view(field).substr(colon + 1))));
    }
    const std::string connection = response.header("connection");
    keepAlive_ = version11 ? !hasToken(connection, "close") : hasToken(connection, "keep-alive");
    keepAliveTimeout_ = std::chrono::seconds(0);
    const std::string keep = response.header("keep-alive");
    if (const auto at = keep.find("timeout="); at != std::string::npos) {
        unsigned seconds = 0;
        std::from_chars(keep.data() + at + 8, keep.data() + keep.size(), seconds);
        keepAliveTimeout_ = std::chrono::seconds(seconds);
    }
    return response.status >= 200;
}

void AnswerReader::readExactly(std::string& body, std::uint64_t length) {
    if (length > maxAnswer_ || body.size() + length > maxAnswer_) tooLarge();
    std::size_t at = body.size();
    body.resize(at + static_cast<std::size_t>(length));
    const std::size_t buffered = std::min(body.size() - at, end_ - begin_);
    std::memcpy(body.data() + at, buffer_.data() + begin_, buffered);
    begin_ += buffered;
    at += buffered;
    while (at < body.size()) {
        const std::size_t got = receive_(body.data() + at, body.size() - at);
        if (got == 0) closed("in the middle of its answer");
        at += got;
    }
}

void AnswerReader::readChunks(std::string& body) {
    for (;;) {
        headBytes_ = 0;
        const std::string size = line();
        std::uint64_t length = 0;
        if (!parseWhole(trimmed(std::string_view(size).substr(0, size.find(';'))), length, 16))
            bad("a chunk has no size");
        if (length == 0) break;
        readExactly(body, length);
        if (!line().empty()) bad("a chunk is longer than it says");
    }
    headBytes_ = 0;
    while (!line().empty()) {
    }
}

void AnswerReader::readToEnd(std::string& body) {
    do {
        if (body.size() + (end_ - begin_) > maxAnswer_) tooLarge();
        body.append(buffer_, begin_, end_ - begin_);
        begin_ = end_;
    } while (fill());
    keepAlive_ = false;
}

void AnswerReader::readBody(sdk::OutboundResponse& response) {
    if (headRequest_ || response.status == 204 || response.status == 304) return;
    std::optional<std::uint64_t> length;
    bool chunked = false;
    for (const auto& [name, value] : response.headers) {
        if (name == "transfer-encoding") {
            if (chunked || lowerCase(value) != "chunked") bad("its Transfer-Encoding is not known");
            chunked = true;
        }
        if (name != "content-length") continue;
        std::uint64_t number = 0;
        if (!parseWhole(value, number)) bad("its Content-Length is no number");
        if (length && *length != number) bad("it has two lengths");
        length = number;
    }
    if (chunked) {
        if (length) keepAlive_ = false;  // two framings at once: what follows can't be trusted
        readChunks(response.body);
    } else if (length) {
        readExactly(response.body, *length);
    } else {
        readToEnd(response.body);
    }
}

sdk::OutboundResponse AnswerReader::read() {
    sdk::OutboundResponse response;
    while (!readHead(response))
        if (response.status == 101) bad("it switches to another protocol");
    readBody(response);
    if (begin_ != end_) keepAlive_ = false;  // more than one answer to one request
    return response;
}

}  // namespace host::base::outbound
