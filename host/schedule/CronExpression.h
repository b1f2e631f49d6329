#pragma once
/// Five fields as cron has them: minute, hour, day of month, month, day of week.
///
/// "*", numbers, ranges "1-5", steps "*/15" and "8-18/2", lists "1,15", names JAN-DEC and MON-SUN in either case; 7 is
/// Sunday too. As in Vixie cron, when both day fields are restricted (neither begins with "*") a day that fits either
/// will do. Immutable; thread-safe.
///
/// Daylight saving: with hours given, a time that the clocks skip runs once, at the moment of the jump, and one that
/// comes twice runs at the first. When every hour fits ("*"), the job goes by intervals: nothing is moved, and the hour
/// that comes twice runs twice.

#include "common/TimeZone.h"
#include "host/sdk/Clock.h"

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::schedule {

class CronExpression {
public:
    /// AppError 422 "schedule.expression" naming the field, what is wrong and what it may hold.
    static CronExpression parse(std::string_view text);

    /// The first time after `after` (exclusive); nullopt when there is none in nine years ("0 0 30 2 *").
    std::optional<sdk::Micros> next(sdk::Micros after, const common::TimeZone& zone) const;
    /// The last time in (after, until]; nullopt when there is none.
    std::optional<sdk::Micros> last(sdk::Micros after, sdk::Micros until, const common::TimeZone& zone) const;

    const std::string& text() const { return text_; }

private:
    CronExpression() = default;
    bool fitsDay(std::int64_t day) const;
    std::vector<sdk::Micros> timesOfDay(std::int64_t day, const common::TimeZone& zone) const;

    std::string text_;
    std::bitset<60> minutes_;
    std::bitset<24> hours_;
    std::bitset<32> days_;     ///< 1..31
    std::bitset<13> months_;   ///< 1..12
    std::bitset<7> weekdays_;  ///< 0 is Sunday
    bool anyDay_ = false;      ///< the field begins with "*"
    bool anyWeekday_ = false;
};

}  // namespace host::schedule
