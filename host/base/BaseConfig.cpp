#include "host/base/BaseConfig.h"

#include <cstdlib>

namespace host::base {

std::vector<ConfigKey> baseConfigKeys() {
    return {
        {"log.level",
         ConfigType::Choice,
         "information",
         "least level that is written",
         false,
         {},
         {},
         {"debug", "information", "warning", "error"}},
        {"log.format",
         ConfigType::Choice,
         "text",
         "one JSON object a line, or text for people",
         false,
         {},
         {},
         {"json", "text"}},
        {"log.output", ConfigType::Text, "stderr", "stdout, stderr or the path of a file"},
        {"log.rotate_size", ConfigType::Bytes, "100MB", "a log file is put aside at this size", false, 1024},
        {"log.keep", ConfigType::Integer, "10", "log files put aside that are kept", false, 1, 1000},
        {"secrets.key_file", ConfigType::Text, "",
         "key that seals the secrets in the database, or credential:NAME; made beside the database when missing"},
        {"database.path", ConfigType::Path, "lmsd.db", "the SQLite database; must be on a local disk"},
        {"database.readers", ConfigType::Integer, "4", "sessions that read at a time", false, 1, 64},
        {"database.wait", ConfigType::Duration, "5s", "how long a request waits for a session", false, 1, 600'000},
        {"database.busy_timeout", ConfigType::Duration, "2s", "how long one try waits for another process", false, 1,
         60'000},
        {"database.writer_cache", ConfigType::Bytes, "8MB", "page cache of the writing session", false, 1 << 18},
        {"database.reader_cache", ConfigType::Bytes, "2MB", "page cache of each reading session", false, 1 << 18},
    };
}

std::filesystem::path secretKeyPath(const Config& config) {
    constexpr std::string_view kCredential = "credential:";
    std::string text = config.text("secrets.key_file");
    if (text.empty()) return config.path("database.path").parent_path() / "secrets.key";
    if (!text.starts_with(kCredential)) return std::filesystem::absolute(text);
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    std::string name = text.substr(kCredential.size());
    if (folder == nullptr || name.empty() || name.find('/') != std::string::npos)
        throw sdk::AppError(500, "config.secret",
                            "The key 'secrets.key_file' names '" + text +
                                "', but systemd gave this server no such credential; add LoadCredential to the unit.");
    return std::filesystem::path(folder) / name;
}

}  // namespace host::base
