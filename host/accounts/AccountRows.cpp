#include "host/accounts/AccountRows.h"

#include "common/Encoding.h"

#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>

namespace host::accounts {

using namespace Poco::Data::Keywords;
using sdk::FieldError;

namespace {

constexpr std::size_t kLeastPassword = 10;

constexpr std::array<std::string_view, 3> kRoles{"viewer", "methodist", "organization-admin"};

Roles readRoles(Poco::Data::Session& session, const char* sql, std::string key) {
    Roles roles;
    std::vector<std::string> organizations;
    std::vector<std::string> names;
    session << sql, use(key), into(organizations), into(names), now;
    for (std::size_t i = 0; i < organizations.size(); ++i)
        if (auto role = parseRole(names[i])) roles[organizations[i]] = *role;
    return roles;
}
}  // namespace

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
http::Identity identityOf(std::string login, bool serverAdmin, Roles roles, std::string csrf) {
    http::Identity identity;
    identity.principal.login = std::move(login);
    identity.principal.signedIn = true;
    identity.principal.serverAdmin = serverAdmin;
    identity.principal.roles = std::move(roles);
    identity.csrfToken = std::move(csrf);
    return identity;
}

std::string_view roleName(sdk::Role role) {
    return kRoles.at(static_cast<std::size_t>(role));
}

std::optional<sdk::Role> parseRole(std::string_view name) {
    for (std::size_t i = 0; i < kRoles.size(); ++i)
        if (kRoles[i] == name) return static_cast<sdk::Role>(i);
    return std::nullopt;
}

}  // namespace host::accounts
