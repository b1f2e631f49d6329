#pragma once
/// Rows of people, roles and tokens, and what their stores have in common. Internal to host/accounts; sessions come
/// from Database::read and write.

#include "host/accounts/AccountStore.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Poco::Data {
class Session;
}

namespace host::accounts {

inline constexpr sdk::Micros kCacheTime = 5'000'000;
inline constexpr sdk::Micros kSeenStep = 60'000'000;  ///< how exactly the last use is kept
inline constexpr std::size_t kLongestPassword = 200;  ///< bytes

/// 32 random bytes as base64url.
std::string randomSecret();

bool isLogin(const std::string& login);
void checkPassword(const std::string& login, const sdk::SecretString& password, std::vector<sdk::FieldError>& errors);

std::optional<User> readUser(Poco::Data::Session& session, std::string login);
Roles personRoles(Poco::Data::Session& session, const std::string& login);
Roles tokenRoles(Poco::Data::Session& session, const std::string& id);
/// `insert` takes owner, organization and role.
void writeRoles(Poco::Data::Session& session, const char* insert, const std::string& owner, const Roles& roles);

http::Identity identityOf(std::string login, bool serverAdmin, Roles roles, std::string csrf);

}  // namespace host::accounts
