// CSV of a million rows: the same query on both sides, ours read as typed column vectors and written by the tables'
// room (quoting, formula guard, times with offset, durations, SHA-256, fsync, rename), the anchor by `sqlite3 -csv`,
// which writes times and durations as the plain numbers they are stored as.
//   bench_csv prepare FILE ROWS    makes the database
//   bench_csv query                prints the query for the anchor
//   bench_csv write FILE FOLDER    ours; the whole process is timed

#include "plugin/footprint/JsonText.h"
#include "plugin/footprint/Profile.h"
#include "plugin/tables/CsvFile.h"
#include "plugin/tables/TableRows.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <vector>

namespace {

using namespace plugin::footprint;
using namespace Poco::Data::Keywords;
using Poco::Nullable;

constexpr auto kQuery =
    "SELECT unti_id, programme_id, flow_id, module_number, title, at, raw, min_score, max_score, pass_score, success, "
    "attempt, max_attempts, duration_seconds FROM results ORDER BY id";
constexpr std::size_t kPage = 1000;

void prepare(const std::string& file, std::int64_t rows) {
    std::filesystem::remove(file);
    Poco::Data::Session session("SQLite", file);
    session << "CREATE TABLE results (id INTEGER PRIMARY KEY, unti_id TEXT NOT NULL, programme_id BIGINT NOT NULL, "
               "flow_id BIGINT NOT NULL, module_number BIGINT, title TEXT NOT NULL, at BIGINT NOT NULL, "
               "raw DOUBLE PRECISION NOT NULL, min_score DOUBLE PRECISION, max_score DOUBLE PRECISION, "
               "pass_score DOUBLE PRECISION, success BIGINT NOT NULL, attempt BIGINT NOT NULL, max_attempts BIGINT, "
               "duration_seconds BIGINT)",
        now;
    session << "BEGIN IMMEDIATE", now;
    // Of 20,000 learners and 50 elements; every tenth mark is not whole, every seventh duration is not known.
    session << fmt::format(
        "INSERT INTO results WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
        "SELECT i, CAST(100000 + (i * 7919) % 20000 AS TEXT), 50001, 7001 + i % 4, 1 + i % 5, "
        "'Тест ' || (1 + i % 50) || CASE WHEN i % 9 = 0 THEN ', итоговый' ELSE '' END, "
        "1759395900000000 + i * 1000000 * 37, CASE WHEN i % 10 = 0 THEN (i % 201) / 2.0 ELSE i % 101 END, 0, 100, 60, "
        "i % 101 >= 60, 1 + i % 3, CASE WHEN i % 50 < 40 THEN 3 END, CASE WHEN i % 7 THEN i % 5000 END FROM n",
        rows),
        now;
    session << "COMMIT", now;
}

/// A page of the query as typed columns.
struct Page {
    std::vector<std::string> untiId, title;
    std::vector<std::int64_t> programme, flow, at, success, attempt;
    std::vector<Nullable<std::int64_t>> module, maxAttempts, duration;
    std::vector<double> raw;
    std::vector<Nullable<double>> least, most, pass;
};

template <class T, class Set>
void setMaybe(Values& values, Name name, const Nullable<T>& value, Set set) {
    if (value.isNull())
        values.clear(name);
    else
        (values.*set)(name, value.value());
}

void fill(Values& values, const Page& page, std::size_t i) {
    values.setText(Name::LearnerUntiId, page.untiId[i]);
    values.setInteger(Name::ProgrammeId, page.programme[i]);
    values.setInteger(Name::FlowId, page.flow[i]);
    setMaybe(values, Name::ModuleNumber, page.module[i], &Values::setInteger);
    values.setText(Name::ElementTitle, page.title[i]);
    values.setInteger(Name::ResultAt, page.at[i]);
    values.setNumber(Name::ResultRaw, page.raw[i]);
    setMaybe(values, Name::ResultMin, page.least[i], &Values::setNumber);
    setMaybe(values, Name::ResultMax, page.most[i], &Values::setNumber);
    setMaybe(values, Name::ResultPassMark, page.pass[i], &Values::setNumber);
    values.setBoolean(Name::ResultSuccess, page.success[i] != 0);
    values.setInteger(Name::ResultAttempt, page.attempt[i]);
    setMaybe(values, Name::ElementMaxAttempts, page.maxAttempts[i], &Values::setInteger);
    setMaybe(values, Name::ResultDuration, page.duration[i], &Values::setInteger);
}

void write(const std::string& file, const std::filesystem::path& folder) {
    const ProfileSet profiles = ProfileSet::load(BENCH_PROFILES);
    const Profile& profile = profiles.get("bas");
    const auto table = std::find_if(profile.tables.begin(), profile.tables.end(),
                                    [](const Table& t) { return t.name == "assessment-results"; });
    const plugin::tables::TableRows rows(*table);
    const ZoneTime zone("Europe/Moscow");
    Values values(zone);
    std::filesystem::create_directories(folder);
    plugin::tables::CsvFile csv(folder / "assessment-results-50001.csv");
    csv.buffer() += rows.header();

    Poco::Data::Session session("SQLite", file);
    Page page;
    Poco::Data::Statement select(session);
    select << kQuery, into(page.untiId), into(page.programme), into(page.flow), into(page.module), into(page.title),
        into(page.at), into(page.raw), into(page.least), into(page.most), into(page.pass), into(page.success),
        into(page.attempt), into(page.maxAttempts), into(page.duration), limit(kPage);
    while (!select.done()) {
        page = Page{};  // Poco appends to what is there
        select.execute();
        for (std::size_t i = 0; i < page.untiId.size(); ++i) {
            fill(values, page, i);
            if (const auto refusal = rows.append(csv.buffer(), rows.fix(values), values))
                throw std::runtime_error("row refused: " + refusal->code);
            csv.written();
        }
    }
    csv.finish();
    csv.publish();
    plugin::tables::syncFolder(folder);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    Poco::Data::SQLite::Connector::registerConnector();
    try {
        if (arguments.size() == 3 && arguments[0] == "prepare") {
            prepare(arguments[1], std::stoll(arguments[2]));
        } else if (arguments.size() == 1 && arguments[0] == "query") {
            std::cout << kQuery << '\n';
        } else if (arguments.size() == 3 && arguments[0] == "write") {
            write(arguments[1], arguments[2]);
        } else {
            std::cerr << "usage: bench_csv prepare FILE ROWS | query | write FILE FOLDER\n";
            return 2;
        }
    } catch (const std::exception& error) {
        std::cerr << "bench_csv: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
