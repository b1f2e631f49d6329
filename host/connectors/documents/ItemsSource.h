#pragma once
/// A whole document of JSON or XML as rows: the body that another system sent, a file. The mapping's columns are paths
/// into an item. In memory as a whole, so whoever takes it bounds it. Used by one thread.

#include "host/connections/ReadInsight.h"
#include "host/connectors/paths/ItemReader.h"
#include "host/sdk/Sources.h"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

namespace host::connectors {

/// What of a document may be held in memory, whoever sends it.
inline constexpr std::uint64_t kMostDocumentBytes = std::uint64_t{64} * 1024 * 1024;

struct ItemsFormat {
    bool xml = false;
    std::string items;     ///< where the items are; empty: the document's list, or the document itself
    std::string encoding;  ///< the route's word; empty: as the document says
};

class ItemsSource : public sdk::SourceReader, public connections::ReadInsight {
public:
    /// `contentType`: what names the charset, may be empty. \throws sdk::SourceError Format, Query, Limit or
    /// Configuration
    ItemsSource(std::string document, const std::string& contentType, const ItemsFormat& format,
                std::vector<std::string> columns);

    const std::vector<std::string>& columns() const override { return columns_; }
    bool next(sdk::SourceRow& row) override;
    std::size_t count() const { return items_->count(); }

    std::vector<std::string> absentColumns() const override { return absent_; }
    const std::vector<std::string>& itemNames() const override { return names_; }
    const std::string& listInItem() const override { return list_; }

private:
    void load(std::string document, const std::string& contentType, const ItemsFormat& format);

    std::vector<std::string> columns_;
    std::unique_ptr<ItemReader> items_;
    std::vector<std::string> absent_, names_;
    std::string list_;
    std::size_t at_ = 0;
};

/// The stream's bytes; `grown` is told how many there are by now. \throws sdk::SourceError Limit beyond `most`,
/// Interrupted when the stream breaks
std::string wholeText(std::istream& bytes, std::uint64_t most, const std::function<void(std::uint64_t)>& grown = {});

/// What a route's field says of where its items are.
sdk::SourceField itemsField();

}  // namespace host::connectors
