#include "host/base/ConfigKey.h"

#include "common/Text.h"

#include <array>
#include <charconv>
#include <utility>

namespace host::base {
namespace {

std::optional<std::int64_t> parseInteger(std::string_view text) {
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

template <std::size_t N>
std::optional<std::int64_t> parseWithUnit(std::string_view text,
                                          const std::array<std::pair<std::string_view, std::int64_t>, N>& units) {
    auto digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
    auto number = parseInteger(text.substr(0, digits));
    if (!number) return std::nullopt;
    for (const auto& [name, factor] : units)
        if (text.substr(digits) == name) {
            std::int64_t value = 0;
            if (__builtin_mul_overflow(*number, factor, &value)) return std::nullopt;
            return value;
        }
    return std::nullopt;
}

/// In the unit people write, for messages.
std::string inUnit(const ConfigKey& key, std::int64_t value) {
    if (key.type == ConfigType::Duration) {
        for (auto [factor, unit] : {std::pair{std::int64_t{3'600'000}, "h"}, {60'000, "m"}, {1000, "s"}})
            if (value != 0 && value % factor == 0) return std::to_string(value / factor) + unit;
        return std::to_string(value) + "ms";
    }
    if (key.type == ConfigType::Bytes) {
        for (auto [factor, unit] : {std::pair{std::int64_t{1} << 30, "GB"}, {1 << 20, "MB"}, {1 << 10, "KB"}})
            if (value != 0 && value % factor == 0) return std::to_string(value / factor) + unit;
        return std::to_string(value) + "B";
    }
    return std::to_string(value);
}

std::variant<ConfigValue, ConfigFault> inRange(const ConfigKey& key, std::optional<std::int64_t> value,
                                               ConfigFault notParsed) {
    if (!value) return notParsed;
    if (key.least && *value < *key.least)
        return ConfigFault{"is below the least, " + inUnit(key, *key.least), "give a greater value"};
    if (key.most && *value > *key.most)
        return ConfigFault{"is above the most, " + inUnit(key, *key.most), "give a smaller value"};
    return ConfigValue(*value);
}

std::variant<ConfigValue, ConfigFault> parseList(std::string_view text) {
    std::vector<std::string> items;
    for (std::string_view part : common::split(text, ',')) {
        part = common::trim(part);
        if (part.empty()) return ConfigFault{"has an empty item", "remove the comma that stands alone"};
        items.emplace_back(part);
    }
    return ConfigValue(std::move(items));
}

std::variant<ConfigValue, ConfigFault> parseChoice(const ConfigKey& key, std::string_view text) {
    std::string all;
    for (const std::string& choice : key.choices) {
        if (choice == text) return ConfigValue(std::string(text));
        all += (all.empty() ? "'" : ", '") + choice + "'";
    }
    return ConfigFault{"is not one of its values", "give one of " + all};
}

bool isReference(std::string_view text) {
    for (std::string_view prefix : {"file:/", "env:", "credential:"})
        if (text.starts_with(prefix) && text.size() > prefix.size()) return true;
    return false;
}

}  // namespace

std::optional<std::int64_t> parseDurationMs(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> kUnits{
        {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
    return parseWithUnit(text, kUnits);
}

std::optional<std::int64_t> parseBytes(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> kUnits{
        {{"B", 1}, {"KB", 1 << 10}, {"MB", 1 << 20}, {"GB", std::int64_t{1} << 30}}};
    return parseWithUnit(text, kUnits);
}

std::variant<ConfigValue, ConfigFault> tryParseConfigValue(const ConfigKey& key, std::string_view text) {
    if (text.empty()) return ConfigValue(std::monostate());
    if (key.secret) {
        if (!isReference(text))
            return ConfigFault{"holds a secret in plain text",
                               "put the secret into a file and write file:/path, or env:NAME, or credential:NAME"};
        return ConfigValue(std::string(text));
    }
    switch (key.type) {
        case ConfigType::Integer:
            return inRange(key, parseInteger(text), {"is not a whole number", "write digits only, as in 8080"});
        case ConfigType::Duration:
            return inRange(key, parseDurationMs(text),
                           {"is not a duration", "write a number and a unit, as in 30s (ms, s, m, h, d)"});
        case ConfigType::Bytes:
            return inRange(key, parseBytes(text),
                           {"is not a size", "write a number and a unit, as in 64MB (B, KB, MB, GB)"});
        case ConfigType::Boolean:
            if (text != "true" && text != "false")
                return ConfigFault{"is neither true nor false", "write true or false"};
            return ConfigValue(text == "true");
        case ConfigType::List:
            return parseList(text);
        case ConfigType::Choice:
            return parseChoice(key, text);
        case ConfigType::Text:
        case ConfigType::Path:
            break;
    }
    return ConfigValue(std::string(text));
}

std::string_view toString(ConfigType type) {
    switch (type) {
        case ConfigType::Text:
            return "text";
        case ConfigType::Integer:
            return "number";
        case ConfigType::Boolean:
            return "true or false";
        case ConfigType::Duration:
            return "duration";
        case ConfigType::Bytes:
            return "size";
        case ConfigType::Path:
            return "path";
        case ConfigType::List:
            return "list";
        case ConfigType::Choice:
            return "choice";
    }
    return "text";
}

}  // namespace host::base
