#pragma once
/// University 2035's S3-compatible storage, SigV4 with the real payload hash, path style or virtual host.
/// Thread-safe; blocks. Knows nothing of wizard, LRS or records.

#include "host/sdk/Clock.h"
#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Secrets.h"
#include "plugin/s3/Multipart.h"
#include "plugin/s3/VerifiedBody.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace plugin::s3 {

/// What the server's configuration says of every storage: the wizard's check and the uploads go by the same.
struct Options {
    std::string region = "us-east-1";
    bool pathStyle = true;
    /// What `fileUrl` begins with, "{bucket}" stands for the bucket; empty: endpoint/bucket, or bucket.host.
    std::string publicBase;
};

struct Settings : Options {
    std::string endpoint;  ///< scheme and host of the service, without bucket: https://s3.example.net
    std::string bucket;    ///< may be empty for listBuckets
    std::string accessKeyId;
    host::sdk::SecretString secretKey;
    bool typedByPerson = false;                 ///< the address guard applies
    std::chrono::milliseconds timeout{90'000};  ///< of each request; a body has a second more for every 64 KiB
};

/// The address a statement carries for a key.
std::string publicUrlOf(const Settings& settings, const std::string& key);

/// Splits what a person pasted as storage URL into endpoint and bucket («https://s3.host/bucket», «https://s3.host»,
/// or virtual host where the endpoint is known). \throws AppError 422, pointer "/storageUrl".
struct StorageUrl {
    std::string endpoint;
    std::string bucket;
};
/// Hosts of University 2035's storages that were seen with the bucket before the host as well.
inline const std::vector<std::string> kKnownHosts{"s3.objstor.cloud4u.com", "s3.dtln.ru"};
/// What can stand for a bucket in a URL: letters, digits, '-', '.' and '_', 3 to 255 of them.
bool isBucketName(std::string_view name);
/// A bare host means https.
StorageUrl parseStorageUrl(const std::string& pasted, const std::vector<std::string>& knownHosts = kKnownHosts);

/// The service's refusal, by its <Code>; `message` is for people.
struct Failure {
    int status = 0;
    std::string code;      ///< "SignatureDoesNotMatch", "NoSuchBucket", "AccessDenied", "dns", "timeout", "tls", …
    std::string message;   ///< Russian, at most 2,048 bytes; English of the client when no answer came
    std::string detail;    ///< of a clock that is wrong: by how much
    bool withAcl = false;  ///< the request asked for an ACL, and that may be what was refused
    std::optional<std::chrono::seconds> retryAfter;
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

/// What HEAD says of an object.
struct ObjectHead {
    std::optional<std::int64_t> length;
    std::string sha256;  ///< as `put` and `createUpload` left it with the object; empty: another's object
};

/// What an object is to be, beside its bytes.
struct ObjectTraits {
    std::string contentType;
    std::string acl;     ///< "public-read"
    std::string sha256;  ///< kept with the object, so that a later HEAD proves what is there
};

class S3Client {
public:
    S3Client(host::sdk::OutboundHttp& http, const host::sdk::Clock& clock, Settings settings);

    Answer<std::vector<std::string>> listBuckets(std::stop_token stop);
    /// Puts a small object whole, with the ACL given ("public-read").
    Answer<Done> put(const std::string& key, std::string_view body, const std::string& contentType,
                     const std::string& acl, std::stop_token stop);
    /// Puts an object of any length up to 5 GB from its source. A body that turns out to be another than promised is
    /// never put: the failure's code is "file-changed" or "file-unreadable".
    Answer<Done> put(const std::string& key, VerifiedBody& body, const ObjectTraits& traits, std::stop_token stop);
    Answer<Done> remove(const std::string& key, std::stop_token stop);
    Answer<ObjectHead> head(const std::string& key, std::stop_token stop);
    /// HEAD without credentials, by the address a statement would carry.
    Answer<ObjectHead> anonymousHead(const std::string& key, std::stop_token stop);
    /// GET without credentials, by the address a statement would carry.
    Answer<std::string> anonymousGet(const std::string& key, std::stop_token stop);
    // Multipart uploads. Parts are numbered from 1 to 10,000; all but the last have 5 MiB at least.

    /// Gives the upload's id. Type and ACL belong to the object that completing makes.
    Answer<std::string> createUpload(const std::string& key, const ObjectTraits& traits, std::stop_token stop);
    /// Gives the part's ETag. `sha256` is the part's own.
    Answer<std::string> uploadPart(const std::string& key, const std::string& uploadId, int number,
                                   std::string_view bytes, const std::string& sha256, std::stop_token stop);
    Answer<std::string> uploadPart(const std::string& key, const std::string& uploadId, int number, VerifiedBody& body,
                                   std::stop_token stop);
    Answer<std::vector<Part>> listParts(const std::string& key, const std::string& uploadId, std::stop_token stop);
    Answer<Done> completeUpload(const std::string& key, const std::string& uploadId, const std::vector<Part>& parts,
                                std::stop_token stop);
    Answer<Done> abortUpload(const std::string& key, const std::string& uploadId, std::stop_token stop);
    /// Those that were begun under a prefix.
    Answer<std::vector<Upload>> listUploads(const std::string& prefix, std::stop_token stop);

    std::string publicUrl(const std::string& key) const { return publicUrlOf(settings_, key); }

private:
    struct Ask;
    Answer<host::sdk::OutboundResponse> perform(Ask ask, std::stop_token stop) const;
    Answer<std::string> partOf(Ask ask, std::stop_token stop) const;
    Failure unexpected(const host::sdk::OutboundResponse& response) const;
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
