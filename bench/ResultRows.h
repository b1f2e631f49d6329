#pragma once
// A million results of a course, the same for ours and for the anchors: the database that is made, the query, and its
// rows as typed column vectors.

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Nullable.h>
#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace bench {

inline constexpr auto kQuery =
    "SELECT unti_id, programme_id, flow_id, module_number, title, at, raw, min_score, max_score, pass_score, success, "
    "attempt, max_attempts, duration_seconds FROM results ORDER BY id";
inline constexpr std::size_t kPage = 1000;

inline void prepare(const std::string& file, std::int64_t rows) {
    using namespace Poco::Data::Keywords;
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
    std::vector<Poco::Nullable<std::int64_t>> module, maxAttempts, duration;
    std::vector<double> raw;
    std::vector<Poco::Nullable<double>> least, most, pass;
};

/// Every page of the query, in order.
inline void pages(const std::string& file, const std::function<void(const Page&)>& take) {
    using namespace Poco::Data::Keywords;
    Poco::Data::Session session("SQLite", file);
    Page page;
    Poco::Data::Statement select(session);
    select << kQuery, into(page.untiId), into(page.programme), into(page.flow), into(page.module), into(page.title),
        into(page.at), into(page.raw), into(page.least), into(page.most), into(page.pass), into(page.success),
        into(page.attempt), into(page.maxAttempts), into(page.duration), limit(kPage);
    while (!select.done()) {
        page = Page{};  // Poco appends to what is there
        select.execute();
        take(page);
    }
}

}  // namespace bench
