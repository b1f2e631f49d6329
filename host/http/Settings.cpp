#include "host/http/Settings.h"

#include "host/http/Origins.h"

#include <Poco/Net/IPAddress.h>
#include <fmt/format.h>

#include <fstream>

namespace host::http {

std::vector<std::string> HttpSettings::errors() const {
    std::vector<std::string> all;
    Poco::Net::IPAddress ip;
    if (!Poco::Net::IPAddress::tryParse(address, ip))
        all.push_back(fmt::format(
            "http.address: '{}' is not an IP address; use 127.0.0.1, ::1, 0.0.0.0 or that of an interface.", address));
    else if (!tls() && !ip.isLoopback() && !allowPlainRemote)
        all.push_back(fmt::format(
            "http.address: '{}' would be served without TLS; set http.certificate_file and http.private_key_file, or "
            "listen on 127.0.0.1 behind a proxy, or accept it with http.allow_plain_remote = true.",
            address));
    auto readable = [&](const char* name, const std::string& file) {
        if (!std::ifstream(file))
            all.push_back(fmt::format("{}: the file '{}' can't be read; check the path and its rights.", name, file));
    };
    if (certificateFile.empty() != privateKeyFile.empty())
        all.push_back(
            fmt::format("{}: TLS needs both http.certificate_file and http.private_key_file; set this one too.",
                        certificateFile.empty() ? "http.certificate_file" : "http.private_key_file"));
    if (!certificateFile.empty()) readable("http.certificate_file", certificateFile);
    if (!privateKeyFile.empty()) readable("http.private_key_file", privateKeyFile);
    if (threads < 1 || threads > 1024) all.push_back("http.threads: from 1 to 1024.");
    if (maxStreams >= threads)
        all.push_back("http.max_streams: must be less than http.threads, or streams would leave none for requests.");
    if (maxConnections < 1) all.push_back("http.max_connections: at least 1.");
    if (maxConnectionsPerAddress < 1) all.push_back("http.max_connections_per_address: at least 1.");
    for (auto [name, value] :
         {std::pair("http.head_timeout", headTimeout), std::pair("http.keep_alive_timeout", keepAliveTimeout),
          std::pair("http.body_timeout", bodyTimeout), std::pair("http.stall_timeout", stallTimeout)})
        if (value.count() <= 0) all.push_back(fmt::format("{}: must be more than zero.", name));
    for (const std::string& origin : corsOrigins)
        if (auto why = originError(origin)) all.push_back(fmt::format("http.cors_origins: '{}' {}.", origin, *why));
    return all;
}

}  // namespace host::http
