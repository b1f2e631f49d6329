#pragma once
/// A module's database in memory: the schema is made once and copied, so that a seed costs milliseconds. The same
/// SQLite and the same transactions as on disk, one session for all. Thread-safe. Nothing of it outlives it, so what a
/// crash leaves behind is what was committed.

#include "host/sdk/Database.h"

#include <Poco/Data/Session.h>

#include <mutex>
#include <string>
#include <vector>

namespace tests::simulation {

class MemoryDatabase : public host::sdk::Database {
public:
    /// With the module's schema and that of the host's schedule.
    MemoryDatabase();

    /// A read inside a read of the same thread goes on in its snapshot.
    void read(const std::function<void(Poco::Data::Session&)>& fn) override;
    /// \throws AppError as the store on disk does: a write inside a write or a read is refused.
    void write(const std::function<void(Poco::Data::Session&)>& fn) override;
    void migrate(const std::vector<host::sdk::Migration>& steps) override;

    std::int64_t number(const std::string& sql);

private:
    struct Empty {};
    explicit MemoryDatabase(Empty);
    static MemoryDatabase& original();
    void end(const char* how) noexcept;

    std::recursive_mutex mutex_;
    Poco::Data::Session session_;
    int depth_ = 0;
};

}  // namespace tests::simulation
