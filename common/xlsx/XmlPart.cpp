#include "common/xlsx/XmlPart.h"

#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/LexicalHandler.h>
#include <Poco/SAX/SAXException.h>
#include <Poco/SAX/SAXParser.h>
#include <fmt/format.h>

namespace common::xlsx {
namespace {

using Poco::XML::XMLString;

struct Stop {};

std::string_view withoutPrefix(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// Exceptions pass through expat, which the s3 client relies on as well: Debian builds it with unwind tables.
class Bridge final : public Poco::XML::DefaultHandler, public Poco::XML::LexicalHandler {
public:
    Bridge(PartBuffer& part, const Limits& limits, XmlEvents& events) : part_(part), limits_(limits), events_(events) {}

    void startElement(const XMLString&, const XMLString&, const XMLString& name,
                      const Poco::XML::Attributes& attributes) override {
        part_.progress();
        if (++depth_ > limits_.depth) throw Fault(fmt::format("its XML is nested deeper than {}", limits_.depth));
        if (!events_.start(withoutPrefix(name), attributes)) throw Stop();
    }
    void endElement(const XMLString&, const XMLString&, const XMLString& name) override {
        part_.progress();
        --depth_;
        if (!events_.end(withoutPrefix(name))) throw Stop();
    }
    void characters(const Poco::XML::XMLChar text[], int start, int length) override {
        part_.progress();
        events_.text(std::string_view(text + start, static_cast<std::size_t>(length)));
    }
    // Entities can only be declared in a DTD, and no spreadsheet program writes one.
    void startDTD(const XMLString&, const XMLString&, const XMLString&) override {
        throw Fault("its XML has a document type declaration, which is refused");
    }
    void endDTD() override {}
    void startEntity(const XMLString&) override {}
    void endEntity(const XMLString&) override {}
    void startCDATA() override {}
    void endCDATA() override {}
    void comment(const Poco::XML::XMLChar[], int, int) override {}

private:
    PartBuffer& part_;
    const Limits& limits_;
    XmlEvents& events_;
    std::size_t depth_ = 0;
};

}  // namespace

const std::string* attribute(const Poco::XML::Attributes& attributes, std::string_view name, bool prefixed) {
    for (int i = 0; i < attributes.getLength(); ++i) {
        const std::string_view whole = attributes.getQName(i);
        if (prefixed ? whole.find(':') != std::string_view::npos && withoutPrefix(whole) == name : whole == name)
            return &attributes.getValue(i);
    }
    return nullptr;
}

void readXml(const ZipFile& zip, const ZipEntry& entry, const Limits& limits, XmlEvents& events) {
    PartBuffer part(zip, entry, limits.partBytes, limits.markupBytes);
    std::istream stream(&part);
    Bridge bridge(part, limits, events);
    Poco::XML::SAXParser parser;
    parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACES, false);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_NAMESPACE_PREFIXES, true);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
    parser.setFeature(Poco::XML::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
    parser.setContentHandler(&bridge);
    parser.setProperty(Poco::XML::XMLReader::PROPERTY_LEXICAL_HANDLER,
                       static_cast<Poco::XML::LexicalHandler*>(&bridge));
    Poco::XML::InputSource source(stream);
    try {
        parser.parse(&source);
    } catch (const Stop&) {
        return;
    } catch (const Poco::XML::SAXParseException& e) {
        if (!part.fault().empty()) throw Fault(part.fault());
        throw Fault(
            fmt::format("its XML is not well-formed (line {}, column {})", e.getLineNumber(), e.getColumnNumber()));
    } catch (const Poco::Exception& e) {
        throw Fault(part.fault().empty() ? "its XML can't be read: " + e.message() : part.fault());
    }
    if (!part.fault().empty()) throw Fault(part.fault());
}

}  // namespace common::xlsx
