#pragma once
/// The Open University's dataset in a database of the test's own, brought in by file or by routes, and whether two such
/// databases hold the same records. Link host_connections, host_sources, host_store.

#include "host/connections/ConnectionSchema.h"
#include "host/connections/RouteRun.h"
#include "host/records/RecordMigrations.h"
#include "host/sources/CsvImport.h"
#include "tests/support/SharedData.h"
#include "tests/support/TestDatabase.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace tests {

inline constexpr std::int64_t kOuladResults = 173'912;

inline std::filesystem::path ouladData() {
    return sharedData() / "oulad";
}

inline const host::sources::MappingLibrary& ouladMappings() {
    static const host::sources::MappingLibrary library(std::filesystem::path(LMSD_SOURCE_DIR) / "config" / "mappings");
    return library;
}

class OuladRecords final : public host::connections::RunObserver {
public:
    OuladRecords() {
        db.database.migrate("records", host::records::recordsMigrations());
        db.database.migrate("connections", host::connections::connectionMigrations());
    }

    void byFile(const host::sources::ImportManifest::Step& step) {
        std::ifstream file(ouladData() / step.file, std::ios::binary);
        host::sources::CsvImport(store_, ouladMappings().find(step.mapping))
            .run("demo", file, [](const host::sources::RowError& one) { ADD_FAILURE() << one.place << one.reason; });
    }

    host::connections::RunCounts byRoute(const std::string& mapping, host::sdk::SourceReader& reader) {
        const int id = ++routes_;
        db.execute(
            fmt::format("INSERT INTO source_connection VALUES ({0},'demo','c{0}','k','',1,'','','{{}}',1,0,'x',0)", id));
        db.execute(
            fmt::format("INSERT INTO source_route VALUES ({0},{0},'r','','',1,1,'','','{{}}','{{}}','','skip',"
                        "'keep',20,'',1,0,'x')",
                        id));
        db.database.write([&](Poco::Data::Session& s) { host::connections::RouteState(s, id).create(); });
        host::connections::RouteRules rules;
        rules.routeId = id;
        rules.organization = "demo";
        rules.mapping = &ouladMappings().find(mapping);
        host::connections::RouteRun run(db.database, nullptr, db.clock, rules, {}, *this);
        run.begin();
        const auto outcome = run.run(reader);
        EXPECT_EQ(outcome.end, host::connections::RunEnd::Done) << mapping << ": " << outcome.detail;
        return outcome.counts;
    }

    /// Every field of every record, references by the external ids that they lead to. Numbers go by the order in which
    /// rows came, and `content` is a hash with the numbers in it: neither is compared.
    void expectSameAs(OuladRecords& other) {
        for (const char* table :
             {"record_programmes", "record_flows", "record_blocks", "record_modules", "record_themes",
              "record_elements", "record_learners", "record_enrollments", "record_results"}) {
            const auto count = fmt::format("SELECT COUNT(*) FROM {}", table);
            EXPECT_EQ(db.number(count), other.db.number(count)) << table;
            EXPECT_EQ(unlike(table, other), 0) << table << " that only one of them has";
            EXPECT_EQ(other.unlike(table, *this), 0) << table << " that only the other has";
        }
    }

    void error(const host::sources::RowError& one) override { ADD_FAILURE() << one.place << ": " << one.reason; }
    void note(const std::string& line) override { ADD_FAILURE() << line; }

    TestDatabase db;

private:
    static std::string select(Poco::Data::Session& session, const std::string& schema, const std::string& table) {
        using namespace Poco::Data::Keywords;
        std::vector<std::string> columns;
        session << fmt::format("SELECT name FROM pragma_table_info('{}') WHERE name NOT IN ('id', 'content')", table),
            into(columns), now;
        std::string list;
        for (const auto& column : columns) {
            list += list.empty() ? "" : ", ";
            const bool refers = column.ends_with("_id") && column != "organization_id" && column != "external_id" &&
                                column != "u2035_id" && column != "unti_id" && column != "test_unti_id" &&
                                column != "leader_id" && column != "methodist_unti_id";
            list += refers ? fmt::format("(SELECT r.external_id FROM {}.record_{}s r WHERE r.id = t.{})", schema,
                                         column.substr(0, column.size() - 3), column)
                           : "t." + column;
        }
        return fmt::format("SELECT {} FROM {}.{} t", list, schema, table);
    }

    std::int64_t unlike(const std::string& table, const OuladRecords& other) {
        Poco::Data::Session session("SQLite", (db.folder / "test.db").string());
        session << fmt::format("ATTACH DATABASE '{}' AS other", (other.db.folder / "test.db").string()),
            Poco::Data::Keywords::now;
        std::int64_t count = 0;
        session << fmt::format("SELECT COUNT(*) FROM ({} EXCEPT {})", select(session, "main", table),
                               select(session, "other", table)),
            Poco::Data::Keywords::into(count), Poco::Data::Keywords::now;
        return count;
    }

    host::records::RecordStore store_{db.database, db.clock};
    int routes_ = 0;
};

}  // namespace tests
