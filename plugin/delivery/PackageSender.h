#pragma once
/// Sends a handful of statements to a test contour's LRS and notes what became of each. Small on purpose: one lane, a
/// few repeats, then it gives up and says why; what a night needs is in Sender. Blocks; never throws for what the other
/// side does.

#include "plugin/delivery/Backoff.h"
#include "plugin/delivery/Waiter.h"
#include "plugin/lrs/LrsClient.h"

#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace plugin::delivery {

/// One statement on its way. `state`: "waiting", "in_doubt", "accepted", "refused".
struct Outgoing {
    std::string id;
    std::string bytes;
    std::string state = "waiting";
    int status = 0;
    std::string message;
    std::string errorId;
};

struct PackageSendSettings {
    std::size_t statements = 50;     ///< of one POST
    std::size_t bytes = 512 * 1024;  ///< of one POST
    int attempts = 4;                ///< of one POST that gets no answer that counts
    BackoffSettings backoff{};
    std::uint64_t seed = 0;
};

class PackageSender {
public:
    /// Called with rows whose state is to be kept: before a POST leaves, and after its answer.
    using Keep = std::function<void(std::span<Outgoing* const>)>;

    PackageSender(lrs::LrsClient& client, Waiter& waiter, PackageSendSettings settings, Keep keep)
        : client_(client), waiter_(waiter), settings_(settings), keep_(std::move(keep)) {}

    /// In order. Returns why not everything was answered, in Russian; empty when it was.
    std::string send(std::span<Outgoing> all, std::stop_token stop);

private:
    using Rows = std::vector<Outgoing*>;
    std::string sendBatch(Rows rows, const std::stop_token& stop);
    lrs::PostOutcome post(Rows& batch);
    static std::vector<Rows> judge(const Rows& batch, const lrs::PostOutcome& outcome);

    lrs::LrsClient& client_;
    Waiter& waiter_;
    PackageSendSettings settings_;
    Keep keep_;
};

}  // namespace plugin::delivery
