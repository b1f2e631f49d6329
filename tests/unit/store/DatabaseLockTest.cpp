#include "host/sdk/Error.h"
#include "host/store/DatabaseLock.h"
#include "tests/support/TempDir.h"

#include <gtest/gtest.h>

#include <unistd.h>

using host::store::DatabaseLock;

TEST(DatabaseLock, isRefusedWhileAnotherHoldsItAndNamesTheHolder) {
    tests::TempDir folder;
    DatabaseLock held(folder / "a.db");

    try {
        DatabaseLock second(folder / "a.db");
        FAIL() << "two locks on one database";
    } catch (const host::sdk::AppError& e) {
        EXPECT_EQ(e.code(), "db.in-use");
        EXPECT_NE(std::string(e.what()).find("process " + std::to_string(::getpid())), std::string::npos) << e.what();
    }
}

TEST(DatabaseLock, canBeTakenAgainOnceGivenBack) {
    tests::TempDir folder;
    { DatabaseLock first(folder / "a.db"); }

    EXPECT_NO_THROW(DatabaseLock(folder / "a.db"));
}
