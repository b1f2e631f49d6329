#include "plugin/store/ReceiptStore.h"

#include "common/Sha256.h"
#include "plugin/store/Sql.h"

#include <Poco/Data/Session.h>
#include <fmt/format.h>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using Poco::Data::Session;

namespace {

constexpr std::size_t kPage = 2'000;

/// Adds statements with the digests of their bytes, a page of seqs at a time, so that memory holds one page's bytes.
void addItems(host::sdk::Database& database, const std::string& select, const std::string& storeId, std::int64_t flowId,
              std::vector<ReceiptItem>& items) {
    for (std::int64_t after = 0;;) {
        std::vector<std::int64_t> seqs;
        std::vector<std::string> fates, ids, bytes;
        database.read([&](Session& session) {
            seqs.clear();
            for (auto* column : {&fates, &ids, &bytes}) column->clear();
            auto store = storeId;
            auto flow = flowId;
            auto last = after;
            session << select + fmt::format(" ORDER BY o.seq LIMIT {}", kPage), into(seqs), into(fates), into(ids),
                into(bytes), use(store), use(flow), use(last), now;
        });
        for (std::size_t i = 0; i < seqs.size(); ++i)
            items.push_back({std::move(fates[i]), seqs[i], std::move(ids[i]), common::Sha256::hex(bytes[i])});
        if (seqs.size() < kPage) return;
        after = seqs.back();
    }
}

ReceiptHead readHead(Session& session, const std::string& organization) {
    std::vector<std::int64_t> receipts;
    std::vector<std::string> hashes;
    auto owner = organization;
    session << "SELECT receipts, hash FROM u2035_receipt_head WHERE organization = ?", into(receipts), into(hashes),
        use(owner), now;
    return receipts.empty() ? ReceiptHead{0, kNoReceipt} : ReceiptHead{receipts[0], hashes[0]};
}

void insertItems(Session& session, std::int64_t receiptId, const std::vector<ReceiptItem>& items) {
    for (std::size_t at = 0; at < items.size(); at += kPage) {
        std::vector<std::int64_t> positions, seqs;
        std::vector<std::string> fates, ids, digests;
        for (std::size_t i = at; i < std::min(items.size(), at + kPage); ++i) {
            positions.push_back(static_cast<std::int64_t>(i) + 1);
            seqs.push_back(items[i].seq);
            fates.push_back(items[i].fate);
            ids.push_back(items[i].statementId);
            digests.push_back(items[i].digest);
        }
        std::vector<std::int64_t> receipts(positions.size(), receiptId);
        session << "INSERT INTO u2035_receipt_item (receipt_id, position, fate, seq, statement_id, digest)"
                   " VALUES (?, ?, ?, ?, ?, ?)",
            use(receipts), use(positions), use(fates), use(seqs), use(ids), use(digests), now;
    }
}

std::vector<ReceiptRow> readRows(Session& session, const Conditions& conditions, const std::string& order) {
    std::vector<std::int64_t> ids, numbers, flows, runs;
    std::vector<std::string> organizations, projects, texts, previous, hashes;
    Poco::Data::Statement select(session);
    select << "SELECT id, organization, number, project, flow_id, run_id, text, previous, hash FROM u2035_receipt" +
                  conditions.sql() + order,
        into(ids), into(organizations), into(numbers), into(projects), into(flows), into(runs), into(texts),
        into(previous), into(hashes);
    auto bound = conditions;
    bound.bindTo(select);
    select.execute();
    std::vector<ReceiptRow> rows;
    rows.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        rows.push_back({ids[i], std::move(organizations[i]), numbers[i], std::move(projects[i]), flows[i], runs[i],
                        std::move(texts[i]), std::move(previous[i]), std::move(hashes[i])});
    return rows;
}

}  // namespace

std::map<std::int64_t, ReceiptFacts> ReceiptStore::standing(const std::string& storeId, const std::string& organization,
                                                            const std::string& project, std::int64_t runId) {
    std::map<std::int64_t, ReceiptFacts> flows;
    database_.read([&](Session& session) {
        flows.clear();
        std::vector<std::int64_t> ids, numbers, planned, found, findings, refused, unsendable;
        std::vector<std::string> states, verdicts;
        auto store = storeId;
        auto owner = organization;
        auto name = project;
        auto run = runId;
        session << "SELECT flow_id, state, COUNT(*), SUM(CASE WHEN planned_run = ? THEN 1 ELSE 0 END)"
                   " FROM u2035_outbox WHERE store_id = ? GROUP BY flow_id, state",
            into(ids), into(states), into(numbers), into(planned), use(run), use(store), now;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            auto& facts = flows[ids[i]];
            if (states[i] != "withdrawn") facts.planned += planned[i];
            if (states[i] == "waiting") facts.waiting += numbers[i];
            if (states[i] == "in_doubt" || states[i] == "sending") facts.inDoubt += numbers[i];
            if (states[i] == "quarantined") facts.quarantined += numbers[i];
            if (states[i] == "accepted" || states[i] == "confirmed") facts.accepted += numbers[i];
            if (states[i] == "confirmed") facts.confirmed += numbers[i];
        }
        // What was cancelled since is settled.
        session << std::string(
                       "SELECT r.flow_id, r.verdict, COUNT(*) FROM u2035_reading r JOIN u2035_outbox o ON o.seq = r.seq"
                       " WHERE r.store_id = ? AND r.verdict IN ('differs', 'lost', 'voided') AND NOT ") +
                       kCancelled + " GROUP BY r.flow_id, r.verdict",
            into(found), into(verdicts), into(findings), use(store), now;
        for (std::size_t i = 0; i < found.size(); ++i) {
            auto& facts = flows[found[i]];
            (verdicts[i] == "differs" ? facts.differs
             : verdicts[i] == "lost"  ? facts.lost
                                      : facts.voided) = findings[i];
        }
        session << "SELECT flow_id, COUNT(*) FROM u2035_unsendable WHERE organization = ? AND project = ?"
                   " AND run_id = ? AND origin = 'statements' GROUP BY flow_id",
            into(refused), into(unsendable), use(owner), use(name), use(run), now;
        for (std::size_t i = 0; i < refused.size(); ++i) flows[refused[i]].unsendable = unsendable[i];
    });
    for (auto& [id, facts] : flows) {
        facts.organization = organization;
        facts.project = project;
        facts.storeId = storeId;
        facts.flowId = id;
        facts.runId = runId;
    }
    return flows;
}

std::int64_t ReceiptStore::lastBatch(const std::string& storeId) {
    std::int64_t last = 0;
    database_.read([&](Session& session) {
        auto store = storeId;
        session << "SELECT COALESCE(MAX(id), 0) FROM u2035_batch WHERE store_id = ?", into(last), use(store), now;
    });
    return last;
}

std::map<std::int64_t, std::int64_t> ReceiptStore::covered(const std::string& storeId) {
    std::map<std::int64_t, std::int64_t> found;
    database_.read([&](Session& session) {
        found.clear();
        std::vector<std::int64_t> flows, batches;
        auto store = storeId;
        session << "SELECT flow_id, MAX(upto_batch) FROM u2035_receipt WHERE store_id = ? GROUP BY flow_id",
            into(flows), into(batches), use(store), now;
        for (std::size_t i = 0; i < flows.size(); ++i) found[flows[i]] = batches[i];
    });
    return found;
}

std::vector<ReceiptItem> ReceiptStore::news(const std::string& storeId, std::int64_t flowId, std::int64_t afterBatch,
                                            std::int64_t uptoBatch) {
    std::vector<ReceiptItem> items;
    // A POST's answer 200 is about all of its statements, whatever became of one since.
    addItems(database_,
             fmt::format("SELECT o.seq, CASE WHEN o.state = 'quarantined' THEN 'refused' ELSE 'sent' END,"
                         " o.statement_id, s.bytes FROM u2035_outbox o JOIN u2035_statement s ON s.seq = o.seq"
                         " JOIN u2035_batch b ON b.id = o.batch_id AND b.store_id = o.store_id"
                         " WHERE o.store_id = ? AND o.flow_id = ? AND o.batch_id > {} AND o.batch_id <= {}"
                         " AND (b.outcome = 'accepted' OR o.state = 'quarantined') AND o.seq > ?",
                         afterBatch, uptoBatch),
             storeId, flowId, items);
    addItems(
        database_,
        "SELECT o.seq, r.verdict, o.statement_id, s.bytes FROM u2035_reading r JOIN u2035_outbox o ON o.seq = r.seq"
        " JOIN u2035_statement s ON s.seq = o.seq WHERE r.store_id = ? AND r.flow_id = ? AND r.receipt_id = 0"
        " AND r.verdict <> 'late' AND o.seq > ?",
        storeId, flowId, items);
    order(items);
    return items;
}

ReceiptRow ReceiptStore::write(const ReceiptFacts& facts, const std::vector<ReceiptItem>& items) {
    ReceiptRow row;
    database_.write([&](Session& session) {
        row = {};
        const auto head = readHead(session, facts.organization);
        row.id = nextNumber(session, "u2035_receipt", "id");
        row.organization = facts.organization;
        row.number = head.receipts + 1;
        row.project = facts.project;
        row.flowId = facts.flowId;
        row.runId = facts.runId;
        row.previous = head.hash;
        row.text = receiptText(facts, items, row.number, row.previous);
        row.hash = common::Sha256::hex(row.text);
        auto store = facts.storeId;
        auto at = facts.at;
        auto upto = facts.uptoBatch;
        session << "INSERT INTO u2035_receipt (id, organization, number, project, store_id, flow_id, run_id, made_at,"
                   " upto_batch, text, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(row.id), use(row.organization), use(row.number), use(row.project), use(store), use(row.flowId),
            use(row.runId), use(at), use(upto), use(row.text), use(row.previous), use(row.hash), now;
        insertItems(session, row.id, items);
        session << "UPDATE u2035_reading SET receipt_id = ? WHERE store_id = ? AND flow_id = ? AND receipt_id = 0"
                   " AND verdict <> 'late'",
            use(row.id), use(store), use(row.flowId), now;
        session << "INSERT INTO u2035_receipt_head (organization, receipts, hash) VALUES (?, ?, ?)"
                   " ON CONFLICT (organization) DO UPDATE SET receipts = excluded.receipts, hash = excluded.hash",
            use(row.organization), use(row.number), use(row.hash), now;
    });
    return row;
}

std::vector<ReceiptRow> ReceiptStore::list(const ReceiptFilter& filter, std::int64_t before, std::size_t limit) {
    std::vector<ReceiptRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", filter.organization);
        if (!filter.project.empty()) where.text("project = ?", filter.project);
        if (filter.flowId != 0) where.raw(fmt::format("flow_id = {}", filter.flowId));
        if (filter.runId != 0) where.raw(fmt::format("run_id = {}", filter.runId));
        if (before != 0) where.raw(fmt::format("number < {}", before));
        rows = readRows(session, where, fmt::format(" ORDER BY number DESC LIMIT {}", limit));
    });
    return rows;
}

std::optional<ReceiptRow> ReceiptStore::find(const std::string& organization, std::int64_t id) {
    std::vector<ReceiptRow> rows;
    database_.read([&](Session& session) {
        Conditions where;
        where.text("organization = ?", organization);
        where.raw(fmt::format("id = {}", id));
        rows = readRows(session, where, "");
    });
    return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

std::vector<ShownItem> ReceiptStore::items(std::int64_t receiptId, const std::string& fate, std::int64_t after,
                                           std::size_t limit) {
    std::vector<std::int64_t> positions, seqs;
    std::vector<std::string> fates, ids, digests, states;
    database_.read([&](Session& session) {
        for (auto* column : {&positions, &seqs}) column->clear();
        for (auto* column : {&fates, &ids, &digests, &states}) column->clear();
        Conditions where;
        where.raw(fmt::format("i.receipt_id = {} AND i.position > {}", receiptId, after));
        if (!fate.empty()) where.text("i.fate = ?", fate);
        Poco::Data::Statement select(session);
        select << "SELECT i.position, i.seq, i.fate, i.statement_id, i.digest, COALESCE(o.state, '')"
                  " FROM u2035_receipt_item i LEFT JOIN u2035_outbox o ON o.seq = i.seq" +
                      where.sql() + fmt::format(" ORDER BY i.position LIMIT {}", limit),
            into(positions), into(seqs), into(fates), into(ids), into(digests), into(states);
        where.bindTo(select);
        select.execute();
    });
    std::vector<ShownItem> rows;
    rows.reserve(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i)
        rows.push_back({positions[i],
                        {std::move(fates[i]), seqs[i], std::move(ids[i]), std::move(digests[i])},
                        std::move(states[i])});
    return rows;
}

ReceiptHead ReceiptStore::head(const std::string& organization) {
    ReceiptHead head;
    database_.read([&](Session& session) { head = readHead(session, organization); });
    return head;
}

/// What is wrong with a receipt that stands where number `number` belongs; empty: nothing.
std::string ReceiptStore::brokenBy(const ReceiptRow& row, std::int64_t number, const std::string& previous) {
    if (row.number != number) return fmt::format("квитанции с номером {} нет: она удалена", number);
    if (common::Sha256::hex(row.text) != row.hash) return "текст квитанции изменён: его хеш не тот, что записан";
    const auto parsed = parseReceipt(row.text);
    if (!parsed) return "это не текст квитанции";
    if (row.previous != previous || parsed->previous != previous)
        return "она не продолжает предыдущую квитанцию: записанный в ней хеш предыдущей не сходится";
    if (parsed->number != number || parsed->organization != row.organization || parsed->project != row.project ||
        parsed->run != std::to_string(row.runId) ||
        parsed->flow != (row.flowId == 0 ? std::string() : std::to_string(row.flowId)))
        return "её номер, поток или ночь записаны не так, как в её тексте";
    common::Sha256 digest;
    std::int64_t count = 0;
    for (std::int64_t after = 0;;) {
        const auto page = items(row.id, "", after, kPage);
        for (const auto& one : page) digest.update(digestLine(one.item));
        count += static_cast<std::int64_t>(page.size());
        if (page.size() < kPage) break;
        after = page.back().position;
    }
    if (count != parsed->items || digest.finishHex() != parsed->digest)
        return "список её фактов изменён: он не сходится с хешем списка в её тексте";
    return {};
}

ChainCheck ReceiptStore::verify(const std::string& organization) {
    ChainCheck check;
    std::int64_t there = 0;
    database_.read([&](Session& session) {
        // In one statement: a receipt may be written meanwhile.
        std::vector<std::int64_t> heads, counts;
        std::vector<std::string> hashes;
        auto owner = organization;
        session << "SELECT COALESCE(MAX(h.receipts), 0), COALESCE(MAX(h.hash), ''), (SELECT COALESCE(MAX(r.number), 0)"
                   " FROM u2035_receipt r WHERE r.organization = ?) FROM u2035_receipt_head h WHERE h.organization = ?",
            into(heads), into(hashes), into(counts), use(owner), use(owner), now;
        check.head = {heads[0], hashes[0].empty() ? kNoReceipt : hashes[0]};
        there = counts[0];
    });
    const auto broken = [&](std::int64_t number, std::int64_t id, std::string reason) {
        check.brokenNumber = number;
        check.brokenId = id;
        check.reason = std::move(reason);
        return check;
    };
    std::string previous = kNoReceipt;
    for (std::int64_t number = 1; number <= std::max(check.head.receipts, there);) {
        std::vector<ReceiptRow> page;
        database_.read([&](Session& session) {
            Conditions where;
            where.text("organization = ?", organization);
            where.raw(fmt::format("number >= {}", number));
            page = readRows(session, where, " ORDER BY number LIMIT 200");
        });
        if (page.empty())
            return broken(number, 0,
                          fmt::format("квитанций должно быть {}, а есть {}: конец цепочки отрезан", check.head.receipts,
                                      number - 1));
        for (const auto& row : page) {
            if (number > std::max(check.head.receipts, there)) break;
            if (auto reason = brokenBy(row, number, previous); !reason.empty())
                return broken(number, row.number == number ? row.id : 0, std::move(reason));
            if (number > check.head.receipts)
                return broken(
                    number, row.id,
                    fmt::format("о ней не знает голова цепочки, в которой {} квитанций", check.head.receipts));
            previous = row.hash;
            check.receipts = number++;
        }
    }
    if (previous != check.head.hash)
        return broken(check.receipts, 0, "последняя квитанция не та, что записана в голове цепочки");
    return check;
}

}  // namespace plugin::store
