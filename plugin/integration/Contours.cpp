#include "plugin/integration/Contours.h"

#include <Poco/String.h>
#include <Poco/URI.h>

#include <optional>
#include <vector>

namespace plugin::integration {

namespace {

/// "host:port/path" in one form; nullopt for what is no address.
std::optional<std::string> plainForm(const std::string& address) try {
    Poco::URI uri(Poco::trim(address));
    uri.normalize();
    std::string host = Poco::toLower(uri.getHost());
    while (!host.empty() && host.back() == '.') host.pop_back();
    if (host.empty()) return std::nullopt;
    const auto port = uri.getPort();
    std::vector<std::string> segments;
    uri.getPathSegments(segments);
    std::string path;
    for (const auto& segment : segments)
        if (!segment.empty()) path += "/" + Poco::toLower(segment);
    constexpr std::string_view kStatements = "/statements";
    if (path.size() >= kStatements.size() && path.ends_with(kStatements)) path.resize(path.size() - kStatements.size());
    return host + (port == 80 || port == 443 ? std::string() : ":" + std::to_string(port)) + path;
} catch (const std::exception&) {
    return std::nullopt;
}

}  // namespace

bool isSameAddress(const std::string& one, const std::string& other) {
    const auto form = plainForm(one);
    return form && form == plainForm(other);
}

bool isTestAddress(const std::string& address, const std::string& profileTest, const std::string& overrideTest) {
    return isSameAddress(address, profileTest) || isSameAddress(address, overrideTest);
}

}  // namespace plugin::integration
