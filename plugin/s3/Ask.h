#pragma once
/// One request of the client, before it is signed. For the client's own files only.

#include "plugin/s3/S3Client.h"

namespace plugin::s3 {

struct S3Client::Ask {
    std::string method;
    std::string key;  ///< empty: the bucket, or the service itself
    std::string_view body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::vector<std::pair<std::string, std::string>> query = {};
    bool inBucket = true;
    bool isSigned = true;
    std::string bodySha256 = {};     ///< of `body`, when it is known already
    VerifiedBody* stream = nullptr;  ///< instead of `body`
    bool withAcl = false;            ///< an ACL that was asked for, here or when the upload was created, may be refused

    void describe(const ObjectTraits& traits) {
        if (!traits.contentType.empty()) headers.emplace_back("Content-Type", traits.contentType);
        if (!traits.acl.empty()) headers.emplace_back("x-amz-acl", traits.acl);
        withAcl = !traits.acl.empty();
        if (!traits.sha256.empty()) headers.emplace_back("x-amz-meta-sha256", traits.sha256);
    }
};

template <class T>
Answer<T> failed(Answer<host::sdk::OutboundResponse>& answer) {
    Answer<T> result;
    result.failure = std::move(answer.failure);
    result.elapsed = answer.elapsed;
    return result;
}

template <class T>
Answer<T> succeeded(T value, const Answer<host::sdk::OutboundResponse>& answer) {
    Answer<T> result;
    result.value = std::move(value);
    result.elapsed = answer.elapsed;
    return result;
}

}  // namespace plugin::s3
