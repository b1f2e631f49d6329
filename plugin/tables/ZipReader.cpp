#include "plugin/tables/ZipReader.h"

#include "host/sdk/Error.h"
#include "plugin/tables/ZipFormat.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

namespace plugin::tables {
namespace {

using namespace zip;

constexpr std::uint64_t kBlock = 1024 * 1024;

std::uint64_t get(std::string_view bytes, std::uint64_t at, unsigned count) {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < count; ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[static_cast<std::size_t>(at) + i]))
                 << (8 * i);
    return value;
}

}  // namespace

ZipReader::ZipReader(const std::filesystem::path& path) : path_(path), file_(path, O_RDONLY) {
    if (file_.get() < 0) broken();
    const off_t end = ::lseek(file_.get(), 0, SEEK_END);
    if (end < static_cast<off_t>(kEndSize)) broken();
    size_ = static_cast<std::uint64_t>(end);
    // Our zips have no comment: the end record is the end.
    const std::string last = bytes(size_ - kEndSize, kEndSize);
    if (get(last, 0, 4) != kEnd || get(last, 20, 2) != 0) broken();
    std::uint64_t count = get(last, 10, 2), size = get(last, 12, 4), offset = get(last, 16, 4);
    if (size_ >= kEndSize + kLocator64Size) {
        const std::string locator = bytes(size_ - kEndSize - kLocator64Size, kLocator64Size);
        if (get(locator, 0, 4) == kLocator64) {
            const std::string wide = bytes(get(locator, 8, 8), kEnd64Size);
            if (get(wide, 0, 4) != kEnd64) broken();
            count = get(wide, 32, 8);
            size = get(wide, 40, 8);
            offset = get(wide, 48, 8);
        }
    }
    readDirectory(offset, size, count);
}

void ZipReader::readDirectory(std::uint64_t offset, std::uint64_t size, std::uint64_t count) {
    const std::string all = bytes(offset, size);
    std::uint64_t at = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (at + kCentralSize > all.size() || get(all, at, 4) != kCentral) broken();
        const std::uint64_t name = get(all, at + 28, 2), extra = get(all, at + 30, 2), comment = get(all, at + 32, 2);
        if (at + kCentralSize + name + extra + comment > all.size()) broken();
        ZipEntry entry;
        entry.name = all.substr(static_cast<std::size_t>(at + kCentralSize), static_cast<std::size_t>(name));
        entry.deflated = get(all, at + 10, 2) == kDeflated;
        entry.time = static_cast<std::uint32_t>(get(all, at + 12, 4));
        entry.crc = static_cast<std::uint32_t>(get(all, at + 16, 4));
        entry.packed = get(all, at + 20, 4);
        entry.size = get(all, at + 24, 4);
        entry.offset = get(all, at + 42, 4);
        const std::uint64_t field = at + kCentralSize + name;
        if (extra >= 4 && get(all, field, 2) == kExtra64) {
            std::uint64_t value = field + 4;
            const std::uint64_t end = std::min(value + get(all, field + 2, 2), field + extra);
            for (std::uint64_t* one : {&entry.size, &entry.packed, &entry.offset})
                if (*one == kWide) {
                    if (value + 8 > end) broken();
                    *one = get(all, value, 8);
                    value += 8;
                }
        }
        byName_.emplace(entry.name, entries_.size());
        entries_.push_back(std::move(entry));
        at += kCentralSize + name + extra + comment;
    }
}

const ZipEntry* ZipReader::find(const std::string& name) const {
    const auto found = byName_.find(name);
    return found == byName_.end() ? nullptr : &entries_[found->second];
}

void ZipReader::packed(const ZipEntry& entry, const std::function<void(std::string_view)>& block) const {
    const std::string local = bytes(entry.offset, kLocalSize);
    if (get(local, 0, 4) != kLocal) broken();
    std::uint64_t at = entry.offset + kLocalSize + get(local, 26, 2) + get(local, 28, 2);
    for (std::uint64_t left = entry.packed; left > 0;) {
        const std::uint64_t part = std::min(left, kBlock);
        block(bytes(at, part));
        at += part;
        left -= part;
    }
}

bool ZipReader::endsWith(const ZipEntry& entry, std::string_view end) const {
    std::string tail;
    std::uint64_t size = 0;
    uLong crc = crc32(0, nullptr, 0);
    const auto take = [&](std::string_view bytes) {
        crc = crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
        size += bytes.size();
        if (bytes.size() < end.size())
            tail += bytes;
        else
            tail.assign(bytes.substr(bytes.size() - end.size()));
        if (tail.size() > end.size()) tail.erase(0, tail.size() - end.size());
    };
    if (!entry.deflated) {
        packed(entry, take);
        return size == entry.size && crc == entry.crc && tail == end;
    }
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
    const std::unique_ptr<z_stream, int (*)(z_stream*)> owner(&stream, &inflateEnd);
    std::string out(256 * 1024, '\0');
    int state = Z_OK;
    packed(entry, [&](std::string_view block) {
        stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(block.data()));
        stream.avail_in = static_cast<uInt>(block.size());
        while (state == Z_OK && stream.avail_in > 0) {
            stream.next_out = reinterpret_cast<Bytef*>(out.data());
            stream.avail_out = static_cast<uInt>(out.size());
            state = inflate(&stream, Z_NO_FLUSH);
            take({out.data(), out.size() - stream.avail_out});
        }
    });
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        state = inflate(&stream, Z_NO_FLUSH);
        take({out.data(), out.size() - stream.avail_out});
    }
    return state == Z_STREAM_END && size == entry.size && crc == entry.crc && tail == end;
}

std::string ZipReader::bytes(std::uint64_t offset, std::uint64_t size) const {
    if (offset > size_ || size > size_ - offset) broken();
    std::string out(static_cast<std::size_t>(size), '\0');
    for (std::size_t done = 0; done < out.size();) {
        const ssize_t got =
            ::pread(file_.get(), out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) broken();
        done += static_cast<std::size_t>(got);
    }
    return out;
}

void ZipReader::broken() const {
    throw host::sdk::AppError(
        500, "tables.read",
        fmt::format("'{}' is gone or no whole archive; write the tables again.", path_.filename().string()));
}

}  // namespace plugin::tables
