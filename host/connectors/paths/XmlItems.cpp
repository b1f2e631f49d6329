#include "common/Text.h"
#include "host/connectors/paths/ItemReader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <pugixml.hpp>
#include <sstream>

namespace host::connectors {
namespace {

using Kind = sdk::SourceError::Kind;

constexpr std::size_t kNamedItems = 100;

/// XPath 1.0 by pugixml, which reads no DTD and fetches nothing. A prefix in a path is compared as it is written.
class Path {
public:
    explicit Path(const std::string& text) : text_(text) {
        try {
            query_ = pugi::xpath_query(text.c_str());
        } catch (const pugi::xpath_exception& e) {
            throw sdk::SourceError(Kind::Configuration,
                                   fmt::format("The path '{}' can't be understood at character {}: {}.", text,
                                               e.result().offset + 1, e.what()),
                                   "Write XPath 1.0: //result for the items, score or @id or ../@id for columns.");
        }
    }
    const std::string& text() const { return text_; }
    const pugi::xpath_query& query() const { return query_; }
    bool givesNodes() const { return query_.return_type() == pugi::xpath_type_node_set; }

private:
    std::string text_;
    pugi::xpath_query query_;
};

bool hasElements(const pugi::xml_node& node) {
    for (const auto& child : node.children())
        if (child.type() == pugi::node_element) return true;
    return false;
}

/// xsi:nil, whatever the prefix.
bool isNil(const pugi::xml_node& node) {
    for (const auto& attribute : node.attributes()) {
        const std::string_view name = attribute.name();
        if ((name == "nil" || (name.size() > 4 && name.substr(name.size() - 4) == ":nil")) && attribute.as_bool())
            return true;
    }
    return false;
}

std::string contentOf(const pugi::xml_node& element) {
    if (element.type() != pugi::node_element) return element.value();
    std::string text;
    for (const auto& child : element.children())
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
    return text;
}

class XmlItems final : public ItemReader {
public:
    explicit XmlItems(const ItemPaths& paths)
        : optional_(paths.itemsOptional), items_(paths.items.empty() ? "/*" : paths.items) {
        if (!items_.givesNodes())
            throw sdk::SourceError(Kind::Configuration,
                                   fmt::format("The path to the items '{}' does not lead to elements.", paths.items),
                                   "Write the path of the elements, as in //result.");
        for (const auto& column : paths.columns) columns_.emplace_back(column);
        for (const auto& path : paths.whole) whole_.emplace_back(path);
    }

    void load(std::string page, bool damaged) override {
        page_ = std::move(page);
        damaged_ = damaged;
        requireCharacters();
        const auto result = document_.load_buffer_inplace(
            page_.data(), page_.size(), pugi::parse_default | pugi::parse_doctype | pugi::parse_fragment,
            pugi::encoding_utf8);
        if (result && !document_.document_element())
            throw sdk::SourceError(Kind::Format, "The answer is empty, where XML was expected.",
                                   "Open the address in a browser, and correct the route's path or method.");
        if (!result) {
            throw sdk::SourceError(
                Kind::Format, fmt::format("The answer is not XML: {} at byte {}.", result.description(), result.offset),
                "Look at the answer in a browser; if it is JSON, say so in the route's format.");
        }
        requireOneRoot();
        for (const auto& child : document_.children())
            if (child.type() == pugi::node_doctype && std::strstr(child.value(), "<!ENTITY") != nullptr)
                throw sdk::SourceError(Kind::Format, "The XML defines entities of its own, which are not read.",
                                       "Ask the source for XML without '<!ENTITY'.");
        nodes_ = items_.query().evaluate_node_set(document_);
        nodes_.sort();
        if (nodes_.empty() && !optional_ && !emptyParent())
            throw sdk::SourceError(
                Kind::Query,
                fmt::format("The path to the items '{}' leads nowhere: the answer is '{}'.", items_.text(),
                            common::oneLine(document_.document_element().name(), 60)),
                "Correct the path to the items in the route; names with a prefix are written with it.");
    }

    std::size_t count() const override { return nodes_.size(); }

    void read(std::size_t item, sdk::SourceRow& row) override {
        row.cells.resize(columns_.size());
        row.problem.reset();
        const auto& node = nodes_[item];
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            auto& cell = row.cells[column];
            cell.reset();
            const auto& path = columns_[column];
            std::size_t count = 0;
            bool nested = false;
            cell = value(path, node, count, nested);
            if (row.problem) continue;
            if (count > 1)
                row.problem = severalValues(path.text(), count);
            else if (nested)
                row.problem = notOneValue(path.text(), "an element with elements in it; go on to one of them");
            else if (damaged_ && cell && cell->find("\xEF\xBF\xBD") != std::string::npos)
                row.problem = brokenText(path.text());
        }
    }

    std::optional<std::string> whole(std::size_t path) override {
        std::size_t count = 0;
        bool nested = false;
        auto found = value(whole_[path], pugi::xpath_node(document_), count, nested);
        if (count > 1 || nested)
            throw sdk::SourceError(
                Kind::Format,
                fmt::format("The path '{}' does not lead to one value in the answer.", whole_[path].text()),
                "Correct the path in the route.");
        return found;
    }

    std::uint64_t hash(std::size_t item) const override {
        std::ostringstream text;
        nodes_[item].node().print(text, "", pugi::format_raw);
        std::uint64_t hash = 14695981039346656037u;  // FNV-1a
        for (const char c : text.str()) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
        return hash;
    }

    void findKeys(std::vector<bool>& absent) const override {
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            if (!absent[column] || !columns_[column].givesNodes()) {
                absent[column] = false;  // of a text that a function makes nobody can say it
                continue;
            }
            const auto ways = waysTo(columns_[column].text());
            for (const auto& node : nodes_)
                if (isThere(ways, node)) {
                    absent[column] = false;
                    break;
                }
        }
    }

    std::vector<std::string> names() const override {
        std::vector<std::string> names;
        const auto add = [&names](std::string name) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        };
        for (std::size_t i = 0; i < nodes_.size() && i < kNamedItems; ++i) {
            for (const auto& child : nodes_[i].node().children())
                if (child.type() == pugi::node_element) add(child.name());
            for (const auto& attribute : nodes_[i].node().attributes()) add(std::string("@") + attribute.name());
        }
        return names;
    }

    std::string listInItem() const override {
        if (nodes_.size() != 1) return {};
        for (const auto& child : nodes_[0].node().children())
            if (hasElements(child) && std::string_view(child.name()) == child.next_sibling().name())
                return items_.text() == "/*" ? std::string("//") + child.name() : items_.text() + "/" + child.name();
        return {};
    }

private:
    /// XML 1.0, 2.2: pugixml ends a text at a zero character, and what stands behind it would be lost unseen.
    void requireCharacters() const {
        const auto refuse = [](std::size_t at) {
            throw sdk::SourceError(Kind::Format,
                                   fmt::format("The answer is not XML: it has a zero character at byte {}.", at),
                                   "Correct the source: XML has no such character.");
        };
        if (const auto at = page_.find('\0'); at != std::string::npos) refuse(at);
        for (auto at = page_.find("&#"); at != std::string::npos; at = page_.find("&#", at + 2)) {
            auto digit = at + 2;
            if (digit < page_.size() && page_[digit] == 'x') ++digit;
            const auto end = page_.find_first_not_of('0', digit);
            if (end != std::string::npos && end > digit && page_[end] == ';') refuse(at);
        }
    }

    /// XML 1.0, 2.1, rule 1: of a second root nobody knows whether it belongs to the first.
    void requireOneRoot() const {
        bool rooted = false;
        for (const auto& child : document_.children()) {
            const bool text = child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata;
            if (text || (rooted && child.type() == pugi::node_element))
                throw sdk::SourceError(
                    Kind::Format,
                    text ? "The answer is not XML: there is text outside of its outermost element."
                         : fmt::format("The answer is not XML: behind its outermost element there is another, '{}'.",
                                       common::oneLine(child.name(), 60)),
                    "Correct the source: a document has one outermost element, and nothing behind it.");
            rooted = rooted || child.type() == pugi::node_element;
        }
    }

    /// The path without its conditions, as far as its last step and without that: an element that is there and empty
    /// says nothing of what would stand in it.
    static std::vector<pugi::xpath_query> waysTo(const std::string& path) {
        std::string plain;
        int depth = 0;
        for (const char c : path) {
            depth += c == '[' ? 1 : 0;
            if (depth == 0) plain += c;
            depth -= c == ']' ? 1 : 0;
        }
        std::vector<pugi::xpath_query> ways;
        try {
            ways.emplace_back(plain.c_str());
            const auto cut = plain.rfind('/');
            if (cut != std::string::npos && cut > 0 && plain[cut - 1] != '/' && plain[cut + 1] != '@' &&
                plain.find('|') == std::string::npos)
                ways.emplace_back(plain.substr(0, cut).c_str());
        } catch (const pugi::xpath_exception&) {
        }
        return ways;
    }
    static bool isThere(const std::vector<pugi::xpath_query>& ways, const pugi::xpath_node& item) {
        if (ways.empty()) return true;
        if (!ways[0].evaluate_node_set(item).empty()) return true;
        if (ways.size() == 1) return false;
        const auto parents = ways[1].evaluate_node_set(item);
        return std::any_of(parents.begin(), parents.end(),
                           [](const auto& one) { return one.node() && !hasElements(one.node()); });
    }

    /// Is what the items would stand in there, and without elements? Then there are none; else the path is wrong.
    bool emptyParent() const {
        const auto root = document_.document_element();
        if (!hasElements(root)) return contentOf(root).find_first_not_of(" \t\r\n") == std::string::npos;
        const auto cut = items_.text().rfind('/');
        if (cut == std::string::npos || cut == 0 || items_.text()[cut - 1] == '/') return false;
        try {
            const auto parents = pugi::xpath_query(items_.text().substr(0, cut).c_str()).evaluate_node_set(document_);
            for (const auto& parent : parents)
                if (hasElements(parent.node())) return false;
            return !parents.empty();
        } catch (const pugi::xpath_exception&) {
            return false;  // the cut fell into a condition
        }
    }

    static std::optional<std::string> value(const Path& path, const pugi::xpath_node& from, std::size_t& count,
                                            bool& nested) {
        if (!path.givesNodes()) return path.query().evaluate_string(from);
        const auto found = path.query().evaluate_node_set(from);
        count = found.size();
        if (count != 1) return std::nullopt;
        const auto& node = found[0];
        if (node.attribute()) return std::string(node.attribute().value());
        nested = hasElements(node.node());
        if (nested || isNil(node.node())) return std::nullopt;
        return contentOf(node.node());
    }

    bool optional_;
    Path items_;
    std::vector<Path> columns_;
    std::vector<Path> whole_;
    std::string page_;
    bool damaged_ = false;
    pugi::xml_document document_;
    pugi::xpath_node_set nodes_;
};

}  // namespace

std::unique_ptr<ItemReader> xmlItems(const ItemPaths& paths) {
    return std::make_unique<XmlItems>(paths);
}

}  // namespace host::connectors
