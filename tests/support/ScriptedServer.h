#pragma once
/// A server in this process that does what the test says, byte by byte: the script gets each accepted connection (in a
/// thread of its own) and its number, from 1. Port of 127.0.0.1 chosen by the system. The destructor closes every
/// connection and waits for the scripts.

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace tests {

class ScriptedServer {
public:
    using Script = std::function<void(Poco::Net::StreamSocket& socket, int connection)>;

    explicit ScriptedServer(Script script, Poco::Net::Context::Ptr tls = nullptr) : script_(std::move(script)) {
        const Poco::Net::SocketAddress any("127.0.0.1", 0);
        if (tls)
            listener_ = Poco::Net::SecureServerSocket(any, 64, tls);
        else
            listener_ = Poco::Net::ServerSocket(any, 64);
        port_ = listener_.address().port();
        acceptor_ = std::thread([this] { accept(); });
    }
    ~ScriptedServer() {
        stopping_ = true;
        ::shutdown(static_cast<int>(listener_.impl()->sockfd()), SHUT_RDWR);
        acceptor_.join();
        {
            const std::lock_guard lock(mutex_);
            for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
        }
        for (auto& thread : threads_) thread.join();
    }

    std::string url(const std::string& path = "/") const { return scheme("http", "127.0.0.1") + path; }
    std::string tlsUrl(const std::string& host, const std::string& path = "/") const {
        return scheme("https", host) + path;
    }
    int port() const { return port_; }
    int connections() const { return connections_; }

    /// Reads one request whole (by Content-Length); "" when the other side closed first.
    static std::string readRequest(Poco::Net::StreamSocket& socket) {
        std::string data;
        std::size_t headEnd = std::string::npos;
        std::size_t need = 0;
        char buffer[65536];
        for (;;) {
            if (headEnd == std::string::npos) {
                headEnd = data.find("\r\n\r\n");
                if (headEnd != std::string::npos) {
                    const auto at = data.find("Content-Length: ");
                    need = headEnd + 4 + (at < headEnd ? std::stoul(data.substr(at + 16)) : 0);
                }
            }
            if (headEnd != std::string::npos && data.size() >= need) return data;
            const int got = socket.receiveBytes(buffer, sizeof buffer);
            if (got <= 0) return {};
            data.append(buffer, static_cast<std::size_t>(got));
        }
    }
    static void write(Poco::Net::StreamSocket& socket, const std::string& text) {
        std::size_t at = 0;
        while (at < text.size())
            at += static_cast<std::size_t>(socket.sendBytes(text.data() + at, static_cast<int>(text.size() - at)));
    }
    static std::string ok(const std::string& body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    /// Answers every request on every connection with the same bytes.
    static Script always(std::string answer) {
        return [answer = std::move(answer)](Poco::Net::StreamSocket& socket, int) {
            while (!readRequest(socket).empty()) write(socket, answer);
        };
    }

private:
    std::string scheme(const std::string& name, const std::string& host) const {
        return name + "://" + host + ":" + std::to_string(port_);
    }
    void accept() {
        while (!stopping_) {
            try {
                Poco::Net::StreamSocket socket = listener_.acceptConnection();
                const int number = ++connections_;
                const std::lock_guard lock(mutex_);
                open_.push_back(static_cast<int>(socket.impl()->sockfd()));
                const auto place = std::prev(open_.end());
                threads_.emplace_back([this, socket, number, place]() mutable {
                    try {
                        script_(socket, number);
                    } catch (const Poco::Exception&) {  // the client went away: the script is over
                    }
                    const std::lock_guard done(mutex_);
                    open_.erase(place);
                    socket.close();
                });
            } catch (const Poco::Exception&) {
                if (stopping_) return;
            }
        }
    }

    Script script_;
    Poco::Net::ServerSocket listener_;
    int port_ = 0;
    std::atomic<bool> stopping_{false};
    std::atomic<int> connections_{0};
    std::mutex mutex_;
    std::list<int> open_;
    std::list<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace tests
