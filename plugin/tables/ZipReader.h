#pragma once
/// Finds entries in a zip of our own making (ZipFile, libxlsxwriter) by its directory. Immutable after construction;
/// not thread-safe. \throws AppError 500 "tables.read" when it is no whole zip.

#include "plugin/tables/ZipFile.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace plugin::tables {

class ZipReader {
public:
    explicit ZipReader(const std::filesystem::path& path);

    const std::vector<ZipEntry>& entries() const noexcept { return entries_; }
    /// nullptr when there is none.
    const ZipEntry* find(const std::string& name) const;
    /// The entry's bytes as they are packed, in blocks.
    void packed(const ZipEntry& entry, const std::function<void(std::string_view)>& block) const;
    /// Unpacks the entry: are its size and CRC-32 what the directory says, and does it end so?
    bool endsWith(const ZipEntry& entry, std::string_view end) const;

private:
    std::string bytes(std::uint64_t offset, std::uint64_t size) const;
    [[noreturn]] void broken() const;
    void readDirectory(std::uint64_t offset, std::uint64_t size, std::uint64_t count);

    std::filesystem::path path_;
    Descriptor file_;
    std::uint64_t size_ = 0;
    std::vector<ZipEntry> entries_;
    std::unordered_map<std::string, std::size_t> byName_;
};

}  // namespace plugin::tables
