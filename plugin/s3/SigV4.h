#pragma once
/// AWS Signature Version 4 in the Authorization header, as S3 wants it: the path is percent-encoded once and never
/// normalised ("a//b" and "a/../b" are keys of their own). Immutable, thread-safe, no I/O.

#include "host/sdk/Secrets.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plugin::s3 {

/// RFC 3986: everything but unreserved characters becomes %XX. Poco's encoder leaves '+', '=' and '/' and encodes '*'.
std::string percentEncode(std::string_view bytes, bool keepSlash = false);

/// A query as it goes out and is signed: encoded, sorted by name, then value.
std::string canonicalQuery(std::vector<std::pair<std::string, std::string>> parameters);

struct SigV4Request {
    std::string method;
    std::string path;                                          ///< bytes, not encoded; begins with '/'
    std::vector<std::pair<std::string, std::string>> query;    ///< bytes, not encoded
    std::vector<std::pair<std::string, std::string>> headers;  ///< all are signed; Host must be among them
    std::string payloadHash;                                   ///< lower-case hex SHA-256 of the body
    std::string time;                                          ///< "20150830T123600Z", the value of x-amz-date
};

class SigV4 {
public:
    SigV4(std::string accessKeyId, host::sdk::SecretString secretKey, std::string region, std::string service = "s3")
        : accessKeyId_(std::move(accessKeyId)),
          secretKey_(std::move(secretKey)),
          region_(std::move(region)),
          service_(std::move(service)) {}

    std::string canonicalRequest(const SigV4Request& request) const;
    std::string stringToSign(const SigV4Request& request) const;
    /// The value of the Authorization header.
    std::string authorization(const SigV4Request& request) const;

private:
    std::string scope(const SigV4Request& request) const;

    std::string accessKeyId_;
    host::sdk::SecretString secretKey_;
    std::string region_;
    std::string service_;
};

}  // namespace plugin::s3
