#include "plugin/s3/XmlPaths.h"

#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/SAX/SAXParser.h>

#include <vector>

namespace plugin::s3 {
namespace {

using Sink = std::function<void(const std::string& path, const std::string& text)>;

class PathReader final : public Poco::XML::DefaultHandler {
public:
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

}  // namespace

bool readXml(const std::string& body, Sink sink) {
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

}  // namespace plugin::s3
