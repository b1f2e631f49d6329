#include "host/connectors/documents/XmlGuard.h"

#include "host/sdk/Sources.h"

#include <fmt/format.h>

#include <array>

namespace host::connectors {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;

constexpr int kMaxDepth = 64;

/// Behind `end`, or the end of the text.
std::size_t behind(std::string_view xml, std::size_t from, std::string_view end) {
    const auto at = xml.find(end, from);
    return at == std::string_view::npos ? xml.size() : at + end.size();
}

/// XML 1.0, 4.6: those that are there without being declared; character references besides.
void checkReferences(std::string_view text) {
    constexpr std::array<std::string_view, 5> kKnown{"amp", "lt", "gt", "apos", "quot"};
    for (auto at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
        const auto rest = text.substr(at + 1, 40);
        const auto name = rest.substr(0, rest.find(';'));
        bool known = !name.empty() && name.front() == '#';
        for (const auto one : kKnown) known = known || name == one;
        if (!known || name.size() == rest.size())
            throw SourceError(
                Kind::Format, "The XML has a '&' that begins no entity of XML's own.",
                "Write '&amp;' for the sign itself and '&#160;' for a character; other entities are not read.");
    }
}

/// Behind the tag's '>', past quoted values.
std::size_t behindTag(std::string_view xml, std::size_t from, bool& closed) {
    char quote = 0;
    for (auto at = from; at < xml.size(); ++at) {
        const char c = xml[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            closed = at > from && xml[at - 1] == '/';
            return at + 1;
        }
    }
    return xml.size();
}

}  // namespace

void checkXml(std::string_view xml) {
    int depth = 0;
    for (std::size_t at = 0; at < xml.size();) {
        const auto open = xml.find('<', at);
        const auto text = xml.substr(at, open == std::string_view::npos ? open : open - at);
        checkReferences(text);
        if (open == std::string_view::npos) return;
        const auto rest = xml.substr(open);
        if (rest.starts_with("<!--")) {
            at = behind(xml, open + 4, "-->");
        } else if (rest.starts_with("<![CDATA[")) {
            at = behind(xml, open + 9, "]]>");
        } else if (rest.starts_with("<?")) {
            at = behind(xml, open + 2, "?>");
        } else if (rest.starts_with("<!")) {
            throw SourceError(Kind::Format, "The XML has a document type definition (DTD), which is not read.",
                              "Send the document without '<!DOCTYPE'.");
        } else if (rest.starts_with("</")) {
            --depth;
            at = behind(xml, open, ">");
        } else {
            bool closed = false;
            at = behindTag(xml, open + 1, closed);
            checkReferences(xml.substr(open, at - open));
            if (!closed && ++depth > kMaxDepth)
                throw SourceError(Kind::Limit,
                                  fmt::format("The XML's elements stand more than {} deep in each other.", kMaxDepth),
                                  "Send records as a flat list.");
        }
    }
}

}  // namespace host::connectors
