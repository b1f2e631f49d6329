#include "host/connectors/sql/SqlConfig.h"

#include "common/Text.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace host::connectors::sql {
namespace {

constexpr const char* kFolders = "sources.folders";
constexpr const char* kOdbc = "sources.odbc_file";

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// Lines "name = connection string"; a file of its own, as the strings have commas and signs of equality.
void readOdbc(base::Config& config, SqlSettings& settings) {
    const auto file = config.path(kOdbc);
    if (file.empty()) return;
    std::ifstream in(file);
    if (!in)
        return config.addProblem(kOdbc, "names a file that can't be read",
                                 "give the file's path, and the right to read it");
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const auto text = common::trim(line);
        if (text.empty() || text.front() == '#') continue;
        const auto sign = text.find('=');
        const auto name = common::trim(text.substr(0, sign));
        if (sign == std::string_view::npos || !isName(name)) {
            config.addProblem(
                kOdbc, fmt::format("has no name in line {}", number),
                "write lines as in: mssql = Driver={ODBC Driver 18 for SQL Server};Server={address},{port};…");
            continue;
        }
        settings.odbc[std::string(name)] = common::trim(text.substr(sign + 1));
    }
}

}  // namespace

std::vector<base::ConfigKey> sqlConfigKeys() {
    using base::ConfigType;
    return {
        {kFolders, ConfigType::List, "",
         "folders from which connections may read files: SQLite databases, Moodle's filedir; absolute paths"},
        {kOdbc, ConfigType::Path, "",
         "file of lines NAME = ODBC connection string, with {address} {port} {host} {database} {file} {user} "
         "{password}"},
    };
}

SqlSettings sqlSettings(base::Config& config, const base::AddressGuardSettings& guard, const std::string& caFile) {
    SqlSettings settings;
    settings.guard = guard;
    settings.caFile = caFile;
    for (const auto& folder : config.list(kFolders)) {
        if (std::filesystem::path(folder).is_absolute())
            settings.folders.emplace_back(folder);
        else
            config.addProblem(kFolders, fmt::format("has '{}', which is no absolute path", folder), "begin it with /");
    }
    readOdbc(config, settings);
    return settings;
}

}  // namespace host::connectors::sql
