#pragma once
/// People, roles, sessions and tokens as JSON, with the schemas and examples that OpenAPI shows. Internal to
/// host/accounts.

#include "common/JsonReader.h"
#include "host/accounts/AccountStore.h"

#include <optional>
#include <string>

namespace host::accounts {

extern const char* const kRolesSchema;
extern const char* const kScopesSchema;
extern const char* const kUserExample;
extern const char* const kTokenExample;
extern const char* const kSessionExample;
std::string userSchema();
std::string tokenSchema();
std::string sessionSchema();

/// "demo:viewer other:methodist", for CSV.
std::string rolesText(const Roles& roles);
std::string toJson(const User& user);
/// `secret` only in the answer that makes the token.
std::string toJson(const Token& token, const sdk::SecretString* secret = nullptr);
/// `csrf` is left out when empty.
std::string sessionJson(const std::string& login, const std::string& name, bool serverAdmin, const Roles& roles,
                        const std::string& csrf, std::optional<sdk::Micros> expires);

/// The field "scopes"; "full" when it is absent.
http::TokenScopes readScopes(common::JsonReader& reader);
/// The field "roles"; what is wrong is noted with the reader.
Roles readRoles(common::JsonReader& reader);

}  // namespace host::accounts
