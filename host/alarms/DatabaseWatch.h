#pragma once
/// Whether the database can be written: by writing a row as it is. Its alarm is held in memory, since it can't be put
/// on record, and is told from there.

#include "host/sdk/Alarms.h"
#include "host/sdk/Database.h"

#include <atomic>

namespace host::alarms {

class DatabaseWatch {
public:
    DatabaseWatch(sdk::Database& database, sdk::Alarms& alarms);
    void look();
    /// As of the last look; for /health. Thread-safe.
    bool isWritable() const { return writable_; }

private:
    sdk::Database& database_;
    sdk::Alarms& alarms_;
    int busyInARow_ = 0;
    std::atomic<bool> writable_{true};
};

}  // namespace host::alarms
