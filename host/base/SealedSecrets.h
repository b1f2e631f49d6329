#pragma once
/// Secrets in the database, each sealed with XChaCha20-Poly1305 under the key file, bound to its name: a row copied to
/// another name, or changed, does not open. Thread-safe; database, clock and key must outlive it.
///
/// Errors: AppError 500 "secrets.wrong-key" (sealed with another key file) and "secrets.damaged" (changed since).

#include "host/base/SecretKey.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Secrets.h"

#include <functional>

namespace host::base {

class SealedSecrets : public sdk::Secrets {
public:
    SealedSecrets(sdk::Database& database, const SecretKey& key, const sdk::Clock& clock);

    /// Names are whole: "MODULE/ORGANIZATION/…".
    std::optional<sdk::SecretString> get(const std::string& name) override;
    void put(const std::string& name, const sdk::SecretString& value) override;
    void erase(const std::string& name) override;

    /// Opens every row; the first that does not open throws as `get` would. For the start and --check.
    void verify();
    /// Opens every row and seals it with `next`, all or none; `row` is called after each, inside the transaction.
    /// Returns how many. This object still has its own key: make another one afterwards.
    std::size_t resealAll(const SecretKey& next, const std::function<void()>& row = {});

private:
    sdk::Database& database_;
    const SecretKey& key_;
    const sdk::Clock& clock_;
};

}  // namespace host::base
