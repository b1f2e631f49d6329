#include "plugin/s3/S3Client.h"

#include "common/Sha256.h"
#include "common/Text.h"
#include "plugin/AnswerText.h"
#include "plugin/s3/Ask.h"
#include "plugin/s3/ErrorXml.h"
#include "plugin/s3/Failures.h"
#include "plugin/s3/SigV4.h"

#include <date/date.h>

#include <charconv>
#include <tuple>

namespace plugin::s3 {
namespace {

constexpr host::sdk::Micros kSecond = 1'000'000;
/// Bytes a second that the slowest line is taken to carry: a deadline must not cut a large file off for ever.
constexpr std::uint64_t kLeastRate = 64 * 1024;

std::string amzTime(host::sdk::Micros now) {
    return date::format("%Y%m%dT%H%M%SZ", date::sys_seconds(std::chrono::seconds(now / kSecond)));
}

/// Scheme, and the authority as the Host header says it.
std::pair<std::string, std::string> addressOf(const Settings& settings) {
    // Nothing but scheme and authority counts; what parseStorageUrl refuses, the outbound client refuses too.
    std::string_view endpoint = common::trim(settings.endpoint);
    const auto mark = endpoint.find("://");
    std::string scheme = mark == std::string_view::npos ? "https" : common::toLowerAscii(endpoint.substr(0, mark));
    if (mark != std::string_view::npos) endpoint.remove_prefix(mark + 3);
    std::string authority = common::toLowerAscii(endpoint.substr(0, endpoint.find('/')));
    const std::string ownPort = scheme == "https" ? ":443" : ":80";
    if (authority.size() > ownPort.size() && authority.ends_with(ownPort))
        authority.resize(authority.size() - ownPort.size());
    return {scheme, authority};
}

ObjectHead headOf(const host::sdk::OutboundResponse& response) {
    ObjectHead head;
    const std::string text = response.header("content-length");
    std::int64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (!text.empty() && error == std::errc() && end == text.data() + text.size()) head.length = length;
    head.sha256 = response.header("x-amz-meta-sha256");
    return head;
}

}  // namespace

S3Client::S3Client(host::sdk::OutboundHttp& http, const host::sdk::Clock& clock, Settings settings)
    : http_(http), clock_(clock), settings_(std::move(settings)) {
    std::tie(scheme_, authority_) = addressOf(settings_);
    secrets_ = {settings_.secretKey.reveal()};
}

std::string S3Client::authorityOf(bool withBucket) const {
    return withBucket && !settings_.pathStyle ? settings_.bucket + "." + authority_ : authority_;
}

std::string publicUrlOf(const Settings& settings, const std::string& key) {
    constexpr std::string_view kBucket = "{bucket}";
    const std::string bucket = percentEncode(settings.bucket);
    std::string base = settings.publicBase;
    if (const auto at = base.find(kBucket); at != std::string::npos) base.replace(at, kBucket.size(), bucket);
    if (base.empty()) {
        const auto [scheme, authority] = addressOf(settings);
        base = scheme + "://" + (settings.pathStyle ? authority + "/" + bucket : settings.bucket + "." + authority);
    }
    while (!base.empty() && base.back() == '/') base.pop_back();
    return base + "/" + percentEncode(key, true);
}

Answer<host::sdk::OutboundResponse> S3Client::perform(Ask ask, std::stop_token stop) const {
    host::sdk::OutboundRequest request;
    request.method = ask.method;
    request.headers = std::move(ask.headers);
    request.body = ask.body;
    if (ask.stream != nullptr) {
        request.bodyLength = ask.stream->promise().length;
        request.bodySource = [&ask](char* buffer, std::size_t size) { return ask.stream->read(buffer, size); };
        ask.bodySha256 = ask.stream->promise().sha256;
    }
    const std::uint64_t length = ask.stream != nullptr ? request.bodyLength : request.body.size();
    request.timeout = settings_.timeout + std::chrono::seconds(length / kLeastRate);
    request.typedByPerson = settings_.typedByPerson;
    request.stop = std::move(stop);
    const host::sdk::Micros now = clock_.now();
    if (ask.isSigned) {
        SigV4Request toSign;
        toSign.method = ask.method;
        toSign.path = ask.inBucket && settings_.pathStyle ? "/" + settings_.bucket : "";
        if (toSign.path.empty() || !ask.key.empty()) toSign.path += "/" + ask.key;
        toSign.query = ask.query;
        toSign.payloadHash = ask.bodySha256.empty() ? common::Sha256::hex(ask.body) : ask.bodySha256;
        toSign.time = amzTime(now);
        request.headers.emplace_back("x-amz-date", toSign.time);
        request.headers.emplace_back("x-amz-content-sha256", toSign.payloadHash);
        toSign.headers = request.headers;
        toSign.headers.emplace_back("host", authorityOf(ask.inBucket));
        const SigV4 signer(settings_.accessKeyId, settings_.secretKey, settings_.region);
        request.headers.emplace_back("Authorization", signer.authorization(toSign));
        request.url = scheme_ + "://" + authorityOf(ask.inBucket) + percentEncode(toSign.path, true);
        if (!ask.query.empty()) request.url += "?" + canonicalQuery(ask.query);
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
            answer.failure = failureOf(response, now / kSecond, secrets_, ask.withAcl);
    } catch (const host::sdk::OutboundError& error) {
        answer.failure = failureOf(error, secrets_);
        if (ask.stream != nullptr && ask.stream->problem() != BodyProblem::None)
            answer.failure = failureOf(ask.stream->problem());
        answer.elapsed =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    }
    return answer;
}

Failure S3Client::unexpected(const host::sdk::OutboundResponse& response) const {
    Failure failure;
    failure.status = response.status;
    failure.code = "unexpected-answer";
    failure.message = answerText(response.body, 200, secrets_);
    return failure;
}

Answer<std::vector<std::string>> S3Client::listBuckets(std::stop_token stop) {
    Ask ask{"GET", ""};
    ask.inBucket = false;
    auto answer = perform(std::move(ask), std::move(stop));
    if (!answer) return failed<std::vector<std::string>>(answer);
    if (auto names = parseBuckets(answer.value->body)) return succeeded(std::move(*names), answer);
    answer.failure = unexpected(*answer.value);
    return failed<std::vector<std::string>>(answer);
}

Answer<Done> S3Client::put(const std::string& key, std::string_view body, const std::string& contentType,
                           const std::string& acl, std::stop_token stop) {
    Ask ask{"PUT", key, body};
    ask.describe({contentType, acl, {}});
    auto answer = perform(std::move(ask), std::move(stop));
    return answer ? succeeded(Done{}, answer) : failed<Done>(answer);
}

Answer<Done> S3Client::put(const std::string& key, VerifiedBody& body, const ObjectTraits& traits,
                           std::stop_token stop) {
    Ask ask{"PUT", key};
    ask.describe(traits);
    ask.stream = &body;
    auto answer = perform(std::move(ask), std::move(stop));
    return answer ? succeeded(Done{}, answer) : failed<Done>(answer);
}

Answer<Done> S3Client::remove(const std::string& key, std::stop_token stop) {
    auto answer = perform({"DELETE", key}, std::move(stop));
    return answer ? succeeded(Done{}, answer) : failed<Done>(answer);
}

Answer<ObjectHead> S3Client::head(const std::string& key, std::stop_token stop) {
    auto answer = perform({"HEAD", key}, std::move(stop));
    return answer ? succeeded(headOf(*answer.value), answer) : failed<ObjectHead>(answer);
}

Answer<ObjectHead> S3Client::anonymousHead(const std::string& key, std::stop_token stop) {
    Ask ask{"HEAD", key};
    ask.isSigned = false;
    auto answer = perform(std::move(ask), std::move(stop));
    return answer ? succeeded(headOf(*answer.value), answer) : failed<ObjectHead>(answer);
}

Answer<std::string> S3Client::anonymousGet(const std::string& key, std::stop_token stop) {
    Ask ask{"GET", key};
    ask.isSigned = false;
    auto answer = perform(std::move(ask), std::move(stop));
    return answer ? succeeded(std::move(answer.value->body), answer) : failed<std::string>(answer);
}

}  // namespace plugin::s3
