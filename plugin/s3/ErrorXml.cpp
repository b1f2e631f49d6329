#include "plugin/s3/ErrorXml.h"

#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/SAX/SAXParser.h>

#include <functional>

namespace plugin::s3 {
namespace {

/// Gives every element's path ("Error/Code") and text when it ends. Nothing outside the document is ever opened:
/// Poco's SAX parser takes external entities only with a resolver, and there is none.
class PathReader final : public Poco::XML::DefaultHandler {
public:
    using Sink = std::function<void(const std::string& path, const std::string& text)>;
    explicit PathReader(Sink sink) : sink_(std::move(sink)) {}

    void startElement(const Poco::XML::XMLString&, const Poco::XML::XMLString& local,
                      const Poco::XML::XMLString& qualified, const Poco::XML::Attributes&) override {
        lengths_.push_back(path_.size());
        path_ += (path_.empty() ? "" : "/") + (local.empty() ? qualified : local);
        if (lengths_.size() > 32) throw Poco::XML::SAXParseException("nested too deeply", "", "", 0, 0);
        text_.clear();
    }
    void endElement(const Poco::XML::XMLString&, const Poco::XML::XMLString&, const Poco::XML::XMLString&) override {
        sink_(path_, text_);
        text_.clear();
        path_.resize(lengths_.back());
        lengths_.pop_back();
    }
    void characters(const Poco::XML::XMLChar ch[], int start, int length) override {
        text_.append(ch + start, static_cast<std::size_t>(length));
    }

private:
    Sink sink_;
    std::string path_;
    std::string text_;
    std::vector<std::size_t> lengths_;
};

bool read(const std::string& body, PathReader::Sink sink) {
    try {
        PathReader reader(std::move(sink));
        Poco::XML::SAXParser parser;
        parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
        parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
        parser.setContentHandler(&reader);
        parser.parseString(body);
        return true;
    } catch (const Poco::Exception&) {
        return false;
    }
}

}  // namespace

std::optional<ErrorXml> parseErrorXml(const std::string& body) {
    ErrorXml error;
    const bool whole = read(body, [&error](const std::string& path, const std::string& text) {
        if (path == "Error/Code") error.code = text;
        if (path == "Error/Message") error.message = text;
    });
    if (!whole || error.code.empty()) return std::nullopt;
    return error;
}

std::optional<std::vector<std::string>> parseBuckets(const std::string& body) {
    std::vector<std::string> names;
    bool isList = false;
    const bool whole = read(body, [&](const std::string& path, const std::string& text) {
        if (path == "ListAllMyBucketsResult/Buckets/Bucket/Name") names.push_back(text);
        if (path == "ListAllMyBucketsResult") isList = true;
    });
    if (!whole || !isList) return std::nullopt;
    return names;
}

}  // namespace plugin::s3
