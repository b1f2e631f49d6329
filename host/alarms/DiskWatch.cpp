#include "host/alarms/DiskWatch.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sys/statvfs.h>

namespace host::alarms {
namespace {

std::string human(std::uint64_t bytes) {
    constexpr std::uint64_t kMega = 1U << 20;
    if (bytes >= 1024 * kMega) return fmt::format("{:.1f} ГБ", static_cast<double>(bytes) / (1024.0 * kMega));
    return fmt::format("{} МБ", bytes / kMega);
}

}  // namespace

std::optional<DiskSpace> diskSpace(const std::filesystem::path& path) {
    struct statvfs answer {};
    if (::statvfs(path.c_str(), &answer) != 0) return std::nullopt;
    return DiskSpace{std::uint64_t{answer.f_blocks} * answer.f_frsize, std::uint64_t{answer.f_bavail} * answer.f_frsize,
                     answer.f_fsid};
}

std::uint64_t DiskLimit::of(std::uint64_t size) const {
    return std::min(bytes, static_cast<std::uint64_t>(static_cast<double>(size) * percent / 100));
}

DiskWatch::DiskWatch(std::vector<Place> places, DiskLimit limit, sdk::Alarms& alarms, Ask ask)
    : places_(std::move(places)), limit_(limit), alarms_(alarms), ask_(std::move(ask)) {}

void DiskWatch::look() {
    std::set<std::uint64_t> seen;
    for (const Place& place : places_) {
        const std::string key = "host/disk/" + place.name;
        const auto space = ask_(place.path);
        if (!space) continue;  // the folder is not made yet
        // Two folders on one disk are one alarm.
        if (!seen.insert(space->disk).second) {
            alarms_.clear(key);
            continue;
        }
        const std::uint64_t least = limit_.of(space->size);
        if (space->free < least)
            alarms_.raise({key, "", "disk-nearly-full", "На диске сервера почти не осталось места",
                           fmt::format("Диск с папкой {}: свободно {} из {}, порог {}.", place.path.string(),
                                       human(space->free), human(space->size), human(least)),
                           "Освободите место или увеличьте диск: без места не сохраняются ни записи, ни отправки. "
                           "Порог — alarms.disk_free."});
        else if (space->free >= least + least / 10)
            alarms_.clear(key);
    }
}

}  // namespace host::alarms
