#include "host/connectors/sql/OdbcConnection.h"

#include "common/Text.h"
#include "host/connectors/sql/SqlErrors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace host::connectors::sql {
namespace {

/// ODBC's own quoting: {value}, a closing brace doubled. PostgreSQL's driver takes the braces for a part of a name:
/// they are put where something needs them only.
std::string braced(const std::string& value) {
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '.';
    };
    if (!value.empty() && std::all_of(value.begin(), value.end(), isPlain)) return value;
    std::string out = "{";
    for (const char c : value) {
        out += c;
        if (c == '}') out += c;
    }
    return out + "}";
}

SQLCHAR* text(const std::string& value) {
    // ODBC's signatures are older than const.
    return reinterpret_cast<SQLCHAR*>(const_cast<char*>(value.c_str()));
}

/// Attributes are numbers in the place of a pointer.
SQLPOINTER number(std::uintptr_t value) {
    return reinterpret_cast<SQLPOINTER>(value);  // NOLINT(performance-no-int-to-ptr)
}

}  // namespace

std::string connectionString(const std::string& shape, const Target& target) {
    const std::map<std::string, std::string> values = {
        {"address", target.addresses.empty() ? "" : target.addresses.front().toString()},
        {"host", target.host},
        {"port", std::to_string(target.port)},
        {"database", braced(target.database)},
        {"file", target.file},
        {"user", braced(target.user)},
        {"password", braced(target.password.reveal())}};
    std::string out;
    std::size_t from = 0;
    while (from < shape.size()) {
        const auto open = shape.find('{', from);
        out += shape.substr(from, open - from);
        if (open == std::string::npos) break;
        const auto close = shape.find('}', open);
        const auto found =
            close == std::string::npos ? values.end() : values.find(shape.substr(open + 1, close - open - 1));
        if (found == values.end()) {  // a brace of the administrator's own: Driver={ODBC Driver 18 for SQL Server}
            out += '{';
            from = open + 1;
        } else {
            out += found->second;
            from = close + 1;
        }
    }
    return out;
}

OdbcConnection::OdbcConnection(Context& context, const Target& target) : target_(target) {
    const auto& shape = context.settings.odbc.at(target.driver.substr(std::string_view("odbc-").size()));
    if (target.file.find(';') != std::string::npos)
        throw sdk::SourceError(sdk::SourceError::Kind::Configuration, "The file's path has a semicolon.",
                               "Rename the file.");
    try {
        connect(connectionString(shape, target), context.settings.connectTimeout);
        begin();
    } catch (...) {
        release();
        throw;
    }
}

OdbcConnection::~OdbcConnection() {
    release();
}

void OdbcConnection::release() noexcept {
    if (statement_ != SQL_NULL_HSTMT) SQLFreeHandle(SQL_HANDLE_STMT, statement_);
    if (connected_) {
        SQLEndTran(SQL_HANDLE_DBC, connection_, SQL_ROLLBACK);
        SQLDisconnect(connection_);
    }
    if (connection_ != SQL_NULL_HDBC) SQLFreeHandle(SQL_HANDLE_DBC, connection_);
    if (environment_ != SQL_NULL_HENV) SQLFreeHandle(SQL_HANDLE_ENV, environment_);
    statement_ = connection_ = environment_ = nullptr;
    connected_ = false;
}

void OdbcConnection::connect(const std::string& how, std::chrono::seconds timeout) {
    SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment_);
    SQLSetEnvAttr(environment_, SQL_ATTR_ODBC_VERSION, number(SQL_OV_ODBC3), 0);
    SQLAllocHandle(SQL_HANDLE_DBC, environment_, &connection_);
    SQLSetConnectAttr(connection_, SQL_ATTR_LOGIN_TIMEOUT, number(static_cast<std::uintptr_t>(timeout.count())), 0);
    // Most drivers only take note of it; those that look keep the session from writing.
    SQLSetConnectAttr(connection_, SQL_ATTR_ACCESS_MODE, number(SQL_MODE_READ_ONLY), 0);
    const auto result = SQLDriverConnect(connection_, nullptr, text(how), static_cast<SQLSMALLINT>(how.size()), nullptr,
                                         0, nullptr, SQL_DRIVER_NOPROMPT);
    if (!SQL_SUCCEEDED(result)) fail(SQL_HANDLE_DBC, connection_, true);
    connected_ = true;
}

void OdbcConnection::begin() {
    SQLSetConnectAttr(connection_, SQL_ATTR_AUTOCOMMIT, number(SQL_AUTOCOMMIT_OFF), 0);
    std::array<SQLCHAR, 128> name{};
    SQLGetInfo(connection_, SQL_DBMS_NAME, name.data(), static_cast<SQLSMALLINT>(name.size()), nullptr);
    const std::string system = common::toLowerAscii(reinterpret_cast<const char*>(name.data()));
    SQLAllocHandle(SQL_HANDLE_STMT, connection_, &statement_);
    SQLSetStmtAttr(statement_, SQL_ATTR_QUERY_TIMEOUT, number(static_cast<std::uintptr_t>(target_.timeout.count())), 0);
    // SQL Server has no such transaction; there the user's rights, the query's check and the rollback stand for it.
    if (system.starts_with("oracle") || system.starts_with("postgresql")) {
        const std::string readOnly = "SET TRANSACTION READ ONLY";
        if (!SQL_SUCCEEDED(SQLExecDirect(statement_, text(readOnly), SQL_NTS))) fail(SQL_HANDLE_STMT, statement_);
        SQLFreeStmt(statement_, SQL_CLOSE);
    }
}

void OdbcConnection::fail(SQLSMALLINT type, SQLHANDLE handle, bool connecting) const {
    std::array<SQLCHAR, 6> state{};
    std::array<SQLCHAR, 1024> message{};
    SQLINTEGER native = 0;
    SQLSMALLINT length = 0;
    SQLGetDiagRec(type, handle, 1, state.data(), &native, message.data(), static_cast<SQLSMALLINT>(message.size()),
                  &length);
    const std::string code = reinterpret_cast<const char*>(state.data());
    const std::string said = reinterpret_cast<const char*>(message.data());
    const auto within = code.substr(0, 2);
    if (target_.stop.stop_requested()) throw cancelled();
    if (code == "28000") throw wrongCredentials(target_);
    if (code == "3D000" || code == "08004" || native == 4060) throw noDatabase(target_);
    if (code == "IM002" || code == "IM003" || code == "01000")
        throw sdk::SourceError(
            sdk::SourceError::Kind::Configuration,
            fmt::format("The driver of '{}' can't be loaded: {}.", target_.driver, common::oneLine(said, 300)),
            "Let the server's administrator install the ODBC driver that the connection string names.");
    if (connecting && (said.find("SSL") != std::string::npos || said.find("certificate") != std::string::npos))
        throw badTls(target_, said);
    if (connecting) throw unreachable(target_, said);
    if (code == "HYT00" || code == "HYT01" || code == "57014") throw tooLong(target_);
    if (within == "08" || within == "40" || within == "57") throw interrupted(target_, said);
    if (code == "25006") throw writes();
    if (code == "42000" && (native == 229 || native == 230)) throw noRight(said);  // of SQL Server
    if (code == "42501") throw noRight(said);
    if (within == "22") throw badData(said);
    throw notUnderstood(said);
}

}  // namespace host::connectors::sql
