#include "host/http/Connection.h"

#include "host/sdk/Error.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketImpl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>

namespace host::http {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kChunk = 16 * 1024;
constexpr auto kPatience = 100ms;                  // of a thread with one request's peer, before it counts as slow
constexpr std::uint64_t kSlowestRate = 32 * 1024;  // bytes a second that a peer must take of a long answer

// Poco 1.11's TLS socket asks the plain socket inside it whether it blocks, and that one is not told: what should be
// "would block" comes as TimeoutException, at once because no timeout is set. Both forms are taken below.

}  // namespace

Connection::Connection(std::uint64_t id, Poco::Net::StreamSocket socket, std::chrono::milliseconds stallTimeout,
                       SlowPeers& slowPeers)
    : id_(id),
      socket_(std::move(socket)),
      descriptor_(socket_.impl()->sockfd()),
      address_(socket_.peerAddress().host().toString()),
      secure_(socket_.secure()),
      shaken_(!secure_),
      stallTimeout_(stallTimeout),
      slowPeers_(slowPeers) {
    socket_.setBlocking(false);
    socket_.setNoDelay(true);
}

bool Connection::handshake() {
    if (shaken_) return true;
    waitForWrite = false;
    int result = 0;
    try {
        result = Poco::Net::SecureStreamSocket(socket_).completeHandshake();
    } catch (const Poco::TimeoutException&) {
        return false;
    } catch (const Poco::Exception& e) {
        throw ConnectionLost("TLS handshake: " + e.displayText());
    }
    if (result == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_WRITE) waitForWrite = true;
    shaken_ = result >= 1;
    return shaken_;
}

Connection::Read Connection::fill() {
    // Read aside and kept to size: an idle connection must not hold a buffer for what may come.
    thread_local std::array<char, kChunk> scratch;
    int n = 0;
    try {
        n = socket_.receiveBytes(scratch.data(), static_cast<int>(kChunk));
    } catch (const Poco::TimeoutException&) {
        n = -1;
    } catch (const Poco::Exception& e) {
        throw ConnectionLost(e.displayText());
    }
    buffer_.append(scratch.data(), static_cast<std::size_t>(std::max(n, 0)));
    if (n > 0) return Read::Data;
    return n == 0 ? Read::End : Read::Nothing;
}

bool Connection::fillUntil(SteadyTime limit) {
    while (true) {
        auto got = fill();
        if (got != Read::Nothing) return got == Read::Data;
        auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - std::chrono::steady_clock::now());
        if (left.count() <= 0) throw ConnectionLost("the peer was too slow");
        switch (waitForPeer(POLLIN, std::min(left + 1ms, stallTimeout_))) {
            case Waited::Ready:
                break;
            case Waited::TooSlow:
                throw ConnectionLost("the peer was too slow");
            case Waited::TooMany:
                throw sdk::AppError::unavailable(
                    "too-many-slow-clients",
                    "The request came too slowly while many others do the same; send it again in some seconds.");
        }
    }
}

void Connection::beginRequest() {
    peerKnown_ = false;
    waited_ = {};
    sent_ = 0;
    bodyAwaited = false;
}

Connection::Waited Connection::waitForPeer(short events, std::chrono::milliseconds atMost) {
    auto began = std::chrono::steady_clock::now();
    auto result = Waited::TooSlow;
    auto patience = std::chrono::ceil<std::chrono::milliseconds>(kPatience - waited_);
    if (patience > 0ms && poll(events, std::min(patience, atMost))) {
        result = Waited::Ready;
    } else if (patience < atMost) {
        SlowPeers::Wait wait(slowPeers_, peerKnown_);
        if (!wait.granted())
            result = Waited::TooMany;
        else if (poll(events, atMost - std::max(patience, 0ms)))
            result = Waited::Ready;
    }
    waited_ += std::chrono::steady_clock::now() - began;
    return result;
}

bool Connection::waitReadable(std::chrono::milliseconds atMost) {
    return pendingInside() || poll(POLLIN, atMost);
}

bool Connection::poll(short events, std::chrono::milliseconds atMost) const {
    pollfd one{descriptor_, events, 0};
    int n = 0;
    do {
        n = ::poll(&one, 1, static_cast<int>(atMost.count()));
    } while (n < 0 && errno == EINTR);
    return n > 0;
}

bool Connection::isPeerGone() const {
    pollfd one{descriptor_, POLLRDHUP, 0};
    return ::poll(&one, 1, 0) > 0;  // POLLHUP and POLLERR are told unasked
}

void Connection::consume(std::size_t bytes) {
    used_ += bytes;
    if (used_ == buffer_.size()) {
        buffer_.clear();
        used_ = 0;
        if (buffer_.capacity() > 4 * kChunk) buffer_.shrink_to_fit();
    } else if (used_ > 4 * kChunk) {
        buffer_.erase(0, used_);
        used_ = 0;
    }
}

bool Connection::pendingInside() {
    return secure_ && shaken_ && socket_.available() > 0;
}

void Connection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        int n = 0;
        try {
            n = socket_.sendBytes(bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20)),
                                  MSG_NOSIGNAL);
        } catch (const Poco::TimeoutException&) {
            n = -1;
        } catch (const Poco::Exception& e) {
            // Poco 1.11 throws IOException for a full buffer of a non-blocking socket: wait for room, nothing is lost.
            if (e.code() != EWOULDBLOCK) throw ConnectionLost(e.displayText());
            n = -1;
        }
        if (n > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(n));
            sent_ += static_cast<std::uint64_t>(n);
            continue;
        }
        // Only waiting counts: an event stream may go on for hours.
        if (waited_ > stallTimeout_ + std::chrono::seconds(sent_ / kSlowestRate))
            throw ConnectionLost("the peer takes the answer too slowly");
        switch (waitForPeer(POLLOUT, stallTimeout_)) {
            case Waited::Ready:
                break;
            case Waited::TooSlow:
                throw ConnectionLost("the peer does not take the answer");
            case Waited::TooMany:
                throw ConnectionLost("too many peers take their answers slowly");
        }
    }
}

void Connection::shutdownWrite() noexcept {
    try {
        socket_.shutdownSend();
    } catch (...) {
        // The peer is gone already.
    }
}

void Connection::sayGoodbye() noexcept {
    if (!secure_) return shutdownWrite();
    try {
        socket_.shutdown();
    } catch (...) {
        // The peer is gone already, or takes nothing now: the connection is closed a little later.
    }
}

void Connection::abort() noexcept {
    ::shutdown(descriptor_, SHUT_RDWR);
}

}  // namespace host::http
