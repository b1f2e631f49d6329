#pragma once
/// The log of a run (журнал): CSV on the disk, a line an event, bounded: at most 10,000 lines and 8 MiB of one run.
/// What went beyond is counted in the last line. Written by one thread; reading needs no object.
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
    void end(const std::string& line);

    static constexpr const char* kHeader = "time,level,place,column,value,reason,fix\r\n";

private:
    void write(const char* level, const sources::RowError& what, bool always);

    const sdk::Clock& clock_;
    std::ofstream out_;
    std::uint64_t lines_ = 0;
    std::uint64_t bytes_ = 0;
    std::uint64_t left_ = 0;
};

/// The same as lines for people: "2026-03-01T00:00:00Z error row 17, unti '05': is not an unti_id; Give digits."
std::string logAsText(const std::string& csv);

}  // namespace host::connections
