#pragma once
/// Rules by profile.

#include "host/sdk/Participation.h"

#include <map>
#include <string>

namespace tests {

class FakeParticipation : public host::sdk::Participation {
public:
    [[nodiscard]] host::sdk::Registration add(const host::sdk::ParticipationRule& rule) override {
        rules_[rule.profile] = rule;
        return host::sdk::Registration([this, profile = rule.profile] { rules_.erase(profile); });
    }
    std::map<std::string, host::sdk::ParticipationRule> rules_;
};

}  // namespace tests
