#include "host/base/BaseSchema.h"
#include "host/base/SealedSecrets.h"
#include "host/sdk/Error.h"
#include "tests/support/TestDatabase.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

using namespace host::base;
using host::sdk::AppError;
using host::sdk::SecretString;

namespace {

std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const AppError& e) {
        return e.code();
    }
    return "nothing thrown";
}

struct Vault {
    Vault() { db->migrate("host.base", baseMigrations()); }

    tests::TestDatabase db;
    SecretKey key = SecretKey::create(db.folder / "secrets.key");
    SealedSecrets secrets{db.database, key, db.clock};
};

}  // namespace

TEST(SealedSecrets, giveBackWhatWasPutLast) {
    Vault vault;

    vault.secrets.put("u2035/demo/key", SecretString("first"));
    vault.secrets.put("u2035/demo/key", SecretString(std::string("second \0 ключ", 18)));

    EXPECT_EQ(vault.secrets.get("u2035/demo/key")->reveal(), std::string("second \0 ключ", 18));
    EXPECT_FALSE(vault.secrets.get("u2035/other/key"));
}

TEST(SealedSecrets, eraseWithoutComplaintWhatIsNotThere) {
    Vault vault;
    vault.secrets.put("a", SecretString("x"));

    vault.secrets.erase("a");
    vault.secrets.erase("a");

    EXPECT_FALSE(vault.secrets.get("a"));
}

TEST(SealedSecrets, standInNoFileOfTheDatabase) {
    Vault vault;
    vault.secrets.put("a", SecretString("needle-in-the-haystack"));
    vault.db->checkpoint();

    for (const auto& file : std::filesystem::directory_iterator(vault.db.folder.path()))
        EXPECT_EQ(tests::TempDir::read(file.path()).find("needle-in-the-haystack"), std::string::npos) << file;
}

TEST(SealedSecrets, differInTheDatabaseForTheSameValue) {
    Vault vault;
    vault.secrets.put("a", SecretString("same"));
    vault.secrets.put("b", SecretString("same"));

    EXPECT_EQ(vault.db.number("SELECT count(DISTINCT sealed) FROM secret"), 2);
}

TEST(SealedSecrets, refuseAnotherKeyFileByName) {
    Vault vault;
    vault.secrets.put("a", SecretString("x"));
    auto other = SecretKey::create(vault.db.folder / "other.key");
    SealedSecrets withOther(vault.db.database, other, vault.db.clock);

    EXPECT_EQ(codeOf([&] { withOther.get("a"); }), "secrets.wrong-key");
    EXPECT_EQ(codeOf([&] { withOther.verify(); }), "secrets.wrong-key");
}

TEST(SealedSecrets, refuseARowThatWasChanged) {
    Vault vault;
    vault.secrets.put("a", SecretString("a secret"));
    for (const char* change :
         {"UPDATE secret SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) || x'00' AS BLOB)",
          "UPDATE secret SET sealed = x'00'", "UPDATE secret SET sealed = x''"}) {
        vault.db.execute(change);
        EXPECT_EQ(codeOf([&] { vault.secrets.get("a"); }), "secrets.damaged") << change;
    }
}

TEST(SealedSecrets, refuseARowThatWasCopiedToAnotherName) {
    Vault vault;
    vault.secrets.put("u2035/demo/key", SecretString("demo's"));
    vault.db.execute("INSERT INTO secret SELECT 'u2035/other/key', key_id, sealed, changed_at FROM secret");

    EXPECT_EQ(codeOf([&] { vault.secrets.get("u2035/other/key"); }), "secrets.damaged");
}

TEST(SecretKey, isMadeReadableByItsOwnerOnlyAndLoadedAgain) {
    tests::TempDir folder;
    auto made = SecretKey::create(folder / "k");
    struct stat info {};

    ASSERT_EQ(::stat((folder / "k").c_str(), &info), 0);

    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    EXPECT_EQ(SecretKey::load(folder / "k").id(), made.id());
    auto files = std::filesystem::directory_iterator(folder.path());
    EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "a temporary file was left";
}

TEST(SecretKey, neverReplacesOneThatIsThere) {
    tests::TempDir folder;
    auto first = SecretKey::create(folder / "k");

    EXPECT_EQ(SecretKey::create(folder / "k").id(), first.id());
}

TEST(SecretKey, isRefusedWhenOthersMayReadIt) {
    tests::TempDir folder;
    auto key = SecretKey::create(folder / "k");
    for (unsigned mode : {0640U, 0604U, 0660U}) {
        std::filesystem::permissions(folder / "k", static_cast<std::filesystem::perms>(mode));
        EXPECT_EQ(codeOf([&] { SecretKey::load(folder / "k"); }), "secrets.key-open-to-others");
    }
}

TEST(SecretKey, isRefusedWhenDamagedOrMissing) {
    tests::TempDir folder;
    std::filesystem::permissions(folder.write("short", "00ff\n"), std::filesystem::perms(0600));
    std::filesystem::permissions(folder.write("empty", ""), std::filesystem::perms(0600));

    EXPECT_EQ(codeOf([&] { SecretKey::load(folder / "short"); }), "secrets.key-invalid");
    EXPECT_EQ(codeOf([&] { SecretKey::load(folder / "empty"); }), "secrets.key-invalid");
    EXPECT_EQ(codeOf([&] { SecretKey::load(folder / "none"); }), "secrets.key-missing");
}

TEST(SecretKey, isMadeForAnEmptyDatabaseOnly) {
    Vault vault;
    auto made = SecretKey::open(vault.db.database, vault.db.folder / "new.key");
    EXPECT_EQ(SecretKey::open(vault.db.database, vault.db.folder / "new.key").id(), made.id());
    vault.secrets.put("a", SecretString("x"));

    EXPECT_EQ(codeOf([&] { SecretKey::open(vault.db.database, vault.db.folder / "lost.key"); }), "secrets.key-missing");
    EXPECT_FALSE(std::filesystem::exists(vault.db.folder / "lost.key"));
}
