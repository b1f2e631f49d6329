// The part of AccountStore that keeps bearer tokens.
#include "common/Sha256.h"
#include "common/Text.h"
#include "common/Uuid.h"
#include "host/accounts/AccountRows.h"
#include "host/accounts/AccountStore.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>

#include <algorithm>

namespace host::accounts {

using namespace Poco::Data::Keywords;
using sdk::AppError;
using sdk::FieldError;
using sdk::Micros;

namespace {

constexpr std::string_view kTokenPrefix = "lmsd_";

}  // namespace

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
            std::string scopes;
            int admin = 0;
            Micros expires = 0;
            Poco::Data::Statement select(session);
            select << "SELECT id, name, server_admin, scopes, seen_at, expires_at FROM api_token WHERE token_hash = ?",
                use(key), into(id), into(name), into(admin), into(scopes), into(seen), into(expires);
            valid = select.execute() != 0 && at < expires;
            if (!valid) return;
            result.identity = identityOf("token:" + name, admin != 0, tokenRoles(session, id), {});
            result.identity->scopes = http::TokenScopes::fromText(scopes);
            result.validUntil = std::min(at + kCacheTime, expires);
        });
        if (valid && at >= seen + kSeenStep)
            database_.write([&](Poco::Data::Session& session) {
                session << "UPDATE api_token SET seen_at = ? WHERE token_hash = ?", use(at), use(key), now;
            });
        return result;
    });
}
std::pair<Token, sdk::SecretString> AccountStore::createToken(const Token& token) {
    std::vector<FieldError> errors;
    if (common::trim(token.name).empty() || token.name.size() > 100)
        errors.push_back({"/name", "is empty or too long", "up to 100 bytes that tell what the token is for"});
    else if (!common::isOneLine(token.name))
        errors.push_back({"/name", "holds a line break or a control character", "write it in one line"});
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
    std::string scopes = made.scopes.text();
    database_.write([&](Poco::Data::Session& session) {
        int there = 0;
        session << "SELECT COUNT(*) FROM api_token WHERE name = ?", use(made.name), into(there), now;
        if (there != 0)
            throw AppError::conflict(
                "token-exists", fmt::format("A token named '{}' is already there; choose another name.", made.name));
        session << "INSERT INTO api_token (id, name, token_hash, last_four, server_admin, scopes, created_by, "
                   "created_at, expires_at, seen_at) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            use(made.id), use(made.name), use(key), use(made.lastFour), use(admin), use(scopes), use(made.createdBy),
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
        std::string scopes;
        int admin = 0;
        Poco::Data::Statement select(session);
        select << "SELECT id, name, last_four, server_admin, scopes, created_by, created_at, expires_at, seen_at FROM "
                  "api_token WHERE name > ? "
                  "ORDER BY name LIMIT ?",
            use(from), use(most), into(token.id), into(token.name), into(token.lastFour), into(admin), into(scopes),
            into(token.createdBy), into(token.createdAt), into(token.expiresAt), into(token.seenAt), range(0, 1);
        while (!select.done()) {
            if (select.execute() == 0) continue;
            token.serverAdmin = admin != 0;
            token.scopes = http::TokenScopes::fromText(scopes);
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

}  // namespace host::accounts
