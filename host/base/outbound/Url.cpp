#include "host/base/outbound/Url.h"

#include "host/sdk/OutboundHttp.h"

namespace host::base::outbound {
namespace {

[[noreturn]] void refuse(const std::string& why) {
    throw sdk::OutboundError(sdk::OutboundError::Kind::BadUrl, false, "The address can't be used: " + why);
}

bool startsWithNoCase(std::string_view text, std::string_view prefix) {
    if (text.size() < prefix.size()) return false;
    for (std::size_t i = 0; i < prefix.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) | 0x20u) != static_cast<unsigned char>(prefix[i]) &&
            text[i] != prefix[i])
            return false;
    return true;
}

bool isHostCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

}  // namespace

std::string Url::authority() const {
    std::string result = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (!defaultPort) result += ":" + std::to_string(port);
    return result;
}

Url Url::parse(std::string_view text) {
    Url url;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x7f)
            refuse("it has a character outside ASCII; write a domain in Punycode and a path percent-encoded");
        if (byte <= 0x20) refuse("it has a space or a control character");
    }
    if (startsWithNoCase(text, "https://")) {
        url.secure = true;
        text.remove_prefix(8);
    } else if (startsWithNoCase(text, "http://")) {
        text.remove_prefix(7);
    } else {
        refuse("it must begin with https:// or http://");
    }
    const std::size_t end = text.find_first_of("/?#");
    std::string_view authority = text.substr(0, end);
    const std::string_view rest = end == std::string_view::npos ? std::string_view() : text.substr(end);
    if (rest.find('#') != std::string_view::npos) refuse("it has a fragment ('#…'); leave that part out");
    url.target = rest.empty() || rest.front() != '/' ? "/" + std::string(rest) : std::string(rest);

    if (authority.find('@') != std::string_view::npos)
        refuse("it carries a user name or password before the '@'; leave that part out");
    std::string_view portText;
    if (!authority.empty() && authority.front() == '[') {
        const auto close = authority.find(']');
        if (close == std::string_view::npos) refuse("'[' without ']'");
        url.host = std::string(authority.substr(1, close - 1));
        if (url.host.find(':') == std::string::npos ||
            url.host.find_first_not_of("0123456789abcdefABCDEF:.") != std::string::npos)
            refuse("what stands in brackets is not an IPv6 address");
        const auto after = authority.substr(close + 1);
        if (!after.empty() && after.front() != ':') refuse("something unexpected follows ']'");
        if (!after.empty()) portText = after.substr(1);
        if (!after.empty() && portText.empty()) refuse("the port is missing after ':'");
    } else {
        const auto colon = authority.find(':');
        url.host = std::string(authority.substr(0, colon));
        if (colon != std::string_view::npos) {
            portText = authority.substr(colon + 1);
            if (portText.empty()) refuse("the port is missing after ':'");
        }
        for (char& c : url.host) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
            if (!isHostCharacter(c)) refuse("the host name has a character that no host name can have");
        }
    }
    if (url.host.empty()) refuse("the host is missing");
    if (url.host.size() > 253) refuse("the host name is longer than 253 characters");
    url.port = url.secure ? 443 : 80;
    if (!portText.empty()) {
        if (portText.size() > 5 || portText.find_first_not_of("0123456789") != std::string_view::npos)
            refuse("the port is not a number from 1 to 65535");
        const unsigned long port = std::stoul(std::string(portText));
        if (port < 1 || port > 65535) refuse("the port is not a number from 1 to 65535");
        url.defaultPort = port == url.port;
        url.port = static_cast<std::uint16_t>(port);
    }
    return url;
}

}  // namespace host::base::outbound
