#include "host/accounts/AccountsJson.h"

#include "common/Json.h"

#include <fmt/format.h>

namespace host::accounts {

using common::JsonReader;
using common::JsonWriter;

const char* const kRolesSchema =
    R"({"type":"array","items":{"type":"object","required":["organization","role"],"properties":{"organization":{"type":"string"},
"role":{"type":"string","enum":["viewer","methodist","organization-admin"]}}}})";
const char* const kScopesSchema =
    R"({"type":"array","items":{"type":"string","enum":["full","read","records","runs"]},
"description":"full: all that the roles allow; read: every GET; records: records and imports; runs: starting and watching runs"})";
const char* const kUserExample =
    R"({"login":"anna","name":"Анна Смирнова","serverAdmin":false,"disabled":false,
"roles":[{"organization":"demo","role":"organization-admin"}],"createdAt":"2026-03-01T09:30:00Z","version":1})";
const char* const kTokenExample =
    R"({"id":"0b0c4c56-6d0e-4f2a-9a53-3a4b5d8f2c10","name":"night import","lastFour":"x7Qd","serverAdmin":false,
"roles":[{"organization":"demo","role":"methodist"}],"scopes":["records"],"createdBy":"root","createdAt":"2026-03-01T09:30:00Z",
"expiresAt":"2027-03-01T09:30:00Z","seenAt":null})";
const char* const kSessionExample =
    R"({"login":"anna","name":"Анна Смирнова","serverAdmin":false,"roles":[{"organization":"demo","role":"organization-admin"}],
"csrfToken":"Yk0…","expiresAt":"2026-03-08T09:30:00Z"})";

std::string userSchema() {
    return fmt::format(
        R"({{"type":"object","properties":{{"login":{{"type":"string"}},"name":{{"type":"string"}},"serverAdmin":{{"type":"boolean"}},
"disabled":{{"type":"boolean"}},"roles":{},"createdAt":{{"type":"string","format":"date-time"}},"version":{{"type":"integer"}}}}}})",
        kRolesSchema);
}

std::string tokenSchema() {
    return fmt::format(
        R"({{"type":"object","properties":{{"id":{{"type":"string"}},"name":{{"type":"string"}},"lastFour":{{"type":"string"}},
"serverAdmin":{{"type":"boolean"}},"roles":{},"scopes":{},"createdBy":{{"type":"string"}},"createdAt":{{"type":"string","format":"date-time"}},
"expiresAt":{{"type":"string","format":"date-time"}},"seenAt":{{"type":["string","null"],"format":"date-time"}},
"token":{{"type":"string","description":"the token itself, only in the answer that makes it"}}}}}})",
        kRolesSchema, kScopesSchema);
}

std::string sessionSchema() {
    return fmt::format(
        R"({{"type":"object","properties":{{"login":{{"type":"string"}},"name":{{"type":"string"}},"serverAdmin":{{"type":"boolean"}},"roles":{},
"csrfToken":{{"type":"string","description":"send it as X-CSRF-Token with every change; absent with a bearer token"}},
"expiresAt":{{"type":"string","format":"date-time"}}}}}})",
        kRolesSchema);
}

namespace {

void writeRoles(JsonWriter& json, const Roles& roles) {
    json.key("roles").array();
    for (const auto& [organization, role] : roles)
        json.object().member("organization", organization).member("role", roleName(role)).end();
    json.end();
}

}  // namespace

std::string rolesText(const Roles& roles) {
    std::string text;
    for (const auto& [organization, role] : roles)
        text += fmt::format("{}{}:{}", text.empty() ? "" : " ", organization, roleName(role));
    return text;
}

std::string toJson(const User& user) {
    JsonWriter json;
    json.object()
        .member("login", user.login)
        .member("name", user.name)
        .member("serverAdmin", user.serverAdmin)
        .member("disabled", user.disabled);
    writeRoles(json, user.roles);
    json.timeMember("createdAt", user.createdAt).member("version", user.version).end();
    return json.take();
}

std::string toJson(const Token& token, const sdk::SecretString* secret) {
    JsonWriter json;
    json.object()
        .member("id", token.id)
        .member("name", token.name)
        .member("lastFour", token.lastFour)
        .member("serverAdmin", token.serverAdmin);
    writeRoles(json, token.roles);
    json.key("scopes").array();
    for (const auto& scope : token.scopes.names()) json.value(scope);
    json.end();
    json.member("createdBy", token.createdBy)
        .timeMember("createdAt", token.createdAt)
        .timeMember("expiresAt", token.expiresAt)
        .timeMember("seenAt", token.seenAt == 0 ? std::nullopt : std::optional(token.seenAt));
    if (secret != nullptr) json.member("token", secret->reveal());
    json.end();
    return json.take();
}

std::string sessionJson(const std::string& login, const std::string& name, bool serverAdmin, const Roles& roles,
                        const std::string& csrf, std::optional<sdk::Micros> expires) {
    JsonWriter json;
    json.object().member("login", login).member("name", name).member("serverAdmin", serverAdmin);
    writeRoles(json, roles);
    json.memberIfSet("csrfToken", csrf);
    if (expires) json.timeMember("expiresAt", expires);
    json.end();
    return json.take();
}

http::TokenScopes readScopes(JsonReader& reader) {
    const auto names = reader.texts("scopes", 10);
    if (!names) return {};
    const auto scopes = http::TokenScopes::parse(*names);
    if (!scopes) reader.wrong("scopes", "are not scopes of a token", "full alone, or some of read, records, runs");
    return scopes.value_or(http::TokenScopes());
}

Roles readRoles(JsonReader& reader) {
    Roles roles;
    auto list = reader.array("roles");
    if (!list) return roles;
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto item = reader.item("roles", list, i);
        if (!item) continue;
        auto organization = item->requiredText("organization", 64);
        auto name = item->requiredText("role", 64);
        auto role = parseRole(name);
        if (!role && !name.empty()) item->wrong("role", "is not a role", "viewer, methodist or organization-admin");
        if (role && !roles.emplace(organization, *role).second)
            item->wrong("organization", "is there twice", "give one role for each organization");
        item->refuseUnknown();
    }
    return roles;
}

}  // namespace host::accounts
