#include "plugin/store/RecordFates.h"

#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

/// SQLite takes long lists, PostgreSQL plans them slowly.
constexpr std::size_t kChunk = 1'000;

template <class Load>
void inChunks(const std::vector<std::int64_t>& ids, const Load& load) {
    for (std::size_t at = 0; at < ids.size(); at += kChunk) {
        const auto first = ids.begin() + static_cast<std::ptrdiff_t>(at);
        const auto last = ids.begin() + static_cast<std::ptrdiff_t>(std::min(at + kChunk, ids.size()));
        load(joinNumbers({first, last}));
    }
}

int rankOf(const std::string& state) {
    if (state == "accepted") return 3;
    if (state == "in_doubt" || state == "sending") return 2;
    return state == "waiting" ? 1 : 0;
}

}  // namespace

void RecordFates::load(const std::string& recordKind, const std::vector<std::int64_t>& ids) {
    fates_.clear();
    inChunks(ids, [&](const std::string& list) {
        std::vector<std::int64_t> records, revisions, discarded;
        std::vector<std::string> states, digests;
        database_.read([&](Session& session) {
            records.clear();
            revisions.clear();
            discarded.clear();
            states.clear();
            digests.clear();
            Conditions where;
            where.text("o.record_kind = ?", recordKind);
            if (!storeId_.empty())
                where.text("o.store_id = ?", storeId_);
            else
                where.raw(kCounts);
            where.raw("o.record_id IN (" + list + ")");
            where.raw("o.state IN ('accepted', 'confirmed', 'sending', 'in_doubt', 'waiting', 'quarantined')");
            where.raw(fmt::format("NOT {}", kCancelled));
            Poco::Data::Statement select(session);
            select
                << "SELECT o.record_id, o.revision, CASE WHEN o.state = 'confirmed' THEN 'accepted' ELSE o.state END,"
                   " o.digest, CASE WHEN m.seq IS NULL THEN 0 ELSE 1 END FROM u2035_outbox o"
                   " LEFT JOIN u2035_quarantine_mark m ON m.seq = o.seq AND m.word = 'discard'" +
                       where.sql() + " ORDER BY o.record_id, o.revision, o.seq",
                into(records), into(revisions), into(states), into(digests), into(discarded);
            where.bindTo(select);
            select.execute();
        });
        for (std::size_t i = 0; i < records.size(); ++i) {
            auto [it, isNew] = fates_.try_emplace(records[i]);
            if (!isNew && rankOf(states[i]) < rankOf(it->second.state)) continue;
            it->second = {std::move(states[i]), revisions[i], std::move(digests[i]), discarded[i] != 0};
        }
    });
}

const RecordFate* RecordFates::find(std::int64_t id) const {
    const auto found = fates_.find(id);
    return found == fates_.end() ? nullptr : &found->second;
}

void UnsendableReasons::load(const std::string& recordKind, const std::vector<std::int64_t>& ids) {
    named_.clear();
    inChunks(ids, [&](const std::string& list) {
        std::vector<std::int64_t> records, revisions;
        std::vector<std::string> codes, fields, reasons, fixes;
        database_.read([&](Session& session) {
            records.clear();
            revisions.clear();
            for (auto* column : {&codes, &fields, &reasons, &fixes}) column->clear();
            Conditions where;
            where.text("record_kind = ?", recordKind);
            where.text("origin = ?", origin_);
            where.raw("record_id IN (" + list + ")");
            where.raw("(run_id = " + std::to_string(runId_) +
                      " OR run_id NOT IN (SELECT id FROM u2035_run WHERE state IN ('queued', 'running')))");
            Poco::Data::Statement select(session);
            select << "SELECT record_id, revision, code, field, reason, fix FROM u2035_unsendable" + where.sql() +
                          " ORDER BY record_id, id",
                into(records), into(revisions), into(codes), into(fields), into(reasons), into(fixes);
            where.bindTo(select);
            select.execute();
        });
        for (std::size_t i = 0; i < records.size(); ++i)
            named_[records[i]] = {
                revisions[i], {std::move(codes[i]), std::move(fields[i]), std::move(reasons[i]), std::move(fixes[i])}};
    });
}

const footprint::Refusal* UnsendableReasons::find(std::int64_t id, std::int64_t revision) const {
    const auto found = named_.find(id);
    return found == named_.end() || found->second.revision != revision ? nullptr : &found->second.refusal;
}

}  // namespace plugin::store
