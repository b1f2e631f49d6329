#pragma once
/// S3's XML documents, read as paths. Pure.

#include <functional>
#include <string>

namespace plugin::s3 {

/// Calls `sink` with every element's path ("Error/Code") and text when it ends; false when the text is no document.
/// Nothing outside the document is ever opened: Poco's SAX parser takes external entities only with a resolver, and
/// there is none.
bool readXml(const std::string& body, std::function<void(const std::string& path, const std::string& text)> sink);

}  // namespace plugin::s3
