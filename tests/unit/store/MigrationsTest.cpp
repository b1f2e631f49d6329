#include "host/sdk/Error.h"
#include "host/store/Installation.h"
#include "host/store/Migrations.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using host::sdk::AppError;
using host::sdk::Migration;
using host::store::splitStatements;
using testing::ElementsAre;

namespace {

const Migration kFirst{1, "create",
                       "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\nCREATE INDEX a_name ON a (name);"};
const Migration kSecond{2, "more", "ALTER TABLE a ADD COLUMN size BIGINT;"};

std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const AppError& e) {
        return e.code();
    }
    return "nothing thrown";
}

}  // namespace

TEST(SplitStatements, respectsQuotesAndComments) {
    EXPECT_THAT(splitStatements("A 'x;''y';\n-- no; statement\nB \"q;\"; /* c; */ ;C"),
                ElementsAre("A 'x;''y'", "B \"q;\"", "C"));
}

TEST(SplitStatements, takesAnUnclosedCommentToTheEnd) {
    EXPECT_THAT(splitStatements("A; /* B; C"), ElementsAre("A"));
}

TEST(Migrations, applyOnceAndRememberTheVersion) {
    tests::TestDatabase db;

    db->migrate("room", {kFirst});
    db->migrate("room", {kFirst, kSecond});

    EXPECT_EQ(host::store::appliedVersion(db, "room"), 2);
    EXPECT_EQ(db.number("SELECT count(size) FROM a"), 0);
    EXPECT_EQ(db.number("SELECT applied_at FROM schema_migration WHERE version = 2"), db.clock.now());
}

TEST(Migrations, keepATableInTheOrderOfItsId) {
    tests::TestDatabase db;

    db->migrate("room", {{1, "create", "CREATE TABLE n (id BIGINT NOT NULL PRIMARY KEY, other BIGINT NOT NULL);"}});

    EXPECT_EQ(db.number("SELECT COUNT(*) FROM sqlite_master WHERE tbl_name = 'n'"), 1) << "an index beside the table";
    db.execute("INSERT INTO n VALUES (9007199254740993, 1)");
    EXPECT_EQ(db.number("SELECT id FROM n"), 9007199254740993);
    db->migrate("room", {{1, "create", "CREATE TABLE n (id BIGINT NOT NULL PRIMARY KEY, other BIGINT NOT NULL);"}});
}

TEST(Migrations, ofOwnersAreCountedApart) {
    tests::TestDatabase db;

    db->migrate("one", {kFirst});
    host::store::ModuleDatabase(db.database, "two").migrate({{1, "create", "CREATE TABLE b (id INTEGER);"}});

    EXPECT_EQ(host::store::appliedVersion(db, "two"), 1);
}

TEST(Migrations, refuseAChangedStep) {
    tests::TestDatabase db;
    db->migrate("room", {kFirst});
    Migration changed = kFirst;
    changed.sql += " ";

    EXPECT_EQ(codeOf([&] { db->migrate("room", {changed}); }), "db.schema-changed");
}

TEST(Migrations, refuseADatabaseOfANewerBuild) {
    tests::TestDatabase db;
    db->migrate("room", {kFirst, kSecond});

    EXPECT_EQ(codeOf([&] { db->migrate("room", {kFirst}); }), "db.schema-newer");
}

TEST(Migrations, refuseAGapBeforeAnythingIsApplied) {
    tests::TestDatabase db;
    Migration third = kSecond;
    third.version = 3;

    EXPECT_EQ(codeOf([&] { db->migrate("room", {kFirst, third}); }), "db.migration-gap");
    EXPECT_EQ(host::store::appliedVersion(db, "room"), 0);
}

TEST(Migrations, rollAFailedStepBackAndKeepTheOnesBefore) {
    tests::TestDatabase db;
    Migration broken{2, "broken", "CREATE TABLE b (id INTEGER);\nINSERT INTO no_such_table VALUES (1);"};

    EXPECT_EQ(codeOf([&] { db->migrate("room", {kFirst, broken}); }), "db.migration-failed");

    EXPECT_EQ(host::store::appliedVersion(db, "room"), 1);
    EXPECT_EQ(db.number("SELECT count(*) FROM sqlite_master WHERE name = 'b'"), 0);
}

TEST(Installation, hasOneIdForEver) {
    tests::TestDatabase db;

    auto first = host::store::installationId(db.database, db.clock);

    EXPECT_EQ(host::store::installationId(db.database, db.clock), first);
    EXPECT_EQ(first.size(), 36U);
}

TEST(Migrations, keepATableInTheOrderOfAKeyThatIsNamedClustered) {
    tests::TestDatabase db;
    db->migrate("room",
                {{1, "create",
                  "CREATE TABLE pair (a BIGINT NOT NULL, b TEXT NOT NULL, CONSTRAINT pair_clustered PRIMARY KEY "
                  "(a, b));\nCREATE TABLE heap (a BIGINT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b))"}});

    EXPECT_EQ(db.number("SELECT COUNT(*) FROM pragma_index_list('pair')"), 1);
    EXPECT_EQ(db.number("SELECT wr FROM pragma_table_list('pair') WHERE name = 'pair'"), 1);
    EXPECT_EQ(db.number("SELECT wr FROM pragma_table_list('heap') WHERE name = 'heap'"), 0);
}
