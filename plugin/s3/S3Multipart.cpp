#include "plugin/AnswerText.h"
#include "plugin/s3/Ask.h"
#include "plugin/s3/ErrorXml.h"
#include "plugin/s3/Failures.h"
#include "plugin/s3/MultipartXml.h"

namespace plugin::s3 {
namespace {

/// More pages than a storage can have: one that never ends its list is broken.
constexpr int kMostPages = 1'000;

}  // namespace

Answer<std::string> S3Client::createUpload(const std::string& key, const ObjectTraits& traits, std::stop_token stop) {
    Ask ask{"POST", key};
    ask.query = {{"uploads", ""}};
    ask.describe(traits);
    auto answer = perform(std::move(ask), std::move(stop));
    if (!answer) return failed<std::string>(answer);
    if (auto id = parseCreated(answer.value->body)) return succeeded(std::move(*id), answer);
    answer.failure = unexpected(*answer.value);
    return failed<std::string>(answer);
}

Answer<std::string> S3Client::partOf(Ask ask, std::stop_token stop) const {
    // The gateway of Ceph creates an upload with an ACL that the bucket forbids, and refuses its parts.
    ask.withAcl = true;
    auto answer = perform(std::move(ask), std::move(stop));
    if (!answer) return failed<std::string>(answer);
    auto etag = answer.value->header("etag");
    if (!etag.empty()) return succeeded(std::move(etag), answer);
    answer.failure = unexpected(*answer.value);
    return failed<std::string>(answer);
}

Answer<std::string> S3Client::uploadPart(const std::string& key, const std::string& uploadId, int number,
                                         std::string_view bytes, const std::string& sha256, std::stop_token stop) {
    Ask ask{"PUT", key, bytes};
    ask.query = {{"partNumber", std::to_string(number)}, {"uploadId", uploadId}};
    ask.bodySha256 = sha256;
    return partOf(std::move(ask), std::move(stop));
}

Answer<std::string> S3Client::uploadPart(const std::string& key, const std::string& uploadId, int number,
                                         VerifiedBody& body, std::stop_token stop) {
    Ask ask{"PUT", key};
    ask.query = {{"partNumber", std::to_string(number)}, {"uploadId", uploadId}};
    ask.stream = &body;
    return partOf(std::move(ask), std::move(stop));
}

Answer<std::vector<Part>> S3Client::listParts(const std::string& key, const std::string& uploadId,
                                              std::stop_token stop) {
    std::vector<Part> parts;
    std::string marker;
    for (int page = 0;; ++page) {
        Ask ask{"GET", key};
        ask.query = {{"uploadId", uploadId}};
        if (!marker.empty()) ask.query.emplace_back("part-number-marker", marker);
        auto answer = perform(std::move(ask), stop);
        if (!answer) return failed<std::vector<Part>>(answer);
        auto list = parseParts(answer.value->body);
        if (!list || page == kMostPages || (!marker.empty() && list->next == marker)) {
            answer.failure = unexpected(*answer.value);
            return failed<std::vector<Part>>(answer);
        }
        parts.insert(parts.end(), list->parts.begin(), list->parts.end());
        if (list->next.empty()) return succeeded(std::move(parts), answer);
        marker = list->next;
    }
}

Answer<Done> S3Client::completeUpload(const std::string& key, const std::string& uploadId,
                                      const std::vector<Part>& parts, std::stop_token stop) {
    const std::string body = completeXml(parts);
    Ask ask{"POST", key, body};
    ask.query = {{"uploadId", uploadId}};
    ask.headers = {{"Content-Type", "application/xml"}};
    ask.withAcl = true;
    auto answer = perform(std::move(ask), std::move(stop));
    if (!answer) return failed<Done>(answer);
    if (isCompleted(answer.value->body)) return succeeded(Done{}, answer);
    // The status goes out before the parts are put together: what fails after that is told in the body only.
    answer.failure =
        parseErrorXml(answer.value->body) ? failureOf(*answer.value, 0, secrets_) : unexpected(*answer.value);
    return failed<Done>(answer);
}

Answer<Done> S3Client::abortUpload(const std::string& key, const std::string& uploadId, std::stop_token stop) {
    Ask ask{"DELETE", key};
    ask.query = {{"uploadId", uploadId}};
    auto answer = perform(std::move(ask), std::move(stop));
    return answer ? succeeded(Done{}, answer) : failed<Done>(answer);
}

Answer<std::vector<Upload>> S3Client::listUploads(const std::string& prefix, std::stop_token stop) {
    std::vector<Upload> uploads;
    std::string key, id;
    for (int page = 0;; ++page) {
        Ask ask{"GET", ""};
        ask.query = {{"uploads", ""}, {"prefix", prefix}};
        if (!key.empty()) ask.query.insert(ask.query.end(), {{"key-marker", key}, {"upload-id-marker", id}});
        auto answer = perform(std::move(ask), stop);
        if (!answer) return failed<std::vector<Upload>>(answer);
        auto list = parseUploads(answer.value->body);
        if (!list || page == kMostPages || (!key.empty() && list->nextKey == key && list->nextUploadId == id)) {
            answer.failure = unexpected(*answer.value);
            return failed<std::vector<Upload>>(answer);
        }
        uploads.insert(uploads.end(), list->uploads.begin(), list->uploads.end());
        if (list->nextKey.empty()) return succeeded(std::move(uploads), answer);
        key = list->nextKey;
        id = list->nextUploadId;
    }
}

}  // namespace plugin::s3
