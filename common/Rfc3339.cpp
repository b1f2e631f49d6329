#include "common/Rfc3339.h"

#include <date/date.h>

#include <chrono>

namespace common {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// Reads exactly `count` digits and moves on; -1 when they are not there.
int digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return -1;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> takeDate(std::string_view& text) {
    int year = digits(text, 4);
    if (year < 1 || !take(text, '-')) return std::nullopt;
    int month = digits(text, 2);
    if (month < 1 || !take(text, '-')) return std::nullopt;
    int day = digits(text, 2);
    if (day < 1) return std::nullopt;
    date::year_month_day ymd{date::year(year), date::month(static_cast<unsigned>(month)),
                             date::day(static_cast<unsigned>(day))};
    if (!ymd.ok()) return std::nullopt;
    return date::sys_days(ymd).time_since_epoch().count() * kDay;
}

std::optional<std::int64_t> takeFraction(std::string_view& text) {
    if (!take(text, '.')) return 0;
    std::int64_t value = 0;
    std::size_t count = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++count, text.remove_prefix(1))
        if (count < 6) value = value * 10 + (text.front() - '0');
    if (count == 0 || count > 9) return std::nullopt;
    for (; count < 6; ++count) value *= 10;
    return value;
}

std::optional<std::int64_t> takeTime(std::string_view& text, bool secondsMayLack) {
    int hour = digits(text, 2);
    if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
    int minute = digits(text, 2);
    if (minute < 0 || minute > 59) return std::nullopt;
    std::int64_t time = (hour * 60 + minute) * 60 * kSecond;
    if (secondsMayLack && (text.empty() || text.front() != ':')) return time;
    if (!take(text, ':')) return std::nullopt;
    int second = digits(text, 2);
    if (second < 0 || second > 59) return std::nullopt;
    auto fraction = takeFraction(text);
    if (!fraction) return std::nullopt;
    return time + second * kSecond + *fraction;
}

/// Minutes east of UTC; the text must end with it.
std::optional<std::int64_t> takeOffset(std::string_view& text) {
    if (take(text, 'Z')) return 0;
    int sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
    if (sign == 0) return std::nullopt;
    int hour = digits(text, 2);
    if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
    int minute = digits(text, 2);
    if (minute < 0 || minute > 59) return std::nullopt;
    return sign * (hour * 60 + minute);
}

void appendDigits(std::string& out, std::int64_t value, int count) {
    std::string text = std::to_string(value);
    out.append(static_cast<std::size_t>(std::max(0, count - static_cast<int>(text.size()))), '0');
    out += text;
}

void appendDate(std::string& out, std::int64_t localMicros) {
    date::year_month_day ymd{date::sys_days(date::days(floorDiv(localMicros, kDay)))};
    appendDigits(out, int(ymd.year()), 4);
    out += '-';
    appendDigits(out, unsigned(ymd.month()), 2);
    out += '-';
    appendDigits(out, unsigned(ymd.day()), 2);
}

std::string formatLocal(std::int64_t localMicros) {
    std::string out;
    out.reserve(32);
    appendDate(out, localMicros);
    std::int64_t time = localMicros - floorDiv(localMicros, kDay) * kDay;
    out += 'T';
    appendDigits(out, time / (3600 * kSecond), 2);
    out += ':';
    appendDigits(out, time / (60 * kSecond) % 60, 2);
    out += ':';
    appendDigits(out, time / kSecond % 60, 2);
    std::int64_t fraction = time % kSecond;
    if (fraction != 0) {
        out += '.';
        if (fraction % 1000 == 0)
            appendDigits(out, fraction / 1000, 3);
        else
            appendDigits(out, fraction, 6);
    }
    return out;
}

}  // namespace

std::string Rfc3339::utc(std::int64_t micros) {
    return formatLocal(micros) + 'Z';
}

bool Rfc3339::isWritable(std::int64_t micros) {
    constexpr std::int64_t kFirst = date::sys_days(date::year(1) / 1 / 1).time_since_epoch().count() * kDay;
    constexpr std::int64_t kBeyond = date::sys_days(date::year(10000) / 1 / 1).time_since_epoch().count() * kDay;
    return micros >= kFirst && micros < kBeyond;
}

std::string Rfc3339::zoned(std::int64_t micros, const TimeZone& zone) {
    // RFC 3339 has no seconds in an offset; zones before standard time had them, so the local time is rounded with it.
    std::int64_t offset = floorDiv(zone.offsetSeconds(micros), 60);
    std::string out = formatLocal(micros + offset * 60 * kSecond);
    out += offset < 0 ? '-' : '+';
    if (offset < 0) offset = -offset;
    appendDigits(out, offset / 60, 2);
    out += ':';
    appendDigits(out, offset % 60, 2);
    return out;
}

std::optional<std::int64_t> Rfc3339::parse(std::string_view text) {
    auto day = takeDate(text);
    if (!day || !take(text, 'T')) return std::nullopt;
    auto time = takeTime(text, false);
    if (!time) return std::nullopt;
    auto offset = takeOffset(text);
    if (!offset || !text.empty()) return std::nullopt;
    const std::int64_t micros = *day + *time - *offset * 60 * kSecond;
    return isWritable(micros) ? std::make_optional(micros) : std::nullopt;
}

std::optional<std::int64_t> Rfc3339::parseDate(std::string_view text) {
    auto day = takeDate(text);
    return day && text.empty() ? day : std::nullopt;
}

std::optional<std::int64_t> Rfc3339::parseLocal(std::string_view text) {
    auto day = takeDate(text);
    if (!day || !(take(text, 'T') || take(text, ' '))) return std::nullopt;
    auto time = takeTime(text, true);
    if (!time || !text.empty()) return std::nullopt;
    return *day + *time;
}

std::string Rfc3339::date(std::int64_t micros, const TimeZone& zone) {
    std::string out;
    appendDate(out, micros + zone.offsetSeconds(micros) * kSecond);
    return out;
}

}  // namespace common
