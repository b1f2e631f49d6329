#include "plugin/ModuleSettings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin;
using host::sdk::FieldError;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::vector<std::string> wrongKeys(const host::sdk::ModuleConfig& config) {
    std::vector<FieldError> errors;
    ModuleSettings::parse(config, errors);
    std::vector<std::string> keys;
    for (const auto& error : errors) keys.push_back(error.pointer);
    return keys;
}

TEST(ModuleSettings, needsNothing) {
    std::vector<FieldError> errors;

    auto settings = ModuleSettings::parse({}, errors);

    EXPECT_THAT(errors, IsEmpty());
    EXPECT_EQ(settings.schedule, "0 2 * * *");
    EXPECT_EQ(settings.timeZone, "Europe/Moscow");
    EXPECT_FALSE(settings.night.maxStatements) << "the profile's";
}

TEST(ModuleSettings, takesEveryKey) {
    std::vector<FieldError> errors;

    auto settings = ModuleSettings::parse({{"profiles_directory", "/etc/lmsd/profiles"},
                                           {"letters_directory", "/etc/lmsd/letters"},
                                           {"schedule", "30 3 * * 1-5"},
                                           {"time_zone", "Asia/Vladivostok"},
                                           {"replace_keys", "false"},
                                           {"batch.statements", "25"},
                                           {"batch.bytes", "100000"},
                                           {"batch.sessions", "8"},
                                           {"retry.first", "500ms"},
                                           {"retry.longest", "2m"},
                                           {"retry.patience", "1h"},
                                           {"retry.probe_first", "5s"},
                                           {"retry.probe_longest", "10m"},
                                           {"organizations_at_once", "3"},
                                           {"old_records.after_days", "2"},
                                           {"old_records.budget", "20m"},
                                           {"alarms.quarantine", "5"},
                                           {"follow_up", "*/2 * * * *"},
                                           {"exports.keep", "7"},
                                           {"receipts.read", "whole"},
                                           {"receipts.sample", "20"},
                                           {"receipts.budget", "5m"},
                                           {"receipts.pause", "3s"},
                                           {"reflections.dictionary", "/opt/dictionaries/ru_RU"},
                                           {"reflections.english_dictionary", ""},
                                           {"xapi_files.statements", "12"},
                                           {"xapi_files.bytes", "4096"},
                                           {"storage.region", "ru-central1"},
                                           {"storage.style", "host"},
                                           {"storage.public_base", "https://files.example.net/{bucket}"},
                                           {"tables.rows", "1000"},
                                           {"tables.bytes", "100000"},
                                           {"tables.archive_bytes", "200000"}},
                                          errors);

    EXPECT_THAT(errors, IsEmpty());
    EXPECT_EQ(settings.profiles, "/etc/lmsd/profiles");
    EXPECT_FALSE(settings.replaceKeys);
    EXPECT_EQ(settings.night.maxStatements, 25u);
    EXPECT_EQ(settings.night.sessions, 8);
    EXPECT_EQ(settings.night.backoff.first, std::chrono::milliseconds(500));
    EXPECT_EQ(settings.night.patience, std::chrono::hours(1));
    EXPECT_EQ(settings.night.breaker.silentFirst, std::chrono::seconds(5));
    EXPECT_EQ(settings.night.breaker.silentLongest, std::chrono::minutes(10));
    EXPECT_EQ(settings.night.breaker.refusedFirst, std::chrono::minutes(10)) << "never longer than the longest";
    EXPECT_EQ(settings.night.organizationsAtOnce, 3u);
    EXPECT_EQ(settings.night.oldAfter, std::chrono::hours(48));
    EXPECT_EQ(settings.night.oldBudget, std::chrono::minutes(20));
    EXPECT_EQ(settings.night.quarantineAlarm, 5);
    EXPECT_EQ(settings.followUp, "*/2 * * * *");
    EXPECT_EQ(settings.night.keepExports, 7u);
    EXPECT_EQ(settings.night.readBack.mode, plugin::delivery::ReadBackSettings::Mode::Whole);
    EXPECT_EQ(settings.night.readBack.sample, 20u);
    EXPECT_EQ(settings.night.readBack.budget, std::chrono::minutes(5));
    EXPECT_EQ(settings.night.readBack.pause, std::chrono::seconds(3));
    EXPECT_EQ(settings.night.reflections.russian, "/opt/dictionaries/ru_RU");
    EXPECT_EQ(settings.night.reflections.english, "");
    EXPECT_EQ(settings.night.xapiFiles.statements, 12u);
    EXPECT_EQ(settings.night.xapiFiles.bytes, 4'096u);
    EXPECT_EQ(settings.night.storage.region, "ru-central1");
    EXPECT_FALSE(settings.night.storage.pathStyle);
    EXPECT_EQ(settings.night.storage.publicBase, "https://files.example.net/{bucket}");
    EXPECT_EQ(settings.tableLimits.rows, 1'000);
    EXPECT_EQ(settings.tableLimits.bytes, 100'000);
    EXPECT_EQ(settings.tableLimits.archiveBytes, 200'000);
}

TEST(ModuleSettings, namesEverythingWrongAtOnce) {
    EXPECT_THAT(wrongKeys({{"profiles_directory", "profiles"},
                           {"reflections.dictionary", "ru_RU"},
                           {"schedule", "at night"},
                           {"time_zone", "Moscow"},
                           {"replace_keys", "yes"},
                           {"batch.statements", "0"},
                           {"batch.sessions", "4 sessions"},
                           {"retry.patience", "30"},
                           {"receipts.read", "all"},
                           {"receipts.sample", "0"},
                           {"storage.region", "Москва"},
                           {"storage.style", "virtual"},
                           {"storage.public_base", "files.example.net"}}),
                testing::UnorderedElementsAre("profiles_directory", "reflections.dictionary", "schedule", "time_zone",
                                              "replace_keys", "batch.statements", "batch.sessions", "retry.patience",
                                              "receipts.read", "receipts.sample", "storage.region", "storage.style",
                                              "storage.public_base"));
}

TEST(ModuleSettings, suggestsTheKeyThatWasMeant) {
    std::vector<FieldError> errors;

    ModuleSettings::parse({{"batch.statement", "10"}}, errors);

    EXPECT_THAT(errors, ElementsAre(Field(&FieldError::fix, HasSubstr("'batch.statements'"))));
}

TEST(ModuleSettings, neverReadsBackMoreAtATimeThanItSends) {
    std::vector<FieldError> errors;

    EXPECT_EQ(ModuleSettings::parse({{"batch.sessions", "2"}}, errors).night.readBack.lanes, 2);
}

TEST(ModuleSettings, refusesALongestDelayBelowTheFirst) {
    EXPECT_THAT(wrongKeys({{"retry.first", "10s"}, {"retry.longest", "1s"}}), ElementsAre("retry.longest"));
}

}  // namespace
