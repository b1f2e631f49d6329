#include "plugin/s3/MultipartXml.h"

#include "common/Rfc3339.h"
#include "plugin/s3/XmlPaths.h"

#include <charconv>

namespace plugin::s3 {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

template <class Number>
bool toNumber(const std::string& text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::optional<std::string> parseCreated(const std::string& body) {
    std::string id;
    const bool whole = readXml(body, [&](const std::string& path, const std::string& text) {
        if (path == "InitiateMultipartUploadResult/UploadId") id = text;
    });
    if (!whole || id.empty()) return std::nullopt;
    return id;
}

bool isCompleted(const std::string& body) {
    bool completed = false;
    const bool whole = readXml(body, [&](const std::string& path, const std::string&) {
        if (path == "CompleteMultipartUploadResult") completed = true;
    });
    return whole && completed;
}

std::optional<PartsPage> parseParts(const std::string& body) {
    PartsPage page;
    Part part;
    bool isList = false, truncated = false, sound = true;
    const bool whole = readXml(body, [&](const std::string& path, const std::string& text) {
        if (path == "ListPartsResult/Part/PartNumber")
            sound = toNumber(text, part.number) && sound;
        else if (path == "ListPartsResult/Part/ETag")
            part.etag = text;
        else if (path == "ListPartsResult/Part/Size")
            sound = toNumber(text, part.size) && sound;
        else if (path == "ListPartsResult/Part")
            page.parts.push_back(std::exchange(part, {}));
        else if (path == "ListPartsResult/IsTruncated")
            truncated = text == "true";
        else if (path == "ListPartsResult/NextPartNumberMarker")
            page.next = text;
        else if (path == "ListPartsResult")
            isList = true;
    });
    if (!whole || !isList || !sound) return std::nullopt;
    if (!truncated) page.next.clear();
    return page;
}

std::optional<UploadsPage> parseUploads(const std::string& body) {
    UploadsPage page;
    Upload upload;
    bool isList = false, truncated = false;
    const bool whole = readXml(body, [&](const std::string& path, const std::string& text) {
        if (path == "ListMultipartUploadsResult/Upload/Key")
            upload.key = text;
        else if (path == "ListMultipartUploadsResult/Upload/UploadId")
            upload.id = text;
        else if (path == "ListMultipartUploadsResult/Upload/Initiated")
            upload.initiated = common::Rfc3339::parse(text);
        else if (path == "ListMultipartUploadsResult/Upload")
            page.uploads.push_back(std::exchange(upload, {}));
        else if (path == "ListMultipartUploadsResult/IsTruncated")
            truncated = text == "true";
        else if (path == "ListMultipartUploadsResult/NextKeyMarker")
            page.nextKey = text;
        else if (path == "ListMultipartUploadsResult/NextUploadIdMarker")
            page.nextUploadId = text;
        else if (path == "ListMultipartUploadsResult")
            isList = true;
    });
    if (!whole || !isList) return std::nullopt;
    if (!truncated) page.nextKey = page.nextUploadId = {};
    return page;
}

std::string completeXml(const std::vector<Part>& parts) {
    std::string xml = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    for (const auto& part : parts)
        xml += "<Part><PartNumber>" + std::to_string(part.number) + "</PartNumber><ETag>" + escaped(part.etag) +
               "</ETag></Part>";
    return xml + "</CompleteMultipartUpload>";
}

}  // namespace plugin::s3
