#pragma once
/// Receipts: what a night told a store of one flow and what was found there, as a text that is never changed, chained
/// to the organization's receipt before it (ReceiptText.h says how). Thread-safe.
///
/// A receipt tells every POST since the flow's receipt before it and every reading that no receipt has told: a night
/// that died leaves its news to the next one, and nothing is told twice. It is written with its items and the chain's
/// head in one transaction.

#include "host/sdk/Database.h"
#include "plugin/store/ReceiptText.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace plugin::store {

struct ReceiptRow {
    std::int64_t id = 0;
    std::string organization;
    std::int64_t number = 0;  ///< in the organization's chain, from 1
    std::string project;
    std::int64_t flowId = 0;
    std::int64_t runId = 0;
    std::string text;
    std::string previous;
    std::string hash;
};

struct ReceiptFilter {
    std::string organization;
    std::string project = {};
    std::int64_t flowId = 0;
    std::int64_t runId = 0;
};

/// An item as people see it.
struct ShownItem {
    std::int64_t position = 0;
    ReceiptItem item;
    std::string state;  ///< of the statement now, as in OutboxStore.h
};

struct ReceiptHead {
    std::int64_t receipts = 0;
    std::string hash;
};

/// What a check of a whole chain found: the first receipt that is broken, and how, in Russian; empty: none.
struct ChainCheck {
    std::int64_t receipts = 0;
    ReceiptHead head;
    std::optional<std::int64_t> brokenNumber;
    std::int64_t brokenId = 0;  ///< 0: it isn't there
    std::string reason;
};

class ReceiptStore {
public:
    explicit ReceiptStore(host::sdk::Database& database) : database_(database) {}

    /// How a store's flows stand, without what only the reader knows: flow → facts with the counts filled.
    std::map<std::int64_t, ReceiptFacts> standing(const std::string& storeId, const std::string& organization,
                                                  const std::string& project, std::int64_t runId);
    /// The last POST to the store.
    std::int64_t lastBatch(const std::string& storeId);
    /// Flow → the last POST that its receipts tell.
    std::map<std::int64_t, std::int64_t> covered(const std::string& storeId);
    /// What no receipt tells yet of a flow, in order.
    std::vector<ReceiptItem> news(const std::string& storeId, std::int64_t flowId, std::int64_t afterBatch,
                                  std::int64_t uptoBatch);
    /// Adds the receipt to the chain. `items` are in order.
    ReceiptRow write(const ReceiptFacts& facts, const std::vector<ReceiptItem>& items);

    /// Newest first; `before` 0 from the start.
    std::vector<ReceiptRow> list(const ReceiptFilter& filter, std::int64_t before, std::size_t limit);
    std::optional<ReceiptRow> find(const std::string& organization, std::int64_t id);
    /// In order, from position `after` on (the first has 1); of one fate unless it is empty.
    std::vector<ShownItem> items(std::int64_t receiptId, const std::string& fate, std::int64_t after,
                                 std::size_t limit);

    ReceiptHead head(const std::string& organization);
    /// Reads everything anew; stops at the first broken receipt.
    ChainCheck verify(const std::string& organization);

private:
    std::string brokenBy(const ReceiptRow& row, std::int64_t number, const std::string& previous);

    host::sdk::Database& database_;
};

}  // namespace plugin::store
