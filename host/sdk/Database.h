#pragma once
/// The store. SQL is kept to what SQLite 3.40 and PostgreSQL 15 both accept: BIGINT, TEXT, DOUBLE PRECISION, BLOB via
/// parameters, ON CONFLICT, RETURNING; no AUTOINCREMENT, no dialect functions. Thread-safe.

#include <functional>
#include <string>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace host::sdk {
inline namespace abi1 {

/// One forward-only step. Never edited once released: its checksum is kept, a changed one refuses the start.
struct Migration {
    int version = 0;  ///< 1, 2, 3, … without gaps
    std::string name;
    std::string sql;  ///< statements separated by ";\n"
};

class Database {
public:
    virtual ~Database() = default;

    /// Runs `fn` on a reader session, in one snapshot. Waits a bounded time for a session (AppError 503 "db-busy").
    virtual void read(const std::function<void(Poco::Data::Session&)>& fn) = 0;

    /// Runs `fn` in one IMMEDIATE transaction: committed when it returns, rolled back when it throws. It may be run
    /// again from the start when the database was busy, so it must have no effect beyond the session.
    virtual void write(const std::function<void(Poco::Data::Session&)>& fn) = 0;

    /// Applies what is missing of a module's steps, in order, each in its own transaction.
    virtual void migrate(const std::vector<Migration>& steps) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
