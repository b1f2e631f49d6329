#pragma once
/// A zip archive that is written as a stream: each entry stored or deflated, sizes and CRC-32 put into its header when
/// they are known (no data descriptors: some readers refuse them for stored entries). ZIP64 only where it must be. The
/// same entries give the same bytes. Not thread-safe. Errors: AppError 500 "tables.write".
///
/// Our own, since libzip copies every file once more through a temporary one, Poco::Zip 1.11 writes through 4 KiB
/// stream buffers with data descriptors, and neither can take an entry back.

#include "plugin/tables/StagedFile.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plugin::tables {

/// Date and time as MS-DOS had them, in a packed word: what a zip holds.
std::uint32_t dosTime(std::int64_t localMicros);

struct ZipEntry {
    std::string name;
    std::uint32_t time = 0;  ///< dosTime
    std::uint32_t crc = 0;
    std::uint64_t size = 0;
    std::uint64_t packed = 0;
    std::uint64_t offset = 0;  ///< of its local header
    bool deflated = false;
};

class ZipReader;

class ZipFile {
public:
    static constexpr std::uint64_t kZip64From = 0xffff'ffff;

    /// `zip64From`: sizes and offsets from which ZIP64's fields are used; smaller in tests.
    explicit ZipFile(std::filesystem::path path, std::uint64_t zip64From = kZip64From);
    ~ZipFile();
    ZipFile(const ZipFile&) = delete;
    ZipFile& operator=(const ZipFile&) = delete;

    /// `size` is what will be written, or a little more or less: it decides whether ZIP64's fields are needed.
    void begin(const std::string& name, std::uint32_t time, bool deflated, std::uint64_t size);
    void write(std::string_view bytes);
    void end();
    /// An entry of another archive, as it is packed there.
    void copy(const ZipReader& from, const ZipEntry& entry);

    std::size_t entries() const noexcept { return entries_.size(); }
    /// Where the next entry lies: the archive's size so far, without its directory.
    std::uint64_t position() const noexcept { return position_; }
    /// Takes back the entries from `entries` on, finished or not.
    void rollback(std::size_t entries);

    /// Writes the directory, waits until all is on the disk and closes it.
    void finish();
    void publish();
    const std::filesystem::path& staged() const noexcept { return name_.staged(); }
    /// After finish().
    std::int64_t bytes() const noexcept { return static_cast<std::int64_t>(position_); }

private:
    struct Deflate;
    void header(ZipEntry entry, std::uint64_t size);
    void append(std::string_view bytes);
    void flush();
    void writeOut(std::string_view bytes);
    void patch(std::uint64_t offset, std::string_view bytes);
    void directory();

    StagedName name_;
    Descriptor file_;
    std::uint64_t zip64From_;
    std::vector<ZipEntry> entries_;
    std::vector<bool> wide_;  ///< entry has ZIP64's field in its local header
    std::unique_ptr<Deflate> deflate_;
    std::string buffer_;
    std::uint64_t position_ = 0;
    std::uint64_t flushed_ = 0;
    std::uint64_t begun_ = 0;  ///< up to here the disk was told to write
    bool open_ = false;
};

}  // namespace plugin::tables
