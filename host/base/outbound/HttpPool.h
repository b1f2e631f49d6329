#pragma once
/// The host's client for other servers: keep-alive connections per scheme, host and port, TLS always verified, direct
/// sends of a fixed length, one deadline over the whole exchange. Redirects are not followed. Thread-safe; send()
/// blocks. Must outlive every call; its constructor makes the process ignore SIGPIPE, as every server must.

#include "host/base/outbound/AddressGuard.h"
#include "host/sdk/Metrics.h"
#include "host/sdk/OutboundHttp.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace host::base {

struct HttpPoolSettings {
    std::string caFile;                   ///< PEM: authorities to trust besides the system's
    AddressGuardSettings guard;           ///< for requests with `typedByPerson`
    std::size_t connectionsPerHost = 16;  ///< busy at once; further requests wait their turn, in order
    std::chrono::seconds idleLimit{30};   ///< an idle connection is closed after this, or after what the server says
    std::string userAgent = "lmsd";
    sdk::Metrics* metrics = nullptr;  ///< optional; must outlive the pool
};

/// What has happened since the start.
struct HttpPoolCounters {
    std::uint64_t created = 0;   ///< connections opened
    std::uint64_t reused = 0;    ///< requests that found a pooled connection
    std::uint64_t expired = 0;   ///< pooled connections dropped: too old, or closed by the other side
    std::uint64_t replaced = 0;  ///< requests sent a second time because a pooled connection was stale
    std::uint64_t resumed = 0;   ///< TLS sessions resumed by new connections
    std::uint64_t errors = 0;    ///< calls that ended in an OutboundError
};

class HttpPool final : public sdk::OutboundHttp {
public:
    /// \throws host::sdk::AppError when the CA file can't be used
    explicit HttpPool(HttpPoolSettings settings);
    ~HttpPool() override;
    HttpPool(const HttpPool&) = delete;
    HttpPool& operator=(const HttpPool&) = delete;

    sdk::OutboundResponse send(const sdk::OutboundRequest& request) override;

    HttpPoolCounters counters() const;
    /// Closes the connections that nobody uses now.
    void closeIdle();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::base
