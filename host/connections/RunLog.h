#pragma once
/// The log of a run (журнал): CSV on the disk, a line an event, bounded: at most 10,000 lines and 8 MiB of one run.
/// What went beyond is counted in the last line. Written by one thread, in English; reading needs no object.
///
/// Columns: time, level (info | error), place, column, value, reason, fix.

#include "host/sdk/Clock.h"
#include "host/sources/RowReader.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace host::connections {

class RunLog {
public:
    RunLog(const std::filesystem::path& file, const sdk::Clock& clock);
    ~RunLog();

    void note(const std::string& line);
    void error(const sources::RowError& error);
    /// Tells what is behind the bound; further lines are taken as well.
    void end(const std::string& line, const std::string& fix = {});

    static constexpr const char* kHeader = "time,level,place,column,value,reason,fix\r\n";

private:
    void write(const char* level, const sources::RowError& what, bool always);

    const sdk::Clock& clock_;
    std::ofstream out_;
    std::uint64_t lines_ = 0;
    std::uint64_t bytes_ = 0;
    std::uint64_t left_ = 0;
};

/// The log as it is shown, in Russian or as it was written: in English. Places, reasons and fixes are said in it, and
/// what stands in the source stays.
std::string logAsCsv(const std::string& csv, bool russian);
/// The same as lines for people: "2026-03-01T00:00:00Z error row 17, unti '05': is not an unti_id; Give digits."
std::string logAsText(const std::string& csv, bool russian);

/// "row 17" → "строка 17", and what else a place may be; others stay.
std::string placeInRussian(const std::string& place);
/// What a line of a log says, in Russian as far as it is known.
std::string logLineInRussian(const std::string& line);

}  // namespace host::connections
