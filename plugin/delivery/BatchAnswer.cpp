#include "plugin/delivery/BatchAnswer.h"

#include <set>

namespace plugin::delivery {

using Outcome = lrs::PostOutcome::Class;
using store::BatchResult;
using store::DueRow;

namespace {

void keepOpen(const DueRow& row, BatchResult& result) {
    (row.inDoubt ? result.inDoubt : result.waiting).push_back(row.seq);
}

/// Positions that the answer names and the batch has.
std::set<std::size_t> named(const Rows& batch, const lrs::PostOutcome& outcome) {
    std::set<std::size_t> positions;
    if (outcome.outcome == Outcome::Data)
        for (const auto& culprit : outcome.culprits)
            if (culprit.index < batch.size()) positions.insert(culprit.index);
    return positions;
}

void sortRefused(const Rows& batch, const lrs::PostOutcome& outcome, BatchResult& result) {
    auto left = named(batch, outcome);
    const bool alone = left.empty() && batch.size() == 1;
    if (alone) {
        const bool large = outcome.outcome == Outcome::TooLarge;
        result.refused.push_back(
            {batch[0].seq,
             large ? "The LRS takes no body of this size; the statement alone is too large." : outcome.message,
             outcome.status == 409});
        return;
    }
    for (const auto& culprit : outcome.culprits)
        if (left.erase(culprit.index) != 0)
            result.refused.push_back({batch[culprit.index].seq, culprit.reason, culprit.conflict});
    const auto refused = named(batch, outcome);
    for (std::size_t i = 0; i < batch.size(); ++i)
        if (refused.count(i) == 0) keepOpen(batch[i], result);
}

}  // namespace

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

bool isSilent(const lrs::PostOutcome& outcome) {
    return outcome.outcome == Outcome::Transient || outcome.outcome == Outcome::InDoubt;
}

bool mayHaveArrived(const lrs::PostOutcome& outcome) {
    return outcome.outcome == Outcome::InDoubt || outcome.status == 408 || outcome.status >= 500 ||
           (outcome.outcome == Outcome::Configuration && outcome.status == 200);
}

void sortRows(const Rows& batch, const lrs::PostOutcome& outcome, BatchResult& result) {
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

std::vector<Rows> halves(const Rows& batch) {
    if (batch.size() < 2) return {};
    const auto middle = batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 2);
    return {Rows(middle, batch.end()), Rows(batch.begin(), middle)};
}

std::vector<Rows> remainder(const Rows& batch, const lrs::PostOutcome& outcome) {
    if (outcome.outcome != Outcome::Data && outcome.outcome != Outcome::TooLarge) return {};
    if (const auto out = named(batch, outcome); !out.empty()) {
        Rows rest;
        for (std::size_t i = 0; i < batch.size(); ++i)
            if (out.count(i) == 0) rest.push_back(batch[i]);
        if (rest.empty()) return {};
        return {std::move(rest)};
    }
    return halves(batch);
}

}  // namespace plugin::delivery
