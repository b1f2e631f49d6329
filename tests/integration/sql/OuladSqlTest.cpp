/// The Open University's dataset in PostgreSQL, brought in by routes: the same records as by its files.

#include "tests/support/OuladRecords.h"
#include "tests/support/SqlSource.h"

#include <libpq-fe.h>

namespace {

using tests::kOuladResults;

struct Connection {
    explicit Connection(const tests::Peer& server)
        : handle(PQconnectdb(("host=127.0.0.1 port=" + server["port"] + " user=tester password=" + server["password"] +
                              " client_encoding=UTF8 dbname=postgres")
                                 .c_str())) {}
    ~Connection() { PQfinish(handle); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void run(const std::string& sql, ExecStatusType expected = PGRES_COMMAND_OK) {
        PGresult* const result = PQexec(handle, sql.c_str());
        EXPECT_EQ(PQresultStatus(result), expected) << PQerrorMessage(handle);
        PQclear(result);
    }

    /// A file with its own columns; what is empty is no value.
    void load(const std::string& table, const std::filesystem::path& file, const std::string& columns) {
        run(fmt::format("CREATE TABLE {} ({})", table, columns));
        run(fmt::format("COPY {} FROM STDIN (FORMAT csv, HEADER)", table), PGRES_COPY_IN);
        std::ifstream in(file, std::ios::binary);
        std::string part(1 << 20, '\0');
        while (in.read(part.data(), static_cast<std::streamsize>(part.size())), in.gcount() > 0)
            ASSERT_EQ(PQputCopyData(handle, part.data(), static_cast<int>(in.gcount())), 1);
        ASSERT_EQ(PQputCopyEnd(handle, nullptr), 1);
        while (PGresult* const result = PQgetResult(handle)) {
            EXPECT_EQ(PQresultStatus(result), PGRES_COMMAND_OK) << PQresultErrorMessage(result);
            PQclear(result);
        }
    }

    PGconn* handle;
};

std::string columnsOf(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string header, columns;
    std::getline(in, header);
    for (const char c : header)
        if (c == ',')
            columns += " text, ";
        else if (c != '"' && c != '\r')
            columns += c;
    return columns + " text";
}

TEST(OuladSql, routesOverPostgresBringTheSameRecordsAsTheFiles) {
    const auto data = tests::ouladData();
    NEEDS_SHARED_DATA(data / "studentAssessment.csv");
    const tests::Peer server("postgresql");
    {
        Connection connection(server);
        for (const char* name : {"courses", "assessments", "studentInfo"}) {
            const auto file = data / (std::string(name) + ".csv");
            connection.load(name, file, columnsOf(file));
        }
        connection.load("studentAssessment", data / "studentAssessment.csv",
                        "id_assessment int, id_student bigint, date_submitted smallint, is_banked boolean, score "
                        "numeric(5,2)");
    }
    tests::OuladRecords files, routes;
    std::int64_t created = 0;
    host::connectors::sql::SqlKind kind(tests::localSettings());
    for (const auto& step : tests::ouladMappings().manifest("oulad").steps) {
        files.byFile(step);
        const auto table = step.file.substr(0, step.file.find('.'));
        const auto reader = kind.open(tests::sqlRequest("postgresql", server, "postgres", "SELECT * FROM " + table));
        const auto counts = routes.byRoute(step.mapping, *reader);
        created = counts.created;
    }
    EXPECT_EQ(created, kOuladResults) << "of the last step, the results";
    routes.expectSameAs(files);

    const auto again =
        kind.open(tests::sqlRequest("postgresql", server, "postgres", "SELECT * FROM studentAssessment"));
    EXPECT_EQ(files.byRoute("oulad/results", *again).unchanged, kOuladResults) << "what came by file, now by a route";
}

}  // namespace
