#pragma once
/// People, their sessions, and tokens. Passwords are kept as Argon2id, sessions and tokens as SHA-256: who reads the
/// database can't sign in. Thread-safe. What a session or a token may is cached for seconds and forgotten at once when
/// it is changed through this store.

#include "host/accounts/SignInThrottle.h"
#include "host/http/Authenticator.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Database.h"
#include "host/sdk/Http.h"
#include "host/sdk/Secrets.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace host::accounts {

struct AccountOptions {
    /// Argon2id; 0 means libsodium's "interactive" (2 passes, 64 MiB). Tests take the least.
    std::uint64_t argonPasses = 0;
    std::size_t argonMemory = 0;  ///< bytes
    std::chrono::minutes sessionIdle{12 * 60};
    std::chrono::minutes sessionAbsolute{7 * 24 * 60};
};

using Roles = std::map<std::string, sdk::Role>;  ///< organization id → role

struct User {
    std::string login;
    std::string name;
    bool serverAdmin = false;
    bool disabled = false;
    Roles roles;
    std::int64_t version = 1;
    sdk::Micros createdAt = 0;
};

struct Token {
    std::string id;
    std::string name;
    std::string lastFour;
    bool serverAdmin = false;
    Roles roles;
    http::TokenScopes scopes;
    std::string createdBy;
    sdk::Micros createdAt = 0;
    sdk::Micros expiresAt = 0;
    sdk::Micros seenAt = 0;  ///< 0: never used; kept to some minutes
};

struct Session {
    std::string cookie;  ///< shown once
    std::string csrfToken;
    User user;
    sdk::Micros expiresAt = 0;
};

class AccountStore : public http::Authenticator {
public:
    /// Both must outlive the store. The tables must be there (accountsMigrations).
    AccountStore(sdk::Database& database, const sdk::Clock& clock, AccountOptions options = {});
    ~AccountStore() override;

    // http::Authenticator
    std::optional<http::Identity> bySession(std::string_view cookie) override;
    std::optional<http::Identity> byBearer(std::string_view token) override;

    /// AppError 422 for a bad login, password or role, 409 "user-exists".
    User createUser(const User& user, const sdk::SecretString& password);
    /// Name, roles, serverAdmin, disabled, and the password when given. Disabling or a new password ends the person's
    /// sessions. 412 for another version, 409 "last-administrator" when nobody could administer the server any more.
    User updateUser(const User& user, std::optional<std::int64_t> expected,
                    const std::optional<sdk::SecretString>& password);
    void deleteUser(const std::string& login, std::optional<std::int64_t> expected);
    std::optional<User> user(const std::string& login);
    /// After `login`, in its order, at most `limit`.
    std::vector<User> users(const std::string& after, std::size_t limit);

    /// AppError 401 "sign-in-failed" whatever is wrong; SignInThrottled when there were too many failures. A session
    /// given in `replaced` ends: an identity signed in anew gets a new cookie.
    Session signIn(const std::string& login, const sdk::SecretString& password, const std::string& clientAddress,
                   std::string_view replaced = {});
    void signOut(std::string_view cookie);
    /// Changes one's own password, told by the current one (422 when it is wrong; throttled as signIn); ends all other
    /// sessions.
    void changePassword(const std::string& login, const sdk::SecretString& current, const sdk::SecretString& next,
                        const std::string& clientAddress, std::string_view keptCookie);
    /// The session's end as the clock stands; nullopt when there is none.
    std::optional<sdk::Micros> sessionExpiry(std::string_view cookie);

    /// The token itself is `.second`, shown once. 409 "token-exists" for a name that is taken.
    std::pair<Token, sdk::SecretString> createToken(const Token& token);
    std::vector<Token> tokens(const std::string& afterName, std::size_t limit);
    /// False when there is none.
    bool deleteToken(const std::string& id);

    /// Removes what has expired; called by a job now and then.
    void removeExpired();

private:
    struct Cached {
        std::optional<http::Identity> identity;
        sdk::Micros validUntil = 0;
    };

    class HashingSlot;

    std::string hash(const sdk::SecretString& password);
    bool verify(const std::string& stored, const sdk::SecretString& password);
    bool passwordIsRight(const std::string& login, const sdk::SecretString& password);
    std::optional<http::Identity> cached(const std::string& key, const std::function<Cached()>& load);
    void forget();
    void checkRoles(const Roles& roles, std::vector<sdk::FieldError>& errors);

    sdk::Database& database_;
    const sdk::Clock& clock_;
    AccountOptions options_;
    std::string dummyHash_;  ///< of a password nobody has: unknown logins take as long as known ones
    std::mutex hashing_;     ///< one Argon2 at a time: each takes 64 MiB
    std::atomic<int> hashingOrWaiting_{0};
    SignInThrottle throttle_;

    std::mutex cacheMutex_;
    std::unordered_map<std::string, Cached> cache_;
    std::uint64_t generation_ = 0;
};

/// "viewer", "methodist", "organization-admin".
std::string_view roleName(sdk::Role role);
std::optional<sdk::Role> parseRole(std::string_view name);

}  // namespace host::accounts
