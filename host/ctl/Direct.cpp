#include "host/ctl/Direct.h"

#include "host/app/HostSchema.h"
#include "host/app/Wiring.h"
#include "host/base/SystemClock.h"
#include "host/store/DatabaseLock.h"
#include "host/store/StoreConfig.h"

#include <sys/stat.h>
#include <unistd.h>

namespace host::ctl {

namespace {

/// Works as the owner of a folder for as long as it lives, when started by root.
class AsOwner {
public:
    explicit AsOwner(const std::filesystem::path& folder) {
        struct stat status {};
        if (::geteuid() != 0 || ::stat(folder.c_str(), &status) != 0 || status.st_uid == 0) return;
        changed_ = ::setegid(status.st_gid) == 0 && ::seteuid(status.st_uid) == 0;
    }
    ~AsOwner() {
        if (changed_ && (::seteuid(0) != 0 || ::setegid(0) != 0)) std::terminate();
    }
    AsOwner(const AsOwner&) = delete;
    AsOwner& operator=(const AsOwner&) = delete;

private:
    bool changed_ = false;
};

base::Config configOf(const Arguments& arguments) {
    auto config = app::loadConfig(arguments.value("config").value_or("/etc/lmsd/lmsd.conf"), {});
    config.throwIfWrong();
    return config;
}

store::SqliteOptions optionsOf(const Arguments& arguments) {
    auto options = store::sqliteOptions(configOf(arguments));
    std::filesystem::create_directories(options.path.parent_path());
    return options;
}

}  // namespace

struct DirectDatabase::Parts {
    explicit Parts(const Arguments& arguments)
        : options(optionsOf(arguments)),
          owner(options.path.parent_path()),
          lock(options.path),
          database(options, clock),
          accounts((app::migrateHost(database), database), clock) {}

    store::SqliteOptions options;
    base::SystemClock clock;
    AsOwner owner;
    store::DatabaseLock lock;
    store::SqliteDatabase database;
    accounts::AccountStore accounts;
};

DirectDatabase::DirectDatabase(const Arguments& arguments) : parts_(std::make_unique<Parts>(arguments)) {}
DirectDatabase::~DirectDatabase() = default;

accounts::AccountStore& DirectDatabase::accounts() {
    return parts_->accounts;
}
const std::filesystem::path& DirectDatabase::path() const {
    return parts_->options.path;
}

int migrateDatabase(Context& context, const Arguments& arguments) {
    DirectDatabase direct(arguments);
    context.say(fmt::format("The host's tables in '{}' are up to date; modules bring up their own when lmsd starts.",
                            direct.path().string()));
    return kOk;
}

}  // namespace host::ctl
