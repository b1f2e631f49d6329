#include "host/connectors/brought/ItemsSource.h"

#include "common/Text.h"
#include "host/connectors/brought/XmlGuard.h"
#include "host/connectors/http/AnswerText.h"

#include <charconv>

namespace host::connectors {
namespace {

/// The first sign of the document: a list at the top needs no path.
bool isList(const std::string& json) {
    const auto first = json.find_first_not_of(" \t\r\n");
    return first != std::string::npos && json[first] == '[';
}

}  // namespace

ItemsSource::ItemsSource(std::string document, const std::string& contentType, const ItemsFormat& format,
                         std::vector<std::string> columns)
    : columns_(std::move(columns)) {
    if (common::trim(document).empty())
        throw sdk::SourceError(sdk::SourceError::Kind::Format, "The document is empty.",
                               "Send the records; a list without any is '[]' in JSON.");
    auto page = textOf(std::move(document), contentType, format.encoding);
    ItemPaths paths;
    paths.items = format.items;
    paths.columns = columns_;
    if (format.xml) {
        checkXml(page.text);
        items_ = xmlItems(paths);
    } else {
        if (paths.items.empty() && isList(page.text)) paths.items = "$[*]";
        items_ = jsonItems(paths);
    }
    items_->load(std::move(page.text), page.damaged);
}

bool ItemsSource::next(sdk::SourceRow& row) {
    if (at_ == items_->count()) return false;
    items_->read(at_++, row);
    char digits[24];
    row.place.assign("item ");
    row.place.append(digits, std::to_chars(digits, digits + sizeof(digits), at_).ptr);
    return true;
}

}  // namespace host::connectors
