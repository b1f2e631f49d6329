#include "plugin/s3/S3Client.h"

#include "common/Sha256.h"
#include "common/Text.h"
#include "plugin/AnswerText.h"
#include "plugin/s3/ErrorXml.h"
#include "plugin/s3/Failures.h"
#include "plugin/s3/SigV4.h"

#include <date/date.h>

namespace plugin::s3 {
namespace {

constexpr host::sdk::Micros kSecond = 1'000'000;

std::string amzTime(host::sdk::Micros now) {
    return date::format("%Y%m%dT%H%M%SZ", date::sys_seconds(std::chrono::seconds(now / kSecond)));
}

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

}  // namespace

struct S3Client::Ask {
    std::string method;
    std::string key;  ///< empty: the service itself, without bucket
    std::string_view body;
    std::vector<std::pair<std::string, std::string>> headers;
    bool isSigned = true;
};

S3Client::S3Client(host::sdk::OutboundHttp& http, const host::sdk::Clock& clock, Settings settings)
    : http_(http), clock_(clock), settings_(std::move(settings)) {
    // Nothing but scheme and authority counts; what parseStorageUrl refuses, the outbound client refuses too.
    std::string_view endpoint = common::trim(settings_.endpoint);
    const auto mark = endpoint.find("://");
    scheme_ = mark == std::string_view::npos ? "https" : common::toLowerAscii(endpoint.substr(0, mark));
    if (mark != std::string_view::npos) endpoint.remove_prefix(mark + 3);
    authority_ = common::toLowerAscii(endpoint.substr(0, endpoint.find('/')));
    const std::string ownPort = scheme_ == "https" ? ":443" : ":80";
    if (authority_.size() > ownPort.size() &&
        authority_.compare(authority_.size() - ownPort.size(), ownPort.size(), ownPort) == 0)
        authority_.resize(authority_.size() - ownPort.size());
    secrets_ = {settings_.secretKey.reveal()};
}

std::string S3Client::authorityOf(bool withBucket) const {
    return withBucket && !settings_.pathStyle ? settings_.bucket + "." + authority_ : authority_;
}

std::string S3Client::publicUrl(const std::string& key) const {
    std::string base = settings_.publicBase;
    if (base.empty())
        base = scheme_ + "://" + authorityOf(true) + (settings_.pathStyle ? "/" + percentEncode(settings_.bucket) : "");
    while (!base.empty() && base.back() == '/') base.pop_back();
    return base + "/" + percentEncode(key, true);
}

Answer<host::sdk::OutboundResponse> S3Client::perform(Ask ask, std::stop_token stop) const {
    const bool inBucket = !ask.key.empty();
    host::sdk::OutboundRequest request;
    request.method = ask.method;
    request.headers = std::move(ask.headers);
    request.body = ask.body;
    request.timeout = settings_.timeout;
    request.typedByPerson = settings_.typedByPerson;
    request.stop = std::move(stop);
    const host::sdk::Micros now = clock_.now();
    if (ask.isSigned) {
        SigV4Request toSign;
        toSign.method = ask.method;
        toSign.path = inBucket ? (settings_.pathStyle ? "/" + settings_.bucket : "") + "/" + ask.key : "/";
        toSign.payloadHash = common::Sha256::hex(ask.body);
        toSign.time = amzTime(now);
        request.headers.emplace_back("x-amz-date", toSign.time);
        request.headers.emplace_back("x-amz-content-sha256", toSign.payloadHash);
        toSign.headers = request.headers;
        toSign.headers.emplace_back("host", authorityOf(inBucket));
        const SigV4 signer(settings_.accessKeyId, settings_.secretKey, settings_.region);
        request.headers.emplace_back("Authorization", signer.authorization(toSign));
        request.url = scheme_ + "://" + authorityOf(inBucket) + percentEncode(toSign.path, true);
    } else {
        request.url = publicUrl(ask.key);
    }
    Answer<host::sdk::OutboundResponse> answer;
    const auto start = std::chrono::steady_clock::now();
    try {
        auto response = http_.send(request);
        answer.elapsed = response.elapsed;
        if (response.status >= 200 && response.status < 300)
            answer.value = std::move(response);
        else
            answer.failure = failureOf(response, now / kSecond, secrets_);
    } catch (const host::sdk::OutboundError& error) {
        answer.failure = failureOf(error, secrets_);
        answer.elapsed =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    }
    return answer;
}

Answer<std::vector<std::string>> S3Client::listBuckets(std::stop_token stop) {
    auto answer = perform({"GET", "", {}, {}, true}, std::move(stop));
    if (!answer) return failed<std::vector<std::string>>(answer);
    if (auto names = parseBuckets(answer.value->body)) return succeeded(std::move(*names), answer);
    answer.failure.status = answer.value->status;
    answer.failure.code = "unexpected-answer";
    answer.failure.message = answerText(answer.value->body, 200, secrets_);
    return failed<std::vector<std::string>>(answer);
}

Answer<Done> S3Client::put(const std::string& key, std::string_view body, const std::string& contentType,
                           const std::string& acl, std::stop_token stop) {
    Ask ask{"PUT", key, body, {}, true};
    if (!contentType.empty()) ask.headers.emplace_back("Content-Type", contentType);
    if (!acl.empty()) ask.headers.emplace_back("x-amz-acl", acl);
    auto answer = perform(std::move(ask), std::move(stop));
    return answer ? succeeded(Done{}, answer) : failed<Done>(answer);
}

Answer<Done> S3Client::remove(const std::string& key, std::stop_token stop) {
    auto answer = perform({"DELETE", key, {}, {}, true}, std::move(stop));
    return answer ? succeeded(Done{}, answer) : failed<Done>(answer);
}

Answer<std::string> S3Client::anonymousGet(const std::string& key, std::stop_token stop) {
    auto answer = perform({"GET", key, {}, {}, false}, std::move(stop));
    return answer ? succeeded(std::move(answer.value->body), answer) : failed<std::string>(answer);
}

}  // namespace plugin::s3
