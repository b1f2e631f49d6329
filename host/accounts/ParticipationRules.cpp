#include "host/accounts/ParticipationRules.h"

#include "common/Text.h"
#include "host/accounts/OrganizationStore.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace host::accounts {
namespace {

void require(bool good, const sdk::ParticipationRule& rule, const char* field, const char* fix) {
    if (!good)
        throw sdk::AppError(
            500, "participation.invalid",
            fmt::format("The rule of the profile '{}' can't have that {}: {}.", rule.profile, field, fix));
}

void check(const sdk::ParticipationRule& rule) {
    require(isSlug(rule.profile), rule, "profile", "1 to 64 of a-z, 0-9 and '-'");
    require(isSlug(rule.flag), rule, "flag", "1 to 64 of a-z, 0-9 and '-'");
    require(!rule.title.empty() && common::isUtf8(rule.title) && common::isOneLine(rule.title), rule, "title",
            "one line of text");
    require(std::all_of(rule.tariffs.begin(), rule.tariffs.end(), isSlug), rule, "tariff",
            "the name of a tariff, as in professional");
}

}  // namespace

struct ParticipationRules::Kept {
    mutable std::mutex mutex;
    std::map<std::string, sdk::ParticipationRule> rules;
};

ParticipationRules::ParticipationRules() : kept_(std::make_shared<Kept>()) {}
ParticipationRules::~ParticipationRules() = default;

sdk::Registration ParticipationRules::add(const sdk::ParticipationRule& rule) {
    check(rule);
    {
        const std::lock_guard lock(kept_->mutex);
        if (!kept_->rules.try_emplace(rule.profile, rule).second)
            throw sdk::AppError::conflict(
                "participation.taken",
                fmt::format("The profile '{}' has a rule of participation already.", rule.profile));
    }
    return sdk::Registration([weak = std::weak_ptr(kept_), profile = rule.profile] {
        if (const auto kept = weak.lock()) {
            const std::lock_guard lock(kept->mutex);
            kept->rules.erase(profile);
        }
    });
}

std::optional<sdk::ParticipationRule> ParticipationRules::find(const std::string& profile) const {
    const std::lock_guard lock(kept_->mutex);
    const auto found = kept_->rules.find(profile);
    return found == kept_->rules.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace host::accounts
