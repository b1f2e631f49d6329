#pragma once
/// A real server on a free port, and a client that sends bytes as they are.

#include "host/http/Dispatcher.h"
#include "host/http/HttpServer.h"
#include "host/http/RouterImpl.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace tests {

class RecordingLogger : public host::sdk::Logger {
public:
    void log(host::sdk::LogLevel, std::string_view message, const host::sdk::LogFields& fields) noexcept override {
        std::lock_guard lock(mutex_);
        std::string line(message);
        for (const auto& [name, value] : fields) line += " " + name + "=" + value;
        lines_.push_back(line);
    }
    std::string all() const {
        std::lock_guard lock(mutex_);
        std::string text;
        for (const auto& line : lines_) text += line + "\n";
        return text;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

/// Knows what it was told: cookie or token → identity.
class FixedAuthenticator : public host::http::Authenticator {
public:
    std::map<std::string, host::http::Identity, std::less<>> sessions;
    std::map<std::string, host::http::Identity, std::less<>> tokens;

    std::optional<host::http::Identity> bySession(std::string_view cookie) override { return look(sessions, cookie); }
    std::optional<host::http::Identity> byBearer(std::string_view token) override { return look(tokens, token); }

private:
    static std::optional<host::http::Identity> look(const std::map<std::string, host::http::Identity, std::less<>>& all,
                                                    std::string_view key) {
        auto found = all.find(key);
        return found == all.end() ? std::nullopt : std::optional(found->second);
    }
};

struct RawAnswer {
    int status = 0;
    std::string head;
    std::string body;

    bool hasHeader(const std::string& line) const { return head.find("\r\n" + line) != std::string::npos; }
    std::string header(const std::string& name) const {
        auto at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return {};
        at += name.size() + 4;
        return head.substr(at, head.find("\r\n", at) - at);
    }
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port)
        : RawClient(Poco::Net::StreamSocket(Poco::Net::SocketAddress("127.0.0.1", port))) {}
    explicit RawClient(Poco::Net::StreamSocket socket) : socket_(std::move(socket)) {
        socket_.setReceiveTimeout(Poco::Timespan(5, 0));
    }

    void send(const std::string& bytes) {
        std::size_t sent = 0;
        while (sent < bytes.size())
            sent +=
                static_cast<std::size_t>(socket_.sendBytes(bytes.data() + sent, static_cast<int>(bytes.size() - sent)));
    }

    /// One answer; status 0 when the server closed without one.
    RawAnswer answer(bool toHead = false) {
        RawAnswer result;
        std::size_t end = 0;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return result;
        result.head = buffer_.substr(0, end + 2);
        buffer_.erase(0, end + 4);
        result.status = std::stoi(result.head.substr(9, 3));
        if (toHead) return result;
        if (result.hasHeader("Transfer-Encoding: chunked")) {
            while (true) {
                std::size_t eol = 0;
                while ((eol = buffer_.find("\r\n")) == std::string::npos)
                    if (!more()) throw std::runtime_error("broken off");
                auto size = std::stoul(buffer_.substr(0, eol), nullptr, 16);
                while (buffer_.size() < eol + 2 + size + 2)
                    if (!more()) throw std::runtime_error("broken off");
                result.body += buffer_.substr(eol + 2, size);
                buffer_.erase(0, eol + 2 + size + 2);
                if (size == 0) return result;
            }
        }
        auto length = result.header("Content-Length");
        std::size_t size = length.empty() ? 0 : std::stoul(length);
        while (buffer_.size() < size)
            if (!more()) throw std::runtime_error("broken off");
        result.body = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return result;
    }

    /// Everything until the server closes.
    std::string rest() {
        while (more()) {
        }
        return std::exchange(buffer_, {});
    }

    /// True when the server closes without sending anything more, within the receive timeout.
    bool closed() {
        try {
            return buffer_.empty() && !more();
        } catch (const Poco::TimeoutException&) {
            return false;
        }
    }

    Poco::Net::StreamSocket& socket() { return socket_; }

private:
    bool more() {
        std::array<char, 16384> piece;
        try {
            int n = socket_.receiveBytes(piece.data(), static_cast<int>(piece.size()));
            if (n <= 0) return false;
            buffer_.append(piece.data(), static_cast<std::size_t>(n));
            return true;
        } catch (const Poco::Net::ConnectionResetException&) {
            return false;
        }
    }

    Poco::Net::StreamSocket socket_;
    std::string buffer_;
};

class ServerTest : public testing::Test {
protected:
    static host::http::HttpSettings settings() {
        host::http::HttpSettings s;
        s.port = 0;
        s.threads = 4;
        s.maxStreams = 2;
        return s;
    }

    void start(host::http::HttpSettings s = settings()) {
        server_ = std::make_unique<host::http::HttpServer>(s, dispatcher_, logger_);
        server_->start();
    }

    void route(host::sdk::Method method, const std::string& path, host::sdk::RouteOptions options,
               host::sdk::Handler handler) {
        registrations_.push_back(router_.add(method, path, std::move(options), std::move(handler)));
    }
    static host::sdk::RouteOptions open() {
        host::sdk::RouteOptions options;
        options.access = host::sdk::Access::Public;
        return options;
    }

    RawAnswer ask(const std::string& bytes) {
        RawClient client(server_->port());
        client.send(bytes);
        return client.answer();
    }
    static std::string get(const std::string& target, const std::string& headers = {}) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    }
    static std::string post(const std::string& target, const std::string& body, const std::string& headers = {}) {
        return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
    }

    RecordingLogger logger_;
    host::http::RouterImpl router_;
    FixedAuthenticator authenticator_;
    host::http::Dispatcher dispatcher_{router_, &authenticator_, logger_, {}};
    std::vector<host::sdk::Registration> registrations_;
    std::unique_ptr<host::http::HttpServer> server_;
};

}  // namespace tests
