#include "host/http/Connection.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketImpl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <poll.h>

namespace host::http {
namespace {

constexpr std::size_t kChunk = 16 * 1024;

// Poco 1.11's TLS socket asks the plain socket inside it whether it blocks, and that one is not told: what should be
// "would block" comes as TimeoutException, at once because no timeout is set. Both forms are taken below.

}  // namespace

Connection::Connection(std::uint64_t id, Poco::Net::StreamSocket socket, std::chrono::milliseconds stallTimeout)
    : id_(id),
      socket_(std::move(socket)),
      descriptor_(socket_.impl()->sockfd()),
      address_(socket_.peerAddress().host().toString()),
      secure_(socket_.secure()),
      shaken_(!secure_),
      stallTimeout_(stallTimeout) {
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
        if (!poll(POLLIN, std::min(left + std::chrono::milliseconds(1), stallTimeout_)))
            throw ConnectionLost("the peer was too slow");
    }
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
        if (n > 0)
            bytes.remove_prefix(static_cast<std::size_t>(n));
        else if (!poll(POLLOUT, stallTimeout_))
            throw ConnectionLost("the peer does not take the answer");
    }
}

void Connection::shutdownWrite() noexcept {
    try {
        socket_.shutdownSend();
    } catch (...) {
        // The peer is gone already.
    }
}

void Connection::abort() noexcept {
    ::shutdown(descriptor_, SHUT_RDWR);
}

}  // namespace host::http
