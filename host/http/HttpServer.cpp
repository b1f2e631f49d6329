#include "host/http/HttpServer.h"

#include "host/http/Problem.h"
#include "host/sdk/Error.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/SocketImpl.h>
#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

namespace host::http {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kListener = 0;
constexpr std::uint64_t kWake = 1;
constexpr int kBacklog = 512;
constexpr std::size_t kSmallBody = 16 * 1024;  // awaited without a thread
constexpr auto kLinger = 2ms;          // how long a thread waits on its client for the next request before parking it
constexpr auto kDiscardTime = 2000ms;  // for the client to read our last answer and close

sdk::AppError cannotListen(const std::string& why) {
    return {500, "http-listen", why};
}

Poco::Net::Context::Ptr tlsContext(const HttpSettings& settings) {
    Poco::Net::Context::Params params;
    params.certificateFile = settings.certificateFile;
    params.privateKeyFile = settings.privateKeyFile;
    params.verificationMode = Poco::Net::Context::VERIFY_NONE;  // of clients: they sign in by password or token
    params.loadDefaultCAs = false;
    params.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20";
    try {
        Poco::Net::Context::Ptr context(new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, params));
        context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
        if (SSL_CTX_check_private_key(context->sslContext()) != 1)
            throw cannotListen(
                "http.private_key_file: the key is not that of http.certificate_file; give the pair that belongs "
                "together.");
        return context;
    } catch (const Poco::Exception& e) {
        throw cannotListen(
            fmt::format("http.certificate_file, http.private_key_file: TLS can't be set up ({}); both must be PEM and "
                        "belong together.",
                        e.message()));
    }
}

std::string randomPrefix() {
    std::array<unsigned char, 6> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        throw cannotListen("The system's random generator does not answer.");
    std::string out;
    for (auto b : bytes) out += fmt::format("{:02x}", b);
    return out;
}

}  // namespace

HttpServer::HttpServer(HttpSettings settings, RequestHandler& handler, sdk::Logger& logger)
    : settings_(std::move(settings)),
      handler_(handler),
      logger_(logger),
      slowPeers_(settings_.threads, settings_.maxStreams),
      requestPrefix_(randomPrefix()) {}

HttpServer::~HttpServer() {
    stop(0ms);
    if (epoll_ >= 0) ::close(epoll_);
    if (wake_ >= 0) ::close(wake_);
}

void HttpServer::listen() {
    auto wrong = settings_.errors();
    if (!wrong.empty()) throw cannotListen(fmt::format("The listener can't be opened. {}", fmt::join(wrong, " ")));
    try {
        if (settings_.tls())
            listener_ = std::make_unique<Poco::Net::SecureServerSocket>(tlsContext(settings_));
        else
            listener_ = std::make_unique<Poco::Net::ServerSocket>();
        listener_->bind(Poco::Net::SocketAddress(settings_.address, settings_.port), true, false);
        listener_->listen(kBacklog);
        listener_->setBlocking(false);
        port_ = listener_->address().port();
    } catch (const Poco::Exception& e) {
        listener_.reset();
        throw cannotListen(
            fmt::format("http.address, http.port: {}:{} can't be listened on ({}); choose a free port and an address "
                        "of this machine.",
                        settings_.address, settings_.port, e.displayText()));
    }
}

void HttpServer::start() {
    listen();
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    wake_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (epoll_ < 0 || wake_ < 0) throw cannotListen("The system gives no descriptors; raise the limit of open files.");
    epoll_event event{};
    event.events = EPOLLIN | EPOLLONESHOT;
    event.data.u64 = kListener;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, listener_->impl()->sockfd(), &event);
    event.events = EPOLLIN;
    event.data.u64 = kWake;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
    for (unsigned i = 0; i < settings_.threads; ++i) workers_.emplace_back([this] { work(); });
    sweeper_ = std::jthread([this](std::stop_token stop) { sweep(stop); });
}

void HttpServer::stop(std::chrono::milliseconds deadline) noexcept {
    if (!listener_ || stopping_.exchange(true)) return;
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, listener_->impl()->sockfd(), nullptr);
    // Closed only when no thread can use it any more; until then nobody gets in.
    ::shutdown(listener_->impl()->sockfd(), SHUT_RDWR);
    closeParked(false);
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, deadline, [this] { return busy_ == 0; });
    }
    abandon_ = true;
    finished_ = true;
    {
        std::lock_guard lock(mutex_);
        for (auto& [id, connection] : connections_) connection->abort();
    }
    std::uint64_t one = 1;
    [[maybe_unused]] auto written = ::write(wake_, &one, sizeof one);
    for (auto& worker : workers_) worker.join();
    workers_.clear();
    try {
        listener_->close();
    } catch (const Poco::Exception&) {
        // Closed it is either way.
    }
    if (sweeper_.joinable()) {
        sweeper_.request_stop();
        changed_.notify_all();
        sweeper_.join();
    }
    closeParked(true);
}

void HttpServer::work() {
    while (!finished_) {
        epoll_event event{};
        ++waiting_;
        int n = ::epoll_wait(epoll_, &event, 1, -1);
        --waiting_;
        if (n < 1) continue;
        if (event.data.u64 == kWake) return;
        try {
            if (event.data.u64 == kListener)
                acceptSome();
            else
                take(event.data.u64);
        } catch (const std::exception& e) {
            logger_.error("the HTTP listener failed on a connection", {{"err", e.what()}});
        }
    }
}

bool HttpServer::admit(const std::string& address) {
    bool full = false;
    {
        std::lock_guard lock(mutex_);
        auto known = perAddress_.find(address);
        if (known != perAddress_.end() && known->second >= settings_.maxConnectionsPerAddress) return false;
        full = connections_.size() >= settings_.maxConnections;
    }
    return !full || evictIdle();
}

void HttpServer::acceptSome() {
    constexpr int kAtOnce = 16;
    for (int i = 0; i < kAtOnce && !stopping_; ++i) {
        try {
            if (i > 0 && !listener_->poll(Poco::Timespan(0), Poco::Net::Socket::SELECT_READ)) break;
            auto socket = listener_->acceptConnection();
            std::uint64_t id = 0;
            {
                std::lock_guard lock(mutex_);
                id = nextId_++;
            }
            auto connection = std::make_shared<Connection>(id, std::move(socket), settings_.stallTimeout, slowPeers_);
            if (!admit(connection->address())) {
                ++refused_;
                if (!connection->secure())
                    connection->send(
                        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\nConnection: "
                        "close\r\n\r\n");
                continue;
            }
            {
                std::lock_guard lock(mutex_);
                connections_.emplace(id, connection);
                ++perAddress_[connection->address()];
            }
            arm(connection, Clock::now() + settings_.headTimeout, false, true);
        } catch (const Poco::Net::NetException&) {
            break;  // the client is gone again, or another thread was quicker
        } catch (const ConnectionLost&) {
            continue;
        } catch (const Poco::Exception& e) {
            // Most likely no descriptors: the sweeper opens the door again shortly.
            logger_.warning("no connection can be accepted", {{"err", e.displayText()}});
            listenerPaused_ = true;
            return;
        }
    }
    if (stopping_) return;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLONESHOT;
    event.data.u64 = kListener;
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, listener_->impl()->sockfd(), &event);
}

void HttpServer::arm(const ConnectionPtr& connection, SteadyTime deadline, bool idle, bool first) {
    connection->deadline = deadline;
    connection->idle = idle;
    epoll_event event{};
    event.events = EPOLLONESHOT | (connection->waitForWrite ? EPOLLOUT : EPOLLIN | EPOLLRDHUP);
    event.data.u64 = connection->id();
    // Parked first: an event may come to another thread before epoll_ctl returns.
    connection->state = Connection::State::Parked;
    if (::epoll_ctl(epoll_, first ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, connection->descriptor(), &event) != 0)
        close(connection);
}

void HttpServer::take(std::uint64_t id) {
    ConnectionPtr connection;
    {
        std::lock_guard lock(mutex_);
        auto found = connections_.find(id);
        if (found == connections_.end()) return;
        connection = found->second;
        auto parked = Connection::State::Parked;
        if (!connection->state.compare_exchange_strong(parked, Connection::State::Busy)) return;
        ++busy_;
    }
    auto next = Next::Close;
    try {
        next = connection->discarding ? drop(*connection) : serve(*connection);
    } catch (const ConnectionLost& e) {
        logger_.debug("a connection was lost", {{"client", connection->address()}, {"err", e.what()}});
    } catch (const std::exception& e) {
        logger_.error("a request was given up", {{"client", connection->address()}, {"err", e.what()}});
    }
    if ((next == Next::Linger || next == Next::Finish) && !connection->discarding) {
        if (next == Next::Finish)
            connection->sayGoodbye();
        else
            connection->shutdownWrite();
        connection->discarding = true;
        connection->deadline = Clock::now() + kDiscardTime;
    }
    bool fresh = connection->buffered().empty();
    if (next == Next::Close || (stopping_ && fresh && next == Next::Park))
        close(connection);
    else if (connection->discarding)
        arm(connection, connection->deadline, false);
    else if (fresh && connection->requests > 0)
        arm(connection, Clock::now() + settings_.keepAliveTimeout, true);
    else
        // The time for a head runs from its first byte, or from the connection's beginning; more bytes do not extend
        // it.
        arm(connection, connection->idle ? Clock::now() + settings_.headTimeout : connection->deadline.load(), false);
    if (--busy_ == 0 && stopping_) {
        std::lock_guard lock(mutex_);
        changed_.notify_all();
    }
}

HttpServer::Next HttpServer::drop(Connection& connection) {
    constexpr int kAtOnce = 16;  // so that a client that pours on does not keep this thread
    connection.consume(connection.buffered().size());
    for (int i = 0; i < kAtOnce; ++i) {
        auto got = connection.fill();
        if (got == Connection::Read::End) return Next::Close;
        if (got == Connection::Read::Nothing) return Next::Park;
        connection.consume(connection.buffered().size());
    }
    return Next::Park;
}

HttpServer::Next HttpServer::serve(Connection& connection) {
    if (!connection.handshake()) return Next::Park;
    while (true) {
        auto text = connection.buffered();
        auto end = text.find("\r\n\r\n");
        if (end != std::string_view::npos && awaitsSmallBody(connection, text)) {
            // Read on below; parked when nothing more is there.
        } else if (end != std::string_view::npos || text.size() >= limits_.maxBytes) {
            auto next = answerOne(connection);
            if (next != Next::Park) return next;
            if (abandon_) return Next::Close;
            if (!connection.buffered().empty()) continue;
            if (stopping_) return Next::Close;
            // With threads to spare it is quicker to wait a moment here than to be woken again.
            if (waiting_ > 0 && !connection.waitReadable(kLinger)) return Next::Park;
        } else if (!text.empty()) {
            if (auto early = parseHead(text, limits_, connection.head); early.state == HeadState::Bad)
                return refuse(connection, early);
        }
        auto got = connection.fill();
        if (got == Connection::Read::End) return Next::Close;
        if (got == Connection::Read::Nothing) return Next::Park;
    }
}

/// True while a body that is not worth a thread's waiting has not come whole. Its time runs from the end of the head.
bool HttpServer::awaitsSmallBody(Connection& connection, std::string_view text) {
    auto& head = connection.head;
    if (parseHead(text, limits_, head).state != HeadState::Complete || head.chunked || head.expectContinue)
        return false;
    if (head.contentLength > kSmallBody || text.size() - head.bytes >= head.contentLength) return false;
    if (!connection.bodyAwaited) {
        connection.bodyAwaited = true;
        connection.idle = false;
        connection.deadline = Clock::now() + std::min(settings_.bodyTimeout, settings_.stallTimeout);
    }
    return true;
}

HttpServer::Next HttpServer::answerOne(Connection& connection) {
    auto text = connection.buffered();
    auto end = text.find("\r\n\r\n");
    connection.headText.assign(text.substr(0, end == std::string_view::npos ? text.size() : end + 4));
    auto& head = connection.head;
    auto result = parseHead(connection.headText, limits_, head);
    if (result.state != HeadState::Complete) return refuse(connection, result);
    connection.consume(head.bytes);
    connection.beginRequest();
    ++connection.requests;
    ++requests_;
    connection.idle = true;  // the time for the next head runs from its own first byte

    Body body(connection, head, settings_.bodyTimeout);
    auto requestId = fmt::format("{}{:010x}", requestPrefix_, nextRequest_++);
    Answer::Facts facts;
    facts.headOnly = head.method == "HEAD";
    facts.minorVersion = head.minorVersion;
    facts.keepAlive = head.keepAlive && !stopping_;
    facts.requestId = requestId;
    facts.stopping = [this] { return stopping_.load(); };
    Answer answer(connection, std::move(facts));
    Exchange exchange{connection, head, body, answer, requestId};
    handler_.handle(exchange);
    // A body that nobody read must never be taken for the next request.
    if (!body.finished()) return Next::Linger;
    return answer.keepAlive() ? Next::Park : Next::Finish;
}

HttpServer::Next HttpServer::refuse(Connection& connection, const HeadResult& result) {
    auto requestId = fmt::format("{}{:010x}", requestPrefix_, nextRequest_++);
    int status = result.state == HeadState::Bad ? result.status : 400;
    auto reason = result.state == HeadState::Bad ? result.reason : std::string("The request head is malformed.");
    Answer::Facts facts;
    facts.keepAlive = false;
    facts.requestId = requestId;
    Answer answer(connection, std::move(facts));
    answer.send(problem(sdk::AppError(status, "bad-request", reason), {}, requestId));
    logger_.info("a malformed request was refused", {{"requestId", requestId},
                                                     {"client", connection.address()},
                                                     {"status", std::to_string(status)},
                                                     {"err", reason}});
    return Next::Linger;
}

void HttpServer::close(const ConnectionPtr& connection) {
    std::lock_guard lock(mutex_);
    connection->state = Connection::State::Closed;
    if (connections_.erase(connection->id()) == 0) return;
    auto count = perAddress_.find(connection->address());
    if (count != perAddress_.end() && --count->second == 0) perAddress_.erase(count);
}

void HttpServer::closeParked(bool all) {
    std::vector<ConnectionPtr> gone;
    {
        std::lock_guard lock(mutex_);
        auto now = Clock::now();
        for (auto& [id, connection] : connections_) {
            bool over = all || connection->deadline.load() < now || (stopping_ && !connection->discarding);
            auto parked = Connection::State::Parked;
            if (over && connection->state.compare_exchange_strong(parked, Connection::State::Closed))
                gone.push_back(connection);
        }
    }
    for (const auto& connection : gone) close(connection);
}

bool HttpServer::evictIdle() {
    ConnectionPtr oldest;
    {
        std::lock_guard lock(mutex_);
        for (auto& [id, connection] : connections_)
            if (connection->idle && connection->state == Connection::State::Parked &&
                (!oldest || connection->deadline.load() < oldest->deadline.load()))
                oldest = connection;
        auto parked = Connection::State::Parked;
        if (!oldest || !oldest->state.compare_exchange_strong(parked, Connection::State::Closed)) return false;
    }
    close(oldest);
    return true;
}

void HttpServer::sweep(std::stop_token stop) {
    auto shortest = std::min(settings_.headTimeout, settings_.keepAliveTimeout);
    auto period = std::clamp<std::chrono::milliseconds>(shortest / 4, 10ms, 500ms);
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, period);
        }
        closeParked(false);
        if (listenerPaused_.exchange(false) && !stopping_) {
            epoll_event event{};
            event.events = EPOLLIN | EPOLLONESHOT;
            event.data.u64 = kListener;
            ::epoll_ctl(epoll_, EPOLL_CTL_MOD, listener_->impl()->sockfd(), &event);
        }
    }
}

void HttpServer::publish(sdk::Metrics& metrics) const {
    std::size_t connections = 0;
    {
        std::lock_guard lock(mutex_);
        connections = connections_.size();
    }
    metrics.set("http_connections", static_cast<double>(connections));
    metrics.set("http_busy_threads", busy_);
    metrics.set("http_requests", static_cast<double>(requests_));
    metrics.set("http_connections_refused", static_cast<double>(refused_));
}

}  // namespace host::http
