#pragma once
/// University 2035's S3-compatible storage, SigV4 with the real payload hash, path style or virtual host.
/// Thread-safe; blocks. Knows nothing of wizard, LRS or records.

#include "host/sdk/Clock.h"
#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Secrets.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace plugin::s3 {

struct Settings {
    std::string endpoint;  ///< scheme and host of the service, without bucket: https://s3.example.net
    std::string bucket;    ///< may be empty for listBuckets
    std::string accessKeyId;
    host::sdk::SecretString secretKey;
    std::string region = "us-east-1";
    bool pathStyle = true;
    std::string publicBase;                     ///< what `fileUrl` begins with; empty: endpoint/bucket, or bucket.host
    bool typedByPerson = false;                 ///< the address guard applies
    std::chrono::milliseconds timeout{90'000};  ///< of each request
};

/// Splits what a person pasted as storage URL into endpoint and bucket («https://s3.host/bucket», «https://s3.host»,
/// or virtual host where the endpoint is known). \throws AppError 422, pointer "/storageUrl".
struct StorageUrl {
    std::string endpoint;
    std::string bucket;
};
/// Hosts of University 2035's storages that were seen with the bucket before the host as well.
inline const std::vector<std::string> kKnownHosts{"s3.objstor.cloud4u.com", "s3.dtln.ru"};
/// A bare host means https.
StorageUrl parseStorageUrl(const std::string& pasted, const std::vector<std::string>& knownHosts = kKnownHosts);

/// The service's refusal, by its <Code>; `message` is for people.
struct Failure {
    int status = 0;
    std::string code;     ///< "SignatureDoesNotMatch", "NoSuchBucket", "AccessDenied", "dns", "timeout", "tls", …
    std::string message;  ///< Russian, at most 2,048 bytes; English of the client when no answer came
    std::string detail;   ///< of a clock that is wrong: by how much
    std::optional<host::sdk::OutboundError> noAnswer;
};

template <class T>
struct Answer {
    std::optional<T> value;
    Failure failure;
    std::chrono::microseconds elapsed{0};
    explicit operator bool() const noexcept { return value.has_value(); }
};
struct Done {};

class S3Client {
public:
    S3Client(host::sdk::OutboundHttp& http, const host::sdk::Clock& clock, Settings settings);

    Answer<std::vector<std::string>> listBuckets(std::stop_token stop);
    /// Puts a small object whole, with the ACL given ("public-read").
    Answer<Done> put(const std::string& key, std::string_view body, const std::string& contentType,
                     const std::string& acl, std::stop_token stop);
    Answer<Done> remove(const std::string& key, std::stop_token stop);
    /// GET without credentials, by the address a statement would carry.
    Answer<std::string> anonymousGet(const std::string& key, std::stop_token stop);
    /// The address a statement carries for a key.
    std::string publicUrl(const std::string& key) const;

private:
    struct Ask;
    Answer<host::sdk::OutboundResponse> perform(Ask ask, std::stop_token stop) const;
    /// The Host header: the bucket is part of it in virtual-host style.
    std::string authorityOf(bool withBucket) const;

    host::sdk::OutboundHttp& http_;
    const host::sdk::Clock& clock_;
    Settings settings_;
    std::string scheme_;
    std::string authority_;  ///< as the Host header of the endpoint says it
    std::vector<std::string> secrets_;
};

}  // namespace plugin::s3
