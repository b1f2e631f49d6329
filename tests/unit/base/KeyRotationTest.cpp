#include "common/Encoding.h"
#include "host/base/BaseSchema.h"
#include "host/base/KeyRotation.h"
#include "host/base/SealedSecrets.h"
#include "host/sdk/Error.h"
#include "tests/support/TestDatabase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace host::base;
using host::sdk::AppError;
using host::sdk::SecretString;

namespace {

constexpr int kSecrets = 3;

std::string nameOf(int i) {
    return "u2035/demo/" + std::to_string(i);
}

/// A database with secrets and the key they are sealed with, in a folder.
struct House {
    House() {
        host::store::SqliteDatabase database({.path = path}, clock);
        database.migrate("host.base", baseMigrations());
        auto made = SecretKey::create(key);
        first = made.id();
        SealedSecrets secrets(database, made, clock);
        for (int i = 0; i < kSecrets; ++i) secrets.put(nameOf(i), SecretString("secret " + std::to_string(i)));
    }

    /// Opens all as a starting server does; the name of the key that fits.
    std::string start(const std::filesystem::path& file) {
        host::store::SqliteDatabase database({.path = path}, clock);
        auto opened = SecretKey::open(database, file);
        SealedSecrets secrets(database, opened, clock);
        secrets.verify();
        for (int i = 0; i < kSecrets; ++i) EXPECT_EQ(secrets.get(nameOf(i))->reveal(), "secret " + std::to_string(i));
        return opened.id();
    }
    Rotation rotate(RotationPlan plan) {
        host::store::SqliteDatabase database({.path = path}, clock);
        return rotateKey(database, clock, plan);
    }
    Rotation rotate() { return rotate({.file = key}); }

    /// Rotates in a process that dies when it has reached `step` for the `count`th time; false when it never did.
    bool rotateAndDie(std::string_view step, int count) {
        const pid_t child = ::fork();
        if (child == 0) {
            try {
                RotationPlan plan{.file = key};
                plan.reached = [&](std::string_view now) {
                    if (now == step && --count == 0) ::_exit(9);
                };
                rotate(plan);
            } catch (...) {
                ::_exit(1);
            }
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == 9;
    }

    tests::TempDir folder;
    tests::FakeClock clock;
    std::filesystem::path path = folder / "test.db";
    std::filesystem::path key = folder / "secrets.key";
    std::string first;
};

std::string codeOf(const std::function<void()>& act) {
    try {
        act();
    } catch (const AppError& e) {
        return e.code();
    }
    return "nothing thrown";
}

}  // namespace

TEST(KeyRotation, sealsEverySecretWithANewKeyInThePlaceOfTheOld) {
    House house;
    const auto old = tests::TempDir::read(house.key);

    const auto done = house.rotate();

    EXPECT_EQ(done.from, house.first);
    EXPECT_NE(done.to, house.first);
    EXPECT_EQ(done.secrets, kSecrets);
    EXPECT_FALSE(done.resumed);
    EXPECT_EQ(house.start(house.key), done.to);
    EXPECT_EQ(tests::TempDir::read(house.key).size(), old.size()) << "the old key is still in the file";
    EXPECT_NE(tests::TempDir::read(house.key), old);
    struct stat info {};
    ASSERT_EQ(::stat(house.key.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);

    tests::TempDir elsewhere;
    std::filesystem::permissions(elsewhere.write("old", old), std::filesystem::perms(0600));
    EXPECT_EQ(codeOf([&] { house.start(elsewhere / "old"); }), "secrets.wrong-key");
}

TEST(KeyRotation, leavesAServerThatStartsWhereverItIsKilledAndGoesOnFromThere) {
    struct Point {
        const char* step;
        int count;
        bool resealed;
    };
    for (const auto& [step, count, resealed] :
         {Point{"written", 1, false}, Point{"row", 1, false}, Point{"row", kSecrets, false}, Point{"resealed", 1, true},
          Point{"finished", 1, true}}) {
        SCOPED_TRACE(testing::Message() << step << " " << count);
        House house;
        ASSERT_TRUE(house.rotateAndDie(step, count));

        const auto key = house.start(house.key);
        EXPECT_EQ(key != house.first, resealed);
        EXPECT_EQ(house.start(house.key), key) << "a start changes nothing";

        const bool over = std::string_view(step) == "finished";
        const auto done = house.rotate();
        EXPECT_EQ(done.resumed, !over);
        EXPECT_EQ(house.start(house.key), done.to);
        EXPECT_EQ(SecretKey::loadAll(house.key).size(), 1U);
    }
}

TEST(KeyRotation, aSecretPutWhileTheFileHoldsBothKeysStaysReadable) {
    for (const char* step : {"written", "resealed"}) {
        House house;
        ASSERT_TRUE(house.rotateAndDie(step, 1));
        {
            host::store::SqliteDatabase database({.path = house.path}, house.clock);
            auto key = SecretKey::open(database, house.key);
            SealedSecrets(database, key, house.clock).put("u2035/demo/new", SecretString("new"));
        }
        house.rotate();
        host::store::SqliteDatabase database({.path = house.path}, house.clock);
        auto key = SecretKey::open(database, house.key);
        EXPECT_EQ(SealedSecrets(database, key, house.clock).get("u2035/demo/new")->reveal(), "new") << step;
    }
}

TEST(KeyRotation, changesNothingWhenOneSecretDoesNotOpen) {
    House house;
    const auto before = tests::TempDir::read(house.key);
    {
        host::store::SqliteDatabase database({.path = house.path}, house.clock);
        database.write([](Poco::Data::Session& s) {
            s << "UPDATE secret SET sealed = x'00' WHERE name = 'u2035/demo/1'", Poco::Data::Keywords::now;
        });
    }

    EXPECT_EQ(codeOf([&] { house.rotate(); }), "secrets.damaged");
    EXPECT_EQ(codeOf([&] { house.rotate({.file = house.key, .to = house.folder / "other"}); }), "secrets.damaged");

    EXPECT_EQ(tests::TempDir::read(house.key), before);
    host::store::SqliteDatabase database({.path = house.path}, house.clock);
    EXPECT_THAT(SecretKey::idsInUse(database), testing::ElementsAre(house.first));
}

TEST(KeyRotation, takesAKeyGivenFromOutsideOrMakesItThere) {
    for (bool given : {true, false}) {
        House house;
        const auto to = house.folder / "credential";
        const auto before = tests::TempDir::read(house.key);
        const std::string id = given ? SecretKey::create(to).id() : std::string();

        const auto done = house.rotate({.file = house.key, .to = to});

        EXPECT_EQ(done.secrets, kSecrets);
        if (given) {
            EXPECT_EQ(done.to, id);
        }
        EXPECT_EQ(house.start(to), done.to);
        EXPECT_EQ(tests::TempDir::read(house.key), before);
        EXPECT_EQ(codeOf([&] { house.start(house.key); }), "secrets.wrong-key");
        EXPECT_TRUE(house.rotate({.file = house.key, .to = to}).resumed) << "nothing is left to do";
    }
}

TEST(KeyRotation, refusesTheKeyInUseUnderWhateverName) {
    House house;
    const auto link = house.folder / "link";
    const auto copy = house.folder / "copy";
    std::filesystem::create_symlink(house.key, link);
    std::filesystem::copy_file(house.key, copy);
    for (const auto& to : {house.key, link, copy})
        EXPECT_EQ(codeOf([&] { house.rotate({.file = house.key, .to = to}); }), "secrets.same-key") << to;
    EXPECT_EQ(house.start(house.key), house.first);
}

TEST(KeyRotation, makesNoKeyWhereTheOneInUseIsMissing) {
    House house;
    std::filesystem::remove(house.key);
    EXPECT_EQ(codeOf([&] { house.rotate({.file = house.key, .to = house.key}); }), "secrets.key-missing");
    EXPECT_FALSE(std::filesystem::exists(house.key));
}

TEST(KeyRotation, leavesNothingThatTheOldKeyOpensInTheFiles) {
    House house;
    std::string sealed;
    {
        host::store::SqliteDatabase database({.path = house.path}, house.clock);
        database.read([&](Poco::Data::Session& s) {
            s << "SELECT hex(sealed) FROM secret WHERE name = 'u2035/demo/0'", Poco::Data::Keywords::into(sealed),
                Poco::Data::Keywords::now;
        });
        const RotationPlan plan{.file = house.key};
        rotateKey(database, house.clock, plan);
        database.checkpoint();
    }
    const auto bytes = *common::fromHex([&] {
        for (char& c : sealed) c = static_cast<char>(std::tolower(c));
        return sealed;
    }());
    for (const auto& file : std::filesystem::directory_iterator(house.folder.path()))
        EXPECT_EQ(tests::TempDir::read(file.path()).find(bytes), std::string::npos) << file;
}

TEST(KeyRotation, preparesADatabaseWithoutSecrets) {
    tests::TestDatabase db;
    db->migrate("host.base", baseMigrations());
    auto old = SecretKey::create(db.folder / "k");

    const auto done = rotateKey(db, db.clock, RotationPlan{.file = db.folder / "k"});

    EXPECT_EQ(done.secrets, 0U);
    EXPECT_EQ(SecretKey::open(db, db.folder / "k").id(), done.to);
    EXPECT_NE(done.to, old.id());
}

TEST(KeyRotation, refusesAFileOfThreeKeys) {
    tests::TempDir folder;
    auto one = SecretKey::random();
    auto file = folder.write("k", "");
    SecretKey::replaceFile(file, {&one, &one, &one});
    std::filesystem::permissions(file, std::filesystem::perms(0600));

    EXPECT_EQ(codeOf([&] { SecretKey::loadAll(file); }), "secrets.key-invalid");
}
