// The part of RouteRun that settles what can be judged only afterwards: rows that repeat a record, and deletions.

#include "host/connections/ReadInsight.h"
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
        contradict(repeats_[i]);
    }
    repeats_.clear();
}

/// One transaction for all rows, taken back when one of them is refused: every row is judged all the same, so that
/// whoever sent them sees all that is wrong at once.
void RouteRun::flushAllOrNothing() {
    requireKeys();
    std::vector<Verdict> verdicts, again;
    auto is = [](VerdictStatus status) {
        return [status](const Verdict& verdict) { return verdict.status == status; };
    };
    bool written = false;
    try {
        database_.write([&](Poco::Data::Session& session) {
            verdicts = write(session, true, true);
            std::vector<RecordDraft> repeated;
            for (const auto& item : repeats_) repeated.push_back(item.draft);
            again = RecordWriter(session, rules_.organization, rules_.mapping->source, clock_.now()).write(repeated);
            if (out_.counts.rejected > 0 ||
                std::any_of(verdicts.begin(), verdicts.end(), is(VerdictStatus::Rejected)) ||
                !std::all_of(again.begin(), again.end(), is(VerdictStatus::Unchanged)))
                throw Undo();
        });
        written = true;
    } catch (const Undo&) {
    }
    for (std::size_t i = 0; i < verdicts.size(); ++i) judge(batch_[i], verdicts[i]);
    for (std::size_t i = 0; i < again.size(); ++i) {
        if (again[i].status == VerdictStatus::Unchanged)
            ++out_.counts.repeated;
        else
            contradict(repeats_[i]);
    }
    batch_.clear();
    repeats_.clear();
    auto& counts = out_.counts;
    if (!written) {
        counts.withheld = counts.created + counts.updated + counts.unchanged + counts.repeated;
        counts.created = counts.updated = counts.unchanged = counts.repeated = 0;
    }
    observer_.progress(counts);
    if (!written)
        throw Stop{RunEnd::Refused,
                   fmt::format("{} of {} rows were refused, so none was written: the route takes all or nothing.",
                               counts.rejected, counts.rows),
                   "Correct the rows that are named, and send all of them again."};
}

void RouteRun::contradict(const Item& item) {
    reject(item.row,
           {rows_->locate(item.row,
                          {"/externalId", "names a record that another row of this run has brought with other content",
                           "Give each record one row, or an id of its own."})});
}

bool RouteRun::isProvenWhole() const {
    const auto* insight = dynamic_cast<const ReadInsight*>(reader_);
    return insight == nullptr || insight->isProvenWhole();
}

/// Of pages by number nobody knows whether a row slipped from the page that came next onto the one that had been read,
/// because a row before it was deleted or moved. The watermark must not pass such a row: it goes only as far as the run
/// before had come, whose rows this one has asked for once more. Every row is so read by two runs at least.
void RouteRun::saveWatermark(RouteState& state, const std::string& reached, bool last) const {
    if (isProvenWhole()) return state.saveWatermark(reached);
    if (!last) return;
    if (memory_.nextWatermark) {
        const auto type = rules_.watermark->type;
        const auto before = Mark::of(type, *memory_.nextWatermark);
        const auto now = Mark::of(type, reached);
        if (before && now) state.saveWatermark(*now < *before ? reached : *memory_.nextWatermark);
    }
    state.saveNextWatermark(reached);
}

void RouteRun::followDeletions() {
    if (!rules_.followDeletions || !isFull()) return;
    if (unidentified_ > 0) {
        observer_.note(fmt::format(
            "Deletions are not followed: {} rows could not be identified, and may be of any record", unidentified_));
        return;
    }
    const auto kind = rules_.mapping->target;
    // A row that a shift of pages has hidden is not hidden twice: what one run can't prove, two in a row may.
    const auto since = isProvenWhole() ? memory_.generation : memory_.completeGeneration;
    std::int64_t brought = 0, unseen = 0, missing = 0;
    database_.write([&](Poco::Data::Session& session) {
        RouteState state(session, rules_.routeId);
        brought = state.countBrought(kind);
        unseen = state.countUnseen(kind, since);
        missing = state.countUnseen(kind, memory_.generation);
        if (state.isCurrent(memory_)) state.saveComplete(memory_.generation);
    });
    if (missing > unseen)
        observer_.note(
            fmt::format("{} records are missing for the first time. The source is read by the number of its "
                        "pages, where a row may slip by: they are deleted when the next full run misses "
                        "them too",
                        missing - unseen));
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
    while (removeUnseen(since)) {
    }
}

/// A batch of them; false when none was left.
bool RouteRun::removeUnseen(std::int64_t generation) {
    const auto& mapping = *rules_.mapping;
    std::size_t found = 0;
    std::int64_t deleted = 0;
    database_.write([&](Poco::Data::Session& session) {
        deleted = 0;
        RouteState state(session, rules_.routeId);
        if (!state.isCurrent(memory_))
            throw Stop{RunEnd::Changed, "The route was changed or removed while it ran.", "Run it again as it is now."};
        const auto ids = state.unseen(mapping.target, generation, kBatch);
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
