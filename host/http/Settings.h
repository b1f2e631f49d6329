#pragma once
/// How a listener behaves. Plain values; lmsd fills them from its configuration (`http.*`).

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace host::http {

struct HttpSettings {
    std::string address = "127.0.0.1";  ///< http.address
    std::uint16_t port = 8080;          ///< http.port; 0 takes a free one
    bool allowPlainRemote = false;      ///< http.allow_plain_remote: plain HTTP on other addresses than loopback
    std::string certificateFile;        ///< http.certificate_file: PEM, with its chain; TLS when set
    std::string privateKeyFile;         ///< http.private_key_file: PEM

    unsigned threads = 16;                       ///< http.threads: requests answered at once
    unsigned maxStreams = 6;                     ///< http.max_streams: Server-Sent Events at once; they hold a thread
    std::size_t maxConnections = 4096;           ///< http.max_connections
    std::size_t maxConnectionsPerAddress = 512;  ///< http.max_connections_per_address
    std::chrono::milliseconds headTimeout{10'000};       ///< http.head_timeout: from the first byte to the empty line
    std::chrono::milliseconds keepAliveTimeout{15'000};  ///< http.keep_alive_timeout: between requests
    std::chrono::milliseconds bodyTimeout{60'000};       ///< http.body_timeout: a body read whole
    std::chrono::milliseconds stallTimeout{15'000};      ///< http.stall_timeout: no byte either way
    bool behindProxy = false;  ///< http.behind_tls_proxy: a proxy on this machine names the client in X-Forwarded-For
    bool accessLog = true;     ///< http.access_log
    std::vector<std::string> corsOrigins;  ///< http.cors_origins

    bool tls() const { return !certificateFile.empty(); }

    /// What is wrong, one line a field, each naming it and what to do. Empty when all is well.
    std::vector<std::string> errors() const;
};

}  // namespace host::http
