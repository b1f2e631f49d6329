#include "plugin/tables/ZipFile.h"

#include "host/sdk/Error.h"
#include "plugin/tables/ZipFormat.h"
#include "plugin/tables/ZipReader.h"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>
#include <utility>
#include <zlib.h>

namespace plugin::tables {
namespace {

using namespace zip;

constexpr std::size_t kBuffer = 1024 * 1024;
constexpr std::size_t kDirect = 256 * 1024;
constexpr std::uint64_t kBeginAt = 16 * 1024 * 1024;

void put16(std::string& out, std::uint64_t value) {
    out += static_cast<char>(value & 0xff);
    out += static_cast<char>((value >> 8) & 0xff);
}
void put32(std::string& out, std::uint64_t value) {
    put16(out, value & 0xffff);
    put16(out, (value >> 16) & 0xffff);
}
void put64(std::string& out, std::uint64_t value) {
    put32(out, value & 0xffff'ffff);
    put32(out, value >> 32);
}

}  // namespace

std::uint32_t dosTime(std::int64_t localMicros) {
    constexpr std::uint32_t kFirst = (1U << 21) | (1U << 16);  // 1980-01-01
    const auto time = date::local_time<std::chrono::microseconds>(std::chrono::microseconds(localMicros));
    const auto day = date::floor<date::days>(time);
    const date::year_month_day ymd(day);
    const int year = static_cast<int>(ymd.year());
    if (year < 1980) return kFirst;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time - day).count();
    return (static_cast<std::uint32_t>(std::min(year, 2107) - 1980) << 25) |
           (static_cast<unsigned>(ymd.month()) << 21) | (static_cast<unsigned>(ymd.day()) << 16) |
           (static_cast<std::uint32_t>(seconds / 3600) << 11) | (static_cast<std::uint32_t>(seconds / 60 % 60) << 5) |
           static_cast<std::uint32_t>(seconds % 60 / 2);
}

struct ZipFile::Deflate {
    Deflate() : out(kDirect, '\0') {
        // Raw deflate, as zip has it.
        if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::bad_alloc();
    }
    ~Deflate() { deflateEnd(&stream); }
    Deflate(const Deflate&) = delete;
    Deflate& operator=(const Deflate&) = delete;

    z_stream stream{};
    std::string out;
};

ZipFile::ZipFile(std::filesystem::path path, std::uint64_t zip64From)
    : name_(std::move(path)), file_(name_.staged(), O_RDWR | O_CREAT | O_TRUNC), zip64From_(zip64From) {
    if (file_.get() < 0) writeFailed("opened", name_.path(), errno);
}

ZipFile::~ZipFile() = default;

void ZipFile::header(ZipEntry entry, std::uint64_t size) {
    if (open_) throw std::logic_error("ZipFile: an entry is begun before the one before has ended.");
    // What is deflated can grow a little.
    const bool wide = size + size / 1000 + 4096 >= zip64From_;
    entry.offset = position_;
    std::string out;
    put32(out, kLocal);
    put16(out, wide ? kVersion64 : kVersion);
    put16(out, 0);
    put16(out, entry.deflated ? kDeflated : kStored);
    put32(out, entry.time);
    put32(out, entry.crc);
    put32(out, wide ? kWide : entry.packed);
    put32(out, wide ? kWide : entry.size);
    put16(out, entry.name.size());
    put16(out, wide ? kLocalExtra : 0);
    out += entry.name;
    if (wide) {
        put16(out, kExtra64);
        put16(out, kLocalExtra - 4);
        put64(out, entry.size);
        put64(out, entry.packed);
    }
    append(out);
    entries_.push_back(std::move(entry));
    wide_.push_back(wide);
}

void ZipFile::begin(const std::string& name, std::uint32_t time, bool deflated, std::uint64_t size) {
    ZipEntry entry;
    entry.name = name;
    entry.time = time;
    entry.crc = static_cast<std::uint32_t>(crc32(0, nullptr, 0));
    entry.deflated = deflated;
    header(std::move(entry), size);
    open_ = true;
    if (!deflated) return;
    if (!deflate_) deflate_ = std::make_unique<Deflate>();
    deflateReset(&deflate_->stream);
}

void ZipFile::write(std::string_view bytes) {
    ZipEntry& entry = entries_.back();
    entry.crc =
        static_cast<std::uint32_t>(crc32_z(entry.crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
    entry.size += bytes.size();
    if (!entry.deflated) {
        entry.packed += bytes.size();
        return append(bytes);
    }
    z_stream& stream = deflate_->stream;
    while (!bytes.empty()) {
        const auto part = std::min<std::size_t>(bytes.size(), 1U << 30);
        // zlib's interface is older than const.
        stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
        stream.avail_in = static_cast<uInt>(part);
        bytes.remove_prefix(part);
        while (stream.avail_in > 0) {
            stream.next_out = reinterpret_cast<Bytef*>(deflate_->out.data());
            stream.avail_out = static_cast<uInt>(deflate_->out.size());
            deflate(&stream, Z_NO_FLUSH);
            const std::size_t made = deflate_->out.size() - stream.avail_out;
            entry.packed += made;
            append({deflate_->out.data(), made});
        }
    }
}

void ZipFile::end() {
    ZipEntry& entry = entries_.back();
    if (entry.deflated) {
        z_stream& stream = deflate_->stream;
        for (int state = Z_OK; state != Z_STREAM_END;) {
            stream.next_out = reinterpret_cast<Bytef*>(deflate_->out.data());
            stream.avail_out = static_cast<uInt>(deflate_->out.size());
            state = deflate(&stream, Z_FINISH);
            const std::size_t made = deflate_->out.size() - stream.avail_out;
            entry.packed += made;
            append({deflate_->out.data(), made});
        }
    }
    open_ = false;
    std::string sums;
    put32(sums, entry.crc);
    if (wide_.back()) {
        patch(entry.offset + kCrcAt, sums);
        sums.clear();
        put64(sums, entry.size);
        put64(sums, entry.packed);
        return patch(entry.offset + kLocalSize + entry.name.size() + 4, sums);
    }
    // Only an entry that was announced much too small gets here with more: the caller compares and takes it back.
    put32(sums, std::min(entry.packed, kWide));
    put32(sums, std::min(entry.size, kWide));
    patch(entry.offset + kCrcAt, sums);
}

void ZipFile::copy(const ZipReader& from, const ZipEntry& entry) {
    header(entry, std::max(entry.size, entry.packed));
    from.packed(entry, [this](std::string_view bytes) { append(bytes); });
}

void ZipFile::rollback(std::size_t entries) {
    if (entries >= entries_.size()) return;
    position_ = entries_[entries].offset;
    open_ = false;
    entries_.resize(entries);
    wide_.resize(entries);
    if (position_ >= flushed_) return buffer_.resize(static_cast<std::size_t>(position_ - flushed_));
    buffer_.clear();
    flushed_ = position_;
    begun_ = std::min(begun_, position_);
    if (::ftruncate(file_.get(), static_cast<off_t>(position_)) != 0 ||
        ::lseek(file_.get(), static_cast<off_t>(position_), SEEK_SET) < 0)
        writeFailed("cut", name_.path(), errno);
}

void ZipFile::append(std::string_view bytes) {
    position_ += bytes.size();
    if (bytes.size() < kDirect) {
        buffer_ += bytes;
        if (buffer_.size() >= kBuffer) flush();
        return;
    }
    flush();
    writeOut(bytes);
}

void ZipFile::flush() {
    writeOut(buffer_);
    buffer_.clear();
}

void ZipFile::writeOut(std::string_view bytes) {
    flushed_ += bytes.size();
    while (!bytes.empty()) {
        const ssize_t done = ::write(file_.get(), bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) writeFailed("written", name_.path(), errno);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    // The disk begins at once: finish() waits for little.
    if (flushed_ < begun_ + kBeginAt) return;
    ::sync_file_range(file_.get(), static_cast<off_t>(begun_), static_cast<off_t>(flushed_ - begun_),
                      SYNC_FILE_RANGE_WRITE);
    begun_ = flushed_;
}

void ZipFile::patch(std::uint64_t offset, std::string_view bytes) {
    // A header may lie half in the file and half in the buffer.
    if (offset < flushed_) {
        const auto onDisk =
            bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), flushed_ - offset)));
        std::string_view rest = onDisk;
        for (std::uint64_t at = offset; !rest.empty();) {
            const ssize_t done = ::pwrite(file_.get(), rest.data(), rest.size(), static_cast<off_t>(at));
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) writeFailed("written", name_.path(), errno);
            at += static_cast<std::uint64_t>(done);
            rest.remove_prefix(static_cast<std::size_t>(done));
        }
        offset += onDisk.size();
        bytes.remove_prefix(onDisk.size());
    }
    if (!bytes.empty()) buffer_.replace(static_cast<std::size_t>(offset - flushed_), bytes.size(), bytes);
}

void ZipFile::directory() {
    const std::uint64_t start = position_;
    std::string out;
    for (const ZipEntry& entry : entries_) {
        out.clear();
        const bool wideSize = entry.size >= zip64From_ || entry.packed >= zip64From_;
        const bool wideOffset = entry.offset >= zip64From_;
        std::string extra;
        if (wideSize) {
            put64(extra, entry.size);
            put64(extra, entry.packed);
        }
        if (wideOffset) put64(extra, entry.offset);
        put32(out, kCentral);
        put16(out, kMadeBy | kVersion64);
        put16(out, extra.empty() ? kVersion : kVersion64);
        put16(out, 0);
        put16(out, entry.deflated ? kDeflated : kStored);
        put32(out, entry.time);
        put32(out, entry.crc);
        put32(out, wideSize ? kWide : entry.packed);
        put32(out, wideSize ? kWide : entry.size);
        put16(out, entry.name.size());
        put16(out, extra.empty() ? 0 : extra.size() + 4);
        put16(out, 0);  // comment
        put16(out, 0);  // disk
        put16(out, 0);  // internal attributes
        put32(out, kPlainFile);
        put32(out, wideOffset ? kWide : entry.offset);
        out += entry.name;
        if (!extra.empty()) {
            put16(out, kExtra64);
            put16(out, extra.size());
            out += extra;
        }
        append(out);
    }
    const std::uint64_t size = position_ - start;
    const std::uint64_t count = entries_.size();
    out.clear();
    if (count >= kManyEntries || start >= zip64From_ || size >= zip64From_) {
        const std::uint64_t record = position_;
        put32(out, kEnd64);
        put64(out, kEnd64Size - 12);
        put16(out, kMadeBy | kVersion64);
        put16(out, kVersion64);
        put32(out, 0);
        put32(out, 0);
        put64(out, count);
        put64(out, count);
        put64(out, size);
        put64(out, start);
        put32(out, kLocator64);
        put32(out, 0);
        put64(out, record);
        put32(out, 1);
    }
    put32(out, kEnd);
    put16(out, 0);
    put16(out, 0);
    put16(out, std::min<std::uint64_t>(count, kManyEntries));
    put16(out, std::min<std::uint64_t>(count, kManyEntries));
    put32(out, size >= zip64From_ ? kWide : size);
    put32(out, start >= zip64From_ ? kWide : start);
    put16(out, 0);
    append(out);
}

void ZipFile::finish() {
    directory();
    flush();
    buffer_.shrink_to_fit();
    deflate_.reset();
    if (::fsync(file_.get()) != 0) writeFailed("synced", name_.path(), errno);
    file_.close();
    entries_ = {};
}

void ZipFile::publish() {
    name_.publish();
}

}  // namespace plugin::tables
