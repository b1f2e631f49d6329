#pragma once
/// XML of multipart uploads: what S3 answers, and the list it wants. Pure; another document gives nothing.

#include "plugin/s3/Multipart.h"

#include <optional>
#include <string>
#include <vector>

namespace plugin::s3 {

/// The upload's id of <InitiateMultipartUploadResult>.
std::optional<std::string> parseCreated(const std::string& body);
/// Whether it is <CompleteMultipartUploadResult>: the same request answers 200 with <Error> when it fails late.
bool isCompleted(const std::string& body);

struct PartsPage {
    std::vector<Part> parts;
    std::string next;  ///< part-number-marker of the next page; empty: this is the last
};
std::optional<PartsPage> parseParts(const std::string& body);

struct UploadsPage {
    std::vector<Upload> uploads;
    std::string nextKey;  ///< markers of the next page; both empty: this is the last
    std::string nextUploadId;
};
std::optional<UploadsPage> parseUploads(const std::string& body);

/// The body of CompleteMultipartUpload.
std::string completeXml(const std::vector<Part>& parts);

}  // namespace plugin::s3
