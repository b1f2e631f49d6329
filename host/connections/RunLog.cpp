#include "host/connections/RunLog.h"

#include "common/Csv.h"
#include "common/CsvReader.h"
#include "common/Rfc3339.h"
#include "common/Text.h"

#include <fmt/format.h>

#include <sstream>

namespace host::connections {
namespace {

constexpr std::uint64_t kMostLines = 10'000;
constexpr std::uint64_t kMostBytes = std::uint64_t{8} * 1024 * 1024;
constexpr std::size_t kLongestText = 1000;

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

void RunLog::end(const std::string& line) {
    if (left_ > 0)
        write("info",
              {{}, {}, {}, fmt::format("{} more lines were left out: a log holds {}.", left_, kMostLines), {}, 0},
              true);
    left_ = 0;
    write("info", {{}, {}, {}, line, {}, 0}, true);
}

std::string logAsText(const std::string& csv) {
    std::istringstream in(csv);
    common::CsvReader reader(in, {});
    common::CsvRow row;
    std::string text;
    reader.next(row);
    while (reader.next(row)) {
        if (row.problem || row.cells.size() != 7) continue;
        const auto& c = row.cells;
        text += c[0] + ' ' + c[1] + ' ' + c[2];
        if (!c[3].empty()) text += fmt::format("{}{} '{}'", c[2].empty() ? "" : ", ", c[3], c[4]);
        text += (c[2].empty() && c[3].empty() ? "" : ": ") + c[5];
        if (!c[6].empty()) text += "; " + c[6];
        text += '\n';
    }
    return text;
}

}  // namespace host::connections
