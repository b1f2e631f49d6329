#include "host/store/Migrations.h"

#include "common/Sha256.h"
#include "common/Text.h"
#include "host/sdk/Error.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

namespace host::store {
namespace {

using Poco::Data::Session;
using sdk::AppError;
using namespace Poco::Data::Keywords;

struct Applied {
    int version = 0;
    std::string name;
    std::string checksum;
};

constexpr const char* kTable =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    " owner TEXT NOT NULL,"
    " version INTEGER NOT NULL,"
    " name TEXT NOT NULL,"
    " checksum TEXT NOT NULL,"
    " applied_at BIGINT NOT NULL,"
    " PRIMARY KEY (owner, version))";

std::vector<Applied> appliedSteps(Session& session, const std::string& owner) {
    std::vector<Applied> all;
    Applied one;
    std::string who = owner;
    Poco::Data::Statement select(session);
    select << "SELECT version, name, checksum FROM schema_migration WHERE owner = ? ORDER BY version", use(who),
        into(one.version), into(one.name), into(one.checksum), limit(1);
    while (!select.done())
        if (select.execute() > 0) all.push_back(one);
    return all;
}

void refuseGaps(const std::string& owner, const std::vector<sdk::Migration>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (steps[i].version != static_cast<int>(i) + 1)
            throw AppError(500, "db.migration-gap",
                           fmt::format("The schema steps of '{}' are not numbered 1, 2, 3, …: step {} has version {}. "
                                       "Install a build whose steps are complete.",
                                       owner, i + 1, steps[i].version));
}

void refuseForeignHistory(const std::string& owner, const std::vector<sdk::Migration>& steps,
                          const std::vector<Applied>& applied) {
    for (const Applied& was : applied) {
        if (was.version > static_cast<int>(steps.size()))
            throw AppError(
                500, "db.schema-newer",
                fmt::format("The database's schema of '{}' is at step {} ('{}'), this build knows {}. Install "
                            "the newer build, or restore the backup made before it.",
                            owner, was.version, was.name, steps.size()));
        const sdk::Migration& step = steps[static_cast<std::size_t>(was.version) - 1];
        if (common::Sha256::hex(step.sql) != was.checksum)
            throw AppError(500, "db.schema-changed",
                           fmt::format("Schema step {} ('{}') of '{}' is not the one that was applied to this database "
                                       "(its checksum differs). Install an unchanged build.",
                                       was.version, was.name, owner));
    }
}

/// SQLite keeps a table in the order of its id, without an index beside it, only when the column's type is INTEGER,
/// which to PostgreSQL is half the width; in the order of a key of several columns only when told so: here by the key's
/// name. What was applied is remembered as it was written.
std::string forSqlite(std::string statement) {
    constexpr std::string_view kPortable = "BIGINT NOT NULL PRIMARY KEY", kOwn = "INTEGER NOT NULL PRIMARY KEY";
    if (!statement.starts_with("CREATE TABLE ")) return statement;
    if (const auto at = statement.find(kPortable); at != std::string::npos)
        statement.replace(at, kPortable.size(), kOwn);
    if (statement.find("_clustered PRIMARY KEY (") != std::string::npos) statement += " WITHOUT ROWID";
    return statement;
}

void applyStep(sdk::Database& database, const std::string& owner, const sdk::Migration& step, sdk::Micros now) {
    try {
        database.write([&](Session& session) {
            for (std::string& statement : splitStatements(step.sql))
                session << forSqlite(std::move(statement)), Poco::Data::Keywords::now;
            std::string who = owner;
            int version = step.version;
            std::string name = step.name;
            std::string checksum = common::Sha256::hex(step.sql);
            std::int64_t at = now;
            session
                << "INSERT INTO schema_migration (owner, version, name, checksum, applied_at) VALUES (?, ?, ?, ?, ?)",
                use(who), use(version), use(name), use(checksum), use(at), Poco::Data::Keywords::now;
        });
    } catch (const std::exception&) {
        std::throw_with_nested(
            AppError(500, "db.migration-failed",
                     fmt::format("Schema step {} ('{}') of '{}' failed and was rolled back; the server's log says why.",
                                 step.version, step.name, owner)));
    }
}

/// Length of the quoted text or comment that starts at `at`, 0 when there is none.
std::size_t opaqueLength(std::string_view sql, std::size_t at, bool& comment) {
    char c = sql[at];
    comment = false;
    auto through = [&](std::size_t end, std::size_t size) {
        return end == std::string_view::npos ? sql.size() - at : end + size - at;
    };
    if (c == '\'' || c == '"') return through(sql.find(c, at + 1), 1);  // '' is two texts in a row: the same to us
    if (sql.substr(at, 2) == "--") {
        comment = true;
        return through(sql.find('\n', at), 1);
    }
    if (sql.substr(at, 2) == "/*") {
        comment = true;
        return through(sql.find("*/", at + 2), 2);
    }
    return 0;
}

}  // namespace

std::vector<std::string> splitStatements(std::string_view sql) {
    std::vector<std::string> statements;
    std::string current;
    auto flush = [&] {
        if (auto text = common::trim(current); !text.empty()) statements.emplace_back(text);
        current.clear();
    };
    for (std::size_t i = 0; i < sql.size();) {
        bool comment = false;
        if (std::size_t length = opaqueLength(sql, i, comment)) {
            if (comment)
                current += ' ';
            else
                current += sql.substr(i, length);
            i += length;
        } else if (sql[i] == ';') {
            flush();
            ++i;
        } else {
            current += sql[i++];
        }
    }
    flush();
    return statements;
}

int appliedVersion(sdk::Database& database, const std::string& owner) {
    int version = 0;
    database.write([&](Session& session) {
        session << kTable, now;
        auto applied = appliedSteps(session, owner);
        version = applied.empty() ? 0 : applied.back().version;
    });
    return version;
}

void applyMigrations(sdk::Database& database, const std::string& owner, const std::vector<sdk::Migration>& steps,
                     sdk::Micros now) {
    refuseGaps(owner, steps);
    std::vector<Applied> applied;
    database.write([&](Session& session) {
        session << kTable, Poco::Data::Keywords::now;
        applied = appliedSteps(session, owner);
    });
    refuseForeignHistory(owner, steps, applied);
    for (std::size_t i = applied.size(); i < steps.size(); ++i) applyStep(database, owner, steps[i], now);
}

}  // namespace host::store
