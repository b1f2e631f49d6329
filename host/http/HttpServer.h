#pragma once
/// Listens and answers HTTP/1.1 on Poco's (TLS) sockets.
///
/// A connection that waits for its next request, or whose request head is not whole yet, is parked in an epoll set and
/// holds no thread: thousands of idle or slow clients leave all threads to those who ask. A thread takes a connection
/// when a whole head is there, and a small body with it, answers, and lets it go. Poco's own HTTPServer keeps a thread
/// per connection, reads an unread body as the next request and accepts Content-Length with Transfer-Encoding; hence
/// our own connection class.
///
/// After `start` the port is known; `stop` may be called once, from any thread but a handler's. Thread-safe otherwise.

#include "host/http/Answer.h"
#include "host/http/Body.h"
#include "host/http/Connection.h"
#include "host/http/Settings.h"
#include "host/sdk/Logger.h"
#include "host/sdk/Metrics.h"

#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace host::http {

/// One request on its way. Valid during RequestHandler::handle.
struct Exchange {
    Connection& connection;
    const RequestHead& head;
    Body& body;
    Answer& answer;
    std::string requestId;
};

/// Answers requests; called from many threads. What it throws closes the connection.
class RequestHandler {
public:
    virtual ~RequestHandler() = default;
    virtual void handle(Exchange& exchange) = 0;
};

class HttpServer {
public:
    /// `handler` and `logger` must outlive the server.
    HttpServer(HttpSettings settings, RequestHandler& handler, sdk::Logger& logger);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Binds and begins. AppError 500 "http-listen" naming the field when an address, a certificate or the port won't
    /// do.
    void start();

    /// Takes no more requests, lets those in flight finish until the deadline, then breaks their connections off and
    /// waits for their handlers to return.
    void stop(std::chrono::milliseconds deadline) noexcept;

    std::uint16_t port() const { return port_; }
    bool secure() const { return settings_.tls(); }

    /// Gauges and counters of now: http_connections, http_connections_refused, http_requests, http_busy_threads.
    void publish(sdk::Metrics& metrics) const;

private:
    using ConnectionPtr = std::shared_ptr<Connection>;
    enum class Next { Park, Close, Linger, Finish };

    void listen();
    void work();
    void acceptSome();
    bool admit(const std::string& address);
    void arm(const ConnectionPtr& connection, SteadyTime deadline, bool idle, bool first = false);
    void take(std::uint64_t id);
    Next serve(Connection& connection);
    bool awaitsSmallBody(Connection& connection, std::string_view text);
    Next answerOne(Connection& connection);
    Next refuse(Connection& connection, const HeadResult& result);
    Next drop(Connection& connection);
    void close(const ConnectionPtr& connection);
    void sweep(std::stop_token stop);
    void closeParked(bool all);
    bool evictIdle();

    HttpSettings settings_;
    RequestHandler& handler_;
    sdk::Logger& logger_;
    HeadLimits limits_;
    SlowPeers slowPeers_;

    std::unique_ptr<Poco::Net::ServerSocket> listener_;
    std::uint16_t port_ = 0;
    int epoll_ = -1;
    int wake_ = -1;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<std::uint64_t, ConnectionPtr> connections_;
    std::unordered_map<std::string, std::size_t> perAddress_;
    std::uint64_t nextId_ = 2;

    std::atomic<bool> stopping_{false};
    std::atomic<bool> abandon_{false};  ///< past the deadline of stop
    std::atomic<bool> finished_{false};
    std::atomic<bool> listenerPaused_{false};
    std::atomic<int> waiting_{0};
    std::atomic<int> busy_{0};
    std::atomic<std::uint64_t> requests_{0};
    std::atomic<std::uint64_t> refused_{0};
    std::atomic<std::uint64_t> nextRequest_{0};
    std::string requestPrefix_;

    std::vector<std::thread> workers_;
    std::jthread sweeper_;
};

}  // namespace host::http
