#include "common/TimeZone.h"

#include <date/tz.h>

#include <chrono>
#include <stdexcept>

namespace common {
namespace {

using std::chrono::microseconds;

}  // namespace

std::optional<TimeZone> TimeZone::find(const std::string& name) {
    // tzdata is looked up as files under its folder, so a name must not walk out of it.
    if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos) return std::nullopt;
    try {
        return TimeZone(date::locate_zone(name));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

TimeZone TimeZone::require(const std::string& name) {
    auto zone = find(name);
    if (!zone)
        throw std::invalid_argument("There is no time zone '" + name +
                                    "' in this system's tzdata; give an IANA name such as 'Europe/Moscow'.");
    return *zone;
}

const std::string& TimeZone::name() const {
    return zone_->name();
}

std::int64_t TimeZone::offsetSeconds(std::int64_t micros) const {
    auto at = date::floor<std::chrono::seconds>(date::sys_time<microseconds>(microseconds(micros)));
    return zone_->get_info(at).offset.count();
}

std::int64_t TimeZone::fromLocal(std::int64_t localMicros) const {
    date::local_time<microseconds> local{microseconds(localMicros)};
    auto info = zone_->get_info(date::floor<std::chrono::seconds>(local));
    if (info.result == date::local_info::nonexistent)
        return std::chrono::duration_cast<microseconds>(info.second.begin.time_since_epoch()).count();
    return localMicros - std::chrono::duration_cast<microseconds>(info.first.offset).count();
}

}  // namespace common
