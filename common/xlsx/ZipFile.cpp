#include "common/xlsx/ZipFile.h"

#include "common/Text.h"

#include <Poco/Exception.h>
#include <fmt/format.h>

#include <algorithm>

namespace common::xlsx {
namespace {

// APPNOTE.TXT 4.3: sizes of the fixed parts of the records.
constexpr std::uint32_t kLocal = 0x04034B50;
constexpr std::uint32_t kCentral = 0x02014B50;
constexpr std::uint32_t kEnd = 0x06054B50;
constexpr std::uint32_t kEnd64 = 0x06064B50;
constexpr std::uint32_t kLocator64 = 0x07064B50;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEnd64Size = 56;
constexpr std::size_t kLocator64Size = 20;
constexpr std::size_t kMaxComment = 65'535;
constexpr std::uint64_t kMaxDirectory = 64ULL * 1024 * 1024;
constexpr std::uint16_t kEncrypted = 0x0001;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;

constexpr const char* kBroken = "the file is cut off or damaged";

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    if (at > bytes.size() || size > bytes.size() - at) throw Fault(kBroken);
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}
std::uint16_t u16(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(number(bytes, at, 2));
}
std::uint32_t u32(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(number(bytes, at, 4));
}
std::uint64_t u64(std::string_view bytes, std::size_t at) {
    return number(bytes, at, 8);
}

std::string readAt(std::istream& file, std::uint64_t offset, std::size_t size) {
    std::string bytes(size, '\0');
    file.clear();
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(bytes.data(), static_cast<std::streamsize>(size));
    if (static_cast<std::size_t>(file.gcount()) != size) throw Fault(kBroken);
    return bytes;
}

/// 4.5.3: only the values that are saturated in the record itself are there, in this order.
void readZip64(ZipEntry& entry, std::string_view extra) {
    while (extra.size() >= 4) {
        const auto id = u16(extra, 0);
        const std::size_t size = u16(extra, 2);
        if (size > extra.size() - 4) return;
        if (id == 0x0001) {
            std::string_view field = extra.substr(4, size);
            for (std::uint64_t* value : {&entry.size, &entry.packed, &entry.offset}) {
                if (*value != 0xFFFFFFFF) continue;
                *value = u64(field, 0);
                field.remove_prefix(8);
            }
            return;
        }
        extra.remove_prefix(4 + size);
    }
}

std::string partName(std::string_view name) {
    std::string out = toLowerAscii(name);
    std::replace(out.begin(), out.end(), '\\', '/');
    return out.starts_with('/') ? out.substr(1) : out;
}

}  // namespace

ZipFile::ZipFile(std::istream& file, std::size_t maxEntries) : file_(file) {
    file_.clear();
    file_.seekg(0, std::ios::end);
    const auto end = file_.tellg();
    if (end < 0) throw Fault("the file can't be read from its end");
    fileSize_ = static_cast<std::uint64_t>(end);
    const Directory directory = findDirectory();
    if (directory.entries > maxEntries)
        throw Fault(fmt::format("it holds {} parts, at most {} are read", directory.entries, maxEntries));
    if (directory.size > kMaxDirectory || directory.offset > fileSize_ || directory.size > fileSize_ - directory.offset)
        throw Fault(kBroken);
    const std::string bytes = readAt(file_, directory.offset, directory.size);
    std::string_view rest = bytes;
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        if (u32(rest, 0) != kCentral) throw Fault(kBroken);
        ZipEntry entry;
        entry.flags = u16(rest, 8);
        entry.method = u16(rest, 10);
        entry.crc = u32(rest, 16);
        entry.packed = u32(rest, 20);
        entry.size = u32(rest, 24);
        entry.offset = u32(rest, 42);
        const std::size_t nameSize = u16(rest, 28);
        const std::size_t extraSize = u16(rest, 30);
        const std::size_t whole = kCentralSize + nameSize + extraSize + u16(rest, 32);
        if (whole > rest.size()) throw Fault(kBroken);
        readZip64(entry, rest.substr(kCentralSize + nameSize, extraSize));
        const std::string name = partName(rest.substr(kCentralSize, nameSize));
        if (!entries_.emplace(name, entry).second) throw Fault("it holds a part twice: '" + name + "'");
        rest.remove_prefix(whole);
    }
}

ZipFile::Directory ZipFile::findDirectory() {
    if (fileSize_ < kEndSize) throw Fault(kBroken);
    const auto tailSize = static_cast<std::size_t>(std::min<std::uint64_t>(fileSize_, kEndSize + kMaxComment));
    const std::string tail = readAt(file_, fileSize_ - tailSize, tailSize);
    for (std::size_t at = tailSize - kEndSize + 1; at-- > 0;) {
        if (u32(tail, at) != kEnd || at + kEndSize + u16(tail, at + 20) != tailSize) continue;
        const std::string_view record = std::string_view(tail).substr(at);
        const Directory directory{u16(record, 10), u32(record, 12), u32(record, 16)};
        if (directory.entries != 0xFFFF && directory.size != 0xFFFFFFFF && directory.offset != 0xFFFFFFFF)
            return directory;
        return zip64Directory(fileSize_ - tailSize + at);
    }
    throw Fault(kBroken);
}

ZipFile::Directory ZipFile::zip64Directory(std::uint64_t endRecord) {
    if (endRecord < kLocator64Size) throw Fault(kBroken);
    const std::string locator = readAt(file_, endRecord - kLocator64Size, kLocator64Size);
    if (u32(locator, 0) != kLocator64) throw Fault(kBroken);
    const auto offset = u64(locator, 8);
    if (fileSize_ < kEnd64Size || offset > fileSize_ - kEnd64Size) throw Fault(kBroken);
    const std::string record = readAt(file_, offset, kEnd64Size);
    if (u32(record, 0) != kEnd64) throw Fault(kBroken);
    return {u64(record, 32), u64(record, 40), u64(record, 48)};
}

const ZipEntry* ZipFile::find(std::string_view name) const {
    const auto it = entries_.find(partName(name));
    return it == entries_.end() ? nullptr : &it->second;
}

PartBuffer::PartBuffer(const ZipFile& zip, const ZipEntry& entry, std::uint64_t maxBytes, std::size_t maxMarkup)
    : entry_(entry), maxBytes_(maxBytes), maxMarkup_(maxMarkup) {
    if ((entry.flags & kEncrypted) != 0) throw Fault("it is protected by a password");
    if (entry.method != kStored && entry.method != kDeflated)
        throw Fault(fmt::format("it is packed by method {}, which is not read", entry.method));
    const std::string header = readAt(zip.file(), entry.offset, kLocalSize);
    if (u32(header, 0) != kLocal) throw Fault(kBroken);
    zip.file().seekg(u16(header, 26) + u16(header, 28), std::ios::cur);
    region_ = std::make_unique<Region>(zip.file(), entry.packed);
    packed_ = std::make_unique<std::istream>(region_.get());
    constexpr int kRawDeflate = -15;
    if (entry.method == kDeflated) inflater_ = std::make_unique<Poco::InflatingInputStream>(*packed_, kRawDeflate);
}

PartBuffer::int_type PartBuffer::Region::underflow() {
    const auto size = static_cast<std::streamsize>(std::min<std::uint64_t>(left_, sizeof buffer_));
    if (size == 0) return traits_type::eof();
    file_.read(buffer_, size);
    const auto got = file_.gcount();
    left_ -= static_cast<std::uint64_t>(got);
    if (got == 0) return traits_type::eof();
    setg(buffer_, buffer_, buffer_ + got);
    return traits_type::to_int_type(*gptr());
}

std::size_t PartBuffer::fill() {
    std::istream& from = inflater_ ? static_cast<std::istream&>(*inflater_) : *packed_;
    from.read(buffer_, sizeof buffer_);
    if (from.bad()) fault_ = kBroken;  // what zlib refused
    return static_cast<std::size_t>(from.gcount());
}

PartBuffer::int_type PartBuffer::underflow() {
    if (!fault_.empty()) return traits_type::eof();
    const std::size_t got = fill();
    given_ += got;
    sinceProgress_ += got;
    crc_.update(buffer_, static_cast<unsigned>(got));
    if (given_ > maxBytes_)
        fault_ = fmt::format("a part of it is longer than {} MB when unpacked", maxBytes_ / (1024 * 1024));
    else if (sinceProgress_ > maxMarkup_ + sizeof buffer_)
        fault_ = fmt::format("it has a tag or comment longer than {} bytes", maxMarkup_);
    else if (got == 0 && (given_ != entry_.size || crc_.checksum() != entry_.crc))
        fault_ = kBroken;
    if (got == 0 || !fault_.empty()) return traits_type::eof();
    setg(buffer_, buffer_, buffer_ + got);
    return traits_type::to_int_type(*gptr());
}

}  // namespace common::xlsx
