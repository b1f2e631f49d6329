#include "host/http/Answer.h"

#include "host/http/RequestHead.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fcntl.h>
#include <iterator>
#include <streambuf>
#include <sys/stat.h>
#include <unistd.h>

namespace host::http {
namespace {

constexpr std::size_t kSmall = 64 * 1024;
constexpr std::size_t kChunk = 32 * 1024;

constexpr std::string_view kSecurity =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";
constexpr std::string_view kPagePolicy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n";
constexpr std::string_view kDataPolicy = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

/// The Date header's line, made once a second.
std::string_view dateLine() {
    thread_local std::time_t last = 0;
    thread_local std::string line;
    auto now = std::time(nullptr);
    if (now != last) {
        last = now;
        std::tm utc{};
        gmtime_r(&now, &utc);
        static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        line = fmt::format("Date: {}, {:02} {} {} {:02}:{:02}:{:02} GMT\r\n",
                           kDays.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                           kMonths.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                           utc.tm_min, utc.tm_sec);
    }
    return line;
}

bool breaksHeader(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool bodyless(int status) {
    return status == 204 || status == 304;
}

/// A file descriptor that closes itself.
class File {
public:
    explicit File(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

/// Gathers what a handler streams and hands it on in chunks.
class ChunkBuffer : public std::streambuf {
public:
    using Sink = std::function<void(std::string_view)>;
    ChunkBuffer(Sink sink, const std::function<bool()>& stopping)
        : sink_(std::move(sink)), stopping_(stopping), bytes_(kChunk) {
        setp(bytes_.data(), bytes_.data() + bytes_.size());
    }

private:
    int_type overflow(int_type c) override {
        if (sync() != 0) return traits_type::eof();
        if (c != traits_type::eof()) {
            *pptr() = traits_type::to_char_type(c);
            pbump(1);
        }
        return traits_type::not_eof(c);
    }
    int sync() override {
        if (stopping_ && stopping_())
            throw ConnectionLost("the answer is broken off: the server stops, or the client is gone");
        std::string_view piece(pbase(), static_cast<std::size_t>(pptr() - pbase()));
        if (!piece.empty()) sink_(piece);
        setp(bytes_.data(), bytes_.data() + bytes_.size());
        return 0;
    }

    Sink sink_;
    const std::function<bool()>& stopping_;
    std::vector<char> bytes_;
};

}  // namespace

std::string_view statusPhrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 428:
            return "Precondition Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        case 507:
            return "Insufficient Storage";
        default:
            return "Unknown";
    }
}

Answer::Answer(Connection& connection, Facts facts) : connection_(connection), facts_(std::move(facts)) {}

void Answer::stopWhen(std::function<bool()> also) {
    facts_.stopping = [before = std::move(facts_.stopping), also = std::move(also)] {
        return (before && before()) || also();
    };
}

void Answer::write(std::string_view bytes) {
    begun_ = true;
    bytes_ += bytes.size();
    connection_.send(bytes);
}

std::string Answer::head(const sdk::Response& response, Length kind, std::uint64_t length) const {
    std::string out;
    out.reserve(768 + (response.body.size() <= kSmall ? response.body.size() : 0));
    fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, statusPhrase(response.status));
    out += dateLine();
    bool page = response.contentType.compare(0, 9, "text/html") == 0;
    if (!response.contentType.empty() && !bodyless(response.status)) {
        if (breaksHeader(response.contentType))
            throw sdk::AppError(500, "internal", "The answer's content type is malformed.");
        out += "Content-Type: ";
        out += response.contentType;
        if (response.contentType.compare(0, 5, "text/") == 0 &&
            response.contentType.find("charset") == std::string::npos)
            out += "; charset=utf-8";
        out += "\r\n";
    }
    if (!bodyless(response.status)) {
        if (kind == Length::Known)
            fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", length);
        else if (kind == Length::Chunked)
            out += "Transfer-Encoding: chunked\r\n";
    }
    out += kSecurity;
    bool policy = false;
    bool cache = false;
    for (const auto& [name, value] : response.headers) {
        if (name.empty() || breaksHeader(name) || breaksHeader(value))
            throw sdk::AppError(500, "internal", "A header of the answer is malformed.");
        policy = policy || equalsIgnoreCase(name, "content-security-policy");
        cache = cache || equalsIgnoreCase(name, "cache-control");
        out += name;
        out += ": ";
        out += value;
        out += "\r\n";
    }
    if (!policy) out += page ? kPagePolicy : kDataPolicy;
    if (!cache) out += "Cache-Control: no-store\r\n";
    if (!facts_.requestId.empty()) {
        out += "X-Request-Id: ";
        out += facts_.requestId;
        out += "\r\n";
    }
    if (!facts_.keepAlive || kind == Length::UntilClose)
        out += "Connection: close\r\n";
    else if (facts_.minorVersion == 0)
        out += "Connection: keep-alive\r\n";
    out += "\r\n";
    return out;
}

void Answer::send(const sdk::Response& response) {
    if (!response.file.empty())
        sendFile(response);
    else if (response.stream)
        sendStream(response);
    else
        sendBody(response);
}

void Answer::sendBody(const sdk::Response& response) {
    auto text = head(response, Length::Known, response.body.size());
    bool body = !facts_.headOnly && !bodyless(response.status);
    if (body && response.body.size() <= kSmall) {
        text += response.body;
        write(text);
        return;
    }
    write(text);
    if (body) write(response.body);
}

void Answer::sendStream(const sdk::Response& response) {
    bool chunked = facts_.minorVersion == 1;
    if (!chunked) facts_.keepAlive = false;
    auto text = head(response, chunked ? Length::Chunked : Length::UntilClose, 0);
    if (facts_.headOnly || bodyless(response.status)) {
        write(text);
        return;
    }
    auto sink = [&](std::string_view piece) {
        if (!text.empty()) write(std::exchange(text, {}));
        if (!chunked) {
            write(piece);
            return;
        }
        std::string framed = fmt::format("{:x}\r\n", piece.size());
        framed += piece;
        framed += "\r\n";
        write(framed);
    };
    ChunkBuffer buffer(sink, facts_.stopping);
    std::ostream out(&buffer);
    out.exceptions(std::ios::badbit);
    try {
        response.stream(out);
        out.flush();
    } catch (const ConnectionLost&) {
        throw;
    } catch (const std::exception& e) {
        if (!begun_) throw;
        throw ConnectionLost(fmt::format("the streamed answer was broken off: {}", e.what()));
    }
    if (!text.empty()) write(text);
    if (chunked) write("0\r\n\r\n");
}

void Answer::sendFile(const sdk::Response& response) {
    File file(response.file);
    struct stat facts {};
    if (file.get() < 0 || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
        throw sdk::AppError::notFound("The file is not there any more.");
    auto size = static_cast<std::uint64_t>(facts.st_size);
    write(head(response, Length::Known, size));
    if (facts_.headOnly || bodyless(response.status)) return;
    std::vector<char> piece(kSmall);
    while (size > 0) {
        auto n = ::read(file.get(), piece.data(), std::min<std::uint64_t>(piece.size(), size));
        if (n <= 0) throw ConnectionLost("the file became shorter while it was sent");
        write({piece.data(), static_cast<std::size_t>(n)});
        size -= static_cast<std::uint64_t>(n);
    }
}

}  // namespace host::http
