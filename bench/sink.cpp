// A server that reads each POST whole and answers 200 a fixed time later, as a distant LRS would: one thread, epoll.
//   bench_sink PORT MILLISECONDS
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>
#include <unordered_map>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]";

struct Connection {
    std::string head;
    std::size_t bodyLeft = 0;
    bool inBody = false;
    unsigned serial = 0;  ///< a number of a descriptor is used again; an answer belongs to one connection only
};

struct Due {
    Clock::time_point at;
    int fd;
    unsigned serial;
};

class Sink {
public:
    Sink(std::uint16_t port, std::chrono::milliseconds delay) : delay_(delay) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        const int yes = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(listener_, 256) != 0) {
            std::perror("bench_sink");
            std::exit(1);
        }
        poll_ = ::epoll_create1(EPOLL_CLOEXEC);
        timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
        watch(listener_);
        watch(timer_);
    }

    [[noreturn]] void serve() {
        std::array<epoll_event, 64> events{};
        for (;;) {
            const int count = ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < count; ++i) {
                const int fd = events[static_cast<std::size_t>(i)].data.fd;
                if (fd == listener_)
                    accept();
                else if (fd == timer_)
                    answerDue();
                else
                    read(fd);
            }
        }
    }

private:
    void watch(int fd) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        ::epoll_ctl(poll_, EPOLL_CTL_ADD, fd, &event);
    }

    void accept() {
        for (int fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); fd >= 0;
             fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) {
            const int yes = 1;
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            connections_[fd] = Connection{{}, 0, false, ++serial_};
            watch(fd);
        }
    }

    void read(int fd) {
        for (;;) {
            const auto got = ::recv(fd, buffer_.data(), buffer_.size(), 0);
            if (got < 0 && errno == EAGAIN) return;
            if (got <= 0) {
                connections_.erase(fd);
                ::close(fd);
                return;
            }
            take(fd, std::string_view(buffer_.data(), static_cast<std::size_t>(got)));
        }
    }

    void take(int fd, std::string_view data) {
        Connection& connection = connections_[fd];
        while (!data.empty()) {
            if (!connection.inBody) {
                connection.head.append(data);
                const auto end = connection.head.find("\r\n\r\n");
                if (end == std::string::npos) return;
                data = data.substr(data.size() - (connection.head.size() - end - 4));
                connection.head.resize(end + 2);
                connection.bodyLeft = lengthIn(connection.head);
                connection.head.clear();
                connection.inBody = true;
            }
            const auto taken = std::min(connection.bodyLeft, data.size());
            connection.bodyLeft -= taken;
            data.remove_prefix(taken);
            if (connection.bodyLeft > 0) return;
            connection.inBody = false;
            due_.push_back({Clock::now() + delay_, fd, connection.serial});
            if (due_.size() == 1) arm();
        }
    }

    static std::size_t lengthIn(const std::string& head) {
        const auto at = head.find("Content-Length: ");
        std::size_t length = 0;
        if (at != std::string::npos) std::from_chars(head.data() + at + 16, head.data() + head.size(), length);
        return length;
    }

    void arm() {
        const auto wait = std::max(due_.front().at - Clock::now(), Clock::duration(1));
        itimerspec when{};
        when.it_value.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(wait).count();
        when.it_value.tv_nsec = (wait % std::chrono::seconds(1)).count();
        ::timerfd_settime(timer_, 0, &when, nullptr);
    }

    void answerDue() {
        std::uint64_t expirations = 0;
        [[maybe_unused]] const auto ignored = ::read(timer_, &expirations, sizeof expirations);
        const auto now = Clock::now();
        while (!due_.empty() && due_.front().at <= now) {
            const auto found = connections_.find(due_.front().fd);
            if (found != connections_.end() && found->second.serial == due_.front().serial)
                ::send(due_.front().fd, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
            due_.pop_front();
        }
        if (!due_.empty()) arm();
    }

    std::chrono::milliseconds delay_;
    int listener_ = -1, poll_ = -1, timer_ = -1;
    unsigned serial_ = 0;
    std::unordered_map<int, Connection> connections_;
    std::deque<Due> due_;
    std::vector<char> buffer_ = std::vector<char>(256 * 1024);
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: bench_sink PORT MILLISECONDS\n", stderr);
        return 2;
    }
    Sink(static_cast<std::uint16_t>(std::atoi(argv[1])), std::chrono::milliseconds(std::atoi(argv[2]))).serve();
}
