#pragma once
/// One client's socket, non-blocking, with what was read of it and not used yet. Used by one thread at a time; who
/// that is, HttpServer decides. Reads and writes with deadlines; a broken or stalled peer is ConnectionLost.

#include "host/http/RequestHead.h"
#include "host/http/SlowPeers.h"

#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace host::http {

using SteadyTime = std::chrono::steady_clock::time_point;

/// The peer went away, or stalled beyond the limits. Nothing can be answered any more.
class ConnectionLost : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Connection {
public:
    enum class Read { Data, Nothing, End };

    /// `slowPeers` must outlive the connection.
    Connection(std::uint64_t id, Poco::Net::StreamSocket socket, std::chrono::milliseconds stallTimeout,
               SlowPeers& slowPeers);

    std::uint64_t id() const { return id_; }
    int descriptor() const { return descriptor_; }
    const std::string& address() const { return address_; }
    bool secure() const { return secure_; }

    /// Goes on with the TLS handshake; true when done (at once for plain sockets).
    bool handshake();

    /// Takes what is there without waiting.
    Read fill();
    /// A request begins: who asks is not known yet, and nothing of the time to wait for the peer is used up.
    void beginRequest();
    /// The peer of this request has signed in.
    void setPeerKnown() { peerKnown_ = true; }

    /// Waits for bytes until the deadline (ConnectionLost), then takes them. False at the end of the stream. AppError
    /// 503 "too-many-slow-clients" when too many threads wait for slow peers.
    bool fillUntil(SteadyTime deadline);
    /// Waits at most that long for something to read; true when there is.
    bool waitReadable(std::chrono::milliseconds atMost);

    std::string_view buffered() const { return std::string_view(buffer_).substr(used_); }
    void consume(std::size_t bytes);
    /// True when the peer has closed its side: nobody reads what an event stream would say.
    bool isPeerGone() const;
    /// True when the TLS layer holds bytes that the socket will not announce any more.
    bool pendingInside();

    /// Writes all of it, waiting for the peer at most the stall timeout between any two pieces, and in all no longer
    /// than a slow line would need.
    void send(std::string_view bytes);

    /// Ends our side; what the peer still sends can be read on. TLS has no such half: nothing happens there.
    void shutdownWrite() noexcept;
    /// The same when nothing more is expected from the peer: TLS, too, tells it that the answer is whole and over.
    void sayGoodbye() noexcept;
    /// May be called from another thread: makes reads and writes in progress fail.
    void abort() noexcept;

    // Kept for HttpServer.
    enum class State { Parked, Busy, Closed };
    std::atomic<State> state{State::Busy};
    std::atomic<SteadyTime> deadline{};   ///< when parked: closed then
    std::atomic<bool> discarding{false};  ///< answered and closed for writing: what still comes is thrown away
    bool waitForWrite = false;            ///< the TLS handshake wants to write
    std::uint64_t requests = 0;
    std::atomic<bool> idle{true};  ///< parked between requests, nothing of the next one read
    bool bodyAwaited = false;      ///< parked with a whole head until its small body is there
    std::string headText;          ///< what the views of `head` point into
    RequestHead head;

private:
    enum class Waited { Ready, TooSlow, TooMany };

    bool poll(short events, std::chrono::milliseconds atMost) const;
    /// Waits on the peer in the middle of a request: after a short while only as one of few.
    Waited waitForPeer(short events, std::chrono::milliseconds atMost);

    std::uint64_t id_;
    Poco::Net::StreamSocket socket_;
    int descriptor_;
    std::string address_;
    bool secure_;
    bool shaken_;
    std::chrono::milliseconds stallTimeout_;
    SlowPeers& slowPeers_;
    bool peerKnown_ = false;
    std::chrono::steady_clock::duration waited_{};  ///< on the peer, in this request
    std::uint64_t sent_ = 0;                        ///< bytes, in this request
    std::string buffer_;
    std::size_t used_ = 0;
};

}  // namespace host::http
