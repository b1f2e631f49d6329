#include "host/alarms/AlarmStore.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace host::alarms {
namespace {

using Poco::Data::Session;
using Poco::Data::Statement;
using namespace Poco::Data::Keywords;
using sdk::AppError;

constexpr std::size_t kTitleLength = 200;
constexpr std::size_t kTextLength = 4000;

sdk::Alarm checked(const sdk::Alarm& given) {
    sdk::Alarm alarm = given;
    if (alarm.key.empty() || alarm.code.empty() || common::trim(alarm.title).empty())
        throw AppError(500, "internal", "An alarm was raised without key, code or title.");
    alarm.title = common::oneLine(alarm.title, kTitleLength);
    alarm.detail = common::shortened(alarm.detail, kTextLength);
    alarm.fix = common::shortened(alarm.fix, kTextLength);
    return alarm;
}

/// The first text behind all with this prefix; the last character of a prefix is ASCII.
std::string behindPrefix(std::string prefix) {
    if (!prefix.empty()) ++prefix.back();
    return prefix;
}

constexpr const char* kColumns =
    "id, cause, organization, code, title, detail, fix, opened_at, refreshed_at, closed_at";

void intoRow(Statement& select, AlarmRow& row) {
    select, into(row.id), into(row.alarm.key), into(row.alarm.organization), into(row.alarm.code),
        into(row.alarm.title), into(row.alarm.detail), into(row.alarm.fix), into(row.openedAt), into(row.refreshedAt),
        into(row.closedAt);
}

}  // namespace

AlarmStore::AlarmStore(sdk::Database& database, const sdk::Clock& clock, sdk::Logger& logger)
    : database_(database), clock_(clock), logger_(logger) {}

void AlarmStore::raise(const sdk::Alarm& given) {
    sdk::Alarm alarm = checked(given);
    bool opened = false;
    database_.write([&](Session& session) {
        std::int64_t at = clock_.now();
        Statement refresh(session);
        refresh << "UPDATE alarm SET title = ?, detail = ?, fix = ?, refreshed_at = ? WHERE cause = ? AND"
                   " closed_at = 0",
            use(alarm.title), use(alarm.detail), use(alarm.fix), use(at), use(alarm.key);
        opened = refresh.execute() == 0;
        if (!opened) return;
        session << "INSERT INTO alarm (id, cause, organization, code, title, detail, fix, opened_at, refreshed_at,"
                   " closed_at) VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM alarm), ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            use(alarm.key), use(alarm.organization), use(alarm.code), use(alarm.title), use(alarm.detail),
            use(alarm.fix), use(at), use(at), now;
    });
    if (!opened) return;
    logger_.warning("An alarm was raised",
                    {{"alarm", alarm.key}, {"code", alarm.code}, {"organization", alarm.organization}});
    if (changed_) changed_();
}

void AlarmStore::clear(const std::string& key) {
    // Asked for again and again while all is well: the look is cheaper than a write.
    if (!findOpen(key)) return;
    std::size_t closed = 0;
    database_.write([&](Session& session) {
        std::int64_t at = clock_.now();
        std::string cause = key;
        Statement close(session);
        close << "UPDATE alarm SET closed_at = ? WHERE cause = ? AND closed_at = 0", use(at), use(cause);
        closed = close.execute();
    });
    if (closed == 0) return;
    logger_.info("An alarm is over", {{"alarm", key}});
    if (changed_) changed_();
}

std::vector<AlarmRow> AlarmStore::list(const AlarmFilter& filter, const std::optional<AlarmKey>& after,
                                       std::size_t limit) {
    std::vector<AlarmRow> rows;
    database_.read([&](Session& session) {
        AlarmRow row;
        std::string organization = filter.organization.value_or("");
        std::string code = filter.code;
        std::string prefix = filter.keyPrefix;
        std::string behind = behindPrefix(filter.keyPrefix);
        std::int64_t closedFirst = after && !after->open ? 1 : 0;
        std::int64_t last = after ? after->id : 0;
        auto most = static_cast<std::int64_t>(limit);
        Statement select(session);
        select << std::string("SELECT ") + kColumns + " FROM alarm WHERE 1 = 1";
        if (filter.state == AlarmState::Open) select << " AND closed_at = 0";
        if (filter.state == AlarmState::Closed) select << " AND closed_at <> 0";
        if (filter.organization) select << " AND organization = ?", use(organization);
        if (!code.empty()) select << " AND code = ?", use(code);
        if (!prefix.empty()) select << " AND cause >= ? AND cause < ?", use(prefix), use(behind);
        const char* order = "CASE WHEN closed_at = 0 THEN 0 ELSE 1 END";
        if (after)
            select << std::string(" AND (") + order + " > ? OR (" + order + " = ? AND id < ?))", use(closedFirst),
                use(closedFirst), use(last);
        select << std::string(" ORDER BY ") + order + ", id DESC LIMIT ?", use(most);
        intoRow(select, row);
        select, Poco::Data::Keywords::limit(1);
        while (!select.done())
            if (select.execute() > 0) rows.push_back(row);
    });
    return rows;
}

std::optional<AlarmRow> AlarmStore::find(std::int64_t id) {
    return one("id = ?", id, "");
}

std::optional<AlarmRow> AlarmStore::findOpen(const std::string& key) {
    return one("cause = ? AND closed_at = 0", 0, key);
}

std::optional<AlarmRow> AlarmStore::one(const std::string& condition, std::int64_t id, const std::string& key) {
    std::optional<AlarmRow> found;
    database_.read([&](Session& session) {
        AlarmRow row;
        std::string cause = key;
        std::int64_t number = id;
        Statement select(session);
        select << std::string("SELECT ") + kColumns + " FROM alarm WHERE " + condition;
        key.empty() ? (select, use(number)) : (select, use(cause));
        intoRow(select, row);
        if (select.execute() > 0) found = row;
    });
    return found;
}

std::map<std::string, sdk::Micros> AlarmStore::openSince(const std::string& prefix) {
    std::vector<std::string> keys;
    std::vector<std::int64_t> times;
    database_.read([&](Session& session) {
        std::string from = prefix;
        std::string behind = behindPrefix(prefix);
        session << "SELECT cause, opened_at FROM alarm WHERE closed_at = 0 AND cause >= ? AND cause < ?", use(from),
            use(behind), into(keys), into(times), now;
    });
    std::map<std::string, sdk::Micros> open;
    for (std::size_t i = 0; i < keys.size(); ++i) open[keys[i]] = times[i];
    return open;
}

std::map<std::string, std::int64_t> AlarmStore::openByCode() {
    std::vector<std::string> codes;
    std::vector<std::int64_t> counts;
    database_.read([&](Session& session) {
        session << "SELECT code, COUNT(*) FROM alarm WHERE closed_at = 0 GROUP BY code", into(codes), into(counts), now;
    });
    std::map<std::string, std::int64_t> open;
    for (std::size_t i = 0; i < codes.size(); ++i) open[codes[i]] = counts[i];
    return open;
}

void AlarmStore::removeClosedBefore(sdk::Micros time) {
    database_.write([&](Session& session) {
        std::int64_t before = time;
        // Ids are counted on from the greatest: with its row its messages would pass to the next alarm.
        const std::string kept = " (closed_at = 0 OR closed_at >= ? OR id = (SELECT MAX(id) FROM alarm))";
        session << "DELETE FROM alarm_message WHERE alarm_id NOT IN (SELECT id FROM alarm WHERE" + kept + ")",
            use(before), now;
        session << "DELETE FROM alarm WHERE NOT" + kept, use(before), now;
    });
}

}  // namespace host::alarms
