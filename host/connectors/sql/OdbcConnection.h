#pragma once
/// A session through unixODBC: SQL Server, Oracle and whatever else the administrator has set up by a connection
/// string, into which a person's values are put in braces. Reads in a transaction that is rolled back. Used by one
/// thread.

#include "host/connectors/sql/Cursor.h"

#include <sql.h>
#include <sqlext.h>
#include <string>
#include <string_view>

namespace host::connectors::sql {

class OdbcConnection {
public:
    /// \throws sdk::SourceError
    OdbcConnection(Context& context, const Target& target);
    ~OdbcConnection();
    OdbcConnection(const OdbcConnection&) = delete;
    OdbcConnection& operator=(const OdbcConnection&) = delete;

    SQLHSTMT statement() const { return statement_; }
    /// Translates what the driver says of a handle.
    [[noreturn]] void fail(SQLSMALLINT type, SQLHANDLE handle, bool connecting = false) const;

private:
    void connect(const std::string& connectionString, std::chrono::seconds timeout);
    void begin();
    void release() noexcept;

    Target target_;
    SQLHENV environment_ = SQL_NULL_HENV;
    SQLHDBC connection_ = SQL_NULL_HDBC;
    SQLHSTMT statement_ = SQL_NULL_HSTMT;
    bool connected_ = false;
};

/// The administrator's text with a person's values; a value can't bring an option of its own along.
std::string connectionString(const std::string& shape, const Target& target);

}  // namespace host::connectors::sql
