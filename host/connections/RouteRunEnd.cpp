// The part of RouteRun that settles what can be judged only afterwards: rows that repeat a record, and deletions.

#include "host/connections/RouteRun.h"

#include <fmt/format.h>

#include <algorithm>

namespace host::connections {
namespace {

using records::RecordDraft;
using records::RecordWriter;
using records::Verdict;
using records::VerdictStatus;

constexpr std::size_t kBatch = 1000;

/// Ends a transaction that was only to show what it would do.
struct Undo {};

}  // namespace

/// Rows that name a record of this run again: the same content is no matter, other content contradicts.
void RouteRun::settleRepeats() {
    std::vector<bool> same(repeats_.size(), true);
    const auto moment = clock_.now();
    auto probe = [&](Poco::Data::Session& session, std::vector<RecordDraft> drafts) {
        return RecordWriter(session, rules_.organization, rules_.mapping->source, moment).write(drafts);
    };
    auto unchanged = [](const Verdict& verdict) { return verdict.status == VerdictStatus::Unchanged; };
    try {
        database_.write([&](Poco::Data::Session& session) {
            std::vector<RecordDraft> all;
            for (const auto& item : repeats_) all.push_back(item.draft);
            const auto verdicts = probe(session, all);
            if (!std::all_of(verdicts.begin(), verdicts.end(), unchanged)) same.assign(same.size(), false);
            throw Undo();
        });
    } catch (const Undo&) {
    }
    // One that differs hides the others: each by itself then.
    for (std::size_t i = 0; i < same.size(); ++i) {
        if (same[i]) continue;
        try {
            database_.write([&](Poco::Data::Session& session) {
                same[i] = unchanged(probe(session, {repeats_[i].draft}).front());
                throw Undo();
            });
        } catch (const Undo&) {
        }
    }
    for (std::size_t i = 0; i < same.size(); ++i) {
        if (same[i]) {
            ++out_.counts.repeated;
            continue;
        }
        reject(
            repeats_[i].row,
            {rows_->locate(repeats_[i].row,
                           {"/externalId", "names a record that another row of this run has brought with other content",
                            "Give each record one row, or an id of its own."})});
    }
    repeats_.clear();
}

void RouteRun::followDeletions() {
    if (!rules_.followDeletions || !isFull()) return;
    if (unidentified_ > 0) {
        observer_.note(fmt::format(
            "Deletions are not followed: {} rows could not be identified, and may be of any record", unidentified_));
        return;
    }
    const auto kind = rules_.mapping->target;
    std::int64_t brought = 0, unseen = 0;
    database_.read([&](Poco::Data::Session& session) {
        RouteState state(session, rules_.routeId);
        brought = state.countBrought(kind);
        unseen = state.countUnseen(kind, memory_.generation);
    });
    if (unseen == 0) return;
    out_.toDelete = unseen;
    const double percent = 100.0 * static_cast<double>(unseen) / static_cast<double>(brought);
    if (percent > rules_.maxDeletedPercent && !order_.confirmDeletions)
        throw Stop{
            RunEnd::Deletions,
            fmt::format("{} of {} records that the route has brought are not in the source any more: {:.0f} %, "
                        "and at most {} % are deleted without a person's word. Nothing was deleted.",
                        unseen, brought, percent, rules_.maxDeletedPercent),
            "See that the source is whole and the route asks for all of it. If they are really gone, run it with "
            "{\"full\":true,\"confirmDeletions\":true}."};
    while (removeUnseen()) {
    }
}

/// A batch of them; false when none was left.
bool RouteRun::removeUnseen() {
    const auto& mapping = *rules_.mapping;
    std::size_t found = 0;
    std::int64_t deleted = 0;
    database_.write([&](Poco::Data::Session& session) {
        deleted = 0;
        RouteState state(session, rules_.routeId);
        if (!state.isCurrent(memory_))
            throw Stop{RunEnd::Changed, "The route was changed or removed while it ran.", "Run it again as it is now."};
        const auto ids = state.unseen(mapping.target, memory_.generation, kBatch);
        found = ids.size();
        if (ids.empty()) return;
        const auto others = state.alsoOfOthers(mapping.target, ids);
        RecordWriter writer(session, rules_.organization, mapping.source, clock_.now());
        for (const auto id : ids)
            if (std::find(others.begin(), others.end(), id) == others.end() && writer.remove(mapping.target, id))
                ++deleted;
        state.forgetBrought(mapping.target, ids);
    });
    out_.counts.deleted += deleted;
    return found > 0;
}

}  // namespace host::connections
