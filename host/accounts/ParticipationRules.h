#pragma once
/// The rules of participation that modules tell, by profile. Thread-safe. Handles may outlive it.

#include "host/sdk/Participation.h"

#include <memory>
#include <optional>
#include <string>

namespace host::accounts {

class ParticipationRules : public sdk::Participation {
public:
    ParticipationRules();
    ~ParticipationRules() override;

    [[nodiscard]] sdk::Registration add(const sdk::ParticipationRule& rule) override;

    std::optional<sdk::ParticipationRule> find(const std::string& profile) const;

private:
    struct Kept;
    std::shared_ptr<Kept> kept_;
};

}  // namespace host::accounts
