#pragma once
/// A person's ticks: which files of an export are uploaded to University 2035's account. Thread-safe.

#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace plugin::store {

struct Uploaded {
    std::string by;
    host::sdk::Micros at = 0;
};

class UploadStore {
public:
    UploadStore(host::sdk::Database& database, const host::sdk::Clock& clock) : database_(database), clock_(clock) {}

    /// File name → who and when.
    std::map<std::string, Uploaded> of(std::int64_t runId);
    /// Ticked again it stays the first one's.
    void tick(std::int64_t runId, const std::string& name, const std::string& by);
    void untick(std::int64_t runId, const std::string& name);
    /// Forgets those of files that are not there any more.
    void keepOnly(std::int64_t runId, const std::set<std::string>& names);

private:
    host::sdk::Database& database_;
    const host::sdk::Clock& clock_;
};

/// (name, sql) in order; `plugin/store/Migrations.h` numbers them. Never edited once released.
std::vector<std::pair<std::string, std::string>> uploadMigrations();

}  // namespace plugin::store
