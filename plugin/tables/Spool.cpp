#include "plugin/tables/Spool.h"

#include "host/sdk/Error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace plugin::tables {
namespace {

constexpr std::string_view kMark = "U2ROWS1\n";
constexpr std::size_t kBlock = 1024 * 1024;
constexpr std::uint8_t kWholeNumber = 0x80;  ///< tag of a Number that is kept as a whole one
constexpr double kWholeBelow = 1e15;
constexpr std::size_t kMaxRow = 256 * 1024 * 1024;

/// One append however long the number gets: std::string's own cost is per call.
class Packed {
public:
    Packed& byte(std::uint8_t value) {
        bytes_[size_++] = static_cast<char>(value);
        return *this;
    }
    Packed& number(std::uint64_t value) {
        while (value >= 0x80) {
            byte(static_cast<std::uint8_t>(value | 0x80U));
            value >>= 7;
        }
        return byte(static_cast<std::uint8_t>(value));
    }
    Packed& signedNumber(std::int64_t value) {
        return number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void to(std::string& out) const { out.append(bytes_.data(), size_); }

private:
    std::array<char, 80> bytes_;
    std::size_t size_ = 0;
};

void appendNumberOf(std::string& out, std::uint64_t value) {
    Packed().number(value).to(out);
}

void appendSigned(std::string& out, std::int64_t value) {
    Packed().signedNumber(value).to(out);
}

void appendBytes(std::string& out, std::string_view text) {
    appendNumberOf(out, text.size());
    out.append(text);
}

void appendTag(std::string& out, Cell::Type type) {
    out += static_cast<char>(type);
}

/// Takes values off the front of a record; `good` is false from the first that is not there.
class Taker {
public:
    explicit Taker(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (rest_.empty()) return fail();
            const auto c = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(c & 0x7fU) << shift;
            if (c < 0x80) return value;
        }
        return fail();
    }
    std::int64_t signedNumber() {
        const std::uint64_t value = number();
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    std::string_view text() {
        const std::uint64_t size = number();
        if (size > rest_.size()) {
            fail();
            return {};
        }
        const auto taken = rest_.substr(0, static_cast<std::size_t>(size));
        rest_.remove_prefix(taken.size());
        return taken;
    }
    double real() {
        double value = 0;
        if (rest_.size() < sizeof value) {
            fail();
            return 0;
        }
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
        return value;
    }
    std::uint8_t byte() {
        if (rest_.empty()) return static_cast<std::uint8_t>(fail());
        const auto c = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return c;
    }
    bool good() const noexcept { return good_; }
    bool done() const noexcept { return rest_.empty(); }

private:
    std::uint64_t fail() {
        good_ = false;
        rest_ = {};
        return 0;
    }
    std::string_view rest_;
    bool good_ = true;
};

void takeCell(Taker& in, Cell& cell) {
    const std::uint8_t tag = in.byte();
    if (tag == kWholeNumber) {
        cell.type = Cell::Type::Number;
        cell.number = static_cast<double>(in.number());
        return;
    }
    cell.type = static_cast<Cell::Type>(tag);
    switch (cell.type) {
        case Cell::Type::Text:
            cell.text = in.text();
            break;
        case Cell::Type::Identifier:
        case Cell::Type::Integer:
        case Cell::Type::Time:
        case Cell::Type::Duration:
            cell.integer = in.signedNumber();
            break;
        case Cell::Type::Number:
            cell.number = in.real();
            break;
        default:
            break;
    }
}

std::uint32_t sizeAt(const char* bytes) {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes, sizeof size);
    return size;
}

void setSize(std::string& out, std::size_t start) {
    const auto size = static_cast<std::uint32_t>(out.size() - start - sizeof(std::uint32_t));
    std::memcpy(out.data() + start, &size, sizeof size);
}

}  // namespace

namespace spool {

void appendHeader(std::string& out, const SpoolHeader& header) {
    out.append(kMark);
    const std::size_t start = out.size();
    out.append(sizeof(std::uint32_t), '\0');
    appendBytes(out, header.table);
    appendBytes(out, header.title);
    appendBytes(out, header.timeZone);
    out +=
        static_cast<char>((header.formats.xlsx ? 1 : 0) | (header.formats.csv ? 2 : 0) | (header.namesFiles ? 4 : 0));
    appendNumberOf(out, header.columns.size());
    for (const std::string& title : header.columns) appendBytes(out, title);
    setSize(out, start);
}

void appendEmpty(std::string& out) {
    appendTag(out, Cell::Type::Empty);
}

void appendFiles(std::string& out) {
    appendTag(out, Cell::Type::Files);
}

void appendText(std::string& out, std::string_view text) {
    Packed().byte(static_cast<std::uint8_t>(Cell::Type::Text)).number(text.size()).to(out);
    out.append(text);
}

void appendInteger(std::string& out, Cell::Type type, std::int64_t value) {
    Packed().byte(static_cast<std::uint8_t>(type)).signedNumber(value).to(out);
}

void appendNumber(std::string& out, double value) {
    // Most marks are whole; a negative zero is not the whole number it equals.
    if (std::trunc(value) == value && std::abs(value) < kWholeBelow && !std::signbit(value))
        return Packed().byte(kWholeNumber).number(static_cast<std::uint64_t>(value)).to(out);
    std::array<char, 1 + sizeof value> bytes{static_cast<char>(Cell::Type::Number)};
    std::memcpy(bytes.data() + 1, &value, sizeof value);
    out.append(bytes.data(), bytes.size());
}

void appendBoolean(std::string& out, bool value) {
    appendTag(out, value ? Cell::Type::Yes : Cell::Type::No);
}

Row::Row(std::string& out, const RowHead& head, bool hasFiles) : out_(&out), start_(out.size()), hasFiles_(hasFiles) {
    out.append(sizeof(std::uint32_t), '\0');
    if (!hasFiles) {
        out += '\0';
        return;
    }
    Packed()
        .byte(head.isView ? 2 : 1)
        .signedNumber(head.recordId)
        .signedNumber(head.revision)
        .signedNumber(head.flowId)
        .signedNumber(head.learnerId)
        .signedNumber(head.at)
        .to(out);
}

void Row::end(std::span<const RowFile> files, const RowPerson& person) {
    if (hasFiles_) {
        appendNumberOf(*out_, files.size());
        appendBytes(*out_, person.untiId);
        appendBytes(*out_, person.name);
        appendBytes(*out_, person.element);
        for (const RowFile& file : files) {
            appendBytes(*out_, file.name);
            appendBytes(*out_, file.contentType);
            appendSigned(*out_, file.size);
            appendBytes(*out_, file.sha256);
        }
    }
    setSize(*out_, start_);
}

}  // namespace spool

SpoolReader::SpoolReader(const std::filesystem::path& path) : path_(path), file_(path, O_RDONLY) {
    if (file_.get() < 0) broken();
    const std::size_t head = kMark.size() + sizeof(std::uint32_t);
    if (!fill(head) || std::string_view(buffer_).substr(at_, kMark.size()) != kMark) broken();
    const std::size_t size = sizeAt(buffer_.data() + at_ + kMark.size());
    if (size > kMaxRow || !fill(head + size)) broken();
    Taker in(std::string_view(buffer_).substr(at_ + head, size));
    header_.table = in.text();
    header_.title = in.text();
    header_.timeZone = in.text();
    const std::uint8_t flags = in.byte();
    header_.formats = {(flags & 1U) != 0, (flags & 2U) != 0};
    header_.namesFiles = (flags & 4U) != 0;
    for (std::uint64_t left = in.number(); left > 0 && in.good(); --left) header_.columns.emplace_back(in.text());
    if (!in.good() || !in.done()) broken();
    cells_.resize(header_.columns.size());
    at_ += head + size;
    firstRow_ = position_ = head + size;
}

void SpoolReader::seek(std::uint64_t offset) {
    if (::lseek(file_.get(), static_cast<off_t>(offset), SEEK_SET) < 0) broken();
    at_ = length_ = 0;
    position_ = offset;
}

bool SpoolReader::fill(std::size_t bytes) {
    if (length_ - at_ >= bytes) return true;
    length_ -= at_;
    std::memmove(buffer_.data(), buffer_.data() + at_, length_);
    at_ = 0;
    if (buffer_.size() < std::max(bytes, kBlock)) buffer_.resize(std::max(bytes, kBlock));
    while (length_ < bytes) {
        const ssize_t got = ::read(file_.get(), buffer_.data() + length_, buffer_.size() - length_);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) broken();
        if (got == 0) {
            if (length_ == 0) return false;
            broken();
        }
        length_ += static_cast<std::size_t>(got);
    }
    return true;
}

bool SpoolReader::next() {
    if (!fill(sizeof(std::uint32_t))) return false;
    const std::size_t size = sizeAt(buffer_.data() + at_);
    if (size > kMaxRow || !fill(sizeof(std::uint32_t) + size)) broken();
    Taker in(std::string_view(buffer_).substr(at_ + sizeof(std::uint32_t), size));
    const std::uint8_t kind = in.byte();
    if (kind != 0) {
        head_.isView = kind == 2;
        head_.recordId = in.signedNumber();
        head_.revision = in.signedNumber();
        head_.flowId = in.signedNumber();
        head_.learnerId = in.signedNumber();
        head_.at = in.signedNumber();
    }
    for (Cell& cell : cells_) takeCell(in, cell);
    fileCount_ = 0;
    if (kind != 0) {
        fileCount_ = static_cast<std::size_t>(in.number());
        if (fileCount_ > size) broken();
        if (files_.size() < fileCount_) files_.resize(fileCount_);
        person_.untiId = in.text();
        person_.name = in.text();
        person_.element = in.text();
        for (std::size_t i = 0; i < fileCount_; ++i) {
            files_[i].name = in.text();
            files_[i].contentType = in.text();
            files_[i].size = in.signedNumber();
            files_[i].sha256 = in.text();
        }
    }
    if (!in.good() || !in.done()) broken();
    at_ += sizeof(std::uint32_t) + size;
    position_ += sizeof(std::uint32_t) + size;
    return true;
}

void SpoolReader::broken() const {
    throw host::sdk::AppError(500, "tables.read",
                              fmt::format("The rows kept for table '{}' are gone or cut short; write the tables again.",
                                          path_.stem().string()));
}

}  // namespace plugin::tables
