#pragma once
/// A route in a real database, run over scripted rows.

#include "host/connections/ConnectionSchema.h"
#include "host/connections/RouteRun.h"
#include "tests/unit/connections/ScriptedReader.h"
#include "tests/unit/records/RecordsFixture.h"

namespace tests {

class RouteRunFixture : public RecordsFixture, public host::connections::RunObserver {
protected:
    using Rules = host::connections::RouteRules;
    using Order = host::connections::RunOrder;
    using Outcome = host::connections::RunOutcome;
    using End = host::connections::RunEnd;

    RouteRunFixture() {
        db.database.migrate("connections", host::connections::connectionMigrations());
        addRoute(1);
        rules.routeId = 1;
        rules.organization = "demo";
        map(R"({"target":"learners","source":"crm","externalId":{"column":"id"},
                "fields":{"untiId":{"column":"unti"},"lastName":{"column":"name"}},
                "when":[{"column":"name","notIn":["skip"]}]})");
    }

    void addRoute(int id) {
        db.execute("INSERT INTO source_connection VALUES (" + std::to_string(id) + ",'demo','c" + std::to_string(id) +
                   "','k','',1,'','','{}',1,0,'x',0)");
        db.execute("INSERT INTO source_route VALUES (" + std::to_string(id) + "," + std::to_string(id) +
                   ",'r','','',1,1,'','','{}','{}','','skip','keep',20,'',1,0,'x')");
        db.database.write([&](Poco::Data::Session& s) { host::connections::RouteState(s, id).create(); });
    }
    void map(const std::string& json) {
        mapping = host::sources::CsvMapping::parse("test", json, host::sources::CsvMapping::Use::Route, "crm");
        rules.mapping = &mapping;
    }
    void watermark(bool ordered = false) {
        rules.watermark =
            host::connections::WatermarkRule{"changed", host::connections::WatermarkType::Number, 0, ordered};
    }

    Outcome run(ScriptedReader& reader, Order order = {}, const std::stop_token& stop = {}) {
        errors.clear();
        notes.clear();
        host::connections::RouteRun one(db.database, &files, db.clock, rules, order, *this);
        one.begin();
        asked = one.asked();
        return one.run(reader, stop);
    }
    Outcome run(std::vector<Cells> rows, Order order = {}) {
        ScriptedReader reader(columns, std::move(rows));
        return run(reader, order);
    }
    std::string savedMark() {
        return db.text("SELECT COALESCE(watermark, '-') FROM source_route_state WHERE route_id = 1");
    }
    std::int64_t learners() { return db.number("SELECT COUNT(*) FROM record_learners WHERE deleted_at IS NULL"); }
    std::int64_t revisions() { return db.number("SELECT COALESCE(SUM(revision), 0) FROM record_learners"); }

    void error(const host::sources::RowError& one) override { errors.push_back(one); }
    void note(const std::string& line) override { notes.push_back(line); }

    static std::vector<Cells> many(int from, int to) {
        std::vector<Cells> rows;
        for (int i = from; i < to; ++i)
            rows.push_back({std::to_string(i), std::to_string(1000000 + i), "Name", std::to_string(i)});
        return rows;
    }

    std::vector<std::string> columns{"id", "unti", "name", "changed"};
    host::sources::CsvMapping mapping;
    Rules rules;
    std::optional<std::string> asked;
    std::vector<host::sources::RowError> errors;
    std::vector<std::string> notes;
};

}  // namespace tests
