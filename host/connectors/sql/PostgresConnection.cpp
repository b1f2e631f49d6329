#include "host/connectors/sql/PostgresConnection.h"

#include "common/Text.h"
#include "host/connectors/sql/Endpoint.h"
#include "host/connectors/sql/SqlErrors.h"
#include "host/connectors/sql/TextDecoder.h"

#include <fmt/format.h>

#include <cstring>
#include <map>
#include <poll.h>

namespace host::connectors::sql {
namespace {

using Steady = std::chrono::steady_clock;

/// Encodings of one byte a letter that we convert ourselves: a byte that PostgreSQL can't convert would end the whole
/// query, not just its row. PostgreSQL's name → iconv's.
const std::map<std::string, std::string> kOwn = {
    {"WIN1251", "CP1251"}, {"WIN1252", "CP1252"},    {"KOI8R", "KOI8-R"},      {"KOI8U", "KOI8-U"},
    {"WIN866", "CP866"},   {"LATIN1", "ISO-8859-1"}, {"LATIN5", "ISO-8859-9"}, {"ISO_8859_5", "ISO-8859-5"}};

/// "FATAL:  28P01: password authentication failed …\nLOCATION: …": the code is there in verbose mode only, and is all
/// that does not depend on the server's language.
std::string codeIn(const std::string& message, std::string& text) {
    const auto isCode = [](std::string_view word) {
        if (word.size() != 5) return false;
        for (const char c : word)
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return false;
        return word.find_first_of("0123456789") != std::string_view::npos;
    };
    for (auto at = message.find(": "); at != std::string::npos; at = message.find(": ", at + 1)) {
        auto from = at + 2;
        while (from < message.size() && message[from] == ' ') ++from;
        const std::string_view word = std::string_view(message).substr(from, 5);
        if (!isCode(word) || message.substr(from + 5, 2) != ": ") continue;
        text = message.substr(from + 7, message.find('\n', from) - from - 7);
        return std::string(word);
    }
    text = message;
    return {};
}

std::string joined(std::size_t count, const std::function<std::string(std::size_t)>& one) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += (i == 0 ? "" : ",") + one(i);
    return all;
}

/// The name that begins at a character of the query; PostgreSQL counts characters from 1.
std::string nameAt(std::string_view sql, const char* position) {
    if (position == nullptr) return {};
    auto left = std::strtoul(position, nullptr, 10);
    std::size_t at = 0;
    for (; at < sql.size(); ++at) {
        if ((static_cast<unsigned char>(sql[at]) & 0xc0) == 0x80) continue;
        if (--left == 0) break;
    }
    std::string name;
    bool quoted = false;
    for (; at < sql.size(); ++at) {
        const char c = sql[at];
        if (c == '"') {
            quoted = !quoted;
        } else if (c == '.' && !quoted) {
            name.clear();
        } else if (quoted || std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
                   static_cast<unsigned char>(c) >= 0x80) {
            name += c;
        } else {
            break;
        }
    }
    return name;
}

}  // namespace

PostgresConnection::PostgresConnection(Context& context, const Target& target) : target_(target) {
    connect(context);
    watch_.emplace(context.deadlines, PQsocket(get()), Steady::now() + target_.timeout + std::chrono::seconds(30),
                   target_.stop);
    chooseEncoding();
    begin();
}

void PostgresConnection::connect(Context& context) {
    std::optional<AuthorityFile> authorities;
    if (target_.tls) authorities.emplace(context.settings, target_.authority);
    const auto count = target_.addresses.size();
    const std::map<std::string, std::string> options = {
        {"host", joined(count, [this](std::size_t) { return target_.host; })},
        {"hostaddr", joined(count, [this](std::size_t i) { return target_.addresses[i].toString(); })},
        {"port", std::to_string(target_.port)},
        {"dbname", target_.database},
        {"user", target_.user},
        {"password", target_.password.reveal()},
        {"passfile", "/dev/null"},
        {"application_name", "lmsd"},
        {"sslmode", target_.tls ? "verify-full" : "disable"},
        {"sslrootcert", authorities ? authorities->path() : ""},
        {"gssencmode", "disable"},
        {"client_encoding", "UTF8"},
    };
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : options) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    // expand_dbname is off: a database's name can't bring a host or options of its own along.
    connection_.reset(PQconnectStartParams(names.data(), values.data(), 0));
    if (!connection_) throw unreachable(target_, "out of memory");
    PQsetErrorVerbosity(get(), PQERRORS_VERBOSE);
    const auto deadline = Steady::now() + context.settings.connectTimeout;
    for (PostgresPollingStatusType state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK;
         state = PQconnectPoll(get())) {
        if (PQstatus(get()) == CONNECTION_BAD || state == PGRES_POLLING_FAILED) failConnecting(PQerrorMessage(get()));
        pollfd waited{PQsocket(get()), static_cast<short>(state == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
        while (::poll(&waited, 1, 100) <= 0) {
            if (target_.stop.stop_requested()) throw cancelled();
            if (Steady::now() > deadline) throw unreachable(target_, "no answer in time");
        }
    }
}

void PostgresConnection::failConnecting(const std::string& message) {
    std::string text;
    const auto code = codeIn(message, text);
    if (code == "28P01") throw wrongCredentials(target_);
    if (code == "28000" || code == "42501") throw noAccess(target_, text);
    if (code == "3D000") throw noDatabase(target_);
    if (code == "53300") throw tooManyConnections(target_);
    if (code.empty() && (text.find("SSL") != std::string::npos || text.find("certificate") != std::string::npos))
        throw badTls(target_, text);
    // "connection to server at …, port … failed: " repeats what we say ourselves.
    const auto failed = text.rfind(" failed: ");
    throw unreachable(target_, failed == std::string::npos ? text : text.substr(failed + 9));
}

void PostgresConnection::run(const std::string& sql) {
    const PgResult result(PQexec(get(), sql.c_str()));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK && PQresultStatus(result.get()) != PGRES_TUPLES_OK)
        fail(result.get(), sql);
}

void PostgresConnection::chooseEncoding() {
    const char* const reported = PQparameterStatus(get(), "server_encoding");
    const std::string server = reported == nullptr ? "UTF8" : reported;
    if (server == "SQL_ASCII") {
        // The server stores bytes and knows no encoding: the connection's settings say it, or UTF-8 is tried.
        run("SET client_encoding = 'SQL_ASCII'");
        encoding_ = target_.encoding.empty() ? "UTF-8" : target_.encoding;
    } else if (const auto own = kOwn.find(server); own != kOwn.end()) {
        run(fmt::format("SET client_encoding = '{}'", server));
        encoding_ = target_.encoding.empty() ? own->second : target_.encoding;
    } else if (!target_.encoding.empty() && target_.encoding != "UTF-8") {
        throw sdk::SourceError(
            sdk::SourceError::Kind::Configuration,
            fmt::format("The database {} says itself that its texts are {}.", placeOf(target_), server),
            "Leave the encoding out of the connection.");
    }
}

void PostgresConnection::begin() {
    // Ends a query whose reader is gone; older servers and some systems don't know it.
    const PgResult ignored(PQexec(get(), "SET client_connection_check_interval = '5s'"));
    run("SET DateStyle = 'ISO'; SET TimeZone = 'UTC'; SET extra_float_digits = 1; SET standard_conforming_strings = "
        "on; "
        "SET bytea_output = 'hex'");
    run(fmt::format("SET statement_timeout = {}", target_.timeout.count() * 1000));
    run("SET default_transaction_read_only = on");
    run("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

void PostgresConnection::prepare(const std::string& sql, std::size_t parameters) {
    constexpr Oid kText = 25;
    std::vector<Oid> types(parameters, 0);
    while (true) {
        run("SAVEPOINT before_query");
        const PgResult result(PQprepare(get(), kStatement, sql.c_str(), static_cast<int>(parameters), types.data()));
        if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return;
        const char* const code = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        const char* const message = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
        const char* const sign = message == nullptr ? nullptr : std::strchr(message, '$');
        const auto number = sign == nullptr ? 0 : std::strtoul(sign + 1, nullptr, 10);
        // 42P18, "could not determine data type of parameter $1"
        if (code == nullptr || std::string_view(code) != "42P18" || number == 0 || number > parameters ||
            types[number - 1] == kText)
            fail(result.get(), sql);
        types[number - 1] = kText;
        run("ROLLBACK TO before_query");
    }
}

std::vector<std::string> PostgresConnection::names(const char* sql) {
    while (const PgResult rest{PQgetResult(get())}) {
    }
    const PgResult ended(PQexec(get(), "ROLLBACK"));
    const PgResult result(PQexec(get(), sql));
    std::vector<std::string> all;
    for (int i = 0; i < PQntuples(result.get()); ++i) all.emplace_back(PQgetvalue(result.get(), i, 0));
    return all;
}

void PostgresConnection::failConnection() {
    if (target_.stop.stop_requested()) throw cancelled();
    if (watch_ && watch_->expired()) throw tooLong(target_);
    std::string text;
    const auto code = codeIn(PQerrorMessage(get()), text);
    throw interrupted(target_, text);
}

void PostgresConnection::fail(PGresult* result, std::string_view sql) {
    const auto field = [result](int code) -> std::string {
        const char* const value = PQresultErrorField(result, code);
        return value == nullptr ? std::string() : value;
    };
    const auto code = field(PG_DIAG_SQLSTATE);
    if (target_.stop.stop_requested()) throw cancelled();
    if (code.empty()) failConnection();
    std::string said = field(PG_DIAG_MESSAGE_PRIMARY);
    if (std::string utf8; TextDecoder(encoding_).decode(said, utf8)) said = utf8;
    const auto within = code.substr(0, 2);
    if (code == "57014") throw tooLong(target_);
    if (within == "57" || within == "08" || within == "40") throw interrupted(target_, said);
    if (code == "25006") throw writes();
    if (code == "42501") throw noRight(said);
    if (within == "53")
        throw sdk::SourceError(sdk::SourceError::Kind::Limit,
                               fmt::format("The database lacks room for the query: {}.", common::oneLine(said, 300)),
                               "Read less at a time, or let the database's administrator give it more.");
    constexpr const char* kVisible =
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') "
        "AND "
        "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";
    if (code == "42P01") {
        const auto name = nameAt(sql, PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION));
        throw noTable(name, names(fmt::format("SELECT c.relname {} LIMIT 20000", kVisible).c_str()));
    }
    if (code == "42703") {
        const auto name = nameAt(sql, PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION));
        if (!name.empty())
            throw noColumn(
                name, names(fmt::format("SELECT DISTINCT a.attname FROM pg_attribute a JOIN (SELECT c.oid {}) t ON "
                                        "t.oid = a.attrelid WHERE a.attnum > 0 AND NOT a.attisdropped LIMIT 20000",
                                        kVisible)
                                .c_str()));
    }
    if (within == "22") throw badData(said);
    throw notUnderstood(said);
}

}  // namespace host::connectors::sql
