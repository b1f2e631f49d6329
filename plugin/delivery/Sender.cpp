#include "plugin/delivery/Sender.h"

#include "plugin/delivery/DueQueue.h"

#include <fmt/format.h>

namespace plugin::delivery {

using Outcome = lrs::PostOutcome::Class;
using store::BatchResult;
using store::DueRow;

namespace {

using Rows = std::vector<DueRow>;

const char* nameOf(Outcome outcome) {
    switch (outcome) {
        case Outcome::Accepted:
            return "accepted";
        case Outcome::Data:
            return "data";
        case Outcome::TooLarge:
            return "too-large";
        case Outcome::Configuration:
            return "configuration";
        case Outcome::Transient:
            return "transient";
        case Outcome::InDoubt:
            return "in-doubt";
    }
    return "transient";
}

std::vector<std::int64_t> seqsOf(const Rows& rows) {
    std::vector<std::int64_t> seqs;
    seqs.reserve(rows.size());
    for (const auto& row : rows) seqs.push_back(row.seq);
    return seqs;
}

store::Micros micros(std::chrono::milliseconds duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

}  // namespace

/// One run: what its lanes share.
class Sender::Run {
public:
    Run(Sender& sender, std::int64_t runId, std::stop_token stop)
        : s_(sender),
          p_(sender.parts_),
          runId_(runId),
          stop_(std::move(stop)),
          backoff_(sender.settings_.backoff, sender.settings_.seed),
          startedAt_(p_.clock.steadyNow()) {}

    SendReport go() {
        report_.recovered = p_.outbox.recoverInterrupted(s_.target_.storeId);
        if (auto pause = p_.outbox.pause(s_.target_.storeId)) paused_ = true;
        if (s_.settings_.onlyCancellations) {
            phase(store::DueKind::Cancellations, 1);
        } else {
            phase(store::DueKind::Methodist, 1);
            if (!halted()) phase(store::DueKind::Learners, std::max(1, s_.settings_.sessions));
        }
        if (stop_.stop_requested()) report_.stopped = true;
        return report_;
    }

private:
    bool halted() {
        if (stop_.stop_requested()) return true;
        std::lock_guard lock(mutex_);
        return halted_;
    }

    /// Asked before every POST: «Отключить» stops a running night after the batch in flight.
    bool mayGoOn() {
        if (halted()) return false;
        if (p_.stillActive()) return true;
        halt("the integration was disconnected", true);
        return false;
    }

    void halt(const std::string& reason, bool stopped = false) {
        std::lock_guard lock(mutex_);
        if (!halted_ && report_.reason.empty()) report_.reason = reason;
        if (stopped) report_.stopped = true;
        halted_ = true;
        lanesStop_.request_stop();
    }

    void at(std::string_view step) const {
        if (p_.crashPoint) p_.crashPoint(step);
    }

    void phase(store::DueKind kind, int lanes) {
        DueQueue queue(p_.outbox, s_.target_.storeId, kind, p_.clock.now());
        if (paused_ && !probe(queue)) return;
        if (lanes == 1) {
            lane(queue);
            return;
        }
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < lanes; ++i)
                threads.emplace_back([&] {
                    try {
                        lane(queue);
                    } catch (...) {
                        keepFailure(std::current_exception());
                    }
                });
        }
        if (failure_) std::rethrow_exception(failure_);
    }

    void keepFailure(std::exception_ptr failure) {
        halt("");
        std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::move(failure);
    }

    /// One statement alone asks a paused destination whether it is open again.
    bool probe(DueQueue& queue) {
        auto rows = queue.next(1, s_.settings_.maxBytes);
        if (rows.empty()) return true;
        send(std::move(rows));
        return !halted() && !paused_;
    }

    void lane(DueQueue& queue) {
        while (mayGoOn()) {
            auto rows = queue.next(s_.settings_.maxStatements, s_.settings_.maxBytes);
            if (rows.empty()) return;
            send(std::move(rows));
        }
    }

    /// Sends rows until each is answered, or the run halts; what is left stays due.
    void send(Rows rows) {
        std::vector<Rows> pending;
        pending.push_back(std::move(rows));
        int failures = 0;
        while (!pending.empty() && mayGoOn()) {
            Rows batch = std::move(pending.back());
            pending.pop_back();
            std::chrono::milliseconds delay{0};
            auto outcome = post(batch, failures, delay);
            if (outcome.outcome == Outcome::Transient || outcome.outcome == Outcome::InDoubt) {
                if (!waitBeforeRetry(outcome, delay)) return;
                pending.push_back(std::move(batch));
                continue;
            }
            failures = 0;
            for (auto& part : remainder(batch, outcome)) pending.push_back(std::move(part));
        }
    }

    /// One POST with what is committed before and after it; `delay` is for an outcome that is tried again.
    lrs::PostOutcome post(Rows& batch, int& failures, std::chrono::milliseconds& delay) {
        const auto seqs = seqsOf(batch);
        const auto bytes = p_.outbox.bytes(seqs);
        std::vector<std::string_view> statements(bytes.begin(), bytes.end());
        std::vector<std::string> ids;
        std::int64_t size = 2;
        for (const auto& row : batch) ids.push_back(row.statementId);
        for (const auto& text : bytes) size += static_cast<std::int64_t>(text.size()) + 1;

        at("before-sending-persisted");
        const auto batchId = p_.outbox.startBatch(s_.target_.storeId, runId_, seqs, size);
        at("sending-persisted");
        // Not given the stop token: a batch in flight is finished, so that its answer is known.
        auto outcome = p_.client.post(statements, ids, {});
        at("answered");
        BatchResult result;
        result.batchId = batchId;
        result.outcome = nameOf(outcome.outcome);
        result.status = outcome.status;
        result.message = outcome.message;
        result.errorId = outcome.errorId;
        if (outcome.outcome == Outcome::Transient || outcome.outcome == Outcome::InDoubt) {
            delay = backoff_.delay(++failures, outcome.retryAfter);
            result.nextAt = p_.clock.now() + micros(delay);
        }
        if (mayHaveArrived(outcome))
            for (auto& row : batch) row.inDoubt = true;
        sort(batch, outcome, result);
        p_.outbox.finishBatch(result);
        at("answer-persisted");
        tell(batch, outcome, result);
        return outcome;
    }

    /// The connection broke, the server failed in the middle or answered what no LRS does: whether it stored is
    /// unknown.
    static bool mayHaveArrived(const lrs::PostOutcome& outcome) {
        return outcome.outcome == Outcome::InDoubt || outcome.status == 408 || outcome.status >= 500 ||
               (outcome.outcome == Outcome::Configuration && outcome.status == 200);
    }

    /// A refusal of this attempt says nothing of an earlier one: a row in doubt stays in doubt.
    static void keepOpen(const DueRow& row, BatchResult& result) {
        (row.inDoubt ? result.inDoubt : result.waiting).push_back(row.seq);
    }

    /// Puts every row of the batch into one of the result's lists.
    static void sort(const Rows& batch, const lrs::PostOutcome& outcome, BatchResult& result) {
        switch (outcome.outcome) {
            case Outcome::Accepted:
                result.accepted = seqsOf(batch);
                break;
            case Outcome::Data:
            case Outcome::TooLarge:
                sortRefused(batch, outcome, result);
                break;
            case Outcome::Configuration:
            case Outcome::Transient:
            case Outcome::InDoubt:
                for (const auto& row : batch) keepOpen(row, result);
                break;
        }
    }

    static void sortRefused(const Rows& batch, const lrs::PostOutcome& outcome, BatchResult& result) {
        std::set<std::size_t> refused;
        for (const auto& culprit : outcome.culprits) {
            if (outcome.outcome != Outcome::Data || culprit.index >= batch.size()) continue;
            if (refused.insert(culprit.index).second)
                result.refused.push_back({batch[culprit.index].seq, culprit.reason, culprit.conflict});
        }
        if (refused.empty() && batch.size() == 1) {
            const bool large = outcome.outcome == Outcome::TooLarge;
            result.refused.push_back(
                {batch[0].seq,
                 large ? "The LRS takes no body of this size; the statement alone is too large." : outcome.message,
                 outcome.status == 409});
            refused.insert(0);
        }
        for (std::size_t i = 0; i < batch.size(); ++i)
            if (refused.count(i) == 0) keepOpen(batch[i], result);
    }

    /// What of an answered batch is to be sent again at once.
    static std::vector<Rows> remainder(const Rows& batch, const lrs::PostOutcome& outcome) {
        if (outcome.outcome != Outcome::Data && outcome.outcome != Outcome::TooLarge) return {};
        std::set<std::size_t> named;
        if (outcome.outcome == Outcome::Data)
            for (const auto& culprit : outcome.culprits)
                if (culprit.index < batch.size()) named.insert(culprit.index);
        if (!named.empty()) {
            Rows rest;
            for (std::size_t i = 0; i < batch.size(); ++i)
                if (named.count(i) == 0) rest.push_back(batch[i]);
            if (rest.empty()) return {};
            return {std::move(rest)};
        }
        if (batch.size() == 1) return {};
        const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
        return {Rows(middle, batch.end()), Rows(batch.begin(), middle)};  // the first half is taken first
    }

    /// Counts, pause and log: told once, where it is decided.
    void tell(const Rows& batch, const lrs::PostOutcome& outcome, const BatchResult& result) {
        {
            std::lock_guard lock(mutex_);
            ++report_.posts;
            report_.accepted += static_cast<std::int64_t>(result.accepted.size());
            report_.refused += static_cast<std::int64_t>(result.refused.size());
        }
        p_.metrics.add("posts_total", 1, {{"outcome", result.outcome}});
        p_.metrics.add("statements_accepted_total", static_cast<double>(result.accepted.size()));
        p_.metrics.add("statements_quarantined_total", static_cast<double>(result.refused.size()));
        if (outcome.outcome == Outcome::Configuration) {
            pauseDestination(outcome);
        } else if (outcome.outcome == Outcome::Accepted || outcome.outcome == Outcome::Data) {
            reopen();
        }
        if (!result.refused.empty())
            p_.logger.warning("Statements were refused and quarantined",
                              {{"store", s_.target_.storeId},
                               {"batch", std::to_string(result.batchId)},
                               {"statements", std::to_string(batch.size())},
                               {"refused", std::to_string(result.refused.size())},
                               {"status", std::to_string(outcome.status)},
                               {"errorId", outcome.errorId}});
    }

    void pauseDestination(const lrs::PostOutcome& outcome) {
        auto reason = fmt::format("HTTP {}: {}", outcome.status, outcome.message);
        if (p_.outbox.setPaused(s_.target_, outcome.status, reason))
            p_.logger.error("ALARM: the destination is paused, nothing of it is lost; check the credential and address",
                            {{"organization", s_.target_.organization},
                             {"project", s_.target_.project},
                             {"store", s_.target_.storeId},
                             {"status", std::to_string(outcome.status)},
                             {"errorId", outcome.errorId}});
        halt("the destination is paused: " + reason);
    }

    void reopen() {
        std::lock_guard lock(mutex_);
        if (!paused_) return;
        p_.outbox.clearPause(s_.target_.storeId);
        paused_ = false;
        p_.logger.info("The destination is open again", {{"store", s_.target_.storeId}});
    }

    /// False when the night's budget for retries doesn't hold the wait: the destination is left for the next run.
    bool waitBeforeRetry(const lrs::PostOutcome& outcome, std::chrono::milliseconds delay) {
        auto spent = p_.clock.steadyNow() - startedAt_;
        if (spent + delay > s_.settings_.retryBudget) {
            auto reason = fmt::format("the destination gives no answer that counts: {}", outcome.message);
            p_.logger.warning("The destination is left for the next run",
                              {{"store", s_.target_.storeId}, {"status", std::to_string(outcome.status)}});
            halt(reason);
            return false;
        }
        std::stop_source either;
        std::stop_callback byRun(stop_, [&] { either.request_stop(); });
        std::stop_callback byLanes(lanesStop_.get_token(), [&] { either.request_stop(); });
        p_.waiter.wait(delay, either.get_token());
        return true;
    }

    Sender& s_;
    SenderParts& p_;
    std::int64_t runId_;
    std::stop_token stop_;
    Backoff backoff_;
    std::chrono::steady_clock::time_point startedAt_;
    std::stop_source lanesStop_;

    std::mutex mutex_;
    bool halted_ = false;
    std::atomic<bool> paused_{false};
    SendReport report_;
    std::exception_ptr failure_;
};

Sender::Sender(SenderParts parts, store::Target target, SenderSettings settings)
    : parts_(std::move(parts)), target_(std::move(target)), settings_(settings) {}

SendReport Sender::run(std::int64_t runId, std::stop_token stop) {
    return Run(*this, runId, std::move(stop)).go();
}

}  // namespace plugin::delivery
