#pragma once
/// The store as one owner sees it: the same sessions, its own schema steps. Thread-safe; must not outlive the store.

#include "host/store/SqliteDatabase.h"

#include <string>

namespace host::store {

class ModuleDatabase : public sdk::Database {
public:
    /// `owner`: a module's name ("u2035"), or "host." and a room ("host.accounts").
    ModuleDatabase(SqliteDatabase& store, std::string owner);

    void read(const std::function<void(Poco::Data::Session&)>& fn) override;
    void write(const std::function<void(Poco::Data::Session&)>& fn) override;
    void migrate(const std::vector<sdk::Migration>& steps) override;

private:
    SqliteDatabase& store_;
    const std::string owner_;
};

}  // namespace host::store
