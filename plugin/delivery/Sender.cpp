#include "plugin/delivery/Sender.h"

#include "common/Rfc3339.h"
#include "plugin/delivery/BatchAnswer.h"
#include "plugin/delivery/DueQueue.h"
#include "plugin/delivery/Knocking.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace plugin::delivery {

using Outcome = lrs::PostOutcome::Class;
using store::BatchResult;

/// One run: what its lanes share.
class Sender::Run {
public:
    Run(Sender& sender, std::int64_t runId, std::stop_token stop)
        : s_(sender),
          p_(sender.parts_),
          runId_(runId),
          stop_(std::move(stop)),
          stopsLanes_(stop_, [this] { lanesStop_.request_stop(); }),
          backoff_(sender.settings_.backoff, sender.settings_.seed),
          breaker_({p_.destinations, p_.alarms, p_.clock, p_.logger, p_.projectTitle}, sender.target_,
                   sender.settings_.breaker),
          maxBytes_(sender.settings_.maxBytes) {}

    SendReport go() {
        report_.recovered = p_.outbox.recoverInterrupted(s_.target_.storeId);
        resting_ = breaker_.resting().has_value();
        if (auto until = breaker_.restsUntil(); until && !s_.settings_.probeAnyway) {
            const auto row = breaker_.resting();
            halt(fmt::format("the destination rests until {}: {}", common::Rfc3339::utc(*until),
                             row ? row->reason : std::string()));
            return report_;
        }
        if (s_.settings_.onlyCancellations) {
            phase(store::DueKind::Cancellations, 1);
        } else {
            phase(store::DueKind::Methodist, 1);
            phase(store::DueKind::Learners, s_.settings_.sessions);
            oldUntil_ = p_.clock.steadyNow() + s_.settings_.oldBudget;
            phase(store::DueKind::OldRecords, s_.settings_.oldSessions);
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
        knocking_.wait(lanesStop_.get_token());
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

    /// A write that other work of this server keeps waiting is tried again: its answer must not be lost for that.
    template <typename Write>
    auto persist(Write write) {
        constexpr int kTries = 30;
        for (int i = 1;; ++i) {
            try {
                return write();
            } catch (const host::sdk::AppError& error) {
                if (error.code() != "db-busy" || i == kTries) throw;
            }
            p_.waiter.wait(std::chrono::milliseconds(500), {});
        }
    }

    void phase(store::DueKind kind, int lanes) {
        if (halted()) return;
        DueQueue queue(p_.outbox, s_.target_.storeId, kind, p_.clock.now());
        if (resting_ && !probe(queue)) return;
        if (lanes <= 1) {
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

    /// One statement alone asks a resting destination whether it is open again.
    bool probe(DueQueue& queue) {
        auto rows = queue.next(1, maxBytes_);
        if (rows.empty()) return true;
        send(std::move(rows));
        return !halted() && !resting_;
    }

    void lane(DueQueue& queue) {
        while (mayGoOn()) {
            auto rows = queue.next(s_.settings_.maxStatements, maxBytes_);
            if (rows.empty()) return;
            if (oldUntil_ && p_.clock.steadyNow() >= *oldUntil_) {
                std::lock_guard lock(mutex_);
                report_.oldLeft = true;
                return;
            }
            send(std::move(rows));
        }
    }

    /// Sends rows until each is answered, or the run halts; what is left stays due.
    void send(Rows rows) {
        std::vector<Rows> pending;
        pending.push_back(std::move(rows));
        while (!pending.empty() && mayGoOn()) {
            Rows batch = std::move(pending.back());
            pending.pop_back();
            auto [outcome, indigestible] = post(batch);
            auto rest = indigestible ? halves(batch) : remainder(batch, outcome);
            if (isSilent(outcome) && !indigestible) rest.push_back(std::move(batch));
            for (auto& part : rest) pending.push_back(std::move(part));
        }
    }

    struct Posted {
        lrs::PostOutcome outcome;
        bool indigestible = false;  ///< the LRS fails on this batch alone: it is to be taken apart
    };

    /// One POST with what is committed before and after it; after a silence it has waited when it returns. Rows that a
    /// person's word or another run has changed since they were found are left out of the batch.
    Posted post(Rows& batch) {
        if (batch.empty()) {
            knocking_.answered();  // this lane may be the one the others wait for, and it has nothing left to ask with
            Posted nothing;
            nothing.outcome.outcome = Outcome::Accepted;
            return nothing;
        }
        const auto seqs = seqsOf(batch);
        const auto bytes = p_.outbox.bytes(seqs);
        std::vector<std::string_view> statements(bytes.begin(), bytes.end());
        std::vector<std::string> ids;
        std::int64_t size = 2;
        for (const auto& row : batch) ids.push_back(row.statementId);
        for (const auto& text : bytes) size += static_cast<std::int64_t>(text.size()) + 1;

        at("before-sending-persisted");
        const auto batchId = persist([&] { return p_.outbox.startBatch(s_.target_.storeId, runId_, seqs, size); });
        if (batchId == 0) {
            const auto open = p_.outbox.stillOpen(seqs);
            std::erase_if(batch, [&](const auto& row) { return open.count(row.seq) == 0; });
            return post(batch);
        }
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
        const bool silent = isSilent(outcome);
        Knocking::Failure failure;
        std::chrono::milliseconds delay{0};
        if (silent) {
            failure = knocking_.failed(p_.clock.steadyNow());
            delay = backoff_.delay(std::max(1, failure.number), outcome.retryAfter);
            result.nextAt = p_.clock.now() + std::chrono::duration_cast<std::chrono::microseconds>(delay).count();
        }
        if (mayHaveArrived(outcome))
            for (auto& row : batch) row.inDoubt = true;
        sortRows(batch, outcome, result);
        persist([&] { p_.outbox.finishBatch(result); });
        at("answer-persisted");
        tell(batch, outcome, result);
        if (silent && failure.knocks) {
            // Who says when to come back is to be believed.
            const auto whose = outcome.retryAfter ? Blame::Destination : blame(batch, failure, delay);
            if (whose == Blame::Batch) return {outcome, true};
            if (whose == Blame::Destination) waitOrRest(outcome, failure, delay);
        }
        if (outcome.outcome == Outcome::TooLarge && batch.size() > 1)
            maxBytes_ = std::min<std::size_t>(maxBytes_, std::max<std::size_t>(1, static_cast<std::size_t>(size) / 2));
        return {outcome, false};
    }

    enum class Blame { Destination, Nobody, Batch };

    /// Does the LRS answer, and only fails on this batch? Asked by a POST of no statements after some failures in a
    /// row: else one statement that breaks it would stop everything behind it for ever. Once may be chance, so the
    /// batch is tried again before it is blamed; a Retry-After of that answer makes `delay` longer. A statement found
    /// so is put aside for hours and stays in doubt.
    Blame blame(const Rows& batch, const Knocking::Failure& failure, std::chrono::milliseconds& delay) {
        constexpr int kFailures = 3;
        const auto seq = batch[0].seq;
        const bool last = p_.clock.steadyNow() - failure.since + delay > s_.settings_.patience;
        if (failure.number != kFailures && !(last && failure.number > kFailures) && suspect_ != seq)
            return Blame::Destination;
        const auto empty = p_.client.post({}, {}, {});
        if (empty.outcome != Outcome::Accepted) {
            suspect_ = 0;
            if (empty.retryAfter) delay = std::max<std::chrono::milliseconds>(delay, *empty.retryAfter);
            return Blame::Destination;
        }
        knocking_.answered();
        if (resting_.exchange(false)) breaker_.answered();
        if (suspect_.exchange(seq) != seq) return Blame::Nobody;
        suspect_ = 0;  // its parts are heard each for themselves
        if (batch.size() > 1) return Blame::Batch;
        const auto until = std::chrono::duration_cast<std::chrono::microseconds>(s_.settings_.aside).count();
        persist([&] { p_.outbox.postpone(seq, p_.clock.now() + until); });
        p_.logger.warning("The LRS fails on one statement and answers otherwise; it is put aside",
                          {{"store", s_.target_.storeId}, {"statement", batch[0].statementId}});
        std::lock_guard lock(mutex_);
        ++report_.aside;
        return Blame::Batch;
    }

    /// Counts, breaker and log: told once, where it is decided.
    void tell(const Rows& batch, const lrs::PostOutcome& outcome, const BatchResult& result) {
        {
            std::lock_guard lock(mutex_);
            ++report_.posts;
            report_.accepted += static_cast<std::int64_t>(result.accepted.size());
            report_.refused += static_cast<std::int64_t>(result.refused.size());
        }
        if (p_.answered) p_.answered(static_cast<std::int64_t>(result.accepted.size() + result.refused.size()));
        p_.metrics.add("posts_total", 1, {{"outcome", result.outcome}});
        p_.metrics.add("statements_accepted_total", static_cast<double>(result.accepted.size()));
        p_.metrics.add("statements_quarantined_total", static_cast<double>(result.refused.size()));
        if (outcome.outcome == Outcome::Configuration) {
            refused(outcome);
        } else if (!isSilent(outcome)) {
            knocking_.answered();
            if (outcome.outcome != Outcome::TooLarge && resting_.exchange(false)) breaker_.answered();
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

    /// Credential or address are refused: every other batch would be as well.
    void refused(const lrs::PostOutcome& outcome) {
        auto reason = fmt::format("HTTP {}: {}", outcome.status, outcome.message);
        if (!outcome.errorId.empty()) reason += fmt::format(" (errorId {})", outcome.errorId);
        rest(store::Rest::Refused, outcome, reason, "the destination is paused: ");
    }

    /// The lane that knocks: waits and tries again, or gives the destination up for this run.
    void waitOrRest(const lrs::PostOutcome& outcome, const Knocking::Failure& failure,
                    std::chrono::milliseconds delay) {
        const auto silentFor = p_.clock.steadyNow() - failure.since;
        if (silentFor + delay <= s_.settings_.patience) {
            p_.waiter.wait(delay, lanesStop_.get_token());
            return;
        }
        const auto reason =
            outcome.status == 0 ? outcome.message : fmt::format("HTTP {}: {}", outcome.status, outcome.message);
        auto told = outcome;
        told.retryAfter = std::max(told.retryAfter.value_or(std::chrono::seconds(0)),
                                   std::chrono::duration_cast<std::chrono::seconds>(delay));
        rest(store::Rest::Silent, told, reason, "the destination gives no answer that counts: ");
    }

    void rest(store::Rest why, const lrs::PostOutcome& outcome, const std::string& reason, const char* told) {
        std::lock_guard lock(restMutex_);
        if (halted()) return;  // another lane of this run has told it
        breaker_.failed(why, outcome.status, reason, outcome.retryAfter);
        halt(told + reason);
    }

    Sender& s_;
    SenderParts& p_;
    std::int64_t runId_;
    std::stop_token stop_;
    std::stop_source lanesStop_;
    std::stop_callback<std::function<void()>> stopsLanes_;
    Backoff backoff_;
    Breaker breaker_;
    Knocking knocking_;
    std::atomic<std::size_t> maxBytes_;
    std::atomic<std::int64_t> suspect_{0};  ///< first row of a batch that fails while the LRS answers
    std::atomic<bool> resting_{false};      ///< on record at the start, and not answered since
    std::optional<std::chrono::steady_clock::time_point> oldUntil_;

    std::mutex restMutex_;
    std::mutex mutex_;
    bool halted_ = false;
    SendReport report_;
    std::exception_ptr failure_;
};

Sender::Sender(SenderParts parts, store::Target target, SenderSettings settings)
    : parts_(std::move(parts)), target_(std::move(target)), settings_(settings) {}

SendReport Sender::run(std::int64_t runId, std::stop_token stop) {
    return Run(*this, runId, std::move(stop)).go();
}

}  // namespace plugin::delivery
