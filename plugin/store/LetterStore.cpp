#include "plugin/store/LetterStore.h"

#include "common/Uuid.h"
#include "host/sdk/Error.h"
#include "plugin/store/Param.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <chrono>

namespace plugin::store {

using namespace Poco::Data::Keywords;
using host::sdk::AppError;
using host::sdk::Micros;
using Poco::Data::Session;

namespace {

/// A try takes seconds; one of longer ago was cut off with its process.
constexpr Micros kLongest = std::chrono::microseconds(std::chrono::minutes(1)).count();
/// Beyond it nobody means the same letter any more.
constexpr Micros kSame = std::chrono::microseconds(std::chrono::hours(24)).count();

struct Found {
    LetterRow row;
    std::string kind;
};

std::optional<Found> newest(Session& session, const LetterOrder& order, const std::string& where,
                            const std::string& value) {
    std::vector<std::string> ids, kinds, states, to, from;
    std::vector<Micros> times;
    session << "SELECT id, kind, state, to_address, from_address, changed_at FROM u2035_letter"
               " WHERE organization = ? AND project = ? AND " +
                   where + " ORDER BY changed_at DESC LIMIT 1",
        into(ids), into(kinds), into(states), into(to), into(from), into(times), param(order.key.organization),
        param(order.key.project), param(value), now;
    if (ids.empty()) return std::nullopt;
    return Found{{ids[0], states[0], to[0], from[0], times[0]}, kinds[0]};
}

}  // namespace

LetterRow LetterStore::begin(const LetterOrder& order) {
    LetterRow letter;
    database_.write([&](Session& session) {
        const Micros at = clock_.now();
        if (!order.idempotencyKey.empty())
            if (auto known = newest(session, order, "idempotency_key = ?", order.idempotencyKey)) {
                if (known->kind != order.kind)
                    throw AppError(422, "idempotency-key.reused",
                                   "This Idempotency-Key sent another letter before; make a new one.");
                letter = known->row;
                if (letter.state == "sent") return;
            }
        if (const auto open = newest(session, order, "kind = ? AND state <> 'sent'", order.kind)) {
            if (open->row.state == "sending" && at - open->row.at < kLongest)
                throw AppError::conflict("letter.sending", "This letter is being sent; look again in some seconds.");
            if (letter.id.empty() && at - open->row.at < kSame) letter = open->row;
        }
        const bool fresh = letter.id.empty();
        if (fresh) letter.id = common::Uuid::v4();
        letter.state = "sending";
        letter.at = at;
        if (fresh)
            session << "INSERT INTO u2035_letter (id, organization, project, kind, idempotency_key, state, to_address,"
                       " from_address, requested_by, changed_at) VALUES (?, ?, ?, ?, ?, 'sending', '', '', ?, ?)",
                param(letter.id), param(order.key.organization), param(order.key.project), param(order.kind),
                param(order.idempotencyKey), param(order.requestedBy), param(at), now;
        else
            session
                << "UPDATE u2035_letter SET state = 'sending', idempotency_key = ?, requested_by = ?, changed_at = ?"
                   " WHERE id = ?",
                param(order.idempotencyKey), param(order.requestedBy), param(at), param(letter.id), now;
    });
    return letter;
}

std::optional<LetterRow> LetterStore::findSent(const LetterOrder& order) {
    std::optional<Found> known;
    if (order.idempotencyKey.empty()) return std::nullopt;
    database_.read(
        [&](Session& session) { known = newest(session, order, "idempotency_key = ?", order.idempotencyKey); });
    if (!known || known->row.state != "sent" || known->kind != order.kind) return std::nullopt;
    return known->row;
}

void LetterStore::sent(const LetterRow& row) {
    database_.write([&](Session& session) {
        session << "UPDATE u2035_letter SET state = 'sent', to_address = ?, from_address = ?, changed_at = ?"
                   " WHERE id = ?",
            param(row.to), param(row.from), param(row.at), param(row.id), now;
    });
}

void LetterStore::inDoubt(const std::string& id) {
    database_.write([&](Session& session) {
        session << "UPDATE u2035_letter SET state = 'in-doubt', changed_at = ? WHERE id = ?", param(clock_.now()),
            param(id), now;
    });
}

void LetterStore::forget(const std::string& id) {
    database_.write([&](Session& session) { session << "DELETE FROM u2035_letter WHERE id = ?", param(id), now; });
}

void LetterStore::doubtLeftOver() {
    database_.write(
        [](Session& session) { session << "UPDATE u2035_letter SET state = 'in-doubt' WHERE state = 'sending'", now; });
}

std::vector<std::pair<std::string, std::string>> letterMigrations() {
    return {{"letters",
             "CREATE TABLE u2035_letter ("
             " id TEXT NOT NULL PRIMARY KEY,"
             " organization TEXT NOT NULL,"
             " project TEXT NOT NULL,"
             " kind TEXT NOT NULL,"
             " idempotency_key TEXT NOT NULL,"
             " state TEXT NOT NULL,"
             " to_address TEXT NOT NULL,"
             " from_address TEXT NOT NULL,"
             " requested_by TEXT NOT NULL,"
             " changed_at BIGINT NOT NULL);\n"
             "CREATE UNIQUE INDEX u2035_letter_idempotency ON u2035_letter (organization, project, idempotency_key)"
             " WHERE idempotency_key <> '';\n"
             "CREATE INDEX u2035_letter_kind ON u2035_letter (organization, project, kind, state)"}};
}

}  // namespace plugin::store
