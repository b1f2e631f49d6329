// The Open University's 173,912 results into our records: ours as an import of the CSV file and as a run of a route
// over the same table in SQLite, the anchor `sqlite3 .import` of the finished rows. Everything else of the dataset is
// there before. The tables are the same in all three, record_results with its five indexes; the anchor has nothing to
// look up, to check or to count: its file holds the columns as ours wrote them, ids and hashes included.
//   bench_oulad prepare DATA FOLDER     base.db, results.csv (the anchor's), table.db (the route's)
//   bench_oulad csv|route DATA FOLDER   prints one JSON line: rows a second, MB the process grew at its peak

#include "host/base/SystemClock.h"
#include "host/connections/ConnectionSchema.h"
#include "host/connections/RouteRun.h"
#include "host/connectors/sql/SqlKind.h"
#include "host/records/RecordMigrations.h"
#include "host/sources/CsvImport.h"
#include "host/store/SqliteDatabase.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;
using namespace host;
using namespace Poco::Data::Keywords;

constexpr auto kOrganization = "demo";
constexpr std::int64_t kRows = 173'912;

double memory(const std::string& what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(what + ":")) return std::stod(line.substr(what.size() + 1)) / 1024;
    return 0;
}

void must(std::int64_t rows) {
    if (rows != kRows) throw std::runtime_error(fmt::format("{} rows of {} became records", rows, kRows));
}

struct Observer final : connections::RunObserver {
    void error(const sources::RowError& one) override { throw std::runtime_error(one.place + ": " + one.reason); }
    void note(const std::string&) override {}
};

class Bench {
public:
    Bench(fs::path data, fs::path folder) : data_(std::move(data)), folder_(std::move(folder)) {}

    std::int64_t importStep(store::SqliteDatabase& database, const std::string& file, const std::string& mapping) {
        records::RecordStore store(database, clock_);
        std::ifstream in(data_ / file, std::ios::binary);
        return sources::CsvImport(store, library_.find(mapping))
            .run(kOrganization, in, [](const sources::RowError& one) { throw std::runtime_error(one.reason); })
            .created;
    }

    void prepare() {
        store::SqliteDatabase database({.path = folder_ / "base.db"}, clock_);
        database.migrate("records", records::recordsMigrations());
        database.migrate("connections", connections::connectionMigrations());
        for (const auto& step : library_.manifest("oulad").steps)
            if (step.mapping != "oulad/results") importStep(database, step.file, step.mapping);
        database.write([](Poco::Data::Session& session) {
            session << "INSERT INTO source_connection VALUES (1,'demo','c','sql','',1,'','','{}',1,0,'x',0)", now;
            session << "INSERT INTO source_route VALUES (1,1,'r','','',1,1,'','','{}','{}','','skip','keep',20,'',1,0,"
                       "'x')",
                now;
            connections::RouteState(session, 1).create();
        });
        database.checkpoint();
    }

    std::int64_t csv(store::SqliteDatabase& database) {
        return importStep(database, "studentAssessment.csv", "oulad/results");
    }

    std::int64_t route(store::SqliteDatabase& database) {
        connectors::sql::SqlSettings settings;
        settings.folders = {folder_};
        connectors::sql::SqlKind kind(settings);
        sdk::SourceRequest request;
        request.connection.texts = {{"driver", "sqlite"}, {"database", (folder_ / "table.db").string()}};
        request.route.texts["query"] = "SELECT * FROM studentAssessment";
        connections::RouteRules rules;
        rules.routeId = 1;
        rules.organization = kOrganization;
        rules.mapping = &library_.find("oulad/results");
        Observer observer;
        connections::RouteRun run(database, nullptr, clock_, rules, {}, observer);
        run.begin();
        return run.run(*kind.open(request)).counts.created;
    }

    void measure(std::int64_t (Bench::*what)(store::SqliteDatabase&)) {
        fs::copy_file(folder_ / "base.db", folder_ / "ours.db", fs::copy_options::overwrite_existing);
        for (const char* rest : {"ours.db-wal", "ours.db-shm"}) fs::remove(folder_ / rest);
        store::SqliteDatabase database({.path = folder_ / "ours.db"}, clock_);
        const double before = memory("VmRSS");
        const auto begin = std::chrono::steady_clock::now();
        must((this->*what)(database));
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        std::cout << fmt::format("{{\"value\": {:.0f}, \"grown\": {:.1f}}}\n", kRows / took.count(),
                                 memory("VmHWM") - before);
    }

private:
    const fs::path data_, folder_;
    base::SystemClock clock_;
    const sources::MappingLibrary library_{BENCH_MAPPINGS};
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const std::string what = argv[1];
    try {
        Bench bench(argv[2], argv[3]);
        if (what == "prepare")
            bench.prepare();
        else
            bench.measure(what == "csv" ? &Bench::csv : &Bench::route);
    } catch (const std::exception& e) {
        std::cerr << "bench_oulad: " << e.what() << "\n";
        return 1;
    }
    return 0;
}
