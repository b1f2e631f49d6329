#include "host/ctl/Direct.h"

#include "host/app/HostSchema.h"
#include "host/app/Wiring.h"
#include "host/base/BaseConfig.h"
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
        owner_ = status.st_uid;
        group_ = status.st_gid;
        changed_ = ::setegid(group_) == 0 && ::seteuid(owner_) == 0;
    }
    ~AsOwner() { toRoot(); }
    void pause(const std::function<void()>& work) const {
        struct Back {
            const AsOwner& self;
            ~Back() {
                if (self.changed_ && (::setegid(self.group_) != 0 || ::seteuid(self.owner_) != 0)) std::terminate();
            }
        } back{*this};
        toRoot();
        work();
    }
    AsOwner(const AsOwner&) = delete;
    AsOwner& operator=(const AsOwner&) = delete;

private:
    void toRoot() const {
        if (changed_ && (::seteuid(0) != 0 || ::setegid(0) != 0)) std::terminate();
    }

    bool changed_ = false;
    uid_t owner_ = 0;
    gid_t group_ = 0;
};

base::Config configOf(const Arguments& arguments) {
    auto config = app::loadConfig(arguments.value("config").value_or("/etc/lmsd/lmsd.conf"), {});
    config.throwIfWrong();
    return config;
}

store::SqliteOptions optionsOf(const base::Config& config) {
    auto options = store::sqliteOptions(config);
    std::filesystem::create_directories(options.path.parent_path());
    return options;
}

}  // namespace

struct DirectDatabase::Parts {
    explicit Parts(const Arguments& arguments)
        : config(configOf(arguments)),
          options(optionsOf(config)),
          owner(options.path.parent_path()),
          lock(options.path),
          database(options, clock),
          accounts((app::migrateHost(database), database), clock) {}

    base::Config config;
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
store::SqliteDatabase& DirectDatabase::database() {
    return parts_->database;
}
const sdk::Clock& DirectDatabase::clock() const {
    return parts_->clock;
}
const std::filesystem::path& DirectDatabase::path() const {
    return parts_->options.path;
}
std::filesystem::path DirectDatabase::keyFile() const {
    return base::secretKeyPath(parts_->config);
}
void DirectDatabase::asStarter(const std::function<void()>& work) const {
    parts_->owner.pause(work);
}

int migrateDatabase(Context& context, const Arguments& arguments) {
    DirectDatabase direct(arguments);
    context.say(fmt::format("The host's tables in '{}' are up to date; modules bring up their own when lmsd starts.",
                            direct.path().string()));
    return kOk;
}

}  // namespace host::ctl
