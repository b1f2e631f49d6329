#include "plugin/s3/SigV4.h"

#include "common/Encoding.h"
#include "common/Sha256.h"
#include "common/Text.h"

#include <algorithm>
#include <map>

namespace plugin::s3 {
namespace {

/// Trimmed, with every run of white space made one space.
std::string foldedValue(std::string_view value) {
    std::string folded;
    bool pending = false;
    for (const char c : value) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            pending = !folded.empty();
            continue;
        }
        if (pending) folded.push_back(' ');
        pending = false;
        folded.push_back(c);
    }
    return folded;
}

/// Names in lower case and order; values of a repeated name joined in the order given.
std::map<std::string, std::string> foldedHeaders(const SigV4Request& request) {
    std::map<std::string, std::string> headers;
    for (const auto& [name, value] : request.headers) {
        const auto [place, isNew] = headers.try_emplace(common::toLowerAscii(name), foldedValue(value));
        if (!isNew) place->second += "," + foldedValue(value);
    }
    return headers;
}

std::string signedNames(const std::map<std::string, std::string>& headers) {
    std::string names;
    for (const auto& [name, value] : headers) names += (names.empty() ? "" : ";") + name;
    return names;
}

}  // namespace

std::string percentEncode(std::string_view bytes, bool keepSlash) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(bytes.size() + 8);
    for (const char c : bytes) {
        const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved || (keepSlash && c == '/')) {
            encoded.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded.push_back('%');
        encoded.push_back(kHex[byte >> 4]);
        encoded.push_back(kHex[byte & 15u]);
    }
    return encoded;
}

std::string canonicalQuery(std::vector<std::pair<std::string, std::string>> parameters) {
    for (auto& [name, value] : parameters) {
        name = percentEncode(name);
        value = percentEncode(value);
    }
    std::sort(parameters.begin(), parameters.end());
    std::string query;
    for (const auto& [name, value] : parameters) query += (query.empty() ? "" : "&") + name + "=" + value;
    return query;
}

std::string SigV4::canonicalRequest(const SigV4Request& request) const {
    const auto headers = foldedHeaders(request);
    std::string text =
        request.method + "\n" + percentEncode(request.path, true) + "\n" + canonicalQuery(request.query) + "\n";
    for (const auto& [name, value] : headers) text += name + ":" + value + "\n";
    return text + "\n" + signedNames(headers) + "\n" + request.payloadHash;
}

std::string SigV4::scope(const SigV4Request& request) const {
    return request.time.substr(0, 8) + "/" + region_ + "/" + service_ + "/aws4_request";
}

std::string SigV4::stringToSign(const SigV4Request& request) const {
    return "AWS4-HMAC-SHA256\n" + request.time + "\n" + scope(request) + "\n" +
           common::Sha256::hex(canonicalRequest(request));
}

std::string SigV4::authorization(const SigV4Request& request) const {
    std::string key = "AWS4" + secretKey_.reveal();
    for (const std::string& part : {request.time.substr(0, 8), region_, service_, std::string("aws4_request")})
        key = common::Sha256::hmac(key, part);
    return "AWS4-HMAC-SHA256 Credential=" + accessKeyId_ + "/" + scope(request) +
           ", SignedHeaders=" + signedNames(foldedHeaders(request)) +
           ", Signature=" + common::toHex(common::Sha256::hmac(key, stringToSign(request)));
}

}  // namespace plugin::s3
