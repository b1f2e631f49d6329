#include "host/accounts/AccountStore.h"
#include "tests/unit/accounts/Fixture.h"

#include <gmock/gmock.h>

using namespace host::accounts;
using host::sdk::AppError;
using host::sdk::Role;
using namespace std::chrono_literals;

namespace tests {
namespace {

class AccountStoreRules : public AccountsTest {
protected:
    int statusOfSignIn(const std::string& login, const std::string& password, const std::string& address = "10.0.0.1") {
        try {
            accounts_.signIn(login, secret(password), address);
            return 200;
        } catch (const AppError& e) {
            return e.status();
        }
    }
};

TEST_F(AccountStoreRules, signsInAndKnowsTheSession) {
    addUser("anna", {{"demo", Role::Methodist}});

    auto session = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");

    auto identity = accounts_.bySession(session.cookie);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->principal.login, "anna");
    EXPECT_TRUE(identity->principal.may("demo", Role::Methodist));
    EXPECT_FALSE(identity->principal.may("demo", Role::OrganizationAdmin));
    EXPECT_FALSE(identity->principal.may("other", Role::Viewer));
    EXPECT_EQ(identity->csrfToken, session.csrfToken);
}

TEST_F(AccountStoreRules, saysTheSameOfAWrongPasswordAndAnUnknownLogin) {
    addUser("anna");
    auto messageOf = [&](const std::string& login) {
        try {
            accounts_.signIn(login, secret("wrong wrong wrong"), "10.0.0.1");
            return std::string();
        } catch (const AppError& e) {
            return e.code() + e.what();
        }
    };

    EXPECT_EQ(messageOf("anna"), messageOf("nobody"));
    EXPECT_NE(messageOf("anna"), "");
}

TEST_F(AccountStoreRules, saysTheSameOfADisabledAccountWhoseRightPasswordIsTyped) {
    addUser("anna");
    auto user = *accounts_.user("anna");
    user.disabled = true;
    accounts_.updateUser(user, std::nullopt, std::nullopt);
    auto messageOf = [&](const std::string& login, const std::string& password) {
        try {
            accounts_.signIn(login, secret(password), "10.0.0.1");
            return std::string();
        } catch (const AppError& e) {
            return e.code() + e.what();
        }
    };

    EXPECT_EQ(messageOf("anna", "password of anna"), messageOf("nobody", "wrong wrong wrong"));
    EXPECT_NE(messageOf("anna", "password of anna"), "");
}

TEST_F(AccountStoreRules, hashesForALoginThatIsNotThereAsLongAsForOneThatIs) {
    AccountOptions slow;
    slow.argonPasses = 8;
    slow.argonMemory = 8U << 20U;
    AccountStore store(db_, db_.clock, slow);
    User anna;
    anna.login = "anna";
    store.createUser(anna, secret("password of anna"));
    auto least = [&](const std::string& login) {
        auto best = std::chrono::steady_clock::duration::max();
        for (int i = 0; i < 3; ++i) {
            const auto begun = std::chrono::steady_clock::now();
            EXPECT_THROW(store.signIn(login, secret("wrong wrong wrong"), "10.0.0." + std::to_string(i)), AppError);
            best = std::min(best, std::chrono::steady_clock::now() - begun);
        }
        return best;
    };

    const auto there = least("anna");
    // Without the hash it would be a thousandth: half leaves room for a busy machine.
    EXPECT_GT(least("nobody") * 2, there);
    EXPECT_GT(least("no login at all!") * 2, there);
}

TEST_F(AccountStoreRules, aTokenKeepsItsScopesAndOneOfBeforeIsFull) {
    Token token;
    token.name = "reader";
    token.serverAdmin = true;
    token.scopes = *host::http::TokenScopes::parse({"read", "runs"});
    token.expiresAt = db_.clock.now() + 1'000'000;
    auto [made, bearer] = accounts_.createToken(token);

    EXPECT_EQ(accounts_.byBearer(bearer.reveal())->scopes.text(), "read runs");
    EXPECT_EQ(accounts_.tokens("", 10).at(0).scopes.text(), "read runs");
    db_.execute(
        "INSERT INTO api_token (id, name, token_hash, last_four, server_admin, created_by, created_at, expires_at, "
        "seen_at) SELECT 'old', 'old', 'x', '', 1, '', 0, expires_at, 0 FROM api_token");
    EXPECT_EQ(accounts_.tokens("", 10).at(0).scopes.text(), "full");
}

TEST_F(AccountStoreRules, keepsNoPasswordSessionOrTokenAsItIs) {
    addUser("anna");
    auto session = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");
    Token token;
    token.name = "t";
    token.serverAdmin = true;
    token.expiresAt = db_.clock.now() + 1'000'000;
    auto [made, bearer] = accounts_.createToken(token);

    EXPECT_THAT(db_.text("SELECT password_hash FROM person"), testing::StartsWith("$argon2id$"));
    EXPECT_NE(db_.text("SELECT token_hash FROM person_session"), session.cookie);
    EXPECT_NE(db_.text("SELECT token_hash FROM api_token"), bearer.reveal());
}

TEST_F(AccountStoreRules, throttlesAfterFiveFailuresAndLetsInAgainLater) {
    addUser("anna");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(statusOfSignIn("anna", "wrong wrong wrong"), 401);

    EXPECT_EQ(statusOfSignIn("anna", "password of anna"), 429);
    EXPECT_EQ(statusOfSignIn("anna", "password of anna", "10.0.0.2"), 200);
    db_.clock.advance(6s);
    EXPECT_EQ(statusOfSignIn("anna", "password of anna"), 200);
}

TEST_F(AccountStoreRules, namesAreOneLine) {
    User user;
    user.login = "anna";
    user.name = "Анна\r\nИванова";
    Token token;
    token.name = "a\nb";
    token.serverAdmin = true;
    token.expiresAt = db_.clock.now() + 1'000'000;

    EXPECT_THROW(accounts_.createUser(user, secret("password of anna")), AppError);
    EXPECT_THROW(accounts_.createToken(token), AppError);
}

TEST_F(AccountStoreRules, throttlesUnknownLoginsJustTheSame) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(statusOfSignIn("nobody", "wrong wrong wrong"), 401);

    EXPECT_EQ(statusOfSignIn("nobody", "wrong wrong wrong"), 429);
}

TEST_F(AccountStoreRules, theWaitDoublesWithEveryFailure) {
    for (int i = 0; i < 5; ++i) statusOfSignIn("anna", "wrong wrong wrong");
    db_.clock.advance(6s);
    statusOfSignIn("anna", "wrong wrong wrong");

    db_.clock.advance(6s);
    EXPECT_EQ(statusOfSignIn("anna", "wrong wrong wrong"), 429);
    db_.clock.advance(5s);
    EXPECT_EQ(statusOfSignIn("anna", "wrong wrong wrong"), 401);
}

TEST_F(AccountStoreRules, throttlesAnAddressThatTriesManyLogins) {
    for (int i = 0; i < 50; ++i) statusOfSignIn("user" + std::to_string(i), "wrong wrong wrong");

    EXPECT_EQ(statusOfSignIn("one-more", "wrong wrong wrong"), 429);
}

TEST_F(AccountStoreRules, anotherAddressOfTheSameIpv6NetworkIsThrottledAsWell) {
    for (int i = 0; i < 5; ++i) statusOfSignIn("anna", "wrong wrong wrong", "2001:db8:1:2::" + std::to_string(i + 1));

    EXPECT_EQ(statusOfSignIn("anna", "wrong wrong wrong", "2001:db8:1:2:ffff::9"), 429);
    EXPECT_EQ(statusOfSignIn("anna", "wrong wrong wrong", "2001:db8:1:3::1"), 401);
}

TEST_F(AccountStoreRules, ipv4AddressesOnAnIpv6ListenerAreNotTakenForOneNetwork) {
    for (int i = 0; i < 5; ++i) statusOfSignIn("anna", "wrong wrong wrong", "::ffff:10.0.0.1");

    EXPECT_EQ(statusOfSignIn("anna", "wrong wrong wrong", "::ffff:10.0.0.1"), 429);
    EXPECT_EQ(statusOfSignIn("anna", "wrong wrong wrong", "::ffff:10.0.0.2"), 401);
}

TEST_F(AccountStoreRules, aSessionEndsWhenItIsIdleForTooLong) {
    addUser("anna");
    auto session = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");

    for (int hour = 0; hour < 3; ++hour) {
        db_.clock.advance(11h);
        EXPECT_TRUE(accounts_.bySession(session.cookie)) << hour;
    }
    db_.clock.advance(12h + 1s);

    EXPECT_FALSE(accounts_.bySession(session.cookie));
}

TEST_F(AccountStoreRules, aSessionEndsAfterAWeekHoweverBusy) {
    addUser("anna");
    auto session = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");
    for (int i = 0; i < 20; ++i) {
        db_.clock.advance(8h);
        accounts_.bySession(session.cookie);
    }
    EXPECT_TRUE(accounts_.bySession(session.cookie));

    db_.clock.advance(9h);

    EXPECT_FALSE(accounts_.bySession(session.cookie));
}

TEST_F(AccountStoreRules, signingInAnewReplacesTheSession) {
    addUser("anna");
    auto first = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");

    auto second = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1", first.cookie);

    EXPECT_NE(first.cookie, second.cookie);
    EXPECT_FALSE(accounts_.bySession(first.cookie));
    EXPECT_TRUE(accounts_.bySession(second.cookie));
}

TEST_F(AccountStoreRules, signingOutAndDisablingEndSessionsAtOnce) {
    addUser("root", {}, true);
    auto anna = addUser("anna");
    auto out = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");
    auto disabled = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");
    accounts_.bySession(out.cookie);
    accounts_.bySession(disabled.cookie);

    accounts_.signOut(out.cookie);
    EXPECT_FALSE(accounts_.bySession(out.cookie));
    EXPECT_TRUE(accounts_.bySession(disabled.cookie));

    anna.disabled = true;
    accounts_.updateUser(anna, std::nullopt, std::nullopt);
    EXPECT_FALSE(accounts_.bySession(disabled.cookie));
    EXPECT_EQ(statusOfSignIn("anna", "password of anna"), 401);
}

TEST_F(AccountStoreRules, aChangedRoleCountsAtOnce) {
    auto anna = addUser("anna", {{"demo", Role::OrganizationAdmin}});
    auto session = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");
    accounts_.bySession(session.cookie);

    anna.roles = {{"other", Role::Viewer}};
    accounts_.updateUser(anna, 1, std::nullopt);

    auto identity = accounts_.bySession(session.cookie);
    EXPECT_FALSE(identity->principal.may("demo", Role::Viewer));
    EXPECT_TRUE(identity->principal.may("other", Role::Viewer));
}

TEST_F(AccountStoreRules, aPasswordChangedByItsOwnerEndsTheOtherSessions) {
    addUser("anna");
    auto kept = accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");
    auto other = accounts_.signIn("anna", secret("password of anna"), "10.0.0.2");

    EXPECT_THROW(accounts_.changePassword("anna", secret("wrong"), secret("another long one"), "10.0.0.1", kept.cookie),
                 AppError);
    accounts_.changePassword("anna", secret("password of anna"), secret("another long one"), "10.0.0.1", kept.cookie);

    EXPECT_TRUE(accounts_.bySession(kept.cookie));
    EXPECT_FALSE(accounts_.bySession(other.cookie));
    EXPECT_EQ(statusOfSignIn("anna", "another long one"), 200);
}

TEST_F(AccountStoreRules, aTokenMayWhatItWasGrantedUntilItExpiresOrIsWithdrawn) {
    Token token;
    token.name = "import";
    token.roles = {{"demo", Role::Methodist}};
    token.expiresAt = db_.clock.now() + 3'600'000'000;
    auto [made, bearer] = accounts_.createToken(token);

    auto identity = accounts_.byBearer(bearer.reveal());
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->principal.login, "token:import");
    EXPECT_TRUE(identity->principal.may("demo", Role::Methodist));
    EXPECT_FALSE(identity->principal.may("other", Role::Viewer));
    EXPECT_FALSE(identity->principal.serverAdmin);

    db_.clock.advance(1h);
    EXPECT_FALSE(accounts_.byBearer(bearer.reveal()));
}

TEST_F(AccountStoreRules, aWithdrawnTokenIsRefusedAtOnce) {
    Token token;
    token.name = "import";
    token.serverAdmin = true;
    token.expiresAt = db_.clock.now() + 3'600'000'000;
    auto [made, bearer] = accounts_.createToken(token);
    EXPECT_TRUE(accounts_.byBearer(bearer.reveal()));

    EXPECT_TRUE(accounts_.deleteToken(made.id));

    EXPECT_FALSE(accounts_.byBearer(bearer.reveal()));
    EXPECT_FALSE(accounts_.deleteToken(made.id));
}

TEST_F(AccountStoreRules, knowsNothingOfGarbage) {
    EXPECT_FALSE(accounts_.byBearer(""));
    EXPECT_FALSE(accounts_.byBearer("lmsd_"));
    EXPECT_FALSE(accounts_.byBearer(std::string(100'000, 'a')));
    EXPECT_FALSE(accounts_.bySession("' OR 1=1 --"));
}

TEST_F(AccountStoreRules, namesEveryWrongFieldOfANewUser) {
    User user;
    user.login = "Анна";
    user.roles = {{"none-such", Role::Viewer}};

    try {
        accounts_.createUser(user, secret("short"));
        FAIL();
    } catch (const AppError& e) {
        EXPECT_EQ(e.status(), 422);
        std::vector<std::string> pointers;
        for (const auto& field : e.errors()) pointers.push_back(field.pointer);
        EXPECT_THAT(pointers, testing::ElementsAre("/login", "/password", "/roles"));
    }
}

TEST_F(AccountStoreRules, theLastAdministratorStays) {
    auto root = addUser("root", {}, true);

    EXPECT_THROW(accounts_.deleteUser("root", std::nullopt), AppError);
    root.serverAdmin = false;
    EXPECT_THROW(accounts_.updateUser(root, std::nullopt, std::nullopt), AppError);
    EXPECT_TRUE(accounts_.user("root")->serverAdmin);

    addUser("second", {}, true);
    accounts_.deleteUser("root", 1);
    EXPECT_FALSE(accounts_.user("root"));
}

TEST_F(AccountStoreRules, aStaleEditIsRefused) {
    auto anna = addUser("anna");
    accounts_.updateUser(anna, 1, std::nullopt);

    try {
        accounts_.updateUser(anna, 1, std::nullopt);
        FAIL();
    } catch (const AppError& e) {
        EXPECT_EQ(e.status(), 412);
    }
}

TEST_F(AccountStoreRules, removesExpiredSessions) {
    addUser("anna");
    accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");
    db_.clock.advance(13h);
    accounts_.signIn("anna", secret("password of anna"), "10.0.0.1");

    accounts_.removeExpired();

    EXPECT_EQ(db_.number("SELECT COUNT(*) FROM person_session"), 1);
}

}  // namespace
}  // namespace tests
