#pragma once
/// A key of the configuration as its room declares it, and the reading of its text. Values carry their unit: "30s",
/// "64MB". Plain values; thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace host::base {

enum class ConfigType {
    Text,
    Integer,
    Boolean,   ///< true | false
    Duration,  ///< a whole number and ms, s, m, h or d
    Bytes,     ///< a whole number and B, KB, MB or GB (powers of 1024)
    Path,      ///< relative to the folder of the file that says so
    List,      ///< texts between commas
    Choice     ///< one of `choices`
};

struct ConfigKey {
    std::string name;  ///< lower.dotted.snake_case with at least one dot
    ConfigType type = ConfigType::Text;
    std::string defaultValue;  ///< text as in a file; "" for "not set"
    std::string description;   ///< one line, for docs/configuration.md and --print-config
    /// The value is a reference: file:/path, env:NAME or credential:NAME. The secret itself is refused.
    bool secret = false;
    /// For numbers as they are, for durations in milliseconds, for sizes in bytes.
    std::optional<std::int64_t> least = std::nullopt;
    std::optional<std::int64_t> most = std::nullopt;
    std::vector<std::string> choices = {};
};

/// Integer: the number. Duration: milliseconds. Bytes: bytes.
using ConfigValue = std::variant<std::monostate, std::string, std::int64_t, bool, std::vector<std::string>>;

/// Why a text is no value of a key, and what to write instead.
struct ConfigFault {
    std::string reason;
    std::string fix;
};

/// Reads `text` as a value of `key`; an empty text is monostate (not set).
std::variant<ConfigValue, ConfigFault> tryParseConfigValue(const ConfigKey& key, std::string_view text);

/// "text", "duration", …, for the list of keys.
std::string_view toString(ConfigType type);

/// Milliseconds of "30s", "250ms", "2h"; nullopt for anything else. Bytes of "64MB" likewise.
std::optional<std::int64_t> parseDurationMs(std::string_view text);
std::optional<std::int64_t> parseBytes(std::string_view text);

}  // namespace host::base
