#include "host/base/outbound/Connection.h"

#include <Poco/Net/NetException.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace host::base::outbound {

WatchedDescriptor::WatchedDescriptor(int socket) : fd_(::fcntl(socket, F_DUPFD_CLOEXEC, 0)) {
    if (fd_ < 0) throw Poco::IOException("no file descriptor is left; raise the limit of open files");
}

WatchedDescriptor::~WatchedDescriptor() {
    ::close(fd_);
}

void Connection::AttachedSession::connect(const Poco::Net::SocketAddress&) {
    throw Poco::Net::ConnectionResetException("the connection was closed");
}

Connection::Connection(const Poco::Net::StreamSocket& socket, bool secure)
    : watched_(static_cast<int>(socket.impl()->sockfd())), session_(socket), secure_(secure) {}

bool Connection::isUsable() const {
    char byte = 0;
    const auto got = ::recv(watched_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

void Connection::sendHead(Poco::Net::HTTPRequest& request) {
    session_.sendRequest(request).flush();
}

void Connection::sendBody(std::string_view body) {
    while (!body.empty()) {
        const int sent =
            session_.socket().sendBytes(body.data(), static_cast<int>(std::min(body.size(), std::size_t{1} << 30)));
        if (sent <= 0) throw Poco::Net::ConnectionResetException("the connection was closed");
        body.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::size_t Connection::receive(char* buffer, std::size_t size) {
    const int got = session_.socket().receiveBytes(buffer, static_cast<int>(std::min(size, std::size_t{1} << 30)));
    return got > 0 ? static_cast<std::size_t>(got) : 0;
}

}  // namespace host::base::outbound
