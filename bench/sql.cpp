// Rows of a PostgreSQL table into SQLite: ours through the SQL source as a route reads it (typed cells, checked texts,
// named places), the anchor a bare libpq scan in single-row mode. Both write the same rows into the same table by the
// same statement, a thousand a transaction.
//   bench_sql ours|anchor HOST PORT USER PASSWORD DATABASE CA TABLE FILE
// Prints one JSON line: rows a second, and how many MB the process grew at its peak.

#include "host/connectors/sql/SqlKind.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <libpq-fe.h>
#include <optional>
#include <stdexcept>

namespace {

constexpr int kColumns = 8;
constexpr int kBatch = 1000;

double memory(const std::string& what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(what + ":")) return std::stod(line.substr(what.size() + 1)) / 1024;
    return 0;
}

class Sink {
public:
    explicit Sink(const std::string& file) {
        sqlite3_open(file.c_str(), &database_);
        run("PRAGMA journal_mode = WAL; DROP TABLE IF EXISTS marks; CREATE TABLE marks (a, b, c, d, e, f, g, h)");
        sqlite3_prepare_v2(database_, "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", -1, &insert_, nullptr);
        run("BEGIN IMMEDIATE");
    }
    ~Sink() {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;

    void cell(int column, const char* text, std::size_t size) {
        if (text == nullptr)
            sqlite3_bind_null(insert_, column + 1);
        else
            sqlite3_bind_text(insert_, column + 1, text, static_cast<int>(size), SQLITE_STATIC);
    }
    void row() {
        sqlite3_step(insert_);
        sqlite3_reset(insert_);
        if (++rows_ % kBatch == 0) run("COMMIT; BEGIN IMMEDIATE");
    }
    int end() {
        run("COMMIT");
        return rows_;
    }

private:
    void run(const char* sql) {
        if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(database_));
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    int rows_ = 0;
};

struct Place {
    std::string host, port, user, password, database, ca, table;
};

void ours(const Place& place, Sink& sink) {
    host::connectors::sql::SqlSettings settings;
    settings.guard.allowPrivateAddresses = true;
    host::connectors::sql::SqlKind kind(settings);
    host::sdk::SourceRequest request;
    std::ifstream ca(place.ca);
    request.connection.texts = {
        {"driver", "postgresql"},     {"host", place.host},
        {"port", place.port},         {"user", place.user},
        {"database", place.database}, {"certificate", std::string(std::istreambuf_iterator<char>(ca), {})}};
    request.connection.secrets.emplace("password", host::sdk::SecretString(place.password));
    request.route.texts["query"] = "SELECT * FROM " + place.table;
    const auto reader = kind.open(request);
    host::sdk::SourceRow row;
    while (reader->next(row)) {
        if (row.problem) throw std::runtime_error(row.problem->reason);
        for (int i = 0; i < kColumns; ++i) {
            const auto& cell = row.cells[static_cast<std::size_t>(i)];
            sink.cell(i, cell ? cell->data() : nullptr, cell ? cell->size() : 0);
        }
        sink.row();
    }
}

void anchor(const Place& place, Sink& sink) {
    const auto where = fmt::format(
        "host={} hostaddr=127.0.0.1 port={} user={} password={} dbname={} sslmode=verify-full sslrootcert={}",
        place.host, place.port, place.user, place.password, place.database, place.ca);
    PGconn* const connection = PQconnectdb(where.c_str());
    if (PQsendQuery(connection, ("SELECT * FROM " + place.table).c_str()) == 0)
        throw std::runtime_error(PQerrorMessage(connection));
    PQsetSingleRowMode(connection);
    while (PGresult* const result = PQgetResult(connection)) {
        if (PQresultStatus(result) == PGRES_FATAL_ERROR) throw std::runtime_error(PQresultErrorMessage(result));
        if (PQntuples(result) == 1) {
            for (int i = 0; i < kColumns; ++i)
                sink.cell(i, PQgetisnull(result, 0, i) != 0 ? nullptr : PQgetvalue(result, 0, i),
                          static_cast<std::size_t>(PQgetlength(result, 0, i)));
            sink.row();
        }
        PQclear(result);
    }
    PQfinish(connection);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 10) {
        std::cerr << "usage: bench_sql ours|anchor HOST PORT USER PASSWORD DATABASE CA TABLE FILE\n";
        return 2;
    }
    const std::string which = argv[1];
    const Place place{argv[2], argv[3], argv[4], argv[5], argv[6], argv[7], argv[8]};
    Sink sink(argv[9]);
    const double before = memory("VmRSS");
    const auto start = std::chrono::steady_clock::now();
    (which == "ours" ? ours : anchor)(place, sink);
    const int rows = sink.end();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << fmt::format("{{\"value\": {:.0f}, \"rows\": {}, \"grown\": {:.1f}}}\n", rows / took.count(), rows,
                             memory("VmHWM") - before);
    return 0;
}
