#pragma once
/// The module's configuration: the keys under "module.u2035.", parsed and checked wholly. A value.

#include "host/sdk/Module.h"
#include "plugin/delivery/NightlyRun.h"
#include "plugin/tables/Pair.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace plugin {

struct ModuleSettings {
    std::filesystem::path profiles = "/usr/share/lmsd/u2035/profiles";  ///< profiles_directory
    std::filesystem::path letters = "/usr/share/lmsd/u2035/letters";    ///< letters_directory
    std::string schedule = "0 2 * * *";                                 ///< schedule
    std::string followUp = "*/5 * * * *";                               ///< follow_up
    std::string timeZone = "Europe/Moscow";                             ///< time_zone
    bool replaceKeys = true;                                            ///< replace_keys
    std::chrono::milliseconds ssoTimeout{15'000};                      ///< sso.timeout
    tables::PairLimits tableLimits;  ///< tables.rows, tables.bytes, tables.archive_bytes; 0: the profile's
    /// batch.statements, batch.bytes, batch.sessions, retry.*, organizations_at_once, old_records.*, alarms.quarantine,
    /// exports.keep, storage.*, reflections.*, xapi_files.*, receipts.*
    delivery::NightSettings night;

    /// Every fault is added to `errors` with the key as its pointer; unknown keys with a suggestion.
    static ModuleSettings parse(const host::sdk::ModuleConfig& config, std::vector<host::sdk::FieldError>& errors);
};

}  // namespace plugin
