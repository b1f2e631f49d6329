#pragma once
/// TLS as a client: at least 1.2, the certificate always verified (the system's authorities and those of one more
/// file) and always for the name that was asked for; there is no switch that turns this off. Thread-safe.

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/Session.h>

#include <string>

namespace host::base::outbound {

class TlsClient {
public:
    /// \param caFile PEM file of authorities to trust besides the system's; may be empty.
    /// \throws host::sdk::AppError when the file can't be used
    explicit TlsClient(const std::string& caFile);

    /// Handshake on a connected socket. `resume`: a session of the same host and port, or null.
    /// \throws host::sdk::OutboundError Tls, with a reason
    Poco::Net::SecureStreamSocket handshake(const Poco::Net::StreamSocket& socket, const std::string& host,
                                            const Poco::Net::Session::Ptr& resume) const;

private:
    Poco::Net::Context::Ptr context_;
};

}  // namespace host::base::outbound
