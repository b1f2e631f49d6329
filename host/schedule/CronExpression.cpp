#include "host/schedule/CronExpression.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <date/tz.h>

#include <charconv>

namespace host::schedule {
namespace {

using sdk::AppError;
using sdk::Micros;

constexpr std::int64_t kMinuteMicros = 60'000'000;
constexpr std::int64_t kDayMicros = 86'400'000'000;
constexpr int kDaysAhead = 9 * 366;  // a 29 February can be eight years away

struct Field {
    const char* name;
    int least;
    int most;
    std::string_view names;  ///< of three letters, in order from `least`
};

constexpr Field kMinute{"minute", 0, 59, ""};
constexpr Field kHour{"hour", 0, 23, ""};
constexpr Field kDay{"day of month", 1, 31, ""};
constexpr Field kMonth{"month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"};
constexpr Field kWeekday{"day of week", 0, 7, "SUNMONTUEWEDTHUFRISAT"};

[[noreturn]] void refuse(const Field& field, std::string_view part, const std::string& why) {
    throw AppError(
        422, "schedule.expression",
        fmt::format("The schedule's field '{}' holds '{}', which {}; it takes {}-{}, '*', ranges as in 1-5, steps "
                    "as in */15, and lists of these.",
                    field.name, part, why, field.least, field.most));
}

int readNumber(const Field& field, std::string_view text, std::string_view part) {
    if (text.size() == 3) {
        std::string upper = common::toUpperAscii(text);
        for (std::size_t i = 0; i < field.names.size(); i += 3)
            if (field.names.substr(i, 3) == upper) return static_cast<int>(i / 3) + field.least;
    }
    int value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) refuse(field, part, "is no number");
    if (value < field.least || value > field.most) refuse(field, part, "is out of range");
    return value;
}

template <std::size_t N>
void readPart(const Field& field, std::string_view part, std::bitset<N>& bits) {
    auto slash = part.find('/');
    std::string_view range = part.substr(0, slash);
    int step = 1;
    if (slash != std::string_view::npos) {
        std::string_view text = part.substr(slash + 1);
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
        if (text.empty() || error != std::errc() || end != text.data() + text.size() || step < 1 || step > field.most)
            refuse(field, part, "has a wrong step");
    }
    int first = field.least;
    int last = field.most;
    if (range != "*") {
        auto dash = range.find('-');
        first = readNumber(field, range.substr(0, dash), part);
        last = dash == std::string_view::npos ? first : readNumber(field, range.substr(dash + 1), part);
        if (dash == std::string_view::npos && slash != std::string_view::npos)
            refuse(field, part, "has a step without a range");
        if (last < first) refuse(field, part, "is a range that ends before it begins");
    }
    for (int value = first; value <= last; value += step)
        bits.set(static_cast<std::size_t>(value) % (field.most == 7 ? 7 : N));
}

template <std::size_t N>
void readField(const Field& field, std::string_view text, std::bitset<N>& bits) {
    for (std::string_view part : common::split(text, ',')) readPart(field, part, bits);
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < text.size();) {
        auto begin = text.find_first_not_of(" \t", i);
        if (begin == std::string_view::npos) break;
        auto end = std::min(text.find_first_of(" \t", begin), text.size());
        out.push_back(text.substr(begin, end - begin));
        i = end;
    }
    return out;
}

Micros microsOf(date::sys_seconds time) {
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

std::int64_t localDay(Micros at, const common::TimeZone& zone) {
    Micros local = at + zone.offsetSeconds(at) * 1'000'000;
    return local / kDayMicros - (local % kDayMicros < 0 ? 1 : 0);
}

}  // namespace

CronExpression CronExpression::parse(std::string_view text) {
    auto fields = words(text);
    if (fields.size() != 5)
        throw AppError(
            422, "schedule.expression",
            fmt::format("The schedule '{}' has {} fields; it takes five: minute, hour, day of month, month, day "
                        "of week, as in '0 2 * * *'.",
                        text, fields.size()));
    CronExpression cron;
    readField(kMinute, fields[0], cron.minutes_);
    readField(kHour, fields[1], cron.hours_);
    readField(kDay, fields[2], cron.days_);
    readField(kMonth, fields[3], cron.months_);
    readField(kWeekday, fields[4], cron.weekdays_);
    cron.anyDay_ = fields[2].front() == '*';
    cron.anyWeekday_ = fields[4].front() == '*';
    cron.text_ = fmt::format("{} {} {} {} {}", fields[0], fields[1], fields[2], fields[3], fields[4]);
    return cron;
}

bool CronExpression::fitsDay(std::int64_t day) const {
    date::sys_days days{date::days(day)};
    date::year_month_day ymd{days};
    if (!months_.test(unsigned(ymd.month()))) return false;
    bool dayFits = days_.test(unsigned(ymd.day()));
    bool weekdayFits = weekdays_.test(date::weekday(days).c_encoding());
    return anyDay_ || anyWeekday_ ? dayFits && weekdayFits : dayFits || weekdayFits;
}

std::vector<Micros> CronExpression::timesOfDay(std::int64_t day, const common::TimeZone& zone) const {
    std::vector<Micros> times;
    bool byInterval = hours_.all();
    for (std::size_t hour = 0; hour < 24; ++hour) {
        if (!hours_.test(hour)) continue;
        for (std::size_t minute = 0; minute < 60; ++minute) {
            if (!minutes_.test(minute)) continue;
            Micros local = day * kDayMicros + static_cast<Micros>(hour * 60 + minute) * kMinuteMicros;
            date::local_seconds at{std::chrono::seconds(local / 1'000'000)};
            auto info = zone.handle()->get_info(at);
            if (info.result == date::local_info::nonexistent) {
                if (!byInterval) times.push_back(microsOf(info.second.begin));
                continue;
            }
            times.push_back(local - info.first.offset.count() * 1'000'000);
            if (info.result == date::local_info::ambiguous && byInterval)
                times.push_back(local - info.second.offset.count() * 1'000'000);
        }
    }
    std::sort(times.begin(), times.end());
    return times;
}

std::optional<Micros> CronExpression::next(Micros after, const common::TimeZone& zone) const {
    // From the day before: around a jump at midnight a time of yesterday can still come.
    std::int64_t first = localDay(after, zone) - 1;
    for (std::int64_t day = first; day <= first + kDaysAhead; ++day) {
        if (!fitsDay(day)) continue;
        auto times = timesOfDay(day, zone);
        auto it = std::upper_bound(times.begin(), times.end(), after);
        if (it != times.end()) return *it;
    }
    return std::nullopt;
}

std::optional<Micros> CronExpression::last(Micros after, Micros until, const common::TimeZone& zone) const {
    for (std::int64_t day = localDay(until, zone) + 1; day >= localDay(after, zone) - 1; --day) {
        if (!fitsDay(day)) continue;
        auto times = timesOfDay(day, zone);
        auto it = std::upper_bound(times.begin(), times.end(), until);
        if (it == times.begin()) continue;
        if (*--it > after) return *it;
        // An earlier day's times are earlier still, save around a jump, which moves them by less than a day.
        if (*it <= after - kDayMicros) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace host::schedule
