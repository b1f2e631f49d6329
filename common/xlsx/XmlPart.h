#pragma once
/// One XML part of the file as events: names without their prefix (transitional and strict differ in namespaces only),
/// no DTD, bounded depth. Not thread-safe.

#include "common/xlsx/XlsxReader.h"
#include "common/xlsx/ZipFile.h"

#include <Poco/SAX/Attributes.h>

#include <string_view>

namespace common::xlsx {

/// The value, or null. `prefixed`: only a name with a prefix ("r:id"), otherwise only one without.
const std::string* attribute(const Poco::XML::Attributes& attributes, std::string_view name, bool prefixed = false);

class XmlEvents {
public:
    virtual ~XmlEvents() = default;
    /// False ends the reading, here and below.
    virtual bool start(std::string_view name, const Poco::XML::Attributes& attributes) = 0;
    virtual bool end(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;
};

/// Reads an entry to its end, or until an event says stop. Throws Fault, and what the events throw (no
/// Poco::Exception).
void readXml(const ZipFile& zip, const ZipEntry& entry, const Limits& limits, XmlEvents& events);

}  // namespace common::xlsx
