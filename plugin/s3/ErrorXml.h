#pragma once
/// S3's XML answers, as far as they are needed. Pure; a document that is none gives nothing.

#include <optional>
#include <string>
#include <vector>

namespace plugin::s3 {

struct ErrorXml {
    std::string code;
    std::string message;
};
std::optional<ErrorXml> parseErrorXml(const std::string& body);

/// Names of <ListAllMyBucketsResult>; nothing when it is another document.
std::optional<std::vector<std::string>> parseBuckets(const std::string& body);

}  // namespace plugin::s3
