#include "plugin/delivery/PackageSender.h"

#include <fmt/format.h>

#include <set>

namespace plugin::delivery {

namespace {

using Outcome = lrs::PostOutcome::Class;

void answered(Outgoing& one, const std::string& state, const lrs::PostOutcome& outcome, const std::string& message) {
    one.state = state;
    one.status = outcome.status;
    one.message = message;
    one.errorId = outcome.errorId;
}

}  // namespace

std::string PackageSender::send(std::span<Outgoing> all, std::stop_token stop) {
    Rows batch;
    std::size_t bytes = 2;
    const auto flush = [&]() -> std::string {
        if (batch.empty()) return {};
        bytes = 2;
        return sendBatch(std::exchange(batch, {}), stop);
    };
    for (auto& one : all) {
        const auto size = one.bytes.size() + 1;
        if (!batch.empty() && (batch.size() >= settings_.statements || bytes + size > settings_.bytes))
            if (auto reason = flush(); !reason.empty()) return reason;
        bytes += size;
        batch.push_back(&one);
    }
    return flush();
}

std::string PackageSender::sendBatch(Rows rows, const std::stop_token& stop) {
    Backoff backoff(settings_.backoff, settings_.seed);
    std::vector<Rows> pending{std::move(rows)};
    int failures = 0;
    while (!pending.empty()) {
        if (stop.stop_requested()) return "Отправка прервана: сервер останавливается. Повторите.";
        Rows batch = std::move(pending.back());
        pending.pop_back();
        const auto outcome = post(batch);
        if (outcome.outcome == Outcome::Configuration)
            return fmt::format(
                "LRS тестового контура не принимает запросы: HTTP {}, {}. Проверьте Basic и адрес на "
                "этапе 2.",
                outcome.status, outcome.message);
        if (outcome.outcome == Outcome::Transient || outcome.outcome == Outcome::InDoubt) {
            if (++failures >= settings_.attempts)
                return fmt::format("LRS тестового контура не ответил: {}. Повторите позже: отправленное не задвоится.",
                                   outcome.message);
            waiter_.wait(backoff.delay(failures, outcome.retryAfter), stop);
            pending.push_back(std::move(batch));
            continue;
        }
        failures = 0;
        for (auto& rest : judge(batch, outcome)) pending.push_back(std::move(rest));
        keep_(batch);
    }
    return {};
}

lrs::PostOutcome PackageSender::post(Rows& batch) {
    std::vector<std::string_view> statements;
    std::vector<std::string> ids;
    for (auto* one : batch) {
        statements.push_back(one->bytes);
        ids.push_back(one->id);
        // What was accepted before stays so whatever becomes of its repetition.
        if (one->state != "accepted") one->state = "in_doubt";
    }
    keep_(batch);
    // Not given the stop token: a batch in flight is finished, so that its answer is known.
    auto outcome = client_.post(statements, ids, {});
    // An answer that refuses the whole request says that nothing of it was stored.
    const bool surelyNot = outcome.outcome == Outcome::Configuration && outcome.status != 200 && outcome.status < 500;
    for (auto* one : batch) {
        if (one->state == "in_doubt" && surelyNot) one->state = "waiting";
        if (outcome.outcome != Outcome::Accepted && outcome.outcome != Outcome::Data &&
            outcome.outcome != Outcome::TooLarge) {
            one->status = outcome.status;
            one->message = outcome.message;
            one->errorId = outcome.errorId;
        }
    }
    keep_(batch);
    return outcome;
}

std::vector<PackageSender::Rows> PackageSender::judge(const Rows& batch, const lrs::PostOutcome& outcome) {
    if (outcome.outcome == Outcome::Accepted) {
        for (auto* one : batch) answered(*one, "accepted", outcome, {});
        return {};
    }
    std::set<std::size_t> refused;
    if (outcome.outcome == Outcome::Data)
        for (const auto& culprit : outcome.culprits)
            if (culprit.index < batch.size() && refused.insert(culprit.index).second)
                answered(*batch[culprit.index], "refused", outcome, culprit.reason);
    if (refused.empty() && batch.size() == 1) {
        answered(*batch[0], "refused", outcome, outcome.message);
        return {};
    }
    if (refused.empty()) {
        const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
        return {Rows(middle, batch.end()), Rows(batch.begin(), middle)};  // the first half is taken first
    }
    Rows rest;
    for (std::size_t i = 0; i < batch.size(); ++i)
        if (refused.count(i) == 0) rest.push_back(batch[i]);
    if (rest.empty()) return {};
    return {std::move(rest)};
}

}  // namespace plugin::delivery
