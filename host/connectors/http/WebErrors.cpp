#include "common/Text.h"
#include "host/connectors/http/WebClient.h"
#include "host/connectors/http/WebUrl.h"

#include <fmt/format.h>

namespace host::connectors {
namespace {

using sdk::OutboundError;
using sdk::SourceError;
using Kind = SourceError::Kind;

SourceError tlsError(const OutboundError& error, const std::string& shown) {
    const auto& reason = error.reason();
    if (reason == "expired")
        return {Kind::Tls, fmt::format("The certificate of {} has expired.", shown),
                "Ask who runs the service to renew its certificate."};
    if (reason == "not-yet-valid")
        return {Kind::Tls, fmt::format("The certificate of {} is not valid yet.", shown),
                "Compare the clocks of both servers."};
    if (reason == "other-name")
        return {Kind::Tls, fmt::format("The certificate of {} is for another name.", shown),
                "Write the address with the name that the certificate has."};
    if (reason == "untrusted")
        return {Kind::Tls,
                fmt::format("The certificate of {} is signed by an authority that this server doesn't know.", shown),
                "The server's administrator puts the authority's certificate into outbound.ca_file."};
    if (reason == "revoked")
        return {Kind::Tls, fmt::format("The certificate of {} was revoked.", shown),
                "Ask who runs the service for a new certificate."};
    return {Kind::Tls, fmt::format("No secure connection to {} came about.", shown),
            "Check that the address is one of https and that the service offers TLS 1.2 or later."};
}

SourceError redirectError(const sdk::OutboundResponse& response, const std::string& url) {
    const auto target = resolved(url, typedEncoded(response.header("location")));
    const auto lower = common::toLowerAscii(target);
    for (const char* word : {"login", "signin", "sign-in", "sso", "auth", "oauth", "saml"})
        if (lower.find(word) != std::string::npos)
            return {Kind::Credentials,
                    fmt::format("{} sends us to a page to sign in: {}.", shownUrl(url), shownUrl(target)),
                    "Check how the connection signs in; a service for programs does not ask for a page."};
    return {Kind::NotThere, fmt::format("{} has moved to {}.", shownUrl(url), shownUrl(target)),
            "Write the new address in the connection or in the route."};
}

}  // namespace

SourceError outboundError(const OutboundError& error, const std::string& url) {
    const auto shown = shownUrl(url);
    switch (error.kind()) {
        case OutboundError::Kind::BadUrl:
            return {Kind::Configuration, fmt::format("The address {} can't be used.", shown), error.what()};
        case OutboundError::Kind::Forbidden:
            return {Kind::Configuration, fmt::format("The address {} is not one that may be asked.", shown),
                    "Use https and a public address; for one inside, the server's administrator sets "
                    "outbound.allow_private_addresses."};
        case OutboundError::Kind::Dns:
            return {Kind::Unreachable, fmt::format("The name of {} is not known.", shown),
                    "Check the address for a typing error."};
        case OutboundError::Kind::Refused:
            return {Kind::Unreachable, fmt::format("Nobody answers at {}.", shown),
                    "Check the address and the port, and whether the service runs."};
        case OutboundError::Kind::ConnectTimeout:
            return {Kind::Unreachable, fmt::format("No connection to {} came about in time.", shown),
                    "Check the address, and whether a firewall stands in between."};
        case OutboundError::Kind::Tls:
            return tlsError(error, shown);
        case OutboundError::Kind::Timeout:
            return {Kind::Timeout, fmt::format("{} did not answer in time.", shown),
                    "Ask for smaller pages, or allow more time in the connection."};
        case OutboundError::Kind::Closed:
        case OutboundError::Kind::Source:
            return {Kind::Interrupted, fmt::format("The connection to {} broke off in the middle.", shown),
                    "Run it again; if it stays so, ask for smaller pages."};
        case OutboundError::Kind::BadAnswer:
            return {Kind::Format, fmt::format("What {} answers is not HTTP.", shown),
                    "Check the address and the port."};
        case OutboundError::Kind::TooLarge:
            return {Kind::Limit, fmt::format("The answer of {} is larger than one answer may be.", shown),
                    "Ask for smaller pages in the route."};
        case OutboundError::Kind::Cancelled:
            break;
    }
    return {Kind::Cancelled, "The run was stopped.", ""};
}

SourceError statusError(const sdk::OutboundResponse& response, const std::string& url, const std::string& message) {
    const auto shown = shownUrl(url);
    const int status = response.status;
    const auto says = [&](const std::string& what) {
        return message.empty() ? fmt::format("{}.", what) : fmt::format("{}; it says: {}", what, message);
    };
    if (status >= 300 && status < 400 && !response.header("location").empty()) return redirectError(response, url);
    if (status == 401 || status == 407)
        return {Kind::Credentials, says(fmt::format("{} does not believe who we are (401)", shown)),
                "Check the user and password, or the token, of the connection; it may have expired."};
    if (status == 403)
        return {Kind::Rights, says(fmt::format("{} knows us and refuses (403)", shown)),
                "Give the connection's user the right to read this."};
    if (status == 404 || status == 410)
        return {Kind::NotThere, says(fmt::format("There is nothing at {} ({})", shown, status)),
                "Correct the address of the connection or the path of the route."};
    if (status == 413)
        return {Kind::Limit, says(fmt::format("{} takes no request that large (413)", shown)),
                "Shorten the route's body or query."};
    if (status == 429)
        return {Kind::Limit, says(fmt::format("{} is asked too often (429)", shown)),
                "Set the number of requests a minute in the connection."};
    if (status == 408 || status == 504)
        return {Kind::Timeout, says(fmt::format("{} did not answer in time ({})", shown, status)),
                "Ask for smaller pages."};
    if (status >= 500)
        return {Kind::Unreachable, says(fmt::format("{} has failed by itself ({})", shown, status)),
                "Look into the log of that service, or ask who runs it."};
    return {Kind::Query, says(fmt::format("{} does not take the request ({})", shown, status)),
            "Correct the route: its method, parameters, headers or body."};
}

}  // namespace host::connectors
