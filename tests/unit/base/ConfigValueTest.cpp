#include "host/base/ConfigKey.h"

#include <gtest/gtest.h>

using namespace host::base;

namespace {

std::string refusal(const ConfigKey& key, std::string_view text) {
    auto parsed = tryParseConfigValue(key, text);
    auto* fault = std::get_if<ConfigFault>(&parsed);
    return fault == nullptr ? "" : fault->reason + "; " + fault->fix;
}

}  // namespace

TEST(ConfigValue, ofADurationHasAUnit) {
    struct Case {
        const char* text;
        std::optional<std::int64_t> ms;
    } cases[] = {{"250ms", 250},     {"30s", 30'000},
                 {"5m", 300'000},    {"2h", 7'200'000},
                 {"1d", 86'400'000}, {"0s", 0},
                 {"30", {}},         {"s", {}},
                 {"1.5s", {}},       {"-1s", {}},
                 {"1 s", {}},        {"1S", {}},
                 {"", {}},           {"99999999999999999d", {}}};
    for (const auto& c : cases) EXPECT_EQ(parseDurationMs(c.text), c.ms) << c.text;
}

TEST(ConfigValue, ofASizeHasAUnit) {
    struct Case {
        const char* text;
        std::optional<std::int64_t> bytes;
    } cases[] = {{"0B", 0},  {"64MB", 64LL << 20}, {"2GB", 2LL << 30}, {"8KB", 8192},
                 {"64", {}}, {"64mb", {}},         {"MB", {}}};
    for (const auto& c : cases) EXPECT_EQ(parseBytes(c.text), c.bytes) << c.text;
}

TEST(ConfigValue, outOfRangeNamesTheBoundInItsUnit) {
    ConfigKey key{"a.b", ConfigType::Duration, "", "", false, 1000, 60'000};

    EXPECT_EQ(refusal(key, "100ms"), "is below the least, 1s; give a greater value");
    EXPECT_EQ(refusal(key, "2m"), "is above the most, 1m; give a smaller value");
    EXPECT_EQ(refusal(key, "1s"), "");
}

TEST(ConfigValue, ofAChoiceNamesTheChoices) {
    ConfigKey key{"a.b", ConfigType::Choice, "", "", false, {}, {}, {"json", "text"}};

    EXPECT_EQ(refusal(key, "xml"), "is not one of its values; give one of 'json', 'text'");
}

TEST(ConfigValue, ofASecretIsAReferenceNeverTheSecret) {
    ConfigKey key{"a.b", ConfigType::Text, "", "", true};

    for (const char* good : {"file:/run/x", "env:NAME", "credential:x", ""}) EXPECT_EQ(refusal(key, good), "") << good;
    for (const char* bad : {"hunter2", "file:relative", "env:", "file"}) {
        EXPECT_NE(refusal(key, bad).find("plain text"), std::string::npos) << bad;
        EXPECT_EQ(refusal(key, bad).find("hunter2"), std::string::npos);
    }
}

TEST(ConfigValue, ofAListIsItsTrimmedItems) {
    ConfigKey key{"a.b", ConfigType::List, "", ""};
    auto parsed = tryParseConfigValue(key, "a, b ,c");

    EXPECT_EQ(std::get<std::vector<std::string>>(std::get<ConfigValue>(parsed)),
              (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_NE(refusal(key, "a,,b"), "");
}
