#include "host/http/Body.h"

#include "host/sdk/Error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace host::http {
namespace {

constexpr std::uint64_t kSlowestRate = 64 * 1024;  // bytes a second
constexpr std::size_t kStreamBuffer = 64 * 1024;

sdk::AppError tooLarge(std::uint64_t maxBytes) {
    return {413, "body-too-large", fmt::format("The body is larger than {} bytes; send less at once.", maxBytes)};
}

sdk::AppError badChunk() {
    return sdk::AppError::badRequest("The chunked body is malformed.");
}

}  // namespace

Body::Body(Connection& connection, const RequestHead& head, std::chrono::milliseconds timeout)
    : connection_(connection),
      chunked_(head.chunked),
      expectContinue_(head.expectContinue),
      end_(!head.hasBody()),
      left_(head.chunked ? 0 : head.contentLength),
      timeout_(timeout) {}

void Body::limit(std::uint64_t maxBytes) {
    maxBytes_ = maxBytes;
    if (!chunked_ && left_ > maxBytes) throw tooLarge(maxBytes);
}

void Body::begin() {
    if (begun_) return;
    begun_ = true;
    // A long body may take longer, at a rate that a phone reaches.
    auto longest = chunked_ ? maxBytes_ : left_;
    deadline_ = std::chrono::steady_clock::now() + timeout_ + std::chrono::seconds(longest / kSlowestRate);
    if (expectContinue_) connection_.send("HTTP/1.1 100 Continue\r\n\r\n");
}

std::string Body::readLine(std::size_t most) {
    while (true) {
        auto text = connection_.buffered();
        auto eol = text.substr(0, most).find("\r\n");
        if (eol != std::string_view::npos) {
            std::string line(text.substr(0, eol));
            connection_.consume(eol + 2);
            return line;
        }
        if (text.size() >= most) throw badChunk();
        if (!connection_.fillUntil(deadline_)) throw ConnectionLost("the body ended early");
    }
}

bool Body::nextChunk() {
    if (!firstChunk_ && !readLine(2).empty()) throw badChunk();
    firstChunk_ = false;
    auto line = readLine(256);
    // A bare line feed in an extension is the line's end to some proxies.
    if (std::any_of(line.begin(), line.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; }))
        throw badChunk();
    auto size = line.substr(0, line.find(';'));
    while (!size.empty() && (size.back() == ' ' || size.back() == '\t')) size.pop_back();
    if (size.empty() || size.size() > 15) throw badChunk();
    left_ = 0;
    for (char c : size) {
        auto digit = std::string_view("0123456789abcdef").find(static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c));
        if (digit == std::string_view::npos) throw badChunk();
        left_ = left_ * 16 + digit;
    }
    if (left_ > 0) return true;
    for (int i = 0; !readLine(4096).empty(); ++i)  // trailers say nothing to us
        if (i == 20) throw badChunk();
    end_ = true;
    return false;
}

std::size_t Body::read(char* to, std::size_t size) {
    if (end_ || size == 0) return 0;
    begin();
    if (chunked_ && left_ == 0 && !nextChunk()) return 0;
    if (total_ + left_ > maxBytes_) throw tooLarge(maxBytes_);
    if (connection_.buffered().empty() && !connection_.fillUntil(deadline_))
        throw ConnectionLost("the body ended early");
    auto text = connection_.buffered();
    auto n = static_cast<std::size_t>(std::min<std::uint64_t>({text.size(), left_, size}));
    std::copy_n(text.data(), n, to);
    connection_.consume(n);
    left_ -= n;
    if (chunked_) {
        total_ += n;
    } else if (left_ == 0) {
        end_ = true;
    }
    return n;
}

std::string Body::readAll() {
    std::string all;
    if (!chunked_) {
        // Grows with what has come, not with what was announced.
        all.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(left_, 64 * 1024)));
    }
    std::array<char, 16 * 1024> piece;
    while (auto n = read(piece.data(), piece.size())) all.append(piece.data(), n);
    return all;
}

bool Body::finished() {
    if (end_) return true;
    if (chunked_ || expectContinue_ || connection_.buffered().size() < left_) return false;
    connection_.consume(static_cast<std::size_t>(left_));
    end_ = true;
    return true;
}

BodyStream::BodyStream(Body& body) : std::istream(nullptr), buffer_(body) {
    rdbuf(&buffer_);
    exceptions(std::ios::badbit);
}

BodyStream::Buffer::Buffer(Body& body) : body_(body), bytes_(kStreamBuffer) {}

BodyStream::Buffer::int_type BodyStream::Buffer::underflow() {
    auto n = body_.read(bytes_.data(), bytes_.size());
    if (n == 0) return traits_type::eof();
    setg(bytes_.data(), bytes_.data(), bytes_.data() + n);
    return traits_type::to_int_type(*gptr());
}

}  // namespace host::http
