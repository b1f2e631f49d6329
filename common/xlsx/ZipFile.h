#pragma once
/// The zip around an .xlsx: its central directory, and one entry as a stream. Poco::Zip walks the local headers and
/// searches the data of entries written as a stream, so a hostile file decides how long opening takes and what is seen;
/// here the central directory alone counts, and every offset is checked. Not thread-safe.

#include <Poco/Checksum.h>
#include <Poco/InflatingStream.h>

#include <cstdint>
#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

namespace common::xlsx {

/// What is wrong with the file, as the end of a sentence; XlsxReader adds where and what to do.
class Fault : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct ZipEntry {
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;  ///< bytes in the file
    std::uint64_t size = 0;    ///< bytes unpacked
    std::uint64_t offset = 0;  ///< of the local header
};

class ZipFile {
public:
    /// Throws Fault when it is no whole zip, or has more entries than `maxEntries`.
    ZipFile(std::istream& file, std::size_t maxEntries);

    /// By OPC's rules: ASCII case does not count, no leading slash. Null when absent.
    const ZipEntry* find(std::string_view name) const;
    std::istream& file() const { return file_; }

private:
    struct Directory {
        std::uint64_t entries = 0;
        std::uint64_t size = 0;
        std::uint64_t offset = 0;
    };
    Directory findDirectory();
    Directory zip64Directory(std::uint64_t endRecord);

    std::istream& file_;
    std::uint64_t fileSize_ = 0;
    std::map<std::string, ZipEntry, std::less<>> entries_;
};

/// An entry unpacked, for a std::istream. The first thing wrong ends the stream and stands in `fault`: an istream hides
/// what its buffer throws. One at a time for a file.
class PartBuffer final : public std::streambuf {
public:
    /// Throws Fault for an encrypted entry, an unknown method or a place outside of the file.
    PartBuffer(const ZipFile& zip, const ZipEntry& entry, std::uint64_t maxBytes, std::size_t maxMarkup);

    /// Empty when all is well; after the end also when size and checksum are those of the directory.
    const std::string& fault() const { return fault_; }
    /// The reader got something out of the bytes: see Limits::markupBytes.
    void progress() { sinceProgress_ = 0; }

private:
    int_type underflow() override;
    std::size_t fill();

    /// The packed bytes, which never reach the next entry.
    class Region final : public std::streambuf {
    public:
        Region(std::istream& file, std::uint64_t bytes) : file_(file), left_(bytes) {}

    private:
        int_type underflow() override;
        std::istream& file_;
        std::uint64_t left_;
        char buffer_[16 * 1024];
    };

    const ZipEntry& entry_;
    std::uint64_t maxBytes_;
    std::size_t maxMarkup_;
    std::size_t sinceProgress_ = 0;
    std::uint64_t given_ = 0;
    Poco::Checksum crc_{Poco::Checksum::TYPE_CRC32};
    std::unique_ptr<Region> region_;
    std::unique_ptr<std::istream> packed_;
    std::unique_ptr<Poco::InflatingInputStream> inflater_;
    std::string fault_;
    char buffer_[16 * 1024];
};

}  // namespace common::xlsx
