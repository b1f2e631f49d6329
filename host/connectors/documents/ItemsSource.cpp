#include "host/connectors/documents/ItemsSource.h"

#include "common/Text.h"
#include "host/connectors/documents/XmlGuard.h"
#include "host/connectors/http/AnswerText.h"

#include <fmt/format.h>

#include <charconv>
#include <istream>

namespace host::connectors {

using sdk::SourceError;
using sdk::SourceField;
using Kind = SourceError::Kind;
using Type = SourceField::Type;

namespace {

/// The first sign of the document: a list at the top needs no path.
bool isList(const std::string& json) {
    const auto first = json.find_first_not_of(" \t\r\n");
    return first != std::string::npos && json[first] == '[';
}

/// Told to who sends: nobody asks for the document again.
SourceError asSent(const SourceError& error) {
    constexpr std::string_view kAnswer = "The answer is ";
    const std::string_view said = error.what();
    if (error.kind() != Kind::Format || !said.starts_with(kAnswer)) return error;
    return {Kind::Format, "The document is " + std::string(said.substr(kAnswer.size())),
            "Correct the document and send it again; whether it is JSON or XML stands in the route's format."};
}

}  // namespace

ItemsSource::ItemsSource(std::string document, const std::string& contentType, const ItemsFormat& format,
                         std::vector<std::string> columns)
    : columns_(std::move(columns)) {
    if (common::trim(document).empty())
        throw SourceError(Kind::Format, "The document is empty.",
                          "Send the records; a list without any is '[]' in JSON.");
    try {
        load(std::move(document), contentType, format);
    } catch (const SourceError& error) {
        throw asSent(error);
    }
}

void ItemsSource::load(std::string document, const std::string& contentType, const ItemsFormat& format) {
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
    std::vector<bool> absent(columns_.size(), true);
    items_->findKeys(absent);
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (absent[i]) absent_.push_back(columns_[i]);
    if (absent_.empty()) return;
    names_ = items_->names();
    list_ = items_->listInItem();
}

bool ItemsSource::next(sdk::SourceRow& row) {
    if (at_ == items_->count()) return false;
    items_->read(at_++, row);
    char digits[24];
    row.place.assign("item ");
    row.place.append(digits, std::to_chars(digits, digits + sizeof(digits), at_).ptr);
    return true;
}

std::string wholeText(std::istream& bytes, std::uint64_t most, const std::function<void(std::uint64_t)>& grown) {
    std::string text;
    char piece[16384];
    while (bytes.read(piece, sizeof piece), bytes.gcount() > 0) {
        text.append(piece, static_cast<std::size_t>(bytes.gcount()));
        if (grown) grown(text.size());
        if (text.size() > most)
            throw SourceError(Kind::Limit, fmt::format("The document is larger than {} MiB.", most / 1024 / 1024),
                              "Send it in parts, or as CSV, which is read row by row.");
    }
    if (bytes.bad()) throw SourceError(Kind::Interrupted, "The document ended in the middle.", "Send it again.");
    return text;
}

SourceField itemsField() {
    return {"items",
            Type::Text,
            false,
            {"Где записи", "Where the records are"},
            {"Путь к записям: JSONPath, как data.items или $.data[*], или XPath, как //result; пусто — сам список или "
             "одна запись",
             "Path to the records: JSONPath, as in data.items or $.data[*], or XPath, as in //result; empty: the list "
             "itself, or a single record"},
            "data.items"};
}

}  // namespace host::connectors
