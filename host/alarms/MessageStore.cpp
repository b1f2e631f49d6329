#include "host/alarms/MessageStore.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <algorithm>

namespace host::alarms {
namespace {

using Poco::Data::Session;
using Poco::Data::Statement;
using namespace Poco::Data::Keywords;

constexpr const char* kColumns =
    "alarm_id, target, kind, state, attempts, next_at, settled_at, problem, fix, channel_down";

/// Runs `statement`, whose columns are kColumns, to its end.
std::vector<MessageRow> rowsOf(Statement& statement) {
    std::vector<MessageRow> rows;
    MessageRow row;
    std::int64_t channelDown = 0;
    statement, into(row.alarmId), into(row.target), into(row.kind), into(row.state), into(row.attempts),
        into(row.nextAt), into(row.settledAt), into(row.problem), into(row.fix), into(channelDown),
        Poco::Data::Keywords::limit(1);
    while (!statement.done())
        if (statement.execute() > 0) {
            row.channelDown = channelDown != 0;
            rows.push_back(row);
        }
    return rows;
}

void planFor(Session& session, const Target& target, std::int64_t at) {
    std::string name = target.name();
    std::string organization = target.organization;
    std::int64_t everything = organization.empty() ? 1 : 0;
    // What ended earlier is no news; and the search must not grow with the history.
    std::int64_t oldest = at - std::chrono::microseconds(MessageStore::kNews).count();
    session << "INSERT INTO alarm_message (alarm_id, target, kind, state, attempts, next_at, settled_at, problem, fix)"
               " SELECT a.id, ?, 'opened', 'pending', 0, ?, 0, '', '' FROM alarm a WHERE a.closed_at = 0"
               " AND (? = 1 OR a.organization = ?) AND NOT EXISTS (SELECT 1 FROM alarm_message m"
               " WHERE m.alarm_id = a.id AND m.target = ? AND m.kind = 'opened')",
        use(name), use(at), use(everything), use(organization), use(name), now;
    session << "INSERT INTO alarm_message (alarm_id, target, kind, state, attempts, next_at, settled_at, problem, fix)"
               " SELECT o.alarm_id, o.target, 'closed', 'pending', 0, ?, 0, '', '' FROM alarm a"
               " JOIN alarm_message o ON o.alarm_id = a.id AND o.target = ? AND o.kind = 'opened'"
               " WHERE a.closed_at > ? AND o.state IN ('sent', 'in-doubt') AND NOT EXISTS"
               " (SELECT 1 FROM alarm_message m WHERE m.alarm_id = o.alarm_id AND m.target = o.target"
               " AND m.kind = 'closed')",
        use(at), use(name), use(oldest), now;
}

}  // namespace

MessageStore::MessageStore(sdk::Database& database, const sdk::Clock& clock) : database_(database), clock_(clock) {}

void MessageStore::plan(const std::vector<Target>& targets) {
    database_.write([&](Session& session) {
        std::int64_t at = clock_.now();
        std::vector<std::string> waiting;
        session << "SELECT DISTINCT target FROM alarm_message WHERE next_at > 0", into(waiting), now;
        for (std::string& name : waiting) {
            if (std::any_of(targets.begin(), targets.end(), [&](const Target& t) { return t.name() == name; }))
                continue;
            session << "DELETE FROM alarm_message WHERE target = ? AND next_at > 0", use(name), now;
        }
        // Told in doubt: the closing says both, so the opening is not repeated.
        for (const Target& target : targets) planFor(session, target, at);
        session << "UPDATE alarm_message SET next_at = 0, settled_at = ?,"
                   " state = CASE WHEN state = 'pending' THEN 'dropped' ELSE state END WHERE next_at > 0"
                   " AND kind = 'opened' AND alarm_id IN (SELECT id FROM alarm WHERE closed_at <> 0)",
            use(at), now;
    });
}

std::vector<std::string> MessageStore::dueTargets() {
    std::vector<std::string> names;
    database_.read([&](Session& session) {
        std::int64_t at = clock_.now();
        session << "SELECT target FROM alarm_message WHERE next_at > 0 AND next_at <= ? GROUP BY target"
                   " ORDER BY MIN(next_at), target",
            use(at), into(names), now;
    });
    return names;
}

std::vector<MessageRow> MessageStore::due(std::size_t limit, const std::string& target) {
    std::vector<MessageRow> rows;
    database_.read([&](Session& session) {
        std::int64_t at = clock_.now();
        std::string name = target;
        auto most = static_cast<std::int64_t>(limit);
        Statement select(session);
        select << std::string("SELECT ") + kColumns +
                      " FROM alarm_message WHERE next_at > 0 AND next_at <= ? AND (? = '' OR target = ?)"
                      " ORDER BY next_at, alarm_id, kind DESC, target LIMIT ?",
            use(at), use(name), use(name), use(most);
        rows = rowsOf(select);
    });
    return rows;
}

std::optional<sdk::Micros> MessageStore::nextDue() {
    std::int64_t next = 0;
    database_.read([&](Session& session) {
        session << "SELECT COALESCE(MIN(next_at), 0) FROM alarm_message WHERE next_at > 0", into(next), now;
    });
    return next == 0 ? std::nullopt : std::make_optional(next);
}

std::int64_t MessageStore::waiting() {
    std::int64_t count = 0;
    database_.read(
        [&](Session& session) { session << "SELECT COUNT(*) FROM alarm_message WHERE next_at > 0", into(count), now; });
    return count;
}

void MessageStore::sent(const MessageRow& message) {
    database_.write([&](Session& session) {
        MessageRow row = message;
        std::int64_t at = clock_.now();
        session << "UPDATE alarm_message SET state = 'sent', next_at = 0, settled_at = ?, attempts = attempts + 1,"
                   " problem = '', fix = '', channel_down = 0 WHERE alarm_id = ? AND target = ? AND kind = ?",
            use(at), use(row.alarmId), use(row.target), use(row.kind), now;
    });
}

void MessageStore::dropped(const MessageRow& message) {
    database_.write([&](Session& session) {
        MessageRow row = message;
        std::int64_t at = clock_.now();
        session << "UPDATE alarm_message SET state = 'dropped', next_at = 0, settled_at = ? WHERE alarm_id = ?"
                   " AND target = ? AND kind = ?",
            use(at), use(row.alarmId), use(row.target), use(row.kind), now;
    });
}

void MessageStore::failed(const MessageRow& message, const Delivery& delivery, sdk::Micros nextAt) {
    database_.write([&](Session& session) {
        MessageRow row = message;
        std::string state = delivery.outcome == Delivery::Outcome::InDoubt ? "in-doubt" : row.state;
        std::int64_t next = nextAt;
        std::string why = delivery.problem;
        std::string what = delivery.fix;
        std::int64_t channel = delivery.channelDown ? 1 : 0;
        session << "UPDATE alarm_message SET state = ?, attempts = attempts + 1, next_at = ?, problem = ?, fix = ?,"
                   " channel_down = ? WHERE alarm_id = ? AND target = ? AND kind = ? AND next_at > 0",
            use(state), use(next), use(why), use(what), use(channel), use(row.alarmId), use(row.target), use(row.kind),
            now;
    });
    putOff(message.target, nextAt, delivery);
}

void MessageStore::putOff(const std::string& target, sdk::Micros nextAt, const Delivery& delivery) {
    database_.write([&](Session& session) {
        std::string name = target;
        std::int64_t next = nextAt;
        std::string why = delivery.problem;
        std::string what = delivery.fix;
        std::int64_t channel = delivery.channelDown ? 1 : 0;
        session << "UPDATE alarm_message SET next_at = ?, problem = ?, fix = ?, channel_down = ? WHERE target = ? AND "
                   "next_at > 0"
                   " AND next_at < ?",
            use(next), use(why), use(what), use(channel), use(name), use(next), now;
    });
}

void MessageStore::tryNow(const std::string& target) {
    database_.write([&](Session& session) {
        std::string name = target;
        std::int64_t at = clock_.now();
        std::int64_t all = target.empty() ? 1 : 0;
        session << "UPDATE alarm_message SET next_at = ? WHERE next_at > ? AND (? = 1 OR target = ?)", use(at), use(at),
            use(all), use(name), now;
    });
}

void MessageStore::adopt(const AlarmRow& held, const std::set<std::string>& told) {
    database_.write([&](Session& session) {
        AlarmRow row = held;
        std::int64_t id = 0;
        session << "INSERT INTO alarm (id, cause, organization, code, title, detail, fix, opened_at, refreshed_at,"
                   " closed_at) VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM alarm), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(row.alarm.key), use(row.alarm.organization), use(row.alarm.code), use(row.alarm.title),
            use(row.alarm.detail), use(row.alarm.fix), use(row.openedAt), use(row.refreshedAt), use(row.closedAt), now;
        session << "SELECT MAX(id) FROM alarm", into(id), now;
        for (std::string name : told)
            session << "INSERT INTO alarm_message (alarm_id, target, kind, state, attempts, next_at, settled_at,"
                       " problem, fix) VALUES (?, ?, 'opened', 'sent', 1, 0, ?, '', '')",
                use(id), use(name), use(row.refreshedAt), now;
    });
}

std::map<std::int64_t, std::vector<MessageRow>> MessageStore::ofAlarms(std::int64_t first, std::int64_t last) {
    std::map<std::int64_t, std::vector<MessageRow>> all;
    database_.read([&](Session& session) {
        std::int64_t from = first;
        std::int64_t to = last;
        Statement select(session);
        select << std::string("SELECT ") + kColumns +
                      " FROM alarm_message WHERE alarm_id >= ? AND alarm_id <= ? ORDER BY alarm_id, kind DESC, target",
            use(from), use(to);
        for (auto& row : rowsOf(select)) all[row.alarmId].push_back(std::move(row));
    });
    return all;
}

}  // namespace host::alarms
