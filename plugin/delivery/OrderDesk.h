#pragma once
/// Where the orders of one run of the nightly job lie: several threads work them off, and while they do, a person's
/// order for another organization is taken in. One organization's orders never run side by side, whoever gave them.

#include "plugin/delivery/NightArguments.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace plugin::delivery {

/// One organization's night that is asked for.
struct NightOrder {
    std::string organization;
    NightArguments arguments;
    std::string trigger;  ///< "schedule", "manual" or "follow-up"
    std::string requestedBy;
    bool deferred = false;  ///< stood back once for others
};

/// Whose turn it is: an organization is entered by one at a time. Thread-safe.
class Turns {
public:
    /// Waits; false when `stop` came first.
    bool enter(const std::string& organization, const std::stop_token& stop);
    bool isBusy(const std::string& organization);
    void leave(const std::string& organization);

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::set<std::string> busy_;
};

/// Thread-safe; `work` is called once at a time.
class OrderDesk {
public:
    /// Blocks until no order is left; at most `atOnce` are worked on at a time, the caller's thread being one of them.
    /// `one` doesn't throw; false when the order's organization is busy and it may not wait: then it stands back once.
    using One = std::function<bool(const NightOrder& order, bool mayWait)>;
    void work(std::deque<NightOrder> orders, std::size_t atOnce, const One& one);
    /// Takes one more while `work` goes on; false when it doesn't.
    bool hand(NightOrder order);

private:
    void lane();

    std::mutex mutex_;
    std::condition_variable changed_;
    const One* one_ = nullptr;  ///< while work goes on
    std::deque<NightOrder> orders_;
    std::size_t atOnce_ = 1;
    std::size_t running_ = 0;
    std::size_t idle_ = 0;
    std::vector<std::jthread> threads_;
};

}  // namespace plugin::delivery
