#include "host/sources/CsvSource.h"

#include "common/Text.h"
#include "common/TextSigns.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace host::sources {

using sdk::AppError;

namespace {

using common::CsvEncoding;

AppError wrongEncoding(const std::string& detail, const char* fix) {
    return {422, "source.encoding", detail, {{"", "is in another encoding than is said", fix}}};
}

/// The whole file where it can be read twice, or else what stands in the reader's buffer: a name may come late.
bool looksLikeUtf8(std::istream& csv, std::string_view beginning) {
    common::TextSigns signs;
    signs.add(beginning);
    const auto at = csv.eof() ? std::istream::pos_type(-1) : csv.tellg();
    if (at == std::istream::pos_type(-1)) {
        if (!csv.eof()) csv.clear(csv.rdstate() & ~std::ios::failbit);
        return signs.looksLikeRussianUtf8();
    }
    std::vector<char> piece(std::size_t{256} * 1024);
    while (csv.read(piece.data(), static_cast<std::streamsize>(piece.size())), csv.gcount() > 0)
        signs.add({piece.data(), static_cast<std::size_t>(csv.gcount())});
    csv.clear();
    csv.seekg(at);
    return signs.looksLikeRussianUtf8();
}

void requireEncoding(std::istream& csv, std::string_view beginning, CsvEncoding encoding) {
    const auto mark = common::TextSigns::markOf(beginning);
    if (mark == "UTF-16")
        throw wrongEncoding("The file is in UTF-16, as its first bytes say.", "Save it as CSV in UTF-8.");
    if (encoding != CsvEncoding::Windows1251) return;
    constexpr const char* kFix =
        "Choose the encoding utf-8 here, or save the file in windows-1251: read so, every letter would be wrong.";
    if (!mark.empty()) throw wrongEncoding("The file is in UTF-8, as its first bytes say, not in windows-1251.", kFix);
    if (looksLikeUtf8(csv, beginning))
        throw wrongEncoding("The file is in UTF-8, as its Russian letters show, not in windows-1251.", kFix);
}

}  // namespace

CsvSource::CsvSource(std::istream& csv, const common::CsvOptions& options) : reader_(csv, options) {
    requireEncoding(csv, reader_.beginning(), options.encoding);
    const bool some = reader_.next(row_);
    if (some && row_.problem && options.encoding == CsvEncoding::Utf8 && !common::isUtf8(reader_.beginning()))
        throw wrongEncoding("The names of the columns are not in UTF-8.",
                            "Choose the encoding windows-1251 here when Excel or 1C saved the file, or save it in "
                            "UTF-8.");
    if (!some || row_.problem)
        throw AppError::validation(
            "The file has no header.",
            {{"", row_.problem ? row_.problem->reason : "is empty",
              row_.problem ? row_.problem->fix : "Send a CSV file whose first row names the columns."}});
    columns_ = row_.cells;
}

bool CsvSource::next(sdk::SourceRow& row) {
    row.problem.reset();
    if (!reader_.next(row_)) {
        if (reader_.broken())
            throw sdk::SourceError(sdk::SourceError::Kind::Interrupted, "The file ended in the middle.",
                                   "Send it again.");
        return false;
    }
    char digits[24];
    row.place.assign("row ");
    row.place.append(digits, std::to_chars(digits, digits + sizeof(digits), row_.line).ptr);
    if (row_.problem) {
        const auto at = row_.problem->column;
        row.problem = {at < columns_.size() ? columns_[at] : "", row_.problem->reason, row_.problem->fix};
    } else if (row_.cells.size() != columns_.size()) {
        row.problem = {
            "", fmt::format("The row has {} values, the header {}", row_.cells.size(), columns_.size()),
            "Give each row as many values as the header has columns; put values with the delimiter in quotes."};
    }
    // Texts change places: neither side allocates them anew.
    row.cells.resize(row_.cells.size());
    for (std::size_t i = 0; i < row_.cells.size(); ++i) {
        if (!row.cells[i]) row.cells[i].emplace();
        row.cells[i]->swap(row_.cells[i]);
    }
    return true;
}

}  // namespace host::sources
