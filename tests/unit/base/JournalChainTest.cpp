#include "common/JsonReader.h"
#include "host/base/BaseSchema.h"
#include "host/base/JournalApi.h"
#include "host/base/JournalChain.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

using namespace host::base;
using host::sdk::AppError;
using host::sdk::Method;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

struct Chained {
    explicit Chained(int rows = 0) {
        db->migrate("host.base", baseMigrations());
        prepareJournal(db);
        for (int i = 0; i < rows; ++i) append("action." + std::to_string(i));
    }
    void append(const std::string& action) {
        db.clock.advance(std::chrono::seconds(1));
        journal.append({"demo", "anna", "127.0.0.1", action, "integrations/bas", R"({"stage":2})", "r1"});
    }
    /// As somebody with the file and sqlite3 would: past the triggers.
    void tamper(const std::string& sql) {
        for (const char* trigger :
             {"journal_is_not_changed", "journal_is_not_removed", "journal_only_grows", "journal_head_grows",
              "journal_head_is_one", "journal_head_tells_the_last_row", "journal_head_is_not_removed"})
            db.execute(std::string("DROP TRIGGER IF EXISTS ") + trigger);
        db.execute(sql);
    }
    /// Row `id` gets the hash of what stands in it by now.
    void hashAnew(std::int64_t id) {
        JournalRow row;
        std::string previous;
        db->read([&](Poco::Data::Session& s) {
            using namespace Poco::Data::Keywords;
            s << "SELECT previous_hash, id, at, organization, actor, client_address, action, subject, details, "
                 "request_id"
                 " FROM journal WHERE id = ?",
                use(id), into(previous), into(row.id), into(row.at), into(row.entry.organization),
                into(row.entry.actor), into(row.entry.clientAddress), into(row.entry.action), into(row.entry.subject),
                into(row.entry.details), into(row.entry.requestId), now;
        });
        db.execute("UPDATE journal SET hash = '" + journalHash(previous, row) + "' WHERE id = " + std::to_string(id));
    }
    /// "changed 3", one for each problem.
    std::vector<std::string> problems(const std::optional<JournalAnchor>& anchor = std::nullopt) {
        std::vector<std::string> out;
        for (const auto& one : journal.verify(anchor).problems) out.push_back(one.kind + " " + std::to_string(one.row));
        return out;
    }

    tests::TestDatabase db;
    JournalStore journal{db.database, db.clock};
};

}  // namespace

TEST(JournalChain, isWholeWhenOnlyTheServerWrote) {
    Chained some(25);

    const auto proof = some.journal.verify(std::nullopt);

    EXPECT_EQ(proof.problemCount, 0);
    EXPECT_EQ(proof.rows, 25);
    EXPECT_EQ(proof.head.lastId, 25);
    EXPECT_EQ(proof.head.hash, some.db.text("SELECT hash FROM journal WHERE id = 25"));
    EXPECT_EQ(some.db.text("SELECT previous_hash FROM journal WHERE id = 25"),
              some.db.text("SELECT hash FROM journal WHERE id = 24"));
    EXPECT_THAT(Chained().problems(), IsEmpty());
}

TEST(JournalChain, isReadPageByPage) {
    Chained some;
    some.db.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2345)"
        " INSERT INTO journal (id, at, organization, actor, client_address, action, subject, details, request_id)"
        " SELECT i, i, 'demo', 'anna', '', 'a', '', '', '' FROM n");
    prepareJournal(some.db);
    some.append("later");
    EXPECT_THAT(some.problems(), IsEmpty());
    EXPECT_EQ(some.journal.verify(std::nullopt).rows, 2346);

    some.tamper("UPDATE journal SET actor = 'egor' WHERE id IN (1001, 2001)");
    EXPECT_THAT(some.problems(), ElementsAre("changed 1001", "changed 2001"));
}

TEST(JournalChain, namesAChangedRowWhicheverFieldWasChanged) {
    for (const char* change : {"at = at + 1", "organization = 'other'", "actor = 'egor'", "client_address = '::1'",
                               "action = 'x'", "subject = ''", "details = '{}'", "request_id = 'r2'"}) {
        Chained some(5);
        some.tamper(std::string("UPDATE journal SET ") + change + " WHERE id = 3");
        EXPECT_THAT(some.problems(), ElementsAre("changed 3")) << change;
    }
}

TEST(JournalChain, namesARowThatWasChangedAndHashedAnew) {
    for (std::int64_t row : {1, 3, 5}) {
        Chained some(5);
        some.tamper("UPDATE journal SET actor = 'egor' WHERE id = " + std::to_string(row));
        some.hashAnew(row);
        EXPECT_THAT(some.problems(), ElementsAre("changed " + std::to_string(row)));
    }
}

TEST(JournalChain, tellsFieldsApartThatReadTheSameSideBySide) {
    JournalRow one;
    one.entry.actor = "ab";
    one.entry.clientAddress = "c";
    JournalRow two;
    two.entry.actor = "a";
    two.entry.clientAddress = "bc";

    EXPECT_NE(journalHash("", one), journalHash("", two));
    EXPECT_NE(journalHash("1", one), journalHash("2", one));
}

TEST(JournalChain, namesRemovedRowsAtTheBeginningInTheMiddleAndAtTheEnd) {
    for (const auto& [where, said] : {std::pair("id = 1", "removed 1"), std::pair("id IN (2, 3)", "removed 2"),
                                      std::pair("id >= 4", "removed 4"), std::pair("id > 0", "removed 1")}) {
        Chained some(5);
        some.tamper(std::string("DELETE FROM journal WHERE ") + where);
        EXPECT_THAT(some.problems(), ElementsAre(said)) << where;
    }
}

TEST(JournalChain, namesInsertedRows) {
    const std::string columns =
        "INSERT INTO journal (id, at, organization, actor, client_address, action, subject, details, request_id) "
        "SELECT ";
    const std::string rest =
        ", at, organization, actor, client_address, action, subject, details, request_id FROM journal"
        " WHERE id = 2";
    for (const auto& [id, said] :
         {std::pair("6", "inserted 6"), std::pair("0", "inserted 0"), std::pair("-7", "inserted 0")}) {
        Chained some(5);
        some.tamper(columns + id + rest);
        EXPECT_THAT(some.problems(), ElementsAre(said)) << id;
    }
    // Between two rows or beyond all numbers there is no place: the key is a whole number.
    Chained between(5);
    for (const char* id : {"2.5", "'x'"}) EXPECT_ANY_THROW(between.tamper(columns + id + rest)) << id;
    EXPECT_THAT(between.problems(), IsEmpty());
    Chained replaced(5);
    replaced.tamper("DELETE FROM journal WHERE id = 4");
    replaced.db.execute(columns + "4" + rest);
    EXPECT_THAT(replaced.problems(), testing::Contains("inserted 4"));
}

TEST(JournalChain, refusesToBeChangedInTheDatabase) {
    Chained some(3);
    for (const char* sql :
         {"UPDATE journal SET actor = 'egor' WHERE id = 1", "DELETE FROM journal WHERE id = 3", "DELETE FROM journal",
          "UPDATE journal_head SET last_id = 2", "DELETE FROM journal_head",
          "INSERT OR REPLACE INTO journal SELECT id, at, organization, 'egor', client_address, action,"
          " subject, details, request_id, previous_hash, hash FROM journal WHERE id = 3",
          "INSERT OR REPLACE INTO journal_head VALUES (1, 0, 0, '')", "UPDATE journal_head SET hash = 'another'"})
        EXPECT_ANY_THROW(some.db.execute(sql)) << sql;
    EXPECT_THAT(some.problems(), IsEmpty());
    EXPECT_EQ(some.db.number("SELECT COUNT(*) FROM journal"), 3);
}

TEST(JournalChain, provesByAHeadNotedElsewhereThatNobodyHashedItAnew) {
    Chained some(3);
    const auto noted = some.journal.head();
    some.append("later");
    EXPECT_THAT(some.problems(JournalAnchor{noted.lastId, noted.hash}), IsEmpty());

    // The whole chain of another history, consistent in itself.
    some.tamper("DELETE FROM journal");
    some.db.execute("UPDATE journal_head SET last_id = 0, row_count = 0, hash = ''");
    for (const char* action : {"action.0", "action.1", "another", "later"}) some.append(action);
    EXPECT_THAT(some.problems(), IsEmpty());
    EXPECT_THAT(some.problems(JournalAnchor{noted.lastId, noted.hash}), ElementsAre("changed 3"));
    EXPECT_THAT(some.problems(JournalAnchor{9, noted.hash}), ElementsAre("removed 9"));
}

TEST(JournalChain, isOneWhereManyWrite) {
    Chained some;
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i)
        writers.emplace_back([&] {
            for (int n = 0; n < 25; ++n) some.journal.append({"demo", "anna", "", "a", "", "", ""});
        });
    writers.clear();

    const auto proof = some.journal.verify(std::nullopt);
    EXPECT_EQ(proof.rows, 100);
    EXPECT_EQ(proof.problemCount, 0);
}

TEST(JournalChain, isGivenToTheRowsOfAnOlderBuildOnce) {
    tests::TestDatabase db;
    auto steps = baseMigrations();
    db->migrate("host.base", {steps[0], steps[1]});
    for (int i = 1; i <= 3; ++i)
        db.execute("INSERT INTO journal VALUES (" + std::to_string(i) + ", 1, 'demo', 'anna', '', 'a', '', '{}', '')");
    db->migrate("host.base", steps);

    prepareJournal(db);
    JournalStore journal(db, db.clock);
    EXPECT_EQ(journal.verify(std::nullopt).rows, 3);
    EXPECT_EQ(journal.verify(std::nullopt).problemCount, 0);
    journal.append({"", "anna", "", "b", "", "", ""});
    EXPECT_EQ(journal.head().lastId, 4);

    // A later start does not forgive what was done in between.
    db.execute("DROP TRIGGER journal_is_not_changed");
    db.execute("UPDATE journal SET actor = 'egor' WHERE id = 2");
    prepareJournal(db);
    EXPECT_EQ(journal.verify(std::nullopt).problems.at(0).row, 2);
    EXPECT_ANY_THROW(db.execute("UPDATE journal SET actor = 'anna' WHERE id = 2")) << "the trigger is back";
}

TEST(JournalChain, isNotBegunAnewWhenItsHeadIsGone) {
    Chained some(2);
    some.tamper("DELETE FROM journal_head");

    for (const auto& act : std::vector<std::function<void()>>{
             [&] { some.append("x"); }, [&] { prepareJournal(some.db); }, [&] { some.journal.verify(std::nullopt); }})
        try {
            act();
            FAIL() << "nothing was thrown";
        } catch (const AppError& e) {
            EXPECT_EQ(e.code(), "journal.no-head");
        }
}

TEST(JournalVerifyApi, tellsWhatIsWrongToTheServersAdministratorOnly) {
    Chained some(4);
    tests::FakeRouter router;
    auto routes = registerJournalApi(router, some.journal);
    constexpr const char* kVerify = "/api/v1/journal/verify";

    auto whole = router.call(Method::Get, kVerify, tests::asServerAdmin());
    EXPECT_EQ(whole.status, 200);
    EXPECT_THAT(whole.body, HasSubstr(R"("whole":true,"rows":4,"head":{"row":"4","hash":")"));

    some.tamper("DELETE FROM journal WHERE id = 2");
    auto broken = router.call(Method::Get, kVerify, tests::asServerAdmin());
    EXPECT_THAT(broken.body, HasSubstr(R"("whole":false,"rows":3)"));
    EXPECT_THAT(broken.body, HasSubstr(R"([{"row":"2","kind":"removed","detail":"is missing"}])"));

    EXPECT_EQ(router.call(Method::Get, kVerify, tests::asAdmin("demo")).status, 403);
    const std::string hash(64, 'a');
    EXPECT_THAT(router.call(Method::Get, std::string(kVerify) + "?row=3&hash=" + hash, tests::asServerAdmin()).body,
                HasSubstr(R"("row":"3","kind":"changed")"));
    for (const auto& query :
         std::vector<std::string>{"?row=3", "?row=x&hash=" + hash, "?row=3&hash=abc", "?hash=" + hash})
        EXPECT_EQ(router.call(Method::Get, kVerify + query, tests::asServerAdmin()).status, 400) << query;
}
