#pragma once
/// Tells others that the server is up: a file for whoever started it, and systemd's notification socket. Neither can
/// stop the server: a failure is returned in words, to be logged.

#include <filesystem>
#include <string>

namespace host::app {

struct ServerAddresses {
    std::string url;        ///< "http://127.0.0.1:8080", with the port really taken
    std::string healthUrl;  ///< of /health and /metrics
};

/// Writes {"pid", "url", "healthUrl"} whole or not at all. \returns what failed, or an empty text.
std::string writeReadyFile(const std::filesystem::path& file, const ServerAddresses& addresses);

/// Sends a state such as "READY=1" to $NOTIFY_SOCKET; nothing when it is not set. \returns what failed, or an empty
/// text.
std::string notifySystemd(const std::string& state);

}  // namespace host::app
