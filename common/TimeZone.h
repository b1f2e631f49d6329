#pragma once
/// IANA time zones from the system's tzdata. Handles are cheap to copy and valid for the life of the process.
/// Thread-safe. Times are microseconds UTC (host::sdk::Micros).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace common {

class TimeZone {
public:
    /// nullopt when tzdata has no such zone.
    static std::optional<TimeZone> find(const std::string& name);
    /// Throws std::invalid_argument naming the zone and what to do.
    static TimeZone require(const std::string& name);

    const std::string& name() const;
    /// Seconds east of UTC that hold at this moment.
    std::int64_t offsetSeconds(std::int64_t micros) const;
    /// The moment of a wall-clock time, given as microseconds since 1970-01-01T00:00 of the zone's own clock. A time
    /// that occurs twice is the first; one that is skipped is the moment of the jump.
    std::int64_t fromLocal(std::int64_t localMicros) const;

    const date::time_zone* handle() const { return zone_; }

private:
    explicit TimeZone(const date::time_zone* zone) : zone_(zone) {}
    const date::time_zone* zone_;
};

}  // namespace common
