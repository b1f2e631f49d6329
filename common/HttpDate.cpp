#include "common/HttpDate.h"

namespace common {
namespace {

/// Index of a name of three letters, -1 when it is none.
int indexIn(std::string_view names, std::string_view name) {
    const auto at = names.find(name);
    return at == std::string_view::npos || at % 3 != 0 ? -1 : static_cast<int>(at / 3);
}

/// -1 when there is anything but digits.
int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<std::chrono::sys_seconds> parseHttpDate(std::string_view text) {
    using namespace std::chrono;
    constexpr std::string_view kShape = "www, dd mmm yyyy hh:mm:ss GMT";
    if (text.size() != kShape.size() || text.substr(25) != " GMT") return std::nullopt;
    for (const std::size_t at : {3, 4, 7, 11, 16, 19, 22})
        if (text[at] != kShape[at]) return std::nullopt;
    const int month = indexIn("JanFebMarAprMayJunJulAugSepOctNovDec", text.substr(8, 3));
    const int day = number(text.substr(5, 2)), year = number(text.substr(12, 4));
    const int hour = number(text.substr(17, 2)), minute = number(text.substr(20, 2)),
              second = number(text.substr(23, 2));
    if (indexIn("MonTueWedThuFriSatSun", text.substr(0, 3)) < 0 || month < 0 || day < 0 || year < 0)
        return std::nullopt;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month) + 1),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
}

}  // namespace common
