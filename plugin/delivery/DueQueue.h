#pragma once
/// Hands out batches of due rows, bounded by count and bytes, in order; each row once per pass. Thread-safe.

#include "plugin/store/OutboxStore.h"

#include <deque>
#include <mutex>
#include <vector>

namespace plugin::delivery {

class DueQueue {
public:
    DueQueue(store::OutboxStore& outbox, std::string storeId, store::DueKind kind, store::Micros now)
        : outbox_(outbox), storeId_(std::move(storeId)), kind_(kind), now_(now) {}

    /// Empty when nothing is left. A single row may be larger than `maxBytes`.
    std::vector<store::DueRow> next(std::size_t maxStatements, std::size_t maxBytes) {
        std::lock_guard lock(mutex_);
        std::vector<store::DueRow> batch;
        std::size_t bytes = 2;  // the array's brackets
        while (batch.size() < maxStatements) {
            if (rows_.empty() && !refill()) break;
            const auto size = static_cast<std::size_t>(rows_.front().size) + 1;  // and its comma
            if (!batch.empty() && bytes + size > maxBytes) break;
            bytes += size;
            batch.push_back(std::move(rows_.front()));
            rows_.pop_front();
        }
        return batch;
    }

private:
    static constexpr std::size_t kPage = 1'000;

    bool refill() {
        if (exhausted_) return false;
        auto page = outbox_.due(storeId_, kind_, now_, cursor_, kPage);
        exhausted_ = page.size() < kPage;
        if (page.empty()) return false;
        cursor_ = {page.back().rank, page.back().seq};
        for (auto& row : page) rows_.push_back(std::move(row));
        return true;
    }

    store::OutboxStore& outbox_;
    std::string storeId_;
    store::DueKind kind_;
    store::Micros now_;
    std::mutex mutex_;
    std::deque<store::DueRow> rows_;
    store::DueCursor cursor_;
    bool exhausted_ = false;
};

}  // namespace plugin::delivery
