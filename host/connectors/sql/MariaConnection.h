#pragma once
/// A read-only session of MySQL or MariaDB: connected to a checked address while the certificate is verified for the
/// host's name, no local files, no second statement, times in UTC, a time limit, texts as the columns hold them. Its
/// socket is shut down at the deadline or a stop. Used by one thread.

#include "host/connectors/sql/Cursor.h"

#include <map>
#include <mariadb/mysql.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::connectors::sql {

class MariaConnection {
public:
    /// \throws sdk::SourceError
    MariaConnection(Context& context, const Target& target);

    MYSQL* get() const { return connection_.get(); }

    /// Rows that are left are not read.
    void shutDown() const {
        if (watch_) watch_->shutDown();
    }

    /// The character set of a collation, by MySQL's name; "" when unknown.
    std::string characterSet(unsigned collation) const;

    /// Translates an error of this library.
    [[noreturn]] void fail(unsigned code, const std::string& message);

private:
    struct Close {
        void operator()(MYSQL* connection) const { mysql_close(connection); }
    };
    void connect(const SqlSettings& settings);
    bool connectTo(const SqlSettings& settings, const std::string& address, const std::string& authorities);
    void begin();
    void readCharacterSets();
    void run(const std::string& sql);
    std::vector<std::string> names(const char* sql);
    [[noreturn]] void failConnecting();

    Target target_;
    std::unique_ptr<MYSQL, Close> connection_;
    std::optional<SocketWatch> watch_;
    std::map<unsigned, std::string> characterSets_;
};

}  // namespace host::connectors::sql
