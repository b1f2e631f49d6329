#pragma once
/// A read-only session of PostgreSQL: connected to a checked address, one repeatable-read transaction, times in UTC, a
/// time limit, texts in an encoding that we can read. Its socket is shut down at the deadline or a stop, so nothing
/// waits for ever. Used by one thread.

#include "host/connectors/sql/Cursor.h"

#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace host::connectors::sql {

struct PgResultDelete {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, PgResultDelete>;

class PostgresConnection {
public:
    /// \throws sdk::SourceError
    PostgresConnection(Context& context, const Target& target);

    PGconn* get() const { return connection_.get(); }
    /// What texts come in, as iconv names it.
    const std::string& encoding() const { return encoding_; }

    /// Makes a query with parameters known to the server, under the name kStatement. Types come from where the values
    /// stand; where that says nothing (`:watermark IS NULL`), the value is a text.
    void prepare(const std::string& sql, std::size_t parameters);
    static constexpr const char* kStatement = "lmsd";

    /// Translates what the server said about `sql`.
    [[noreturn]] void fail(PGresult* result, std::string_view sql);
    /// The connection itself is gone.
    [[noreturn]] void failConnection();

private:
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    void connect(Context& context);
    void begin();
    void run(const std::string& sql);
    void chooseEncoding();
    std::vector<std::string> names(const char* sql);
    [[noreturn]] void failConnecting(const std::string& message);

    Target target_;
    std::string encoding_ = "UTF-8";
    std::unique_ptr<PGconn, Close> connection_;
    std::optional<SocketWatch> watch_;
};

}  // namespace host::connectors::sql
