#include "host/accounts/AccountStore.h"

#include "common/Text.h"
#include "host/accounts/AccountRows.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>
#include <sodium.h>

#include <array>

namespace host::accounts {

using namespace Poco::Data::Keywords;
using sdk::AppError;
using sdk::FieldError;
using sdk::Micros;

namespace {

constexpr std::size_t kMaxCached = 10'000;
constexpr int kMaxHashing = 5;

AppError changedUser(const User& current) {
    return {412, "changed",
            fmt::format("The user '{}' was changed meanwhile (version {} by now); read it again and send your change "
                        "with its ETag.",
                        current.login, current.version)};
}

AppError noSuchUser(const std::string& login) {
    return AppError::notFound(fmt::format("The user '{}' was not found.", login));
}
void checkName(const std::string& name, std::vector<FieldError>& errors) {
    if (!common::isOneLine(name))
        errors.push_back({"/name", "holds a line break or a control character", "write it in one line"});
}
AppError lastAdministrator() {
    return AppError::conflict("last-administrator",
                              "This is the last administrator of the server; make another one first.");
}
void requireAnAdministrator(Poco::Data::Session& session) {
    int left = 0;
    session << "SELECT COUNT(*) FROM person WHERE server_admin = 1 AND disabled = 0", into(left), now;
    if (left == 0) throw lastAdministrator();
}
}  // namespace

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
    checkName(user.name, errors);
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
    checkName(user.name, errors);
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

}  // namespace host::accounts
