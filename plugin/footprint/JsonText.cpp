#include "plugin/footprint/JsonText.h"

#include "common/Json.h"
#include "common/Text.h"
#include "host/sdk/Error.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace plugin::footprint {
namespace {

/// Bytes that stand in a JSON string as they are.
constexpr std::array<bool, 256> safeBytes() {
    std::array<bool, 256> safe{};
    for (std::size_t c = 0x20; c < 0x7f; ++c) safe[c] = c != '"' && c != '\\';
    return safe;
}
constexpr auto kSafe = safeBytes();

void appendTwo(char* at, unsigned value) {
    at[0] = static_cast<char>('0' + value / 10);
    at[1] = static_cast<char>('0' + value % 10);
}

std::int64_t floorDivide(std::int64_t value, std::int64_t by) {
    return value / by - (value % by < 0 ? 1 : 0);
}

}  // namespace

bool appendJsonText(std::string& out, std::string_view text) {
    // Most texts are ids and numbers: they need no second look.
    if (std::all_of(text.begin(), text.end(), [](char c) { return kSafe[static_cast<unsigned char>(c)]; })) {
        out.append(text);
        return true;
    }
    if (!common::isUtf8(text)) return false;
    common::appendJsonEscaped(out, text, true);
    return true;
}

void appendInteger(std::string& out, std::int64_t value) {
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    out.append(text, static_cast<std::size_t>(end - text));
}

void appendNumber(std::string& out, double value) {
    constexpr double kExact = 1e15;
    if (std::abs(value) < kExact && value == std::trunc(value)) {
        appendInteger(out, static_cast<std::int64_t>(value));
        return;
    }
    common::appendJsonNumber(out, value);
}

void appendDuration(std::string& out, std::int64_t seconds) {
    if (seconds <= 0) {
        out += "PT0S";
        return;
    }
    out += "PT";
    const auto part = [&](std::int64_t value, char unit) {
        if (value == 0) return;
        appendInteger(out, value);
        out += unit;
    };
    part(seconds / 3600, 'H');
    part(seconds / 60 % 60, 'M');
    part(seconds % 60, 'S');
}

ZoneTime::ZoneTime(const std::string& zoneName) {
    const auto zone = common::TimeZone::find(zoneName);
    if (!zone)
        throw host::sdk::AppError::validation(
            fmt::format("Time zone '{}' of the organization is unknown; set an IANA name such as 'Europe/Moscow'.",
                        zoneName),
            {{"/timeZone", "unknown time zone", "use an IANA name such as Europe/Moscow"}});
    zone_ = zone->handle();
}

void ZoneTime::look(std::int64_t second) const {
    if (second >= from_ && second < until_) return;
    const auto info = zone_->get_info(date::sys_seconds{std::chrono::seconds{second}});
    from_ = info.begin.time_since_epoch().count();
    until_ = info.end.time_since_epoch().count();
    offset_ = info.offset.count();
}

host::sdk::Micros ZoneTime::local(host::sdk::Micros time) const {
    look(floorDivide(time, 1'000'000));
    return time + offset_ * 1'000'000;
}

void ZoneTime::append(std::string& out, host::sdk::Micros time) const {
    const std::int64_t second = floorDivide(time, 1'000'000);
    const auto fraction = static_cast<unsigned>(time - second * 1'000'000);
    look(second);
    const std::int64_t local = second + offset_;
    const std::int64_t day = floorDivide(local, 86'400);
    const auto ofDay = static_cast<unsigned>(local - day * 86'400);
    const date::year_month_day ymd{date::sys_days{date::days{day}}};
    char text[40] = "0000-00-00T00:00:00";
    const auto year = static_cast<unsigned>(static_cast<int>(ymd.year()));
    appendTwo(text, year / 100);
    appendTwo(text + 2, year % 100);
    appendTwo(text + 5, static_cast<unsigned>(ymd.month()));
    appendTwo(text + 8, static_cast<unsigned>(ymd.day()));
    appendTwo(text + 11, ofDay / 3600);
    appendTwo(text + 14, ofDay / 60 % 60);
    appendTwo(text + 17, ofDay % 60);
    std::size_t size = 19;
    if (fraction != 0) {
        const bool millis = fraction % 1000 == 0;
        unsigned rest = millis ? fraction / 1000 : fraction;
        const std::size_t digits = millis ? 3 : 6;
        text[size] = '.';
        for (std::size_t i = digits; i > 0; --i, rest /= 10) text[size + i] = static_cast<char>('0' + rest % 10);
        size += 1 + digits;
    }
    const auto away = static_cast<unsigned>(offset_ < 0 ? -offset_ : offset_);
    text[size] = offset_ < 0 ? '-' : '+';
    appendTwo(text + size + 1, away / 3600);
    text[size + 3] = ':';
    appendTwo(text + size + 4, away / 60 % 60);
    out.append(text, size + 6);
}

std::string ZoneTime::text(host::sdk::Micros time) const {
    std::string out;
    append(out, time);
    return out;
}

}  // namespace plugin::footprint
