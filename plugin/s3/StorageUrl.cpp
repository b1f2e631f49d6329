#include "common/Text.h"
#include "plugin/s3/S3Client.h"

namespace plugin::s3 {
namespace {

[[noreturn]] void refuse(const std::string& reason) {
    throw host::sdk::AppError::validation(
        "The storage URL can't be used; see the field's reason",
        {{"/storageUrl", reason,
          "paste the storage URL of University 2035's letter, e.g. https://s3.example.net/bucket"}});
}

bool isHost(std::string_view host) {
    return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

/// "[::1]"
bool isLiteral6(std::string_view host) {
    return host.size() > 2 && host.back() == ']' && host.find(':') != std::string_view::npos &&
           host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
}

}  // namespace

bool isBucketName(std::string_view name) {
    return name.size() >= 3 && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '.' || c == '_';
           });
}

StorageUrl parseStorageUrl(const std::string& pasted, const std::vector<std::string>& knownHosts) {
    std::string_view text = common::trim(pasted);
    if (text.empty()) refuse("it is empty");
    std::string scheme = "https";
    if (const auto mark = text.find("://"); mark != std::string_view::npos) {
        scheme = common::toLowerAscii(text.substr(0, mark));
        text.remove_prefix(mark + 3);
    }
    if (scheme != "https" && scheme != "http") refuse("it begins with neither https:// nor http://");
    if (text.find_first_of("?#") != std::string_view::npos) refuse("it has a part after '?' or '#'");

    const auto slash = text.find('/');
    std::string authority = common::toLowerAscii(text.substr(0, slash));
    std::string_view path = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
    while (!path.empty() && path.front() == '/') path.remove_prefix(1);
    while (!path.empty() && path.back() == '/') path.remove_suffix(1);
    if (path.find('/') != std::string_view::npos) refuse("more than a bucket's name follows the host");
    if (!path.empty() && !isBucketName(path)) refuse("what follows the host is not a bucket's name");

    if (authority.find('@') != std::string::npos) refuse("it carries a user name or password before the '@'");
    const auto colon = authority.rfind(':');
    const bool literal6 = !authority.empty() && authority.front() == '[';
    const bool hasPort = colon != std::string::npos && (!literal6 || authority.find(']') < colon);
    const std::string name = authority.substr(0, hasPort ? colon : std::string::npos);
    if (hasPort) {
        const std::string port = authority.substr(colon + 1);
        if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
            std::stoul(port) < 1 || std::stoul(port) > 65535)
            refuse("its port is not a number from 1 to 65535");
        // Signatures cover the Host header, which names a port only when it is not the scheme's own.
        if (std::stoul(port) == (scheme == "https" ? 443u : 80u)) authority = name;
    }
    if (literal6 ? !isLiteral6(name) : !isHost(name))
        refuse("its host is missing or has a character that no host name can have");

    if (path.empty())
        for (const auto& known : knownHosts) {
            const std::string tail = "." + known;
            if (name.size() <= tail.size() || name.compare(name.size() - tail.size(), tail.size(), tail) != 0) continue;
            const std::string bucket = name.substr(0, name.size() - tail.size());
            if (!isBucketName(bucket)) refuse("what stands before the host is not a bucket's name");
            return {scheme + "://" + authority.substr(bucket.size() + 1), bucket};
        }
    return {scheme + "://" + authority, std::string(path)};
}

}  // namespace plugin::s3
