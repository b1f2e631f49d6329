// The part of AccountStore that signs people in.
#include "common/Sha256.h"
#include "host/accounts/AccountRows.h"
#include "host/accounts/AccountStore.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>

#include <algorithm>

namespace host::accounts {

using namespace Poco::Data::Keywords;
using sdk::AppError;
using sdk::FieldError;
using sdk::Micros;

namespace {

AppError signInFailed() {
    return {401, "sign-in-failed", "The login or the password is wrong, or the account is disabled."};
}
}  // namespace

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
void AccountStore::removeExpired() {
    auto at = clock_.now();
    auto idle = at - std::chrono::microseconds(options_.sessionIdle).count();
    database_.write([&](Poco::Data::Session& session) {
        session << "DELETE FROM person_session WHERE expires_at <= ? OR seen_at <= ?", use(at), use(idle), now;
    });
}

}  // namespace host::accounts
