#pragma once
/// Reads files of "key = value" lines, UTF-8. A line that begins with '#' or is blank is skipped; a value is everything
/// after the first '=', without white space at its ends; there are no quotes, escapes or continued lines.

#include <filesystem>
#include <string>
#include <vector>

namespace host::base {

struct ConfigLine {
    std::string key;
    std::string value;
    std::string origin;            ///< "/etc/lmsd/lmsd.conf:12"
    std::filesystem::path folder;  ///< what relative paths are relative to; empty: the working folder
};

struct ConfigProblem {
    std::string key;  ///< empty when the line has none
    std::string origin;
    std::string reason;
    std::string fix;
};

/// Appends what the file says to `lines` and what is wrong with it to `problems`.
void readConfigFile(const std::filesystem::path& file, std::vector<ConfigLine>& lines,
                    std::vector<ConfigProblem>& problems);

}  // namespace host::base
