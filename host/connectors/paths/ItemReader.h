#pragma once
/// The items of one answer (a page), and what a mapping's columns find in each: columns are paths, JSONPath in JSON and
/// XPath in XML. One page is in memory at a time. Owns the page. Not thread-safe.

#include "host/sdk/Sources.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace host::connectors {

struct ItemPaths {
    std::string items;                 ///< where the items of a page are; empty: the whole answer
    std::vector<std::string> columns;  ///< each from an item
    std::vector<std::string> whole;    ///< each from the whole answer: where the next page is, how many there are
    bool itemsOptional = false;        ///< an answer in which `items` leads nowhere has none
};

class ItemReader {
public:
    virtual ~ItemReader() = default;

    /// Takes the next page, UTF-8; what was read of the one before is gone. `damaged`: bytes that were no text stand as
    /// U+FFFD in it, so a cell with that character is a problem. \throws sdk::SourceError Format, Query or Limit
    virtual void load(std::string page, bool damaged) = 0;

    virtual std::size_t count() const = 0;

    /// Fills the cells, and `problem` when one of the columns can't be read. A path that leads nowhere is no problem:
    /// there is nothing. Leaves `place` alone.
    virtual void read(std::size_t item, sdk::SourceRow& row) = 0;

    /// The value of a path of `whole`; nullopt when it leads nowhere or to nothing.
    virtual std::optional<std::string> whole(std::size_t path) = 0;

    /// Of everything that the item is, to see that a server gives the same page again, or that its rows have moved.
    virtual std::uint64_t hash(std::size_t item) const = 0;

    /// Clears, of the columns that are still set, those whose key one of the page's items has, be it without a value.
    virtual void findKeys(std::vector<bool>& absent) const = 0;

    /// What stands in the first hundred items, for advice: names one level deep, each once.
    virtual std::vector<std::string> names() const = 0;

    /// Where the only item is what the items themselves stand in: the path to their list; empty when it is not so.
    virtual std::string listInItem() const = 0;
};

/// \throws sdk::SourceError Configuration when a path can't be understood
std::unique_ptr<ItemReader> jsonItems(const ItemPaths& paths);
std::unique_ptr<ItemReader> xmlItems(const ItemPaths& paths);

/// Why a cell can't be taken, as every reader says it.
sdk::SourceProblem brokenText(const std::string& path);
sdk::SourceProblem severalValues(const std::string& path, std::size_t count);
sdk::SourceProblem notOneValue(const std::string& path, const char* what);

}  // namespace host::connectors
