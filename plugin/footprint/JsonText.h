#pragma once
/// Canonical text of values: what an LRS compares byte by byte has exactly one form. Appends to the caller's buffer.
/// ZoneTime keeps the last offset it looked up: not thread-safe, one per worker.

#include "common/TimeZone.h"
#include "host/sdk/Clock.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace plugin::footprint {

/// Escapes for the inside of a JSON string, to ASCII (`\uXXXX`). \return false, with nothing appended, when `text` is
/// not valid UTF-8: a character silently replaced would be a changed record.
bool appendJsonText(std::string& out, std::string_view text);

void appendInteger(std::string& out, std::int64_t value);
/// Shortest form that reads back equal; whole numbers without point or exponent. The value must be finite.
void appendNumber(std::string& out, double value);
/// ISO 8601 in hours, minutes and seconds: PT1H26M, PT14M8S, PT0S.
void appendDuration(std::string& out, std::int64_t seconds);

/// Times of an organization: `2025-04-15T12:34:13+03:00`, with milliseconds or microseconds only where there are some.
class ZoneTime {
public:
    /// \throws AppError 422 "validation" when the zone is unknown.
    explicit ZoneTime(const std::string& zoneName);
    void append(std::string& out, host::sdk::Micros time) const;
    std::string text(host::sdk::Micros time) const;
    /// Microseconds since 1970-01-01T00:00 of the organization's own clock.
    host::sdk::Micros local(host::sdk::Micros time) const;

private:
    void look(std::int64_t second) const;
    const date::time_zone* zone_;
    mutable std::int64_t from_ = 0;  ///< seconds for which offset_ holds: [from_, until_)
    mutable std::int64_t until_ = 0;
    mutable std::int64_t offset_ = 0;  ///< seconds east of UTC
};

}  // namespace plugin::footprint
