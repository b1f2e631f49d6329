#include "host/base/JournalChain.h"

#include "common/Sha256.h"
#include "host/sdk/Error.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <array>

namespace host::base {
namespace {

using Poco::Data::Session;
using namespace Poco::Data::Keywords;

constexpr std::int64_t kPage = 1000;
constexpr std::size_t kMostProblems = 100;

/// Beyond what the migrations can say: their SQL is split at every semicolon.
constexpr const char* kTriggers[] = {
    "CREATE TRIGGER IF NOT EXISTS journal_is_not_changed BEFORE UPDATE ON journal WHEN OLD.hash <> ''"
    " BEGIN SELECT RAISE(ABORT, 'a row of the journal is never changed'); END",
    "CREATE TRIGGER IF NOT EXISTS journal_is_not_removed BEFORE DELETE ON journal"
    " BEGIN SELECT RAISE(ABORT, 'a row of the journal is never removed'); END",
    "CREATE TRIGGER IF NOT EXISTS journal_head_grows BEFORE UPDATE ON journal_head"
    " WHEN NEW.last_id < OLD.last_id OR NEW.row_count < OLD.row_count"
    " BEGIN SELECT RAISE(ABORT, 'the journal never gets shorter'); END",
    // REPLACE removes a row without asking the triggers above.
    "CREATE TRIGGER IF NOT EXISTS journal_only_grows BEFORE INSERT ON journal"
    " WHEN NEW.id <= (SELECT COALESCE(MAX(id), 0) FROM journal)"
    " BEGIN SELECT RAISE(ABORT, 'a row of the journal stands behind all others'); END",
    "CREATE TRIGGER IF NOT EXISTS journal_head_is_one BEFORE INSERT ON journal_head"
    " WHEN EXISTS (SELECT 1 FROM journal_head)"
    " BEGIN SELECT RAISE(ABORT, 'the head of the journal is never replaced'); END",
    "CREATE TRIGGER IF NOT EXISTS journal_head_tells_the_last_row BEFORE UPDATE ON journal_head"
    " WHEN NEW.hash <> OLD.hash AND NOT EXISTS"
    " (SELECT 1 FROM journal WHERE id = NEW.last_id AND hash = NEW.hash)"
    " BEGIN SELECT RAISE(ABORT, 'the head has the hash of the last row'); END",
    "CREATE TRIGGER IF NOT EXISTS journal_head_is_not_removed BEFORE DELETE ON journal_head"
    " BEGIN SELECT RAISE(ABORT, 'the head of the journal is never removed'); END",
};

struct ChainedRow {
    JournalRow row;
    std::string previous;
    std::string hash;
};

/// In columns: one execution a page.
std::vector<ChainedRow> readPage(Session& session, std::int64_t from, std::int64_t to) {
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> times;
    std::array<std::vector<std::string>, 9> texts;
    std::int64_t most = kPage;
    session << "SELECT id, at, organization, actor, client_address, action, subject, details, request_id,"
               " previous_hash, hash FROM journal WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?",
        use(from), use(to), use(most), into(ids), into(times), into(texts[0]), into(texts[1]), into(texts[2]),
        into(texts[3]), into(texts[4]), into(texts[5]), into(texts[6]), into(texts[7]), into(texts[8]), now;
    std::vector<ChainedRow> page(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto& one = page[i];
        auto& entry = one.row.entry;
        one.row.id = ids[i];
        one.row.at = times[i];
        std::size_t column = 0;
        for (auto* field : {&entry.organization, &entry.actor, &entry.clientAddress, &entry.action, &entry.subject,
                            &entry.details, &entry.requestId, &one.previous, &one.hash})
            *field = std::move(texts[column++][i]);
    }
    return page;
}

/// Follows the chain row by row and notes where it does not hold.
class ChainCheck {
public:
    explicit ChainCheck(const std::optional<JournalAnchor>& anchor) : anchor_(anchor) {}

    std::int64_t next() const { return last_ + 1; }

    void look(const ChainedRow& one) {
        const std::int64_t id = one.row.id;
        if (id <= last_) {
            ++strange_;
            return note(id, "inserted", "or just behind it, with an id that the server never gives");
        }
        ++proof.rows;
        const bool gap = id != last_ + 1;
        if (gap) missing(last_ + 1, id - 1);
        if (one.hash.empty())
            note(id, "inserted", "has no hash: it was not written by the server");
        else if (journalHash(one.previous, one.row) != one.hash)
            note(id, "changed", "is not what its hash was made of");
        if (!gap && one.previous != hash_)
            note(last_ == 0 ? id : last_, "changed",
                 fmt::format("has not the hash that row {} was chained to: it was hashed anew, or put in", id));
        if (anchor_ && anchor_->row == id && anchor_->hash != one.hash)
            note(id, "changed",
                 fmt::format("had the hash {} when it was noted, it is {} now", anchor_->hash, one.hash));
        last_ = id;
        hash_ = one.hash;
    }

    void end() {
        if (last_ < proof.head.lastId)
            missing(last_ + 1, proof.head.lastId);
        else if (hash_ != proof.head.hash)
            note(last_, "changed", "has not the hash that the head was chained to");
        if (anchor_ && anchor_->row > proof.head.lastId)
            note(anchor_->row, "removed", "was there when its hash was noted, the journal ends before it now");
    }

    void note(std::int64_t row, std::string kind, std::string detail) {
        ++proof.problemCount;
        if (proof.problems.size() < kMostProblems) proof.problems.push_back({row, std::move(kind), std::move(detail)});
    }

    /// Rows that were told as no rows of the chain.
    std::int64_t strange() const { return strange_; }

    JournalProof proof;

private:
    void missing(std::int64_t first, std::int64_t last) {
        note(first, "removed",
             first == last ? std::string("is missing") : fmt::format("and all up to row {} are missing", last));
    }

    const std::optional<JournalAnchor>& anchor_;
    std::int64_t last_ = 0;
    std::int64_t strange_ = 0;
    std::string hash_;
};

/// Rows of an older build have none; rows that a hash was taken from stay as they are and fail the proof.
void chainOldRows(Session& session) {
    JournalHead head;
    std::int64_t id = 0;
    std::string previous;
    Poco::Data::Statement update(session);
    update << "UPDATE journal SET previous_hash = ?, hash = ? WHERE id = ?", use(previous), use(head.hash), use(id);
    for (std::int64_t from = 1;;) {
        const auto page = readPage(session, from, INT64_MAX);
        if (page.empty()) break;
        for (const auto& one : page) {
            id = one.row.id;
            previous = head.hash;
            head.hash = journalHash(previous, one.row);
            head.lastId = id;
            ++head.rows;
            update.execute();
        }
        from = head.lastId + 1;
    }
    session << "UPDATE journal_head SET last_id = ?, row_count = ?, hash = ?", use(head.lastId), use(head.rows),
        use(head.hash), now;
}

std::int64_t number(Session& session, const std::string& sql) {
    std::int64_t value = 0;
    session << sql, into(value), now;
    return value;
}

}  // namespace

std::string journalHash(const std::string& previous, const JournalRow& row) {
    std::string text;
    // The length before each: no two rows give the same text.
    auto add = [&](const std::string& field) { text += fmt::format("{}:{},", field.size(), field); };
    const auto& entry = row.entry;
    for (const auto& field : {previous, std::to_string(row.id), std::to_string(row.at)}) add(field);
    for (const auto* field : {&entry.organization, &entry.actor, &entry.clientAddress, &entry.action, &entry.subject,
                              &entry.details, &entry.requestId})
        add(*field);
    return common::Sha256::hex(text);
}

JournalHead readJournalHead(Session& session) {
    std::vector<std::int64_t> lastId;
    std::vector<std::int64_t> rows;
    std::vector<std::string> hash;
    session << "SELECT last_id, row_count, hash FROM journal_head", into(lastId), into(rows), into(hash), now;
    if (lastId.size() != 1)
        throw sdk::AppError(500, "journal.no-head",
                            "The head of the journal is missing in the database: somebody removed it. Restore the "
                            "table journal_head from a backup.");
    return {lastId.front(), rows.front(), hash.front()};
}

void prepareJournal(sdk::Database& database) {
    database.write([](Session& session) {
        const auto head = readJournalHead(session);
        if (head.rows == 0 && number(session, "SELECT COUNT(*) FROM journal WHERE hash <> ''") == 0)
            chainOldRows(session);
        for (const char* trigger : kTriggers) session << trigger, Poco::Data::Keywords::now;
    });
}

JournalProof verifyJournal(sdk::Database& database, const std::optional<JournalAnchor>& anchor) {
    ChainCheck check(anchor);
    std::int64_t all = 0;
    std::int64_t behind = 0;
    database.read([&](Session& session) {
        check.proof.head = readJournalHead(session);
        std::int64_t last = check.proof.head.lastId;
        all = number(session, "SELECT COUNT(*) FROM journal");
        session << "SELECT COUNT(*) FROM journal WHERE id > ?", use(last), into(behind), now;
    });
    for (bool more = true; more;)
        database.read([&](Session& session) {
            const auto page = readPage(session, check.next(), check.proof.head.lastId);
            for (const auto& one : page) check.look(one);
            more = !page.empty();
        });
    check.end();
    if (behind > 0)
        check.note(check.proof.head.lastId + 1, "inserted",
                   fmt::format("and later: {} rows that the head does not know", behind));
    if (const auto strange = all - behind - check.proof.rows - check.strange(); strange > 0)
        check.note(0, "inserted",
                   fmt::format("or between others: {} rows with ids that the server never gives", strange));
    return check.proof;
}

}  // namespace host::base
