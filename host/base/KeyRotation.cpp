#include "host/base/KeyRotation.h"

#include "host/base/SealedSecrets.h"
#include "host/sdk/Error.h"

#include <fmt/format.h>

namespace host::base {
namespace {

using sdk::AppError;

bool fits(const SecretKey& key, const std::vector<std::string>& ids) {
    return ids.empty() || (ids.size() == 1 && ids.front() == key.id());
}

std::size_t reseal(sdk::Database& database, const sdk::Clock& clock, const SecretKey& from, const SecretKey& to,
                   const RotationPlan& plan) {
    SealedSecrets secrets(database, from, clock);
    const auto count = secrets.resealAll(to, [&] { plan.reached("row"); });
    plan.reached("resealed");
    return count;
}

Rotation toOtherFile(sdk::Database& database, const sdk::Clock& clock, const RotationPlan& plan) {
    std::vector<SecretKey> keys;
    std::vector<SecretKey> old;
    plan.files([&] {
        const bool given = std::filesystem::exists(*plan.to);
        // Once its secrets are sealed with the other key, the old one may be gone.
        if (!given || std::filesystem::exists(plan.file)) old = SecretKey::loadAll(plan.file);
        keys.push_back(given ? SecretKey::load(*plan.to) : SecretKey::create(*plan.to));
    });
    for (const SecretKey& one : old)
        if (one.id() == keys.front().id())
            throw AppError::conflict(
                "secrets.same-key",
                fmt::format(
                    "'{}' holds the key that '{}' holds already: the same file, a link or a copy of it. Nothing "
                    "was changed. Name a file that isn't there yet, or one with another key.",
                    plan.to->string(), plan.file.string()));
    plan.reached("written");
    const SecretKey& next = keys.front();
    const auto ids = SecretKey::idsInUse(database);
    if (!ids.empty() && fits(next, ids)) return {next.id(), next.id(), 0, true};
    if (old.empty()) plan.files([&] { old = SecretKey::loadAll(plan.file); });
    const SecretKey& from = old.size() == 2 && fits(old[1], ids) && !fits(old[0], ids) ? old[1] : old[0];
    return {from.id(), next.id(), reseal(database, clock, from, next, plan), false};
}

Rotation inPlace(sdk::Database& database, const sdk::Clock& clock, const RotationPlan& plan) {
    std::vector<SecretKey> keys;
    plan.files([&] { keys = SecretKey::loadAll(plan.file); });
    const auto ids = SecretKey::idsInUse(database);
    const bool resumed = keys.size() == 2;
    if (!resumed) {
        SealedSecrets(database, keys.front(), clock).verify();
        keys.insert(keys.begin(), SecretKey::random());
        plan.files([&] { SecretKey::replaceFile(plan.file, {&keys[0], &keys[1]}); });
        plan.reached("written");
    }
    Rotation done{keys[1].id(), keys[0].id(), 0, resumed};
    if (!resumed || !fits(keys[0], ids)) done.secrets = reseal(database, clock, keys[1], keys[0], plan);
    plan.files([&] { SecretKey::replaceFile(plan.file, {&keys[0]}); });
    plan.reached("finished");
    return done;
}

}  // namespace

Rotation rotateKey(sdk::Database& database, const sdk::Clock& clock, const RotationPlan& plan) {
    return plan.to ? toOtherFile(database, clock, plan) : inPlace(database, clock, plan);
}

}  // namespace host::base
