#include "host/accounts/AccountStore.h"

#include "common/Encoding.h"
#include "common/Sha256.h"
#include "common/Text.h"
#include "common/Uuid.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

namespace host::accounts {

using namespace Poco::Data::Keywords;
using sdk::AppError;
using sdk::FieldError;
using sdk::Micros;

namespace {

constexpr Micros kSecond = 1'000'000;
constexpr Micros kCacheTime = 5 * kSecond;
constexpr Micros kSeenStep = 60 * kSecond;  // how exactly the last use is kept
constexpr std::size_t kMaxCached = 10'000;
constexpr int kMaxHashing = 5;
constexpr std::size_t kLeastPassword = 10;
constexpr std::size_t kLongestPassword = 200;
constexpr std::string_view kTokenPrefix = "lmsd_";

constexpr std::array<std::string_view, 3> kRoles{"viewer", "methodist", "organization-admin"};

std::string randomSecret() {
    std::array<char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return common::toBase64Url({bytes.data(), bytes.size()});
}

bool isLogin(const std::string& login) {
    return !login.empty() && login.size() <= 64 &&
           std::all_of(login.begin(), login.end(),
                       [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                                  c == '_' || c == '@';
                       }) &&
           login.front() != '.' && login.front() != '-';
}

void checkPassword(const std::string& login, const sdk::SecretString& password, std::vector<FieldError>& errors) {
    const auto& text = password.reveal();
    if (text.size() < kLeastPassword)
        errors.push_back({"/password", "is too short", fmt::format("at least {} characters", kLeastPassword)});
    else if (text.size() > kLongestPassword)
        errors.push_back({"/password", "is too long", fmt::format("at most {} bytes", kLongestPassword)});
    else if (text == login)
        errors.push_back({"/password", "is the login", "choose another"});
}

AppError changedUser(const User& current) {
    return {412, "changed",
            fmt::format("The user '{}' was changed meanwhile (version {} by now); read it again and send your change "
                        "with its ETag.",
                        current.login, current.version)};
}

AppError noSuchUser(const std::string& login) {
    return AppError::notFound(fmt::format("The user '{}' was not found.", login));
}

AppError signInFailed() {
    return {401, "sign-in-failed", "The login or the password is wrong, or the account is disabled."};
}

AppError lastAdministrator() {
    return AppError::conflict("last-administrator",
                              "This is the last administrator of the server; make another one first.");
}

Roles readRoles(Poco::Data::Session& session, const char* sql, std::string key) {
    Roles roles;
    std::vector<std::string> organizations;
    std::vector<std::string> names;
    session << sql, use(key), into(organizations), into(names), now;
    for (std::size_t i = 0; i < organizations.size(); ++i)
        if (auto role = parseRole(names[i])) roles[organizations[i]] = *role;
    return roles;
}

Roles personRoles(Poco::Data::Session& session, const std::string& login) {
    return readRoles(session, "SELECT organization_id, role FROM person_role WHERE login = ? ORDER BY organization_id",
                     login);
}

Roles tokenRoles(Poco::Data::Session& session, const std::string& id) {
    return readRoles(
        session, "SELECT organization_id, role FROM api_token_role WHERE token_id = ? ORDER BY organization_id", id);
}

void writeRoles(Poco::Data::Session& session, const char* insert, const std::string& owner, const Roles& roles) {
    for (const auto& [organization, role] : roles) {
        std::string key = owner;
        std::string id = organization;
        std::string name(roleName(role));
        session << insert, use(key), use(id), use(name), now;
    }
}

std::optional<User> readUser(Poco::Data::Session& session, std::string login) {
    User user;
    int admin = 0;
    int disabled = 0;
    Poco::Data::Statement select(session);
    select << "SELECT login, name, server_admin, disabled, version, created_at FROM person WHERE login = ?", use(login),
        into(user.login), into(user.name), into(admin), into(disabled), into(user.version), into(user.createdAt);
    if (select.execute() == 0) return std::nullopt;
    user.serverAdmin = admin != 0;
    user.disabled = disabled != 0;
    user.roles = personRoles(session, login);
    return user;
}

void requireAnAdministrator(Poco::Data::Session& session) {
    int left = 0;
    session << "SELECT COUNT(*) FROM person WHERE server_admin = 1 AND disabled = 0", into(left), now;
    if (left == 0) throw lastAdministrator();
}

http::Identity identityOf(std::string login, bool serverAdmin, Roles roles, std::string csrf) {
    http::Identity identity;
    identity.principal.login = std::move(login);
    identity.principal.signedIn = true;
    identity.principal.serverAdmin = serverAdmin;
    identity.principal.roles = std::move(roles);
    identity.csrfToken = std::move(csrf);
    return identity;
}

}  // namespace

std::string_view roleName(sdk::Role role) {
    return kRoles.at(static_cast<std::size_t>(role));
}

std::optional<sdk::Role> parseRole(std::string_view name) {
    for (std::size_t i = 0; i < kRoles.size(); ++i)
        if (kRoles[i] == name) return static_cast<sdk::Role>(i);
    return std::nullopt;
}

AccountStore::AccountStore(sdk::Database& database, const sdk::Clock& clock, AccountOptions options)
    : database_(database), clock_(clock), options_(options), throttle_(clock) {
    if (sodium_init() < 0) throw AppError(500, "accounts", "libsodium does not start.");
    if (options_.argonPasses == 0) options_.argonPasses = crypto_pwhash_OPSLIMIT_INTERACTIVE;
    if (options_.argonMemory == 0) options_.argonMemory = crypto_pwhash_MEMLIMIT_INTERACTIVE;
    dummyHash_ = hash(sdk::SecretString(randomSecret()));
}

AccountStore::~AccountStore() = default;

/// The turn of one password. Few may wait for theirs, or guessers would hold all threads of the server.
class AccountStore::HashingSlot {
public:
    explicit HashingSlot(AccountStore& store) : store_(store) {
        if (++store_.hashingOrWaiting_ > kMaxHashing) {
            --store_.hashingOrWaiting_;
            throw AppError::unavailable("sign-in-busy",
                                        "Too many people sign in at this moment; try again in a few seconds.");
        }
        store_.hashing_.lock();
    }
    ~HashingSlot() {
        store_.hashing_.unlock();
        --store_.hashingOrWaiting_;
    }
    HashingSlot(const HashingSlot&) = delete;
    HashingSlot& operator=(const HashingSlot&) = delete;

private:
    AccountStore& store_;
};

std::string AccountStore::hash(const sdk::SecretString& password) {
    std::array<char, crypto_pwhash_STRBYTES> out{};
    HashingSlot slot(*this);
    if (crypto_pwhash_str(out.data(), password.reveal().data(), password.reveal().size(), options_.argonPasses,
                          options_.argonMemory) != 0)
        throw AppError::unavailable("no-memory",
                                    "The server has no memory left to hash a password; try again shortly.");
    return out.data();
}

bool AccountStore::verify(const std::string& stored, const sdk::SecretString& password) {
    HashingSlot slot(*this);
    return crypto_pwhash_str_verify(stored.c_str(), password.reveal().data(), password.reveal().size()) == 0;
}

std::optional<http::Identity> AccountStore::cached(const std::string& key, const std::function<Cached()>& load) {
    auto at = clock_.now();
    std::uint64_t generation = 0;
    {
        std::lock_guard lock(cacheMutex_);
        auto found = cache_.find(key);
        if (found != cache_.end() && at < found->second.validUntil) return found->second.identity;
        generation = generation_;
    }
    auto loaded = load();
    std::lock_guard lock(cacheMutex_);
    if (generation == generation_) {
        if (cache_.size() >= kMaxCached) cache_.clear();
        // What is unknown is not kept: guesses must not fill the memory.
        if (loaded.identity)
            cache_[key] = loaded;
        else
            cache_.erase(key);
    }
    return loaded.identity;
}

void AccountStore::forget() {
    std::lock_guard lock(cacheMutex_);
    ++generation_;
    cache_.clear();
}

std::optional<http::Identity> AccountStore::bySession(std::string_view cookie) {
    if (cookie.size() > 100) return std::nullopt;
    auto key = common::Sha256::hex(cookie);
    return cached(key, [&] {
        Cached result;
        auto at = clock_.now();
        Micros seen = 0;
        bool valid = false;
        database_.read([&](Poco::Data::Session& session) {
            std::string login;
            std::string csrf;
            Micros expires = 0;
            Poco::Data::Statement select(session);
            select << "SELECT login, csrf_token, seen_at, expires_at FROM person_session WHERE token_hash = ?",
                use(key), into(login), into(csrf), into(seen), into(expires);
            valid = select.execute() != 0 && at < expires &&
                    at < seen + std::chrono::microseconds(options_.sessionIdle).count();
            if (!valid) return;
            auto user = readUser(session, login);
            valid = user && !user->disabled;
            if (!valid) return;
            result.identity = identityOf(user->login, user->serverAdmin, user->roles, csrf);
            result.validUntil = std::min(at + kCacheTime, expires);
        });
        if (valid && at >= seen + kSeenStep)
            database_.write([&](Poco::Data::Session& session) {
                session << "UPDATE person_session SET seen_at = ? WHERE token_hash = ?", use(at), use(key), now;
            });
        return result;
    });
}

std::optional<http::Identity> AccountStore::byBearer(std::string_view token) {
    if (token.size() > 100 || token.substr(0, kTokenPrefix.size()) != kTokenPrefix) return std::nullopt;
    auto key = common::Sha256::hex(token);
    return cached(key, [&] {
        Cached result;
        auto at = clock_.now();
        Micros seen = 0;
        bool valid = false;
        database_.read([&](Poco::Data::Session& session) {
            std::string id;
            std::string name;
            int admin = 0;
            Micros expires = 0;
            Poco::Data::Statement select(session);
            select << "SELECT id, name, server_admin, seen_at, expires_at FROM api_token WHERE token_hash = ?",
                use(key), into(id), into(name), into(admin), into(seen), into(expires);
            valid = select.execute() != 0 && at < expires;
            if (!valid) return;
            result.identity = identityOf("token:" + name, admin != 0, tokenRoles(session, id), {});
            result.validUntil = std::min(at + kCacheTime, expires);
        });
        if (valid && at >= seen + kSeenStep)
            database_.write([&](Poco::Data::Session& session) {
                session << "UPDATE api_token SET seen_at = ? WHERE token_hash = ?", use(at), use(key), now;
            });
        return result;
    });
}

void AccountStore::checkRoles(const Roles& roles, std::vector<FieldError>& errors) {
    for (const auto& [organization, role] : roles) {
        int there = 0;
        std::string id = organization;
        database_.read([&](Poco::Data::Session& session) {
            session << "SELECT COUNT(*) FROM organization WHERE id = ?", use(id), into(there), now;
        });
        if (there == 0)
            errors.push_back(
                {"/roles", fmt::format("names the organization '{}', which is not there", id), "create it first"});
    }
}

User AccountStore::createUser(const User& user, const sdk::SecretString& password) {
    std::vector<FieldError> errors;
    if (!isLogin(user.login)) errors.push_back({"/login", "is not a login", "1 to 64 of a-z, 0-9, '.', '-', '_', '@'"});
    checkPassword(user.login, password, errors);
    checkRoles(user.roles, errors);
    if (!errors.empty()) throw AppError::validation("The user is not valid.", std::move(errors));
    auto hashed = hash(password);
    User made = user;
    made.version = 1;
    made.createdAt = clock_.now();
    int admin = made.serverAdmin ? 1 : 0;
    int disabled = made.disabled ? 1 : 0;
    database_.write([&](Poco::Data::Session& session) {
        int there = 0;
        session << "SELECT COUNT(*) FROM person WHERE login = ?", use(made.login), into(there), now;
        if (there != 0)
            throw AppError::conflict("user-exists",
                                     fmt::format("The login '{}' is taken; choose another.", made.login));
        session << "INSERT INTO person (login, name, password_hash, server_admin, disabled, version, created_at, "
                   "updated_at) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            use(made.login), use(made.name), use(hashed), use(admin), use(disabled), use(made.version),
            use(made.createdAt), use(made.createdAt), now;
        writeRoles(session, "INSERT INTO person_role (login, organization_id, role) VALUES (?, ?, ?)", made.login,
                   made.roles);
    });
    return made;
}

User AccountStore::updateUser(const User& user, std::optional<std::int64_t> expected,
                              const std::optional<sdk::SecretString>& password) {
    std::vector<FieldError> errors;
    if (password) checkPassword(user.login, *password, errors);
    checkRoles(user.roles, errors);
    if (!errors.empty()) throw AppError::validation("The user is not valid.", std::move(errors));
    std::string hashed = password ? hash(*password) : std::string();
    auto at = clock_.now();
    User result = user;
    database_.write([&](Poco::Data::Session& session) {
        auto current = readUser(session, user.login);
        if (!current) throw noSuchUser(user.login);
        if (expected && *expected != current->version) throw changedUser(*current);
        result.version = current->version + 1;
        result.createdAt = current->createdAt;
        int admin = result.serverAdmin ? 1 : 0;
        int disabled = result.disabled ? 1 : 0;
        session << "UPDATE person SET name = ?, server_admin = ?, disabled = ?, version = ?, updated_at = ? WHERE "
                   "login = ?",
            use(result.name), use(admin), use(disabled), use(result.version), use(at), use(result.login), now;
        session << "DELETE FROM person_role WHERE login = ?", use(result.login), now;
        writeRoles(session, "INSERT INTO person_role (login, organization_id, role) VALUES (?, ?, ?)", result.login,
                   result.roles);
        if (password)
            session << "UPDATE person SET password_hash = ? WHERE login = ?", use(hashed), use(result.login), now;
        if (password || result.disabled)
            session << "DELETE FROM person_session WHERE login = ?", use(result.login), now;
        if (current->serverAdmin) requireAnAdministrator(session);
    });
    forget();
    return result;
}

void AccountStore::deleteUser(const std::string& login, std::optional<std::int64_t> expected) {
    std::string key = login;
    database_.write([&](Poco::Data::Session& session) {
        auto current = readUser(session, login);
        if (!current) throw noSuchUser(login);
        if (expected && *expected != current->version) throw changedUser(*current);
        session << "DELETE FROM person_session WHERE login = ?", use(key), now;
        session << "DELETE FROM person_role WHERE login = ?", use(key), now;
        session << "DELETE FROM person WHERE login = ?", use(key), now;
        if (current->serverAdmin) requireAnAdministrator(session);
    });
    forget();
}

std::optional<User> AccountStore::user(const std::string& login) {
    std::optional<User> found;
    database_.read([&](Poco::Data::Session& session) { found = readUser(session, login); });
    return found;
}

std::vector<User> AccountStore::users(const std::string& after, std::size_t limit) {
    std::vector<User> all;
    std::string from = after;
    auto most = static_cast<std::int64_t>(limit);
    database_.read([&](Poco::Data::Session& session) {
        all.clear();
        std::vector<std::string> logins;
        session << "SELECT login FROM person WHERE login > ? ORDER BY login LIMIT ?", use(from), use(most),
            into(logins), now;
        for (const auto& login : logins)
            if (auto user = readUser(session, login)) all.push_back(std::move(*user));
    });
    return all;
}

bool AccountStore::passwordIsRight(const std::string& login, const sdk::SecretString& password) {
    std::string stored;
    int disabled = 1;
    std::string key = login;
    if (isLogin(login) && password.reveal().size() <= kLongestPassword)
        database_.read([&](Poco::Data::Session& session) {
            session << "SELECT password_hash, disabled FROM person WHERE login = ?", use(key), into(stored),
                into(disabled), now;
        });
    // The same work for logins that are not there, so that the time tells nothing.
    bool right = verify(stored.empty() ? dummyHash_ : stored, password);
    return right && !stored.empty() && disabled == 0;
}

Session AccountStore::signIn(const std::string& login, const sdk::SecretString& password,
                             const std::string& clientAddress, std::string_view replaced) {
    // The login is only a key here, but a guest chooses it: bounded.
    auto name = login.substr(0, 64);
    throttle_.begin(name, clientAddress);
    if (!passwordIsRight(login, password)) throw signInFailed();
    throttle_.succeeded(name, clientAddress);

    Session made;
    made.cookie = randomSecret();
    made.csrfToken = randomSecret();
    auto at = clock_.now();
    made.expiresAt = at + std::chrono::microseconds(options_.sessionAbsolute).count();
    auto key = common::Sha256::hex(made.cookie);
    auto old = common::Sha256::hex(replaced);
    std::string who = login;
    database_.write([&](Poco::Data::Session& session) {
        auto user = readUser(session, who);
        if (!user || user->disabled) throw signInFailed();
        made.user = *user;
        if (!replaced.empty()) session << "DELETE FROM person_session WHERE token_hash = ?", use(old), now;
        session << "INSERT INTO person_session (token_hash, login, csrf_token, created_at, seen_at, expires_at) VALUES "
                   "(?, ?, ?, ?, ?, ?)",
            use(key), use(who), use(made.csrfToken), use(at), use(at), use(made.expiresAt), now;
    });
    if (!replaced.empty()) forget();
    return made;
}

void AccountStore::signOut(std::string_view cookie) {
    auto key = common::Sha256::hex(cookie);
    database_.write([&](Poco::Data::Session& session) {
        session << "DELETE FROM person_session WHERE token_hash = ?", use(key), now;
    });
    forget();
}

void AccountStore::changePassword(const std::string& login, const sdk::SecretString& current,
                                  const sdk::SecretString& next, const std::string& clientAddress,
                                  std::string_view keptCookie) {
    throttle_.begin(login, clientAddress);
    if (!passwordIsRight(login, current))
        throw AppError::validation("The current password is wrong.",
                                   {{"/current", "is wrong", "type the password you sign in with"}});
    throttle_.succeeded(login, clientAddress);
    std::vector<FieldError> errors;
    checkPassword(login, next, errors);
    if (!errors.empty()) throw AppError::validation("The new password is not valid.", std::move(errors));
    auto hashed = hash(next);
    auto kept = common::Sha256::hex(keptCookie);
    auto at = clock_.now();
    std::string who = login;
    database_.write([&](Poco::Data::Session& session) {
        session << "UPDATE person SET password_hash = ?, version = version + 1, updated_at = ? WHERE login = ?",
            use(hashed), use(at), use(who), now;
        session << "DELETE FROM person_session WHERE login = ? AND token_hash <> ?", use(who), use(kept), now;
    });
    forget();
}

std::optional<Micros> AccountStore::sessionExpiry(std::string_view cookie) {
    auto key = common::Sha256::hex(cookie);
    Micros expires = 0;
    database_.read([&](Poco::Data::Session& session) {
        session << "SELECT expires_at FROM person_session WHERE token_hash = ?", use(key), into(expires), now;
    });
    return expires == 0 ? std::nullopt : std::optional(expires);
}

std::pair<Token, sdk::SecretString> AccountStore::createToken(const Token& token) {
    std::vector<FieldError> errors;
    if (common::trim(token.name).empty() || token.name.size() > 100)
        errors.push_back({"/name", "is empty or too long", "up to 100 bytes that tell what the token is for"});
    if (token.expiresAt <= clock_.now()) errors.push_back({"/expiresAt", "is in the past", "a time to come"});
    checkRoles(token.roles, errors);
    if (!token.serverAdmin && token.roles.empty())
        errors.push_back({"/roles", "is empty", "a token without any role may do nothing; give it one"});
    if (!errors.empty()) throw AppError::validation("The token is not valid.", std::move(errors));
    sdk::SecretString secret(std::string(kTokenPrefix) + randomSecret());
    Token made = token;
    made.id = common::Uuid::v4();
    made.lastFour = secret.lastFour();
    made.createdAt = clock_.now();
    made.seenAt = 0;
    auto key = common::Sha256::hex(secret.reveal());
    int admin = made.serverAdmin ? 1 : 0;
    database_.write([&](Poco::Data::Session& session) {
        int there = 0;
        session << "SELECT COUNT(*) FROM api_token WHERE name = ?", use(made.name), into(there), now;
        if (there != 0)
            throw AppError::conflict(
                "token-exists", fmt::format("A token named '{}' is already there; choose another name.", made.name));
        session << "INSERT INTO api_token (id, name, token_hash, last_four, server_admin, created_by, created_at, "
                   "expires_at, seen_at) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(made.id), use(made.name), use(key), use(made.lastFour), use(admin), use(made.createdBy),
            use(made.createdAt), use(made.expiresAt), use(made.seenAt), now;
        writeRoles(session, "INSERT INTO api_token_role (token_id, organization_id, role) VALUES (?, ?, ?)", made.id,
                   made.roles);
    });
    return {made, std::move(secret)};
}

std::vector<Token> AccountStore::tokens(const std::string& afterName, std::size_t limit) {
    std::vector<Token> all;
    std::string from = afterName;
    auto most = static_cast<std::int64_t>(limit);
    database_.read([&](Poco::Data::Session& session) {
        all.clear();
        Token token;
        int admin = 0;
        Poco::Data::Statement select(session);
        select << "SELECT id, name, last_four, server_admin, created_by, created_at, expires_at, seen_at FROM "
                  "api_token WHERE name > ? "
                  "ORDER BY name LIMIT ?",
            use(from), use(most), into(token.id), into(token.name), into(token.lastFour), into(admin),
            into(token.createdBy), into(token.createdAt), into(token.expiresAt), into(token.seenAt), range(0, 1);
        while (!select.done()) {
            if (select.execute() == 0) continue;
            token.serverAdmin = admin != 0;
            all.push_back(token);
        }
        for (auto& one : all) one.roles = tokenRoles(session, one.id);
    });
    return all;
}

bool AccountStore::deleteToken(const std::string& id) {
    std::string key = id;
    std::size_t gone = 0;
    database_.write([&](Poco::Data::Session& session) {
        session << "DELETE FROM api_token_role WHERE token_id = ?", use(key), now;
        Poco::Data::Statement remove(session);
        remove << "DELETE FROM api_token WHERE id = ?", use(key);
        gone = remove.execute();
    });
    forget();
    return gone > 0;
}

void AccountStore::removeExpired() {
    auto at = clock_.now();
    auto idle = at - std::chrono::microseconds(options_.sessionIdle).count();
    database_.write([&](Poco::Data::Session& session) {
        session << "DELETE FROM person_session WHERE expires_at <= ? OR seen_at <= ?", use(at), use(idle), now;
    });
}

}  // namespace host::accounts
