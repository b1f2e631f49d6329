#include "host/accounts/AccountsApi.h"

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "common/Rfc3339.h"
#include "host/accounts/AccountsJson.h"
#include "host/http/Lists.h"
#include "host/http/Problem.h"

#include <fmt/format.h>

namespace host::accounts {
namespace {

using common::JsonReader;
using sdk::Access;
using sdk::AppError;
using sdk::Method;
using sdk::Request;
using sdk::Response;
using sdk::RouteOptions;

std::string_view cookieOf(const Request& request, std::string& keep) {
    keep = request.header("cookie").value_or("");
    return http::cookieValue(keep, http::kSessionCookie);
}

class AccountsApi {
public:
    AccountsApi(AccountStore& accounts, sdk::Journal& journal, SessionCookie cookie)
        : accounts_(accounts), journal_(journal), cookie_(cookie) {}

    Response signIn(const Request& request) const {
        JsonReader reader(common::parseJsonObject(request.body));
        auto login = reader.requiredText("login", 200);
        sdk::SecretString password(reader.requiredText("password", 1000));
        reader.refuseUnknown();
        reader.finish("The sign-in is not valid");
        std::string header;
        auto old = cookieOf(request, header);
        try {
            auto session = accounts_.signIn(login, password, request.clientAddress, old);
            note(request, session.user.login, "session.signed-in", "users/" + session.user.login);
            const auto& user = session.user;
            auto response = Response::json(
                sessionJson(user.login, user.name, user.serverAdmin, user.roles, session.csrfToken, session.expiresAt));
            return response.header("Set-Cookie", cookieLine(session.cookie));
        } catch (const SignInThrottled& e) {
            auto response = http::problem(e, request.path, request.requestId);
            return response.header("Retry-After", std::to_string(e.wait().count()));
        } catch (const AppError& e) {
            // The login is not written: people type passwords there by mistake.
            if (e.status() == 401) note(request, "", "session.refused", "");
            throw;
        }
    }

    Response showSession(const Request& request) const {
        const auto& principal = request.principal;
        std::string header;
        auto cookie = cookieOf(request, header);
        std::string csrf;
        std::optional<sdk::Micros> expires;
        if (!request.header("authorization") && !cookie.empty()) {
            if (auto identity = accounts_.bySession(cookie)) csrf = identity->csrfToken;
            expires = accounts_.sessionExpiry(cookie);
        }
        auto user = accounts_.user(principal.login);
        return Response::json(sessionJson(principal.login, user ? user->name : std::string(), principal.serverAdmin,
                                          principal.roles, csrf, expires));
    }

    Response signOut(const Request& request) const {
        std::string header;
        auto cookie = cookieOf(request, header);
        if (!cookie.empty()) accounts_.signOut(cookie);
        note(request, request.principal.login, "session.signed-out", "users/" + request.principal.login);
        return Response::noContent().header(
            "Set-Cookie", fmt::format("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}", http::kSessionCookie,
                                      cookie_.secure ? "; Secure" : ""));
    }

    Response changePassword(const Request& request) const {
        JsonReader reader(common::parseJsonObject(request.body));
        sdk::SecretString current(reader.requiredText("current", 1000));
        sdk::SecretString next(reader.requiredText("password", 1000));
        reader.refuseUnknown();
        reader.finish("The new password is not valid");
        std::string header;
        auto cookie = cookieOf(request, header);
        try {
            accounts_.changePassword(request.principal.login, current, next, request.clientAddress, cookie);
        } catch (const SignInThrottled& e) {
            auto response = http::problem(e, request.path, request.requestId);
            return response.header("Retry-After", std::to_string(e.wait().count()));
        }
        note(request, request.principal.login, "user.password-changed", "users/" + request.principal.login);
        return Response::noContent();
    }

    Response listUsers(const Request& request) const {
        auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
        auto users = accounts_.users(page.after.empty() ? "" : page.after[0], page.limit + 1);
        http::ListPage list;
        list.columns = {"login", "name", "serverAdmin", "disabled", "roles", "createdAt"};
        if (users.size() > page.limit) {
            users.resize(page.limit);
            list.next = common::Cursor::encode(std::vector{users.back().login});
        }
        for (const auto& user : users) {
            list.items.push_back(toJson(user));
            list.rows.push_back({user.login, user.name, user.serverAdmin ? "true" : "false",
                                 user.disabled ? "true" : "false", rolesText(user.roles),
                                 common::Rfc3339::utc(user.createdAt)});
        }
        return http::listResponse(request, std::move(list));
    }

    Response createUser(const Request& request) const {
        JsonReader reader(common::parseJsonObject(request.body));
        User user;
        user.login = reader.requiredText("login", 200);
        sdk::SecretString password(reader.requiredText("password", 1000));
        readUser(reader, user);
        reader.finish("The user is not valid");
        auto made = accounts_.createUser(user, password);
        note(request, request.principal.login, "user.created", "users/" + made.login, toJson(made));
        return Response::json(toJson(made), 201).etag(made.version).header("Location", "/api/v1/users/" + made.login);
    }

    Response showUser(const Request& request) const {
        auto user = find(request);
        return Response::json(toJson(user)).etag(user.version);
    }

    Response updateUser(const Request& request) const {
        JsonReader reader(common::parseJsonObject(request.body));
        auto user = find(request);
        if (auto login = reader.text("login", 200); login && *login != user.login)
            reader.wrong("login", "can't be changed", "send it as it is, or leave it out");
        std::optional<sdk::SecretString> password;
        if (auto text = reader.text("password", 1000)) password.emplace(*text);
        // What a person got by GET can be sent back as it is.
        reader.has("createdAt");
        reader.has("version");
        user.name.clear();
        user.serverAdmin = false;
        user.disabled = false;
        readUser(reader, user);
        reader.finish("The user is not valid");
        try {
            auto made = accounts_.updateUser(user, sdk::ifMatch(request), password);
            note(request, request.principal.login, "user.changed", "users/" + made.login, toJson(made));
            return Response::json(toJson(made)).etag(made.version);
        } catch (AppError& e) {
            if (e.status() == 412) e.withCurrent(toJson(find(request)));
            throw;
        }
    }

    Response deleteUser(const Request& request) const {
        const auto& login = request.parameter("login");
        try {
            accounts_.deleteUser(login, sdk::ifMatch(request));
        } catch (AppError& e) {
            if (e.status() == 412) e.withCurrent(toJson(find(request)));
            throw;
        }
        note(request, request.principal.login, "user.deleted", "users/" + login);
        return Response::noContent();
    }

    Response listTokens(const Request& request) const {
        auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
        auto tokens = accounts_.tokens(page.after.empty() ? "" : page.after[0], page.limit + 1);
        http::ListPage list;
        list.columns = {"id",     "name",      "lastFour",  "serverAdmin", "roles",
                        "scopes", "createdBy", "createdAt", "expiresAt",   "seenAt"};
        if (tokens.size() > page.limit) {
            tokens.resize(page.limit);
            list.next = common::Cursor::encode(std::vector{tokens.back().name});
        }
        for (const auto& token : tokens) {
            list.items.push_back(toJson(token));
            list.rows.push_back({token.id, token.name, token.lastFour, token.serverAdmin ? "true" : "false",
                                 rolesText(token.roles), token.scopes.text(), token.createdBy,
                                 common::Rfc3339::utc(token.createdAt), common::Rfc3339::utc(token.expiresAt),
                                 token.seenAt == 0 ? std::string() : common::Rfc3339::utc(token.seenAt)});
        }
        return http::listResponse(request, std::move(list));
    }

    Response createToken(const Request& request) const {
        JsonReader reader(common::parseJsonObject(request.body));
        Token token;
        token.name = reader.requiredText("name", 100);
        token.serverAdmin = reader.boolean("serverAdmin").value_or(false);
        token.roles = readRoles(reader);
        token.scopes = readScopes(reader);
        auto expires = reader.time("expiresAt");
        if (!expires) reader.wrong("expiresAt", "is missing", "when the token ends, as in 2027-03-01T09:30:00Z");
        token.expiresAt = expires.value_or(0);
        token.createdBy = request.principal.login;
        reader.refuseUnknown();
        reader.finish("The token is not valid");
        auto [made, secret] = accounts_.createToken(token);
        note(request, request.principal.login, "token.created", "tokens/" + made.id, toJson(made));
        return Response::json(toJson(made, &secret), 201).header("Location", "/api/v1/tokens/" + made.id);
    }

    Response deleteToken(const Request& request) const {
        const auto& id = request.parameter("token");
        if (!accounts_.deleteToken(id)) throw AppError::notFound(fmt::format("The token '{}' was not found.", id));
        note(request, request.principal.login, "token.withdrawn", "tokens/" + id);
        return Response::noContent();
    }

private:
    void note(const Request& request, const std::string& actor, const char* action, const std::string& subject,
              const std::string& details = {}) const {
        journal_.append({"", actor, request.clientAddress, action, subject, details, request.requestId});
    }

    std::string cookieLine(const std::string& value) const {
        return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax{}", http::kSessionCookie, value,
                           cookie_.secure ? "; Secure" : "");
    }

    User find(const Request& request) const {
        const auto& login = request.parameter("login");
        auto user = accounts_.user(login);
        if (!user) throw AppError::notFound(fmt::format("The user '{}' was not found.", login));
        return *user;
    }

    static void readUser(JsonReader& reader, User& user) {
        user.name = reader.text("name", 200).value_or("");
        user.serverAdmin = reader.boolean("serverAdmin").value_or(false);
        user.disabled = reader.boolean("disabled").value_or(false);
        user.roles = readRoles(reader);
        reader.refuseUnknown();
    }

    AccountStore& accounts_;
    sdk::Journal& journal_;
    SessionCookie cookie_;
};

RouteOptions options(Access access, const char* id, const char* tag, const char* summary) {
    RouteOptions route;
    route.access = access;
    route.maxBody = 64 * 1024;
    route.operation.id = id;
    route.operation.tag = tag;
    route.operation.summary = summary;
    return route;
}

}  // namespace

std::vector<sdk::Registration> registerAccountsApi(sdk::Router& router, AccountStore& accounts, sdk::Journal& journal,
                                                   SessionCookie cookie) {
    auto api = std::make_shared<AccountsApi>(accounts, journal, cookie);
    std::vector<sdk::Registration> all;
    auto add = [&](Method method, const char* path, RouteOptions route,
                   Response (AccountsApi::*handler)(const Request&) const) {
        all.push_back(router.add(method, path, std::move(route),
                                 [api, handler](const Request& r) { return ((*api).*handler)(r); }));
    };

    auto route = options(Access::Public, "signIn", "Session", "Sign in by password");
    route.operation.description =
        "Sets the session's cookie (HttpOnly). Send csrfToken as X-CSRF-Token with every change made by cookie. "
        "After several failures tries are refused for a time (429, Retry-After).";
    route.operation.requestSchema =
        R"({"type":"object","required":["login","password"],"properties":{"login":{"type":"string"},"password":{"type":"string","format":"password"}}})";
    route.operation.requestExample = R"({"login":"anna","password":"correct horse battery"})";
    route.operation.responseSchema = sessionSchema();
    route.operation.responseExample = kSessionExample;
    add(Method::Post, "/api/v1/session", route, &AccountsApi::signIn);

    route = options(Access::SignedIn, "showSession", "Session", "Who is signed in, and the CSRF token");
    route.operation.responseSchema = sessionSchema();
    route.operation.responseExample = kSessionExample;
    add(Method::Get, "/api/v1/session", route, &AccountsApi::showSession);

    route = options(Access::SignedIn, "signOut", "Session", "Sign out");
    route.operation.successStatus = 204;
    add(Method::Delete, "/api/v1/session", route, &AccountsApi::signOut);

    route = options(Access::SignedIn, "changePassword", "Session", "Change one's own password");
    route.operation.description = "Ends all other sessions of the person.";
    route.operation.requestSchema =
        R"({"type":"object","required":["current","password"],"properties":{"current":{"type":"string","format":"password"},"password":{"type":"string","format":"password","minLength":10}}})";
    route.operation.requestExample = R"({"current":"correct horse battery","password":"another long password"})";
    route.operation.successStatus = 204;
    add(Method::Put, "/api/v1/session/password", route, &AccountsApi::changePassword);

    route = options(Access::ServerAdmin, "listUsers", "Users", "The people who may sign in");
    route.operation.description = "By login. Accept: text/csv gives the same as CSV.";
    route.operation.queryParameters = http::listParameters();
    route.operation.responseSchema = http::listSchema(userSchema());
    route.operation.responseExample = http::listExample(kUserExample);
    add(Method::Get, "/api/v1/users", route, &AccountsApi::listUsers);

    const auto newUser = fmt::format(
        R"({{"type":"object","required":["login","password"],"properties":{{"login":{{"type":"string"}},"password":{{"type":"string","format":"password","minLength":10}},
"name":{{"type":"string"}},"serverAdmin":{{"type":"boolean"}},"disabled":{{"type":"boolean"}},"roles":{}}}}})",
        kRolesSchema);
    const auto changedUser = fmt::format(
        R"({{"type":"object","properties":{{"name":{{"type":"string"}},"password":{{"type":"string","format":"password","minLength":10,"description":"a new one; left out, the old one stays"}},
"serverAdmin":{{"type":"boolean"}},"disabled":{{"type":"boolean"}},"roles":{}}}}})",
        kRolesSchema);
    route = options(Access::ServerAdmin, "createUser", "Users", "Add a person");
    route.operation.requestSchema = newUser;
    route.operation.requestExample =
        R"({"login":"anna","password":"correct horse battery","name":"Анна Смирнова","roles":[{"organization":"demo","role":"organization-admin"}]})";
    route.operation.responseSchema = userSchema();
    route.operation.responseExample = kUserExample;
    route.operation.successStatus = 201;
    add(Method::Post, "/api/v1/users", route, &AccountsApi::createUser);

    route = options(Access::ServerAdmin, "showUser", "Users", "One person");
    route.operation.responseSchema = userSchema();
    route.operation.responseExample = kUserExample;
    add(Method::Get, "/api/v1/users/{login}", route, &AccountsApi::showUser);

    route = options(Access::ServerAdmin, "updateUser", "Users", "Change a person's name, roles or password");
    route.operation.description =
        "Replaces name, serverAdmin, disabled and roles. A new password, or disabling, ends the person's sessions.";
    route.operation.requestSchema = changedUser;
    route.operation.requestExample = R"({"name":"Анна Смирнова","roles":[{"organization":"demo","role":"methodist"}]})";
    route.operation.responseSchema = userSchema();
    route.operation.responseExample = kUserExample;
    route.requireIfMatch = true;
    add(Method::Put, "/api/v1/users/{login}", route, &AccountsApi::updateUser);

    route = options(Access::ServerAdmin, "deleteUser", "Users", "Remove a person");
    route.operation.successStatus = 204;
    route.requireIfMatch = true;
    add(Method::Delete, "/api/v1/users/{login}", route, &AccountsApi::deleteUser);

    route = options(Access::ServerAdmin, "listTokens", "Tokens", "Bearer tokens, without the tokens themselves");
    route.operation.description = "By name. Accept: text/csv gives the same as CSV.";
    route.operation.queryParameters = http::listParameters();
    route.operation.responseSchema = http::listSchema(tokenSchema());
    route.operation.responseExample = http::listExample(kTokenExample);
    add(Method::Get, "/api/v1/tokens", route, &AccountsApi::listTokens);

    route = options(Access::ServerAdmin, "createToken", "Tokens", "Make a bearer token for another system");
    route.operation.description = "The token is shown in this answer only; it is kept as a hash.";
    route.operation.requestSchema = fmt::format(
        R"({{"type":"object","required":["name","expiresAt"],"properties":{{"name":{{"type":"string"}},"expiresAt":{{"type":"string","format":"date-time"}},
"serverAdmin":{{"type":"boolean"}},"roles":{},"scopes":{}}}}})",
        kRolesSchema, kScopesSchema);
    route.operation.requestExample =
        R"({"name":"night import","expiresAt":"2027-03-01T09:30:00Z","roles":[{"organization":"demo","role":"methodist"}],"scopes":["records"]})";
    route.operation.responseSchema = tokenSchema();
    route.operation.responseExample = kTokenExample;
    route.operation.successStatus = 201;
    add(Method::Post, "/api/v1/tokens", route, &AccountsApi::createToken);

    route = options(Access::ServerAdmin, "deleteToken", "Tokens", "Withdraw a token");
    route.operation.successStatus = 204;
    add(Method::Delete, "/api/v1/tokens/{token}", route, &AccountsApi::deleteToken);
    return all;
}

}  // namespace host::accounts
