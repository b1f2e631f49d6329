// A million rows as CSV and XLSX: the same query on both sides, ours read as typed column vectors and written by the
// tables' room as a night does it (rows made and spooled, then cut into files: quoting, formula guard, times with
// offset, durations, SHA-256, fsync, rename). Anchors: `sqlite3 -csv`, which writes times and durations as the plain
// numbers they are stored as, and the bare libxlsxwriter loop of xlsx_anchor.cpp.
//   bench_tables prepare FILE ROWS           makes the database
//   bench_tables query                       prints the query for the anchor
//   bench_tables write FILE FOLDER FORMAT    ours, csv or xlsx; the whole process is timed, and it prints how many MB
//   its
//                                            memory grew at its peak

#include "bench/ResultRows.h"
#include "plugin/footprint/JsonText.h"
#include "plugin/footprint/Profile.h"
#include "plugin/tables/Pair.h"
#include "plugin/tables/TableRows.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <string_view>
#include <tuple>

namespace {

using namespace plugin::footprint;
using bench::Page;
using Poco::Nullable;

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

/// "VmRSS" or "VmHWM" of this process, in MB.
double memory(const std::string& what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(what + ":")) return std::stod(line.substr(what.size() + 1)) / 1024;
    return 0;
}

void write(const std::string& file, const std::filesystem::path& folder, bool xlsx) {
    using namespace plugin::tables;
    const ProfileSet profiles = ProfileSet::load(BENCH_PROFILES);
    const Profile& profile = profiles.get("bas");
    Table table = *std::find_if(profile.tables.begin(), profile.tables.end(),
                                [](const Table& t) { return t.name == "assessment-results"; });
    table.xlsx = xlsx;
    table.csv = !xlsx;
    const double before = memory("VmRSS");
    const TableRows rows(table);
    const ZoneTime zone("Europe/Moscow");
    Values values(zone);
    std::filesystem::create_directories(folder / ".rows");
    StagedFile spool(folder / ".rows" / "assessment-results-50001.rows", StagedFile::Hash::None);
    SpoolHeader header{table.name, table.title, "Europe/Moscow", {table.xlsx, table.csv}, false, {}};
    for (const TableColumn& column : table.columns) header.columns.push_back(column.title);
    spool::appendHeader(spool.buffer(), header);
    std::int64_t id = 0;
    std::map<std::tuple<std::int64_t, std::int64_t, std::string>, TableRows::Fixed, std::less<>> elements;
    bench::pages(file, [&](const Page& page) {
        for (std::size_t i = 0; i < page.untiId.size(); ++i) {
            fill(values, page, i);
            const RowHead head{false, ++id, 1, page.flow[i], id % 20'000, page.at[i]};
            // What an element fixes is made once, as a night does.
            const std::int64_t module = page.module[i].value(0);
            auto fixed = elements.find(std::tuple(page.flow[i], module, std::string_view(page.title[i])));
            if (fixed == elements.end())
                fixed = elements.emplace(std::tuple(page.flow[i], module, page.title[i]), rows.fix(values)).first;
            if (const auto refusal = rows.append(spool.buffer(), fixed->second, values, head))
                throw std::runtime_error("row refused: " + refusal->code);
            spool.written();
        }
    });
    spool.release();
    SpoolReader reader(spool.staged());
    const std::vector<Pair> pairs = cutPairs(reader, reader.firstRow(), static_cast<std::uint64_t>(spool.bytes()),
                                             {folder, folder / ".rows", {}, 0, nullptr, [](std::size_t part) {
                                                  return fmt::format("assessment-results-50001-{}", part);
                                              }});
    for (const Pair& pair : pairs)
        for (const PairFile& one : pair.files) one.publish();
    spool.publish();
    syncFolder(folder);
    std::cout << fmt::format("{{\"value\":{:.1f}}}\n", memory("VmHWM") - before);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    // As the host's store does.
    Poco::Data::SQLite::Utility::setThreadMode(Poco::Data::SQLite::Utility::THREAD_MODE_MULTI);
    Poco::Data::SQLite::Connector::registerConnector();
    try {
        if (arguments.size() == 3 && arguments[0] == "prepare") {
            bench::prepare(arguments[1], std::stoll(arguments[2]));
        } else if (arguments.size() == 1 && arguments[0] == "query") {
            std::cout << bench::kQuery << '\n';
        } else if (arguments.size() == 4 && arguments[0] == "write" &&
                   (arguments[3] == "csv" || arguments[3] == "xlsx")) {
            write(arguments[1], arguments[2], arguments[3] == "xlsx");
        } else {
            std::cerr << "usage: bench_tables prepare FILE ROWS | query | write FILE FOLDER csv|xlsx\n";
            return 2;
        }
    } catch (const std::exception& error) {
        std::cerr << "bench_tables: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
