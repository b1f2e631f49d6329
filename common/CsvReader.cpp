#include "common/CsvReader.h"

#include "common/Text.h"

#include <fmt/format.h>

namespace common {
namespace {

constexpr int kEnd = -1;
constexpr std::size_t kBuffer = 64 * 1024;

// 0x80…0xBF; 0xC0…0xFF are U+0410…U+044F in order. 0 stands for the byte that means nothing.
constexpr char16_t kWindows1251[64] = {
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A,
    0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,      0x2122,
    0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6,
    0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456,
    0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457};

void appendUtf8(std::string& out, char16_t point) {
    const unsigned c = point;
    if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
    } else {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    }
    out += static_cast<char>(0x80 | (c & 0x3F));
}

}  // namespace

std::optional<std::string> fromWindows1251(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (char byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        if (c < 0x80) {
            out += byte;
            continue;
        }
        const auto point = c >= 0xC0 ? static_cast<char16_t>(0x0410 + (c - 0xC0)) : kWindows1251[c - 0x80];
        if (point == 0) return std::nullopt;
        appendUtf8(out, point);
    }
    return out;
}

CsvReader::CsvReader(std::istream& in, CsvOptions options) : in_(in), options_(options), buffer_(kBuffer) {
    fill();
    if (std::string_view(buffer_.data(), filled_).starts_with("\xEF\xBB\xBF")) at_ = 3;
}

bool CsvReader::fill() {
    at_ = 0;
    filled_ = 0;
    if (!in_) return false;
    in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    filled_ = static_cast<std::size_t>(in_.gcount());
    return filled_ > 0;
}

int CsvReader::peek() {
    if (at_ == filled_ && !fill()) return kEnd;
    return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::get() {
    const int c = peek();
    if (c != kEnd) ++at_;
    return c;
}

/// After CR or LF was taken.
void CsvReader::endOfLine(int c) {
    if (c == '\r' && peek() == '\n') get();
    ++line_;
}

void CsvReader::skipLine() {
    for (int c = get(); c != kEnd; c = get()) {
        if (c != '\n' && c != '\r') continue;
        endOfLine(c);
        return;
    }
}

bool CsvReader::next(CsvRow& row) {
    row.problem.reset();
    while (peek() == '\n' || peek() == '\r') endOfLine(get());
    row.line = line_;
    if (peek() == kEnd) {
        row.cells.clear();
        return false;
    }
    bool lineEnds = false;
    std::size_t index = 0;
    for (; !lineEnds; ++index) {
        if (index == options_.maxColumns) {
            row.problem = {index, "is one column too many",
                           fmt::format("Give at most {} columns.", options_.maxColumns)};
            skipLine();
            break;
        }
        cell_.clear();
        if (!readCell(row, cell_, index, lineEnds)) break;
        finishCell(row, cell_, index);
    }
    row.cells.resize(std::min(index, row.cells.size()));
    return true;
}

/// False when the rest of the line was given up.
bool CsvReader::readCell(CsvRow& row, std::string& cell, std::size_t index, bool& lineEnds) {
    const bool quoted = peek() == '"';
    if (quoted && !readQuoted(row, cell, index)) return false;
    for (;;) {
        const int c = get();
        if (c == kEnd) {
            lineEnds = true;
            return true;
        }
        if (c == '\n' || c == '\r') {
            endOfLine(c);
            lineEnds = true;
            return true;
        }
        if (c == static_cast<unsigned char>(options_.delimiter)) return true;
        if (quoted || c == '"') {
            row.problem = {index, quoted ? "has text after its closing quote" : "has a quote in the middle",
                           "Put the whole value in quotes and double each quote within it."};
            skipLine();
            return false;
        }
        if (cell.size() == options_.maxField) {
            row.problem = {index, fmt::format("is longer than {} bytes", options_.maxField), "Shorten the value."};
            skipLine();
            return false;
        }
        cell += static_cast<char>(c);
    }
}

bool CsvReader::readQuoted(CsvRow& row, std::string& cell, std::size_t index) {
    get();
    for (;;) {
        const int c = get();
        if (c == kEnd) {
            row.problem = {index, "begins with a quote that is never closed", "Close the quote, or double it."};
            return false;
        }
        if (c == '"') {
            if (peek() != '"') return true;
            get();
        } else if (c == '\n' || c == '\r') {
            if (c == '\r' && peek() == '\n')
                cell += '\r', get(), cell += '\n';
            else
                cell += static_cast<char>(c);
            ++line_;
            continue;
        }
        if (cell.size() >= options_.maxField) {
            // Most often a quote that was not closed: go on with the next line, not with the rest of the file lost.
            row.problem = {index, fmt::format("is longer than {} bytes", options_.maxField),
                           "Shorten the value, or close the quote that it begins with."};
            skipLine();
            return false;
        }
        cell += static_cast<char>(c);
    }
}

void CsvReader::finishCell(CsvRow& row, std::string& cell, std::size_t index) {
    if (row.cells.size() <= index) row.cells.emplace_back();
    if (options_.encoding == CsvEncoding::Windows1251) {
        auto text = fromWindows1251(cell);
        if (!text && !row.problem)
            row.problem = {index, "has a byte that windows-1251 does not know",
                           "Save the file in windows-1251 or UTF-8 and say which in the mapping."};
        row.cells[index] = text.value_or("");
        return;
    }
    if (!row.problem && !isUtf8(cell))
        row.problem = {index, "is not valid UTF-8", "Save the file in UTF-8, or set 'encoding' in the mapping."};
    row.cells[index].assign(cell);
}

}  // namespace common
