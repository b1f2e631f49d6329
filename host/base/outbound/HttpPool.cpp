#include "host/base/outbound/HttpPool.h"

#include "host/base/outbound/AnswerReader.h"
#include "host/base/outbound/Connection.h"
#include "host/base/outbound/Deadlines.h"
#include "host/base/outbound/Resolver.h"
#include "host/base/outbound/TlsClient.h"
#include "host/base/outbound/Turnstile.h"
#include "host/base/outbound/Url.h"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <algorithm>
#include <csignal>
#include <tuple>

namespace host::base {
namespace {

using namespace outbound;
using sdk::OutboundError;
using sdk::OutboundRequest;
using sdk::OutboundResponse;
using Kind = sdk::OutboundError::Kind;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kMaxHosts = 256;
constexpr std::size_t kSourceBuffer = 256 * 1024;

const char* kindName(Kind kind) {
    switch (kind) {
        case Kind::BadUrl:
            return "bad_url";
        case Kind::Forbidden:
            return "forbidden";
        case Kind::Dns:
            return "dns";
        case Kind::Refused:
            return "refused";
        case Kind::ConnectTimeout:
            return "connect_timeout";
        case Kind::Tls:
            return "tls";
        case Kind::Timeout:
            return "timeout";
        case Kind::Closed:
            return "closed";
        case Kind::BadAnswer:
            return "bad_answer";
        case Kind::TooLarge:
            return "too_large";
        case Kind::Source:
            return "source";
        case Kind::Cancelled:
            return "cancelled";
    }
    return "other";
}

bool isIdempotent(const std::string& method) {
    return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS";
}

std::string seconds(std::chrono::milliseconds time) {
    return fmt::format("{:.3g} s", static_cast<double>(time.count()) / 1000);
}

/// Requests to hosts that a person typed never share connections with those that skip the address guard.
using HostKey = std::tuple<bool, std::string, std::uint16_t, bool>;

struct Idle {
    std::unique_ptr<Connection> connection;
    TimePoint until;
};

struct Host {
    explicit Host(std::size_t limit) : turnstile(limit) {}

    Turnstile turnstile;
    std::mutex mutex;
    std::vector<Idle> idle;  ///< the most recently used last
    Poco::Net::Session::Ptr tlsSession;
};

/// What the outcome of a failed attempt depends on.
struct Progress {
    bool sent = false;      ///< the whole request was handed over
    bool answered = false;  ///< a byte of an answer came
    bool sourceTouched = false;
};

}  // namespace

struct HttpPool::Impl {
    explicit Impl(HttpPoolSettings given) : settings(std::move(given)), guard(settings.guard), tls(settings.caFile) {}

    OutboundResponse send(const OutboundRequest& request);
    std::shared_ptr<Host> hostFor(const HostKey& key);
    std::unique_ptr<Connection> takeIdle(Host& host);
    std::unique_ptr<Connection> connect(Host& host, const Url& url, const OutboundRequest& request, TimePoint deadline);
    OutboundResponse exchange(Host& host, std::unique_ptr<Connection>& connection, const Url& url,
                              const OutboundRequest& request, TimePoint deadline, Progress& progress);
    void sendAll(Connection& connection, const Url& url, const OutboundRequest& request, Progress& progress);
    void keep(Host& host, std::unique_ptr<Connection> connection, std::chrono::seconds serverLimit);
    void count(std::atomic<std::uint64_t>& counter, std::string_view metric, const sdk::MetricLabels& labels = {}) {
        counter.fetch_add(1, std::memory_order_relaxed);
        if (settings.metrics != nullptr) settings.metrics->add(metric, 1, labels);
    }

    const HttpPoolSettings settings;
    const AddressGuard guard;
    const TlsClient tls;
    std::mutex mutex;
    std::map<HostKey, std::shared_ptr<Host>> hosts;
    std::atomic<std::uint64_t> created{0}, reused{0}, expired{0}, replaced{0}, resumed{0}, errors{0};
    Deadlines deadlines;
};

namespace {

void checkHeaders(const OutboundRequest& request) {
    const auto refuse = [](const std::string& why) {
        throw OutboundError(Kind::BadUrl, false, "The request can't be sent: " + why);
    };
    const auto isToken = [](std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                   std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
        });
    };
    if (!isToken(request.method)) refuse("its method is not a word");
    for (const auto& [name, value] : request.headers) {
        if (!isToken(name)) refuse("a header's name is not a word");
        if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
            refuse("the header '" + name + "' has a line break in it");
        std::string lower = name;
        for (char& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
        if (lower == "host" || lower == "content-length" || lower == "transfer-encoding" || lower == "connection")
            refuse("the header '" + name + "' is the client's own");
    }
}

std::uint64_t bodyLength(const OutboundRequest& request) {
    return request.bodySource ? request.bodyLength : request.body.size();
}

/// Ends up as the right error when a socket call has failed: our own deadline, a stop, or the other side.
[[noreturn]] void broken(const Deadlines::Watch& watch, const OutboundRequest& request, const Progress& progress) {
    if (watch.cancelled() || request.stop.stop_requested())
        throw OutboundError(Kind::Cancelled, progress.sent, "The request was cancelled");
    if (watch.expired())
        throw OutboundError(Kind::Timeout, progress.sent, "No whole answer came within " + seconds(request.timeout));
    throw OutboundError(Kind::Closed, progress.sent,
                        progress.answered ? "The other side closed the connection in the middle of its answer"
                        : progress.sent   ? "The other side closed the connection without an answer"
                                          : "The other side closed the connection while the request was being sent");
}

}  // namespace

std::shared_ptr<Host> HttpPool::Impl::hostFor(const HostKey& key) {
    const std::lock_guard lock(mutex);
    if (const auto found = hosts.find(key); found != hosts.end()) return found->second;
    if (hosts.size() >= kMaxHosts)
        for (auto it = hosts.begin(); it != hosts.end();)
            it = it->second.use_count() == 1 ? hosts.erase(it) : std::next(it);
    return hosts.emplace(key, std::make_shared<Host>(settings.connectionsPerHost)).first->second;
}

std::unique_ptr<Connection> HttpPool::Impl::takeIdle(Host& host) {
    for (;;) {
        Idle candidate;
        {
            const std::lock_guard lock(host.mutex);
            if (host.idle.empty()) return nullptr;
            candidate = std::move(host.idle.back());
            host.idle.pop_back();
        }
        if (Steady::now() < candidate.until && candidate.connection->isUsable()) {
            count(reused, "outbound_connections_reused_total");
            return std::move(candidate.connection);
        }
        count(expired, "outbound_connections_expired_total");
    }
}

std::unique_ptr<Connection> HttpPool::Impl::connect(Host& host, const Url& url, const OutboundRequest& request,
                                                    TimePoint deadline) {
    const TimePoint until = std::min(deadline, Steady::now() + request.connectTimeout);
    const auto addresses = resolve(url.host, until, request.stop);
    if (request.typedByPerson) guard.checkAddresses(url.host, addresses);

    const std::string where = "'" + url.host + "' port " + std::to_string(url.port);
    std::optional<OutboundError> failure;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        // Each address gets its share of the time: a black hole must not eat the turn of the one that works.
        const TimePoint now = Steady::now();
        const TimePoint share = now + (until - now) / static_cast<int>(addresses.size() - i);
        Poco::Net::StreamSocket socket(addresses[i].family());
        const WatchedDescriptor watched(static_cast<int>(socket.impl()->sockfd()));
        const Deadlines::Watch watch(deadlines, watched.get(), share, request.stop);
        const auto noConnectionInTime = [&] {
            return OutboundError(Kind::ConnectTimeout, false, "No connection to " + where + " came about in time");
        };
        try {
            const auto left = std::chrono::duration_cast<std::chrono::microseconds>(share - now);
            if (left.count() <= 0) throw Poco::TimeoutException();
            socket.connect(Poco::Net::SocketAddress(addresses[i], url.port), Poco::Timespan(left.count()));
            socket.setNoDelay(true);
            count(created, "outbound_connections_created_total");
            if (!url.secure) return std::make_unique<Connection>(socket, false);
            Poco::Net::Session::Ptr resume;
            {
                const std::lock_guard lock(host.mutex);
                resume = host.tlsSession;
            }
            auto secure = tls.handshake(socket, url.host, resume);
            if (secure.sessionWasReused()) count(resumed, "outbound_tls_resumed_total");
            return std::make_unique<Connection>(secure, true);
        } catch (const OutboundError& error) {
            failure = error;
        } catch (const Poco::TimeoutException&) {
            failure = noConnectionInTime();
        } catch (const Poco::Exception&) {
            failure = OutboundError(Kind::Refused, false,
                                    "The connection to " + where + " was refused; check the address and the port");
        }
        if (watch.cancelled()) throw OutboundError(Kind::Cancelled, false, "The request was cancelled");
        if (watch.expired()) failure = noConnectionInTime();
    }
    throw OutboundError(*failure);
}

void HttpPool::Impl::sendAll(Connection& connection, const Url& url, const OutboundRequest& request,
                             Progress& progress) {
    Poco::Net::HTTPRequest head(request.method, url.target, Poco::Net::HTTPMessage::HTTP_1_1);
    head.set("Host", url.authority());
    for (const auto& [name, value] : request.headers) head.add(name, value);
    if (!head.has("User-Agent")) head.set("User-Agent", settings.userAgent);
    const std::uint64_t length = bodyLength(request);
    const bool hasBody = length > 0 || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (hasBody) head.setContentLength64(static_cast<Poco::Int64>(length));
    connection.sendHead(head);
    if (!request.bodySource) {
        connection.sendBody(request.body);
    } else {
        std::string buffer(
            static_cast<std::size_t>(std::min<std::uint64_t>(kSourceBuffer, std::max<std::uint64_t>(length, 1))), '\0');
        for (std::uint64_t left = length; left > 0;) {
            const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
            std::size_t got = 0;
            progress.sourceTouched = true;
            try {
                got = request.bodySource(buffer.data(), want);
            } catch (const std::exception&) {
                std::throw_with_nested(OutboundError(Kind::Source, false, "The body could not be read to its end"));
            }
            if (got == 0 || got > want)
                throw OutboundError(Kind::Source, false,
                                    "The body ended after " + std::to_string(length - left) + " of " +
                                        std::to_string(length) + " bytes");
            connection.sendBody(std::string_view(buffer.data(), got));
            left -= got;
        }
    }
    progress.sent = true;
}

OutboundResponse HttpPool::Impl::exchange(Host& host, std::unique_ptr<Connection>& connection, const Url& url,
                                          const OutboundRequest& request, TimePoint deadline, Progress& progress) {
    AnswerReader reader([&connection](char* buffer, std::size_t size) { return connection->receive(buffer, size); },
                        request.method == "HEAD", request.maxAnswer);
    OutboundResponse response;
    {
        const Deadlines::Watch watch(deadlines, connection->watchedDescriptor(), deadline, request.stop);
        try {
            sendAll(*connection, url, request, progress);
        } catch (const Poco::Exception&) {
            if (watch.cancelled() || watch.expired()) broken(watch, request, progress);
            // It may have answered (413, 401) and closed without reading the rest: the answer is worth more.
        }
        try {
            response = reader.read();
        } catch (const OutboundError& error) {
            progress.answered = reader.sawAnything();
            if (error.kind() == Kind::Closed || watch.cancelled() || watch.expired()) broken(watch, request, progress);
            throw;
        } catch (const Poco::Exception&) {
            progress.answered = reader.sawAnything();
            broken(watch, request, progress);
        }
    }
    if (connection->secure()) {
        const auto session = Poco::Net::SecureStreamSocket(connection->socket()).currentSession();
        const std::lock_guard lock(host.mutex);
        host.tlsSession = session;
    }
    if (reader.keepsAlive() && progress.sent) keep(host, std::move(connection), reader.keepAliveTimeout());
    return response;
}

void HttpPool::Impl::keep(Host& host, std::unique_ptr<Connection> connection, std::chrono::seconds serverLimit) {
    // A second before the server closes it, so that no request meets the closing on its way.
    std::chrono::seconds limit = settings.idleLimit;
    if (serverLimit.count() > 0) limit = std::min(limit, serverLimit - std::chrono::seconds(1));
    if (limit.count() <= 0) return;
    const TimePoint now = Steady::now();
    std::vector<Idle> old;
    const std::lock_guard lock(host.mutex);
    const auto firstFresh =
        std::find_if(host.idle.begin(), host.idle.end(), [now](const Idle& idle) { return idle.until > now; });
    std::move(host.idle.begin(), firstFresh, std::back_inserter(old));
    host.idle.erase(host.idle.begin(), firstFresh);
    for (std::size_t i = 0; i < old.size(); ++i) count(expired, "outbound_connections_expired_total");
    host.idle.push_back({std::move(connection), now + limit});
}

OutboundResponse HttpPool::Impl::send(const OutboundRequest& request) {
    const TimePoint start = Steady::now();
    const TimePoint deadline = start + request.timeout;
    const Url url = Url::parse(request.url);
    checkHeaders(request);
    if (request.typedByPerson) guard.checkUrl(url);
    const auto host = hostFor({url.secure, url.host, url.port, request.typedByPerson});
    const Turnstile::Turn turn(host->turnstile, deadline, request.stop);

    auto connection = takeIdle(*host);
    bool reusedConnection = connection != nullptr;
    for (;;) {
        if (!connection) connection = connect(*host, url, request, deadline);
        Progress progress;
        try {
            auto response = exchange(*host, connection, url, request, deadline, progress);
            response.reusedConnection = reusedConnection;
            response.elapsed = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start);
            return response;
        } catch (const OutboundError& error) {
            const bool stale = reusedConnection && error.kind() == Kind::Closed && !progress.answered;
            if (!stale || progress.sourceTouched || (progress.sent && !isIdempotent(request.method))) throw;
        }
        count(replaced, "outbound_connections_replaced_total");
        connection.reset();
        reusedConnection = false;
    }
}

HttpPool::HttpPool(HttpPoolSettings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {
    // A write to a closed connection is an error to handle, not the end of the process; OpenSSL offers no flag for it.
    struct sigaction current {};
    if (::sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) ::signal(SIGPIPE, SIG_IGN);
}

HttpPool::~HttpPool() = default;

OutboundResponse HttpPool::send(const OutboundRequest& request) {
    try {
        return impl_->send(request);
    } catch (const OutboundError& error) {
        impl_->count(impl_->errors, "outbound_errors_total", {{"kind", kindName(error.kind())}});
        throw;
    }
}

HttpPoolCounters HttpPool::counters() const {
    return {impl_->created, impl_->reused, impl_->expired, impl_->replaced, impl_->resumed, impl_->errors};
}

void HttpPool::closeIdle() {
    std::vector<std::shared_ptr<Host>> all;
    {
        const std::lock_guard lock(impl_->mutex);
        for (const auto& [key, host] : impl_->hosts) all.push_back(host);
    }
    for (const auto& host : all) {
        std::vector<Idle> idle;
        const std::lock_guard lock(host->mutex);
        idle.swap(host->idle);
    }
}

}  // namespace host::base
