#pragma once
/// Disks that are nearly full. How free space is asked for is a parameter, so that a test needs no full disk.

#include "host/sdk/Alarms.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace host::alarms {

struct DiskSpace {
    std::uint64_t size = 0;  ///< bytes
    std::uint64_t free = 0;  ///< bytes that this process may still write
    std::uint64_t disk = 0;  ///< names the file system
};

/// By statvfs; nullopt when the path can't be looked at.
std::optional<DiskSpace> diskSpace(const std::filesystem::path& path);

/// Nearly full is below both: so a big disk is not called full with 50 GB left, nor a small one with half of it.
struct DiskLimit {
    double percent = 5;  ///< of the size
    std::uint64_t bytes = std::uint64_t{1} << 30;

    std::uint64_t of(std::uint64_t size) const;
};

class DiskWatch {
public:
    struct Place {
        std::string name;  ///< "database", "data": part of the alarm's key
        std::filesystem::path path;
    };
    using Ask = std::function<std::optional<DiskSpace>(const std::filesystem::path&)>;

    DiskWatch(std::vector<Place> places, DiskLimit limit, sdk::Alarms& alarms, Ask ask = diskSpace);
    /// Raises below the limit, clears at a tenth above it: what swings around the limit is one alarm.
    void look();

private:
    const std::vector<Place> places_;
    const DiskLimit limit_;
    sdk::Alarms& alarms_;
    const Ask ask_;
};

}  // namespace host::alarms
