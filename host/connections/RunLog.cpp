#include "host/connections/RunLog.h"

#include "common/Csv.h"
#include "common/CsvReader.h"
#include "common/Rfc3339.h"
#include "common/Text.h"

#include <fmt/format.h>

#include <sstream>
#include <vector>

namespace host::connections {
namespace {

constexpr std::uint64_t kMostLines = 10'000;
constexpr std::uint64_t kMostBytes = std::uint64_t{8} * 1024 * 1024;
constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kPlace = 2, kReason = 5, kFix = 6, kColumns = 7;

}  // namespace

RunLog::RunLog(const std::filesystem::path& file, const sdk::Clock& clock) : clock_(clock) {
    std::filesystem::create_directories(file.parent_path());
    out_.open(file, std::ios::binary | std::ios::trunc);
    out_ << kHeader << std::flush;
}

RunLog::~RunLog() = default;

void RunLog::write(const char* level, const sources::RowError& what, bool always) {
    if (!always && (lines_ >= kMostLines || bytes_ >= kMostBytes)) {
        ++left_;
        return;
    }
    std::string line = common::Rfc3339::utc(clock_.now()) + ',' + level;
    for (const auto* text : {&what.place, &what.column, &what.value, &what.reason, &what.fix}) {
        line += ',';
        common::appendCsvText(line, common::oneLine(*text, kLongestText));
    }
    line += "\r\n";
    out_ << line << std::flush;
    ++lines_;
    bytes_ += line.size();
}

void RunLog::note(const std::string& line) {
    write("info", {{}, {}, {}, line, {}, 0}, false);
}

void RunLog::error(const sources::RowError& error) {
    write("error", error, false);
}

void RunLog::end(const std::string& line, const std::string& fix) {
    if (left_ > 0)
        write("info",
              {{}, {}, {}, fmt::format("{} more lines were left out: a log holds {}.", left_, kMostLines), {}, 0},
              true);
    left_ = 0;
    write("info", {{}, {}, {}, line, fix, 0}, true);
}

namespace {

/// Each line of the log, in the language.
template <class Take>
void eachLine(const std::string& csv, bool russian, Take take) {
    std::istringstream in(csv);
    common::CsvReader reader(in, {});
    common::CsvRow row;
    reader.next(row);
    while (reader.next(row)) {
        if (row.problem || row.cells.size() != kColumns) continue;
        std::vector<std::string> cells(row.cells.begin(), row.cells.end());
        if (russian) {
            cells[kPlace] = placeInRussian(cells[kPlace]);
            for (const auto at : {kReason, kFix}) cells[at] = logLineInRussian(cells[at]);
        }
        take(cells);
    }
}

}  // namespace

std::string logAsCsv(const std::string& csv, bool russian) {
    if (!russian) return csv.empty() ? RunLog::kHeader : csv;
    std::string text = RunLog::kHeader;
    eachLine(csv, russian, [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) text += ',';
            common::appendCsvText(text, cells[i]);
        }
        text += "\r\n";
    });
    return text;
}

std::string logAsText(const std::string& csv, bool russian) {
    std::string text;
    eachLine(csv, russian, [&](const std::vector<std::string>& c) {
        text += c[0] + ' ' + c[1] + ' ' + c[kPlace];
        if (!c[3].empty()) text += fmt::format("{}{} '{}'", c[kPlace].empty() ? "" : ", ", c[3], c[4]);
        text += (c[kPlace].empty() && c[3].empty() ? "" : ": ") + c[kReason];
        if (!c[kFix].empty()) text += "; " + c[kFix];
        text += '\n';
    });
    return text;
}

}  // namespace host::connections
