#pragma once
/// The server's configuration. Layers, later wins: compiled defaults < the file < conf.d/*.conf beside it (sorted) <
/// environment (http.port is LMSD_HTTP__PORT) < --set key=value.
///
/// Every room declares its keys; loading collects all that is wrong, with where it came from, so that one report shows
/// everything. Getters give plain values and never fail on what was checked: asking for a key that nobody declared, or
/// as another type, is a fault of the program (std::logic_error). Immutable after loading; reading is thread-safe.

#include "host/base/ConfigFile.h"
#include "host/base/ConfigKey.h"
#include "host/sdk/Error.h"
#include "host/sdk/Module.h"
#include "host/sdk/Secrets.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::base {

struct ConfigSources {
    std::filesystem::path file;                                    ///< empty: none. Given but missing is an error
    std::vector<std::pair<std::string, std::string>> environment;  ///< name → value, everything; others' are ignored
    std::vector<std::string> options;                              ///< "key=value" of --set, in order

    /// This process's environment.
    static std::vector<std::pair<std::string, std::string>> processEnvironment();
};

class Config {
public:
    /// Never throws for what people wrote: see `problems`. A key declared twice is std::logic_error.
    static Config load(const std::vector<ConfigKey>& keys, const ConfigSources& sources);

    const std::vector<ConfigProblem>& problems() const { return problems_; }
    /// Adds what only a later check could find (a module's own keys) to the same report.
    void addProblem(const std::string& key, const std::string& reason, const std::string& fix);
    /// One line for each problem: origin, key, reason, what to do. Empty when there is none.
    std::string report() const;
    /// AppError 500 "config" with the report, when there are problems.
    void throwIfWrong() const;

    /// False when neither a source nor a default gives a value.
    bool isSet(const std::string& key) const;
    std::string text(const std::string& key) const;  ///< Text and Choice; "" when not set
    std::int64_t integer(const std::string& key) const;
    bool boolean(const std::string& key) const;
    std::chrono::milliseconds duration(const std::string& key) const;
    std::uint64_t bytes(const std::string& key) const;
    std::filesystem::path path(const std::string& key) const;  ///< absolute; empty when not set
    std::vector<std::string> list(const std::string& key) const;
    /// Read where it is kept, now: nothing is cached, so that a replaced file counts at once. nullopt when the key is
    /// not set; AppError 500 "config.secret" when the reference leads nowhere.
    std::optional<sdk::SecretString> secret(const std::string& key) const;

    /// The keys under "module.NAME." without that prefix, as text.
    sdk::ModuleConfig moduleConfig(const std::string& module) const;
    /// Whole keys under "module." that belong to none of `modules`: nobody will read them.
    std::vector<std::string> keysOfOtherModules(const std::vector<std::string>& modules) const;

    /// Every key that is declared or set, its value (secrets masked) and where it came from: lines "key = value  #
    /// origin".
    std::string print() const;
    /// Every declared key with type, default and description as a Markdown table, for docs/configuration.md.
    static std::string describeKeys(const std::vector<ConfigKey>& keys);

private:
    struct Entry {
        ConfigKey key;
        std::string text;
        std::string origin;
        ConfigValue value;
    };
    Config() = default;
    void declare(const std::vector<ConfigKey>& keys);
    void apply(const ConfigLine& line);
    const ConfigValue& value(const std::string& key, ConfigType type) const;

    std::map<std::string, Entry> entries_;
    std::map<std::string, ConfigLine> moduleLines_;  ///< whole key → line
    std::vector<ConfigProblem> problems_;
};

/// The secret behind "file:/path" (without the line end), "env:NAME" or "credential:NAME" (systemd's LoadCredential).
/// AppError 500 "config.secret" naming what is missing.
sdk::SecretString resolveSecret(const std::string& reference);

}  // namespace host::base
