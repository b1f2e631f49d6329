#include "host/connectors/sql/SqlErrors.h"

#include "common/Text.h"

#include <fmt/format.h>

namespace host::connectors::sql {
namespace {

using sdk::SourceError;
using sdk::SourceProblem;
using Kind = SourceError::Kind;

/// What a server says may hold anything; one line of it is enough.
std::string said(std::string_view text) {
    return common::oneLine(common::trim(text), 300);
}

std::string nearestFix(std::string_view name, const std::vector<std::string>& known, std::string otherwise) {
    const auto near = common::nearest(name.substr(0, 100), known);
    return near.empty() ? otherwise : fmt::format("Did you mean '{}'?", near);
}

}  // namespace

std::string placeOf(const Target& target) {
    if (target.host.empty()) return fmt::format("'{}'", target.database);
    return fmt::format("'{}' at {}:{}", target.database, target.host, target.port);
}

SourceError unreachable(const Target& target, std::string_view reason) {
    return {Kind::Unreachable, fmt::format("The database {} can't be reached: {}.", placeOf(target), said(reason)),
            "Check host and port, whether the database is running, and whether a firewall lets this server through."};
}

SourceError badTls(const Target& target, std::string_view reason) {
    return {
        Kind::Tls, fmt::format("No protected connection to the database {}: {}.", placeOf(target), said(reason)),
        "The server must offer TLS with a certificate for exactly this host name; if an authority of the organization "
        "signed it, put its certificate (PEM) into the connection."};
}

SourceError wrongCredentials(const Target& target) {
    return {Kind::Credentials,
            fmt::format("The database {} does not accept user '{}' with this password.", placeOf(target), target.user),
            "Check user and password; sign in with them by another program."};
}

SourceError noAccess(const Target& target, std::string_view text) {
    return {Kind::Rights,
            fmt::format("The database {} does not let user '{}' in: {}.", placeOf(target), target.user, said(text)),
            "Let the database's administrator allow this user to connect from this server."};
}

SourceError noDatabase(const Target& target) {
    return {Kind::NotThere, fmt::format("There is no database {}.", placeOf(target)), "Check the database's name."};
}

SourceError tooManyConnections(const Target& target) {
    return {Kind::Limit, fmt::format("The database {} has no connection left for us.", placeOf(target)),
            "Run the route at another time, or let the database's administrator allow more connections."};
}

SourceError noTable(std::string_view name, const std::vector<std::string>& known) {
    return {Kind::Query, fmt::format("The database has no table '{}' that this user can see.", said(name)),
            nearestFix(name, known, "Check the table's name, its prefix or schema, and the user's right to read it.")};
}

SourceError noColumn(std::string_view name, const std::vector<std::string>& known) {
    return {Kind::Query, fmt::format("The query names a column '{}' that its tables do not have.", said(name)),
            nearestFix(name, known, "Check the column's name.")};
}

SourceError noRight(std::string_view text) {
    return {Kind::Rights, fmt::format("The database's user may not read this: {}.", said(text)),
            "Let the database's administrator give the user the right to SELECT."};
}

SourceError notUnderstood(std::string_view text) {
    return {Kind::Query, fmt::format("The database does not accept the query: {}.", said(text)),
            "Correct the query; try it in another program with the same user."};
}

SourceError badData(std::string_view text) {
    return {Kind::Format, fmt::format("The database can't compute a value of the query: {}.", said(text)),
            "A value in the table is not what the query takes it for: read it as it is, and let the mapping decide."};
}

SourceError writes() {
    return {Kind::Query, "The query would change something, and a source is only read.",
            "Write a SELECT that changes nothing."};
}

SourceError tooLong(const Target& target) {
    return {Kind::Timeout,
            fmt::format("The query ran longer than the {} s that the route allows.", target.timeout.count()),
            "Read less at a time (a watermark), help the query by an index, or allow the route more time."};
}

SourceError interrupted(const Target& target, std::string_view text) {
    return {Kind::Interrupted,
            fmt::format("The connection to the database {} was lost: {}.", placeOf(target), said(text)),
            "What was read before stays. Run the route again; if it happens often, look into the database's log."};
}

SourceError cancelled() {
    return {Kind::Cancelled, "The reading was stopped.", "Run the route again."};
}

SourceProblem notText(const std::string& column, const std::string& encoding) {
    return {column, fmt::format("holds bytes that are no text in {}", encoding),
            "Correct it in the source, or name the real encoding of the texts in the connection."};
}

SourceProblem bytesProblem(const std::string& column) {
    return {column, "holds bytes, not text", "Leave the column out, or let the query turn it into a text."};
}

SourceProblem tooLarge(const std::string& column, std::size_t limit) {
    return {column, fmt::format("is longer than {} bytes", limit), "Let the query cut it."};
}

SourceProblem notFinite(const std::string& column, std::string_view value) {
    return {column, fmt::format("is {}, which is no number", value),
            "Correct it in the source, or leave it out by the query."};
}

SourceProblem beyondTime(const std::string& column, std::string_view value) {
    return {column, fmt::format("is {}, which is no day of the calendar", said(value)),
            "Correct it in the source, or leave it out by the query."};
}

}  // namespace host::connectors::sql
