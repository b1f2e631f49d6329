#include "tests/integration/moodle/MoodleServer.h"

#include "tests/support/SharedData.h"
#include "tests/support/TempDir.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <libpq-fe.h>
#include <mariadb/mysql.h>
#include <stdexcept>

namespace tests {
namespace {

void shell(const std::string& command) {
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

std::string dump() {
    return (sharedData() / "moodle/moodle-4.1-postgresql.sql.gz").string();
}

class Postgres final : public MoodleServer {
public:
    Postgres() : MoodleServer("postgresql", "postgresql") {
        execute("postgres", "CREATE DATABASE loaded");
        shell(
            fmt::format("zcat '{}' | PGPASSWORD='{}' '{}/psql' -q -1 -v ON_ERROR_STOP=1 -h 127.0.0.1 -p {} -U tester "
                        "loaded >/dev/null",
                        dump(), peer()["password"], peer()["bin"], peer()["port"]));
    }
    std::string newDatabase() override {
        const auto name = fmt::format("moodle{}", ++databases_);
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE loaded");
        return name;
    }
    void execute(const std::string& database, const std::string& sql) override { text(database, sql); }
    std::string text(const std::string& database, const std::string& sql) override {
        const auto where = fmt::format("host=127.0.0.1 port={} user=tester password={} dbname={}", peer()["port"],
                                       peer()["password"], database);
        const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(where.c_str()), &PQfinish);
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.get(), sql.c_str()), &PQclear);
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
        return PQntuples(result.get()) == 0 ? std::string() : PQgetvalue(result.get(), 0, 0);
    }

private:
    int databases_ = 0;
};

class MariaDb final : public MoodleServer {
public:
    MariaDb() : MoodleServer("mysql", "mariadb") {
        const auto sets = std::string(LMSD_SOURCE_DIR) + "/config/sources/";
        shell(
            fmt::format("'{}/tests/integration/moodle/mariadb_dump.py' '{}' '{}moodle' '{}moodle-course-totals' >'{}'",
                        LMSD_SOURCE_DIR, dump(), sets, sets, (folder_ / "dump.sql").string()));
        folder_.write("client.cnf", fmt::format("[client]\nhost=127.0.0.1\nport={}\nuser=tester\npassword={}\n",
                                                peer()["port"], peer()["password"]));
    }
    std::string newDatabase() override {
        const auto name = fmt::format("moodle{}", ++databases_);
        execute("", "CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
        shell(
            fmt::format("(echo 'SET autocommit=0;'; cat '{}'; echo 'COMMIT;') | mariadb --defaults-extra-file='{}' {}",
                        (folder_ / "dump.sql").string(), (folder_ / "client.cnf").string(), name));
        return name;
    }
    void execute(const std::string& database, const std::string& sql) override { text(database, sql); }
    std::string text(const std::string& database, const std::string& sql) override {
        const std::unique_ptr<MYSQL, decltype(&mysql_close)> connection(mysql_init(nullptr), &mysql_close);
        mysql_options(connection.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
        const auto port = static_cast<unsigned>(std::stoul(peer()["port"]));
        if (mysql_real_connect(connection.get(), "127.0.0.1", "tester", peer()["password"].c_str(),
                               database.empty() ? nullptr : database.c_str(), port, nullptr,
                               CLIENT_MULTI_STATEMENTS) == nullptr ||
            mysql_query(connection.get(), "SET sql_mode = ''") != 0 || mysql_query(connection.get(), sql.c_str()) != 0)
            throw std::runtime_error(sql + ": " + mysql_error(connection.get()));
        std::string value;
        do {
            const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> rows(mysql_store_result(connection.get()),
                                                                                &mysql_free_result);
            MYSQL_ROW row = rows ? mysql_fetch_row(rows.get()) : nullptr;
            if (row != nullptr && row[0] != nullptr) value = row[0];
        } while (mysql_next_result(connection.get()) == 0);
        if (mysql_errno(connection.get()) != 0) throw std::runtime_error(sql + ": " + mysql_error(connection.get()));
        return value;
    }

private:
    TempDir folder_;
    int databases_ = 0;
};

}  // namespace

std::unique_ptr<MoodleServer> MoodleServer::start(const std::string& driver) {
    if (driver == "postgresql") return std::make_unique<Postgres>();
    return std::make_unique<MariaDb>();
}

}  // namespace tests
