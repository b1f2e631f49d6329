#pragma once
/// A peer in memory: gives its bytes in pieces, with nothing to read now and then, and keeps what it is sent. The
/// descriptor is /dev/null, which poll finds ready at once: no wait, no port.

#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <algorithm>
#include <cstdint>
#include <fcntl.h>
#include <string>
#include <string_view>

namespace fuzz {

/// How long the next piece is: 0 for all at once, 1 for single bytes, otherwise a repeatable sequence.
class Cutter {
public:
    explicit Cutter(unsigned seed) : seed_(seed), state_(seed) {}
    std::size_t next(std::size_t most) {
        if (seed_ == 0 || most == 0) return most;
        if (seed_ == 1) return 1;
        state_ = state_ * 1'103'515'245u + 12'345u;
        return std::min<std::size_t>(most, 1 + (state_ >> 16) % (seed_ < 128 ? 7 : 600));
    }
    bool pauses() {
        if (seed_ < 2) return false;
        state_ = state_ * 1'103'515'245u + 12'345u;
        return (state_ >> 16) % 8 == 0;
    }

private:
    unsigned seed_;
    std::uint32_t state_;
};

class MemorySocket final : public Poco::Net::StreamSocketImpl {
public:
    MemorySocket(std::string_view bytes, unsigned cut, std::string& sent)
        : StreamSocketImpl(::open("/dev/null", O_RDWR | O_CLOEXEC)), bytes_(bytes), cutter_(cut), sent_(sent) {}

    int receiveBytes(void* buffer, int length, int) override {
        if (cutter_.pauses()) return -1;
        const auto n = cutter_.next(std::min(bytes_.size(), static_cast<std::size_t>(length)));
        std::copy_n(bytes_.data(), n, static_cast<char*>(buffer));
        bytes_.remove_prefix(n);
        return static_cast<int>(n);
    }
    int sendBytes(const void* buffer, int length, int) override {
        sent_.append(static_cast<const char*>(buffer), static_cast<std::size_t>(length));
        return length;
    }
    Poco::Net::SocketAddress peerAddress() override { return {"127.0.0.1", 1}; }
    void setBlocking(bool) override {}
    void setRawOption(int, int, const void*, poco_socklen_t) override {}

    std::size_t left() const { return bytes_.size(); }

private:
    std::string_view bytes_;
    Cutter cutter_;
    std::string& sent_;
};

}  // namespace fuzz
