#include "host/connectors/sql/MariaConnection.h"

#include "host/connectors/sql/Endpoint.h"
#include "host/connectors/sql/SqlErrors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mariadb/errmsg.h>
#include <mariadb/mysqld_error.h>
#include <poll.h>

namespace host::connectors::sql {
namespace {

using Steady = std::chrono::steady_clock;

/// The library resolves a name by itself and verifies a certificate for what it connected to; we want the checked
/// address for the one and the name for the other. It reads the name from the caller's text: the address is in there
/// until the socket connects (then this hook is called, for the first time), the name from then on. Were the hook not
/// called, verification would fail: never the other way round.
struct ConnectHook {
    std::array<char, 256> host{};
    std::string name;
    std::stop_token stop;
    Steady::time_point deadline;
};
thread_local ConnectHook* connecting = nullptr;

int waitForSocket(my_socket socket, my_bool read, int timeout) {
    const auto until = Steady::now() + std::chrono::milliseconds(timeout < 0 ? 24 * 3600 * 1000 : timeout);
    if (connecting != nullptr)
        *std::copy(connecting->name.begin(), connecting->name.end(), connecting->host.begin()) = '\0';
    while (true) {
        pollfd waited{socket, static_cast<short>(read != 0 ? POLLIN : POLLOUT), 0};
        const int ready = ::poll(&waited, 1, 100);
        if (ready > 0) return ready;
        if (connecting != nullptr && (connecting->stop.stop_requested() || Steady::now() > connecting->deadline))
            return 0;
        if (Steady::now() > until) return 0;
    }
}

std::string quotedIn(const std::string& message) {
    const auto open = message.find('\'');
    const auto close = message.find('\'', open + 1);
    if (open == std::string::npos || close == std::string::npos) return {};
    auto name = message.substr(open + 1, close - open - 1);
    if (const auto point = name.rfind('.'); point != std::string::npos) name.erase(0, point + 1);
    return name;
}

void initializeLibrary() {
    static const int once = mysql_server_init(0, nullptr, nullptr);
    static_cast<void>(once);
}

}  // namespace

MariaConnection::MariaConnection(Context& context, const Target& target) : target_(target) {
    initializeLibrary();
    connect(context.settings);
    watch_.emplace(context.deadlines, static_cast<int>(mysql_get_socket(get())),
                   Steady::now() + target_.timeout + std::chrono::seconds(30), target_.stop);
    begin();
    readCharacterSets();  // no other question can be asked while rows come
}

void MariaConnection::connect(const SqlSettings& settings) {
    std::optional<AuthorityFile> authorities;
    if (target_.tls) authorities.emplace(settings, target_.authority);
    for (const auto& address : target_.addresses) {
        if (connectTo(settings, address.toString(), authorities ? authorities->path() : std::string())) return;
        if (target_.stop.stop_requested()) throw cancelled();
        // Another address of the same name helps only where nobody answered at this one.
        if (mysql_errno(get()) != CR_CONN_HOST_ERROR && mysql_errno(get()) != CR_CONNECTION_ERROR) break;
    }
    failConnecting();
}

bool MariaConnection::connectTo(const SqlSettings& settings, const std::string& address,
                                const std::string& authorities) {
    connection_.reset(mysql_init(nullptr));
    if (!connection_) throw unreachable(target_, "out of memory");
    const auto seconds = static_cast<unsigned>(settings.connectTimeout.count());
    const unsigned off = 0;
    const my_bool no = 0;
    const my_bool yes = 1;
    const unsigned tcp = MYSQL_PROTOCOL_TCP;
    mysql_options(get(), MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
    mysql_options(get(), MYSQL_OPT_PROTOCOL, &tcp);
    mysql_options(get(), MYSQL_OPT_RECONNECT, &no);
    // A server could ask for any file of ours otherwise.
    mysql_options(get(), MYSQL_OPT_LOCAL_INFILE, &off);
    mysql_options(get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (target_.tls) {
        mysql_ssl_set(get(), nullptr, nullptr, authorities.c_str(), nullptr, nullptr);
        mysql_options(get(), MYSQL_OPT_SSL_ENFORCE, &yes);
        mysql_options(get(), MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
    }
    mysql_optionsv(get(), MARIADB_OPT_IO_WAIT, reinterpret_cast<void*>(&waitForSocket));

    ConnectHook hook;
    std::copy(address.begin(), address.end(), hook.host.begin());
    hook.name = target_.host;
    hook.stop = target_.stop;
    hook.deadline = Steady::now() + settings.connectTimeout;
    connecting = &hook;
    const auto* const connected =
        mysql_real_connect(get(), hook.host.data(), target_.user.c_str(), target_.password.reveal().c_str(),
                           target_.database.c_str(), target_.port, nullptr, 0);
    connecting = nullptr;
    return connected != nullptr;
}

void MariaConnection::failConnecting() {
    const unsigned code = mysql_errno(get());
    const std::string message = mysql_error(get());
    switch (code) {
        case ER_ACCESS_DENIED_ERROR:
        case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
            throw wrongCredentials(target_);
        case ER_DBACCESS_DENIED_ERROR:
        case ER_HOST_NOT_PRIVILEGED:
        case ER_HOST_IS_BLOCKED:
            throw noAccess(target_, message);
        case ER_BAD_DB_ERROR:
            throw noDatabase(target_);
        case ER_CON_COUNT_ERROR:
        case ER_TOO_MANY_USER_CONNECTIONS:
        case ER_USER_LIMIT_REACHED:
            throw tooManyConnections(target_);
        case CR_SSL_CONNECTION_ERROR:
            throw badTls(target_, message);
        case CR_CONN_HOST_ERROR:
        case CR_CONNECTION_ERROR:
            throw unreachable(target_, "nobody answers there");
        default:
            throw unreachable(target_, message);
    }
}

void MariaConnection::run(const std::string& sql) {
    if (mysql_real_query(get(), sql.data(), sql.size()) != 0) fail(mysql_errno(get()), mysql_error(get()));
}

void MariaConnection::begin() {
    const bool mariadb = std::string_view(mysql_get_server_info(get())).find("MariaDB") != std::string_view::npos;
    // The modes change what quotes and backslashes mean: the query was read as with none of them.
    run("SET SESSION sql_mode = '', time_zone = '+00:00', character_set_results = NULL, net_write_timeout = 600");
    run(mariadb ? fmt::format("SET SESSION max_statement_time = {}", target_.timeout.count())
                : fmt::format("SET SESSION max_execution_time = {}", target_.timeout.count() * 1000));
    run("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    run("SET SESSION TRANSACTION READ ONLY");
    run("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

void MariaConnection::readCharacterSets() {
    // MariaDB 10.10 moved the numbers of its newest collations to the first of these tables; MySQL has the second only.
    for (const char* sql :
         {"SELECT id, character_set_name FROM information_schema.collation_character_set_applicability "
          "WHERE id IS NOT NULL",
          "SELECT id, character_set_name FROM information_schema.collations WHERE id IS NOT NULL"}) {
        if (mysql_query(get(), sql) != 0) continue;
        const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> rows(mysql_store_result(get()),
                                                                            &mysql_free_result);
        while (MYSQL_ROW row = rows ? mysql_fetch_row(rows.get()) : nullptr)
            if (row[0] != nullptr && row[1] != nullptr)
                characterSets_[static_cast<unsigned>(std::strtoul(row[0], nullptr, 10))] = row[1];
        if (!characterSets_.empty()) return;
    }
}

std::string MariaConnection::characterSet(unsigned collation) const {
    const auto found = characterSets_.find(collation);
    return found == characterSets_.end() ? std::string() : found->second;
}

std::vector<std::string> MariaConnection::names(const char* sql) {
    std::vector<std::string> all;
    if (mysql_query(get(), sql) != 0) return all;
    const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> rows(mysql_store_result(get()), &mysql_free_result);
    while (MYSQL_ROW row = rows ? mysql_fetch_row(rows.get()) : nullptr)
        if (row[0] != nullptr) all.emplace_back(row[0]);
    return all;
}

void MariaConnection::fail(unsigned code, const std::string& message) {
    if (target_.stop.stop_requested()) throw cancelled();
    constexpr unsigned kMaxExecutionTime = 3024;  // MySQL's; MariaDB's header has its own only
    switch (code) {
        case ER_STATEMENT_TIMEOUT:
        case kMaxExecutionTime:
            throw tooLong(target_);
        case CR_SERVER_GONE_ERROR:
        case CR_SERVER_LOST:
        case CR_SERVER_LOST_EXTENDED:
        case CR_SSL_CONNECTION_ERROR:
        case CR_MALFORMED_PACKET:
            if (watch_ && watch_->expired()) throw tooLong(target_);
            throw interrupted(target_, message);
        case ER_SERVER_SHUTDOWN:
        case ER_CONNECTION_KILLED:
        case ER_QUERY_INTERRUPTED:
        case ER_NET_ERROR_ON_WRITE:
        case ER_LOCK_DEADLOCK:
        case ER_LOCK_WAIT_TIMEOUT:
            throw interrupted(target_, message);
        case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
            throw writes();
        case ER_BAD_FIELD_ERROR:
            throw noColumn(quotedIn(message),
                           names("SELECT DISTINCT column_name FROM information_schema.columns WHERE table_schema = "
                                 "DATABASE() LIMIT 20000"));
        case ER_NO_SUCH_TABLE:
            throw noTable(quotedIn(message),
                          names("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() "
                                "LIMIT 20000"));
        case ER_TABLEACCESS_DENIED_ERROR:
        case ER_COLUMNACCESS_DENIED_ERROR:
        case ER_SPECIFIC_ACCESS_DENIED_ERROR:
        case ER_DBACCESS_DENIED_ERROR:
            throw noRight(message);
        default:
            throw notUnderstood(message);
    }
}

}  // namespace host::connectors::sql
