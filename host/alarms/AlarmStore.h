#pragma once
/// Alarms in the database: raised, refreshed, cleared, listed. One row for each time that a cause was open, at most one
/// of a cause open at a time. Thread-safe; database, clock and logger must outlive it.

#include "host/sdk/Alarms.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Logger.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace host::alarms {

struct AlarmRow {
    std::int64_t id = 0;  ///< in order of opening
    sdk::Alarm alarm;     ///< its key is whole: "u2035/destination/…"
    sdk::Micros openedAt = 0;
    sdk::Micros refreshedAt = 0;  ///< last time it was raised
    sdk::Micros closedAt = 0;     ///< 0 while it is open
    bool isOpen() const { return closedAt == 0; }
};

enum class AlarmState { Open, Closed, All };

/// What to list; empty fields don't narrow.
struct AlarmFilter {
    std::optional<std::string> organization;
    std::string code;
    std::string keyPrefix;  ///< "u2035/": a module's own
    AlarmState state = AlarmState::Open;
};

/// The last row of the page before: open ones come first, each kind newest first.
struct AlarmKey {
    bool open = true;
    std::int64_t id = 0;
};

class AlarmStore : public sdk::Alarms {
public:
    AlarmStore(sdk::Database& database, const sdk::Clock& clock, sdk::Logger& logger);

    /// Keys are whole. AppError 500 "internal" for an alarm without key, code or title. Texts are cut: the title to one
    /// line of 200 characters, the others to 4,000.
    void raise(const sdk::Alarm& alarm) override;
    void clear(const std::string& key) override;

    /// Called behind every opening and closing, on the thread that made it; must not throw. Set it before any is.
    void onChange(std::function<void()> changed) { changed_ = std::move(changed); }

    std::vector<AlarmRow> list(const AlarmFilter& filter, const std::optional<AlarmKey>& after, std::size_t limit);
    std::optional<AlarmRow> find(std::int64_t id);
    std::optional<AlarmRow> findOpen(const std::string& key);
    /// Open alarms whose keys begin with the prefix, and since when they are.
    std::map<std::string, sdk::Micros> openSince(const std::string& prefix);
    /// Open alarms by code.
    std::map<std::string, std::int64_t> openByCode();
    /// Removes what was closed before that time.
    void removeClosedBefore(sdk::Micros time);

private:
    std::optional<AlarmRow> one(const std::string& condition, std::int64_t id, const std::string& key);

    sdk::Database& database_;
    const sdk::Clock& clock_;
    sdk::Logger& logger_;
    std::function<void()> changed_;
};

}  // namespace host::alarms
