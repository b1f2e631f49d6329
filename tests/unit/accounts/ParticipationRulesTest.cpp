#include "host/accounts/ParticipationRules.h"
#include "host/sdk/Error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using host::accounts::ParticipationRules;
using host::sdk::AppError;
using host::sdk::ParticipationRule;
using host::sdk::Registration;

namespace {

const ParticipationRule kRule{"bas", "bas", "Участник проекта Кадры для БАС", {"individual", "professional"}};

std::string codeOf(ParticipationRules& rules, const ParticipationRule& rule) {
    try {
        const auto handle = rules.add(rule);
        return "added";
    } catch (const AppError& error) {
        return error.code();
    }
}

TEST(ParticipationRules, holdUntilTheirHandleGoes) {
    ParticipationRules rules;
    {
        const auto handle = rules.add(kRule);
        EXPECT_EQ(rules.find("bas")->title, kRule.title);
        EXPECT_EQ(rules.find("other"), std::nullopt);
    }
    EXPECT_EQ(rules.find("bas"), std::nullopt);
}

TEST(ParticipationRules, handlesMayOutliveThem) {
    Registration late;
    {
        ParticipationRules rules;
        late = rules.add(kRule);
    }
    late.reset();
}

TEST(ParticipationRules, oneForAProfile) {
    ParticipationRules rules;
    const auto handle = rules.add(kRule);

    EXPECT_EQ(codeOf(rules, kRule), "participation.taken");
}

TEST(ParticipationRules, refuseWhatNoPageCanShow) {
    ParticipationRules rules;

    for (const auto& wrong :
         {ParticipationRule{"", "bas", "Участник", {}}, ParticipationRule{"bas", "Б", "Участник", {}},
          ParticipationRule{"bas", "bas", "", {}}, ParticipationRule{"bas", "bas", "a\nb", {}},
          ParticipationRule{"bas", "bas", "Участник", {"Basic tariff"}}})
        EXPECT_EQ(codeOf(rules, wrong), "participation.invalid");
}

}  // namespace
