#pragma once
/// RFC 3339 times to and from microseconds UTC. Strict: Poco's parser takes "garbage" for the year 0. Thread-safe.

#include "common/TimeZone.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace common {

class Rfc3339 {
public:
    /// "2026-03-01T09:30:00Z", with a fraction of 3 or 6 digits when there is one.
    static std::string utc(std::int64_t micros);
    /// Only such times can be written: of the years 0001 to 9999 in UTC.
    static bool isWritable(std::int64_t micros);
    /// The same with the zone's offset at that moment: "2026-03-01T12:30:00+03:00".
    static std::string zoned(std::int64_t micros, const TimeZone& zone);

    /// A date, "T", a time, an optional fraction of 1 to 9 digits (cut to microseconds), and "Z" or an offset; years
    /// 0001 to 9999 as written and in UTC, no leap second. Anything else is nullopt.
    static std::optional<std::int64_t> parse(std::string_view text);

    /// "2026-03-01" as microseconds of 00:00 on a clock without zone (feed to TimeZone::fromLocal), or nullopt.
    static std::optional<std::int64_t> parseDate(std::string_view text);
    /// "2026-03-01T09:30:00", "T" or a blank, optional seconds and fraction: on a clock without zone, or nullopt.
    static std::optional<std::int64_t> parseLocal(std::string_view text);
    /// "2026-03-01" of a time on a clock with the zone.
    static std::string date(std::int64_t micros, const TimeZone& zone);
};

}  // namespace common
