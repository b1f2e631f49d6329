#pragma once
/// What an answer to a batch means for each of its rows. Pure.

#include "plugin/lrs/LrsClient.h"
#include "plugin/store/OutboxStore.h"

#include <vector>

namespace plugin::delivery {

using Rows = std::vector<store::DueRow>;

const char* nameOf(lrs::PostOutcome::Class outcome);
std::vector<std::int64_t> seqsOf(const Rows& rows);

/// The same bytes are to be tried again later: nobody is to blame in the batch.
bool isSilent(const lrs::PostOutcome& outcome);

/// The connection broke, the server failed in the middle or answered what no LRS does: whether it stored is unknown.
bool mayHaveArrived(const lrs::PostOutcome& outcome);

/// Puts every row of the batch into one of the result's lists. What is in doubt stays so until it is accepted or
/// refused itself: a refusal of this attempt says nothing of an earlier one.
void sortRows(const Rows& batch, const lrs::PostOutcome& outcome, store::BatchResult& result);

/// Both halves of a batch, the second one first; nothing of a batch of one.
std::vector<Rows> halves(const Rows& batch);

/// What of an answered batch is to be sent again at once: the rest without the named culprits, or both halves.
std::vector<Rows> remainder(const Rows& batch, const lrs::PostOutcome& outcome);

}  // namespace plugin::delivery
