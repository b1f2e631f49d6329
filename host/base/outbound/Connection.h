#pragma once
/// One connection to a server: a Poco session on a socket that we connected ourselves, to an address that we checked.
/// Owns the socket. Used by one thread at a time.

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace host::base::outbound {

/// A second descriptor of a socket: Poco closes its own in the middle of things, and the number may then be somebody
/// else's, while a watch must be able to shut the connection down at any moment.
class WatchedDescriptor {
public:
    explicit WatchedDescriptor(int socket);
    ~WatchedDescriptor();
    WatchedDescriptor(const WatchedDescriptor&) = delete;
    WatchedDescriptor& operator=(const WatchedDescriptor&) = delete;
    int get() const noexcept { return fd_; }

private:
    int fd_;
};

class Connection {
public:
    Connection(const Poco::Net::StreamSocket& socket, bool secure);

    int watchedDescriptor() const noexcept { return watched_.get(); }
    bool secure() const noexcept { return secure_; }
    Poco::Net::StreamSocket& socket() { return session_.socket(); }

    /// False when the other side has closed it, or sent something nobody asked for.
    bool isUsable() const;

    /// \throws Poco::Exception
    void sendHead(Poco::Net::HTTPRequest& request);
    /// Straight to the socket: Poco's streams would cut it into writes of 4 KiB. \throws Poco::Exception
    void sendBody(std::string_view body);
    /// 0 at the end. \throws Poco::Exception
    std::size_t receive(char* buffer, std::size_t size);

private:
    /// Poco reconnects behind one's back when a write fails: to an address nobody checked, with half a request.
    class AttachedSession final : public Poco::Net::HTTPClientSession {
    public:
        explicit AttachedSession(const Poco::Net::StreamSocket& socket) : HTTPClientSession(socket) {
            setKeepAlive(true);
        }

    protected:
        void connect(const Poco::Net::SocketAddress& address) override;
    };

    WatchedDescriptor watched_;
    AttachedSession session_;
    bool secure_;
};

}  // namespace host::base::outbound
