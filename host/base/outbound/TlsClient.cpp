#include "host/base/outbound/TlsClient.h"

#include "host/sdk/OutboundHttp.h"

#include <Poco/Net/IPAddress.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/X509Certificate.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace host::base::outbound {
namespace {

using Kind = sdk::OutboundError::Kind;

// The handshake runs in the calling thread, so the verdict of OpenSSL's callback is this thread's own.
thread_local int verifyError = X509_V_OK;

int rememberVerifyError(int ok, X509_STORE_CTX* store) {
    if (ok == 0 && verifyError == X509_V_OK) verifyError = X509_STORE_CTX_get_error(store);
    return ok;
}

[[noreturn]] void fail(const std::string& host, const std::string& reason, const std::string& why) {
    throw sdk::OutboundError(Kind::Tls, false, "No secure connection to '" + host + "': " + why, reason);
}

[[noreturn]] void failVerification(const std::string& host, int error) {
    const std::string detail = X509_verify_cert_error_string(error);
    switch (error) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            fail(host, "expired", "its certificate has expired; the other side must renew it");
        case X509_V_ERR_CERT_NOT_YET_VALID:
            fail(host, "not-yet-valid", "its certificate is not valid yet; check the clock of this machine");
        case X509_V_ERR_CERT_REVOKED:
            fail(host, "revoked", "its certificate was revoked; the other side must replace it");
        default:
            fail(host, "untrusted",
                 "its certificate is not trusted (" + detail + "); add the authority that signed it to the CA file");
    }
}

bool isIpLiteral(const std::string& host) {
    Poco::Net::IPAddress address;
    return Poco::Net::IPAddress::tryParse(host, address);
}

}  // namespace

TlsClient::TlsClient(const std::string& caFile) {
    Poco::Net::initializeSSL();
    Poco::Net::Context::Params params;
    params.verificationMode = Poco::Net::Context::VERIFY_STRICT;
    params.loadDefaultCAs = true;
    params.verificationDepth = 9;
    params.cipherList = "HIGH:!aNULL:!eNULL:!MD5:!3DES:!RC4:!PSK:!SRP";
    try {
        params.caLocation = caFile;
        context_ = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, params);
    } catch (const Poco::Exception&) {
        throw sdk::AppError(
            500, "outbound.ca-file",
            "The file of trusted authorities can't be used: it must be readable and hold PEM certificates");
    }
    context_->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    context_->enableSessionCache(true);
    // Poco's own check of the name skips localhost and knows neither why a certificate failed nor IP addresses well:
    // the callback keeps the reason, and handshake() compares the name with OpenSSL's functions.
    context_->enableExtendedCertificateVerification(false);
    SSL_CTX_set_verify(context_->sslContext(), SSL_VERIFY_PEER, &rememberVerifyError);
}

Poco::Net::SecureStreamSocket TlsClient::handshake(const Poco::Net::StreamSocket& socket, const std::string& host,
                                                   const Poco::Net::Session::Ptr& resume) const {
    const bool literal = isIpLiteral(host);
    verifyError = X509_V_OK;
    ERR_clear_error();
    try {
        // A server name indication never carries an address.
        auto secure = literal ? Poco::Net::SecureStreamSocket::attach(socket, context_, resume)
                              : Poco::Net::SecureStreamSocket::attach(socket, host, context_, resume);
        if (!secure.havePeerCertificate()) fail(host, "untrusted", "it sent no certificate");
        const Poco::Net::X509Certificate certificate = secure.peerCertificate();
        auto* const x509 = const_cast<X509*>(certificate.certificate());  // OpenSSL's signature, not its behaviour
        const int match =
            literal ? X509_check_ip_asc(x509, host.c_str(), 0)
                    : X509_check_host(x509, host.data(), host.size(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, nullptr);
        if (match != 1)
            fail(host, "other-name", "its certificate was issued for another name; check the address for a slip");
        return secure;
    } catch (const Poco::Exception& error) {
        if (verifyError != X509_V_OK) failVerification(host, verifyError);
        std::string text = error.message();
        if (const auto last = text.rfind(':'); last != std::string::npos) text = text.substr(last + 1);
        fail(
            host, "handshake",
            text.empty() ? "the handshake was broken off; is this a TLS port?" : "the handshake failed (" + text + ")");
    }
}

}  // namespace host::base::outbound
