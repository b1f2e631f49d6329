#pragma once
/// One process at a time works on a database: a lock on the file beside it, held as long as this object lives and
/// given back by the kernel when the process dies. Not copyable; use from one thread.

#include <filesystem>

namespace host::store {

class DatabaseLock {
public:
    /// Takes "<database>.lock" without waiting. AppError 409 "db.in-use" naming the process that holds it.
    explicit DatabaseLock(const std::filesystem::path& database);
    ~DatabaseLock();
    DatabaseLock(const DatabaseLock&) = delete;
    DatabaseLock& operator=(const DatabaseLock&) = delete;

private:
    int file_ = -1;
};

}  // namespace host::store
