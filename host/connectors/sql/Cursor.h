#pragma once
/// What the drivers have in common: where to, which query, and the rows of an open one. A cursor owns its connection,
/// which has a read-only transaction of its own; it is used by one thread.

#include "host/base/outbound/Connection.h"
#include "host/base/outbound/Deadlines.h"
#include "host/connectors/sql/SqlQuery.h"
#include "host/connectors/sql/SqlSettings.h"
#include "host/sdk/Sources.h"

#include <Poco/Net/IPAddress.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <sys/socket.h>
#include <vector>

namespace host::connectors::sql {

using Cell = std::optional<std::string>;

/// A connection's settings, checked; addresses are those that the guard let through.
struct Target {
    std::string driver;  ///< "postgresql", "mysql", "sqlite", "odbc-NAME"
    std::string host;
    std::uint16_t port = 0;
    std::vector<Poco::Net::IPAddress> addresses;
    std::string database;
    std::string file;  ///< SQLite, and ODBC's {file}: the real path
    std::string user;
    sdk::SecretString password;
    bool tls = true;
    std::string authority;  ///< PEM that the connection brings along; may be empty
    std::string encoding;   ///< what texts are in although the database says nothing or otherwise; iconv's name
    std::chrono::seconds timeout{600};
    std::stop_token stop;
};

/// What the drivers share while the server runs.
struct Context {
    SqlSettings settings;
    base::outbound::Deadlines deadlines;
};

/// Shuts a library's socket down at a deadline or a stop. Through a descriptor of its own: a library closes its socket
/// when a connection breaks, and the number may then be somebody else's.
class SocketWatch {
public:
    SocketWatch(base::outbound::Deadlines& deadlines, int socket, base::outbound::TimePoint deadline,
                const std::stop_token& stop)
        : socket_(socket), watch_(deadlines, socket_.get(), deadline, stop) {}

    bool expired() const { return watch_.expired(); }
    /// Whatever waits for the socket returns at once.
    void shutDown() const { ::shutdown(socket_.get(), SHUT_RDWR); }

private:
    base::outbound::WatchedDescriptor socket_;
    base::outbound::Deadlines::Watch watch_;
};

class Cursor {
public:
    virtual ~Cursor() = default;

    virtual const std::vector<std::string>& columns() const = 0;
    /// One per column: bytes that are no text. Their cells stay empty.
    virtual const std::vector<bool>& binary() const = 0;
    /// False at the end. A cell that can't be read is told in `problem`; the others of the row are there.
    /// \throws sdk::SourceError
    virtual bool next(std::vector<Cell>& cells, std::optional<sdk::SourceProblem>& problem) = 0;
};

/// \throws sdk::SourceError
std::unique_ptr<Cursor> openPostgres(Context& context, const Target& target, const SqlQuery& query);
std::unique_ptr<Cursor> openMaria(Context& context, const Target& target, const SqlQuery& query);
std::unique_ptr<Cursor> openSqlite(Context& context, const Target& target, const SqlQuery& query);
std::unique_ptr<Cursor> openOdbc(Context& context, const Target& target, const SqlQuery& query);

}  // namespace host::connectors::sql
