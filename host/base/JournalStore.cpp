#include "host/base/JournalStore.h"

#include "common/JsonReader.h"
#include "host/base/JournalChain.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace host::base {
namespace {

using Poco::Data::Session;
using namespace Poco::Data::Keywords;

void requireObject(const std::string& details) {
    if (details.empty()) return;
    try {
        common::parseJsonObject(details);
    } catch (const sdk::AppError&) {
        std::throw_with_nested(sdk::AppError(500, "internal", "The details of a journal entry are no JSON object."));
    }
}

/// The first text that sorts behind every text with this prefix ('.' ends it, '/' comes next).
std::string behindPrefix(std::string prefix) {
    prefix.back() = '/';
    return prefix;
}

}  // namespace

JournalStore::JournalStore(sdk::Database& database, const sdk::Clock& clock) : database_(database), clock_(clock) {}

void JournalStore::append(const sdk::JournalEntry& entry) {
    requireObject(entry.details);
    database_.write([&](Session& session) {
        // First of all: where writers stand side by side, the next waits here until this row is committed.
        session << "UPDATE journal_head SET last_id = last_id + 1, row_count = row_count + 1",
            Poco::Data::Keywords::now;
        JournalHead head = readJournalHead(session);
        JournalRow row{head.lastId, clock_.now(), entry};
        auto& fields = row.entry;
        std::string hash = journalHash(head.hash, row);
        session << "INSERT INTO journal (id, at, organization, actor, client_address, action, subject, details,"
                   " request_id, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(row.id), use(row.at), use(fields.organization), use(fields.actor), use(fields.clientAddress),
            use(fields.action), use(fields.subject), use(fields.details), use(fields.requestId), use(head.hash),
            use(hash), Poco::Data::Keywords::now;
        session << "UPDATE journal_head SET hash = ?", use(hash), Poco::Data::Keywords::now;
    });
}

std::vector<JournalRow> JournalStore::list(const JournalFilter& filter, std::optional<std::int64_t> before,
                                           std::size_t limit) {
    std::vector<JournalRow> rows;
    database_.read([&](Session& session) {
        JournalRow row;
        JournalFilter by = filter;
        std::string organization = by.organization.value_or("");
        std::int64_t last = before.value_or(0);
        std::int64_t from = by.from.value_or(0);
        std::int64_t to = by.to.value_or(0);
        bool prefix = by.action.ends_with('.');
        std::string actionEnd = prefix ? behindPrefix(by.action) : std::string();
        auto most = static_cast<std::int64_t>(limit);
        Poco::Data::Statement select(session);
        select
            << "SELECT id, at, organization, actor, client_address, action, subject, details, request_id FROM journal"
               " WHERE 1 = 1";
        if (by.organization) select << " AND organization = ?", use(organization);
        if (before) select << " AND id < ?", use(last);
        if (prefix)
            select << " AND action >= ? AND action < ?", use(by.action), use(actionEnd);
        else if (!by.action.empty())
            select << " AND action = ?", use(by.action);
        if (!by.actor.empty()) select << " AND actor = ?", use(by.actor);
        if (!by.subject.empty()) select << " AND subject = ?", use(by.subject);
        if (by.from) select << " AND at >= ?", use(from);
        if (by.to) select << " AND at < ?", use(to);
        select << " ORDER BY id DESC LIMIT ?", use(most), into(row.id), into(row.at), into(row.entry.organization),
            into(row.entry.actor), into(row.entry.clientAddress), into(row.entry.action), into(row.entry.subject),
            into(row.entry.details), into(row.entry.requestId), Poco::Data::Keywords::limit(1);
        while (!select.done())
            if (select.execute() > 0) rows.push_back(row);
    });
    return rows;
}

JournalProof JournalStore::verify(const std::optional<JournalAnchor>& anchor) {
    return verifyJournal(database_, anchor);
}

JournalHead JournalStore::head() {
    JournalHead head;
    database_.read([&](Session& session) { head = readJournalHead(session); });
    return head;
}

}  // namespace host::base
