#include "plugin/s3/ErrorXml.h"

#include "plugin/s3/XmlPaths.h"

namespace plugin::s3 {

std::optional<ErrorXml> parseErrorXml(const std::string& body) {
    ErrorXml error;
    const bool whole = readXml(body, [&error](const std::string& path, const std::string& text) {
        if (path == "Error/Code") error.code = text;
        if (path == "Error/Message") error.message = text;
    });
    if (!whole || error.code.empty()) return std::nullopt;
    return error;
}

std::optional<std::vector<std::string>> parseBuckets(const std::string& body) {
    std::vector<std::string> names;
    bool isList = false;
    const bool whole = readXml(body, [&](const std::string& path, const std::string& text) {
        if (path == "ListAllMyBucketsResult/Buckets/Bucket/Name") names.push_back(text);
        if (path == "ListAllMyBucketsResult") isList = true;
    });
    if (!whole || !isList) return std::nullopt;
    return names;
}

}  // namespace plugin::s3
