#include "plugin/store/ReadingStore.h"

#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

std::vector<std::int64_t> seqsWith(const std::vector<Reading>& readings,
                                   std::initializer_list<std::string_view> verdicts) {
    std::vector<std::int64_t> seqs;
    for (const auto& one : readings)
        if (std::find(verdicts.begin(), verdicts.end(), one.verdict) != verdicts.end()) seqs.push_back(one.seq);
    return seqs;
}

void setState(Session& session, const std::string& change, const std::vector<std::int64_t>& seqs) {
    if (!seqs.empty()) session << "UPDATE u2035_outbox SET " + change + " AND seq IN (" + joinNumbers(seqs) + ")", now;
}

}  // namespace

std::vector<Readable> ReadingStore::readable(const std::string& storeId, std::int64_t flowId) {
    std::vector<std::int64_t> seqs, batches;
    std::vector<std::string> kinds, verdicts;
    std::vector<int> confirmed;
    database_.read([&](Session& session) {
        for (auto* column : {&seqs, &batches}) column->clear();
        for (auto* column : {&kinds, &verdicts}) column->clear();
        confirmed.clear();
        auto store = storeId;
        auto flow = flowId;
        session << "SELECT o.seq, o.kind, o.batch_id, CASE WHEN o.state = 'confirmed' THEN 1 ELSE 0 END,"
                   " COALESCE(r.verdict, '') FROM u2035_outbox o JOIN u2035_batch b"
                   " ON b.id = o.batch_id AND b.store_id = o.store_id AND b.outcome = 'accepted'"
                   " LEFT JOIN u2035_reading r ON r.seq = o.seq WHERE o.store_id = ? AND o.flow_id = ?"
                   " AND o.state IN ('accepted', 'confirmed') ORDER BY o.seq",
            into(seqs), into(kinds), into(batches), into(confirmed), into(verdicts), use(store), use(flow), now;
    });
    std::map<std::string, int> numbers;
    std::vector<Readable> rows;
    rows.reserve(seqs.size());
    for (std::size_t i = 0; i < seqs.size(); ++i)
        rows.push_back({seqs[i], numbers.try_emplace(kinds[i], static_cast<int>(numbers.size())).first->second,
                        batches[i], confirmed[i] != 0, std::move(verdicts[i])});
    return rows;
}

std::vector<ReadableText> ReadingStore::texts(const std::vector<std::int64_t>& seqs) {
    if (seqs.empty()) return {};
    std::vector<std::int64_t> found;
    std::vector<std::string> ids, bytes, verdicts;
    std::vector<int> cancelled, open, missing;
    database_.read([&](Session& session) {
        found.clear();
        for (auto* column : {&ids, &bytes, &verdicts}) column->clear();
        for (auto* column : {&cancelled, &open, &missing}) column->clear();
        session << fmt::format(
            "SELECT o.seq, o.statement_id, s.bytes, CASE WHEN {} THEN 1 ELSE 0 END, CASE WHEN {} THEN 1 ELSE 0 END,"
            " COALESCE(r.verdict, ''), COALESCE(r.times_missing, 0) FROM u2035_outbox o JOIN u2035_statement s ON "
            "s.seq = o.seq"
            " LEFT JOIN u2035_reading r ON r.seq = o.seq WHERE o.seq IN ({}) ORDER BY o.seq",
            kCancelled, kMayBeCancelled, joinNumbers(seqs)),
            into(found), into(ids), into(bytes), into(cancelled), into(open), into(verdicts), into(missing), now;
    });
    std::vector<ReadableText> rows;
    rows.reserve(found.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        rows.push_back({found[i], std::move(ids[i]), std::move(bytes[i]), cancelled[i] != 0, open[i] != 0,
                        std::move(verdicts[i]), missing[i]});
    return rows;
}

void ReadingStore::keep(const std::string& storeId, std::int64_t flowId, std::int64_t runId,
                        const std::vector<Reading>& readings) {
    if (readings.empty()) return;
    database_.write([&](Session& session) {
        const auto n = readings.size();
        std::vector<std::int64_t> seqs, flows(n, flowId), runs(n, runId), times(n, clock_.now());
        std::vector<std::string> stores(n, storeId), verdicts, places, ours, theirs;
        std::vector<int> missing;
        for (const auto& one : readings) {
            seqs.push_back(one.seq);
            verdicts.push_back(one.verdict);
            missing.push_back(one.timesMissing);
            places.push_back(one.place);
            ours.push_back(one.ours);
            theirs.push_back(one.theirs);
        }
        // What was found as before is no news for a receipt; missing once more is.
        session << "INSERT INTO u2035_reading (seq, store_id, flow_id, run_id, read_at, verdict, times_missing, place,"
                   " ours, theirs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET"
                   " receipt_id = CASE WHEN u2035_reading.verdict = excluded.verdict"
                   " AND u2035_reading.times_missing = excluded.times_missing THEN u2035_reading.receipt_id ELSE 0 END,"
                   " flow_id = excluded.flow_id, run_id = excluded.run_id, read_at = excluded.read_at,"
                   " verdict = excluded.verdict, times_missing = excluded.times_missing, place = excluded.place,"
                   " ours = excluded.ours, theirs = excluded.theirs",
            use(seqs), use(stores), use(flows), use(runs), use(times), use(verdicts), use(missing), use(places),
            use(ours), use(theirs), now;
        setState(session, "state = 'confirmed' WHERE state = 'accepted'", seqsWith(readings, {"confirmed"}));
        setState(session, "state = 'in_doubt', next_at = 0 WHERE state IN ('accepted', 'confirmed')",
                 seqsWith(readings, {"missing"}));
        setState(session, "state = 'accepted' WHERE state = 'confirmed'",
                 seqsWith(readings, {"lost", "differs", "voided"}));
    });
}

std::optional<Reading> ReadingStore::find(std::int64_t seq) {
    std::vector<std::string> verdicts, places, ours, theirs;
    std::vector<int> missing;
    std::vector<std::int64_t> times;
    database_.read([&](Session& session) {
        for (auto* column : {&verdicts, &places, &ours, &theirs}) column->clear();
        missing.clear();
        times.clear();
        auto row = seq;
        session << "SELECT verdict, times_missing, place, ours, theirs, read_at FROM u2035_reading WHERE seq = ?",
            into(verdicts), into(missing), into(places), into(ours), into(theirs), into(times), use(row), now;
    });
    if (verdicts.empty()) return std::nullopt;
    return Reading{seq, verdicts[0], missing[0], places[0], ours[0], theirs[0], times[0]};
}

void ReadingStore::eachFinding(const std::string& storeId, const std::function<void(std::span<const Finding>)>& page) {
    constexpr std::size_t kPage = 1'000;
    std::vector<Finding> rows;
    for (std::int64_t after = 0;;) {
        std::vector<std::int64_t> seqs, records, revisions, flows, learners, times;
        std::vector<int> missing;
        std::vector<std::string> ids, kinds, recordKinds, verdicts, places, ours, theirs;
        database_.read([&](Session& session) {
            for (auto* column : {&seqs, &records, &revisions, &flows, &learners, &times}) column->clear();
            for (auto* column : {&ids, &kinds, &recordKinds, &verdicts, &places, &ours, &theirs}) column->clear();
            missing.clear();
            auto store = storeId;
            auto last = after;
            session << fmt::format(
                "SELECT o.seq, o.record_id, o.revision, o.flow_id, o.learner_id, r.read_at, r.times_missing,"
                " o.statement_id, o.kind, o.record_kind, r.verdict, r.place, r.ours, r.theirs FROM u2035_reading r"
                " JOIN u2035_outbox o ON o.seq = r.seq WHERE r.store_id = ? AND r.seq > ?"
                " AND r.verdict IN ('differs', 'lost', 'voided') AND o.state = 'accepted' AND NOT {} ORDER BY r.seq "
                "LIMIT {}",
                kCancelled, kPage),
                into(seqs), into(records), into(revisions), into(flows), into(learners), into(times), into(missing),
                into(ids), into(kinds), into(recordKinds), into(verdicts), into(places), into(ours), into(theirs),
                use(store), use(last), now;
        });
        rows.clear();
        for (std::size_t i = 0; i < seqs.size(); ++i)
            rows.push_back({{seqs[i], verdicts[i], missing[i], places[i], ours[i], theirs[i], times[i]},
                            ids[i],
                            {recordKinds[i], records[i], revisions[i]},
                            kinds[i],
                            flows[i],
                            learners[i]});
        if (!rows.empty()) page(rows);
        if (rows.size() < kPage) return;
        after = rows.back().reading.seq;
    }
}

std::optional<ReadingRefusal> ReadingStore::refusal(const std::string& storeId) {
    std::vector<std::int64_t> since;
    std::vector<std::string> messages;
    database_.read([&](Session& session) {
        since.clear();
        messages.clear();
        auto store = storeId;
        session << "SELECT refused_at, message FROM u2035_reading_refused WHERE store_id = ?", into(since),
            into(messages), use(store), now;
    });
    if (since.empty()) return std::nullopt;
    return ReadingRefusal{since[0], messages[0]};
}

void ReadingStore::setRefusal(const std::string& storeId, const std::string& message) {
    database_.write([&](Session& session) {
        auto store = storeId;
        auto at = clock_.now();
        auto words = message;
        session << "INSERT INTO u2035_reading_refused (store_id, refused_at, message) VALUES (?, ?, ?)"
                   " ON CONFLICT (store_id) DO UPDATE SET message = excluded.message",
            use(store), use(at), use(words), now;
    });
}

void ReadingStore::clearRefusal(const std::string& storeId) {
    database_.write([&](Session& session) {
        auto store = storeId;
        session << "DELETE FROM u2035_reading_refused WHERE store_id = ?", use(store), now;
    });
}

}  // namespace plugin::store
