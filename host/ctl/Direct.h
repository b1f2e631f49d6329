#pragma once
/// What lmsctl does without lmsd: on the database itself, under the lock that a running lmsd holds.

#include "host/accounts/AccountStore.h"
#include "host/ctl/CommandLine.h"
#include "host/ctl/Context.h"
#include "host/store/SqliteDatabase.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace host::ctl {

inline const Option kConfigOption{"config", "FILE", "lmsd's configuration (else /etc/lmsd/lmsd.conf)"};
inline const Option kDirectOption{"direct", "", "on the database itself, while lmsd does not run"};

/// The database of lmsd's configuration, locked, migrated. As root it works as the owner of the database's folder, so
/// that the server can open what is made here. \throws sdk::AppError "db.in-use" while lmsd runs
class DirectDatabase {
public:
    explicit DirectDatabase(const Arguments& arguments);
    ~DirectDatabase();
    DirectDatabase(const DirectDatabase&) = delete;
    DirectDatabase& operator=(const DirectDatabase&) = delete;

    accounts::AccountStore& accounts();
    store::SqliteDatabase& database();
    const sdk::Clock& clock() const;
    const std::filesystem::path& path() const;
    /// Where the configuration says the secrets' key lies; throws AppError "config.secret" for a systemd credential.
    std::filesystem::path keyFile() const;
    /// Runs `work` as who started lmsctl: the key's file may belong to root.
    void asStarter(const std::function<void()>& work) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

int migrateDatabase(Context& context, const Arguments& arguments);

}  // namespace host::ctl
