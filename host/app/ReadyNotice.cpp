#include "host/app/ReadyNotice.h"

#include "common/Json.h"

#include <cstdlib>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace host::app {

std::string writeReadyFile(const std::filesystem::path& file, const ServerAddresses& addresses) {
    common::JsonWriter json;
    json.object().member("pid", ::getpid()).member("url", addresses.url).member("healthUrl", addresses.healthUrl).end();
    std::filesystem::path part = file;
    part += ".part";
    std::ofstream out(part, std::ios::trunc);
    out << json.text() << "\n";
    out.close();
    std::error_code error;
    if (out) std::filesystem::rename(part, file, error);
    if (!out || error) return fmt::format("The ready file '{}' can't be written; check its folder.", file.string());
    return {};
}

std::string notifySystemd(const std::string& state) {
    const char* path = std::getenv("NOTIFY_SOCKET");
    if (!path || !*path) return {};
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string_view name = path;
    if (name.size() >= sizeof(address.sun_path) || (name[0] != '/' && name[0] != '@'))
        return "NOTIFY_SOCKET is not the address of a socket.";
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';  // a name in the abstract namespace
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return fmt::format("systemd can't be notified ({}).", std::strerror(errno));
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    const ssize_t sent = ::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL,
                                  static_cast<const sockaddr*>(static_cast<const void*>(&address)), length);
    const int error = errno;
    ::close(fd);
    if (sent != static_cast<ssize_t>(state.size()))
        return fmt::format("systemd can't be notified ({}).", std::strerror(error));
    return {};
}

}  // namespace host::app
