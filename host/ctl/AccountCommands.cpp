#include "common/Json.h"
#include "common/Rfc3339.h"
#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"
#include "host/ctl/Direct.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace host::ctl {

namespace {

const Option kRoleOption{"role", "ORG=ROLE", "viewer, methodist or organization-admin of an organization", true};
const Option kServerAdminOption{"server-admin", "", "administers the server"};
const Option kPasswordOption{"password-stdin", "", "take the password from standard input instead of making one"};

accounts::Roles rolesOf(const Arguments& arguments) {
    accounts::Roles roles;
    for (const auto& one : arguments.values("role")) {
        const auto [organization, name] = keyValue(one);
        const auto role = accounts::parseRole(name);
        if (!role)
            throw UsageError(fmt::format("'{}' is not a role; give viewer, methodist or organization-admin.", name));
        roles[organization] = *role;
    }
    return roles;
}

void write(common::JsonWriter& json, const accounts::Roles& roles) {
    json.key("roles").array();
    for (const auto& [organization, role] : roles)
        json.object().member("organization", organization).member("role", accounts::roleName(role)).end();
    json.end();
}

http::TokenScopes scopesOf(const Arguments& arguments) {
    if (!arguments.has("scope")) return {};
    const auto scopes = http::TokenScopes::parse(arguments.values("scope"));
    if (!scopes) throw UsageError("A token's scope is full alone, or some of read, records and runs, each once.");
    return *scopes;
}

/// The password and whether it was made here, to be shown once.
std::pair<std::string, bool> passwordFor(const Arguments& arguments, const std::string& login) {
    if (arguments.has("password-stdin")) return {readPassword(fmt::format("Password of '{}': ", login)), false};
    return {generatePassword(), true};
}

void tellPassword(const Context& context, const std::string& login, const std::string& password, bool made) {
    if (made) {
        if (context.wantsJson())
            std::cout << common::JsonWriter().object().member("login", login).member("password", password).end().text()
                      << "\n";
        else
            std::cout << "Password of '" << login << "', shown this once: " << password << "\n";
    }
}

int createUser(Context& context, const Arguments& arguments) {
    const std::string& login = arguments.words[0];
    accounts::User user;
    user.login = login;
    user.name = arguments.value("name").value_or(login);
    user.serverAdmin = arguments.has("server-admin");
    user.roles = rolesOf(arguments);
    const auto [password, made] = passwordFor(arguments, login);
    if (arguments.has("direct")) {
        DirectDatabase(arguments).accounts().createUser(user, sdk::SecretString(password));
    } else {
        common::JsonWriter json;
        json.object().member("login", login).member("name", user.name).member("serverAdmin", user.serverAdmin);
        json.member("password", password);
        write(json, user.roles);
        json.end();
        context.rest().post("/api/v1/users", json.take());
    }
    context.say(fmt::format("User '{}' is made.", login));
    tellPassword(context, login, password, made);
    return kOk;
}

int listUsers(Context& context, const Arguments&) {
    context.print(context.rest().all("/api/v1/users"), {{"LOGIN", "login"},
                                                        {"NAME", "name"},
                                                        {"SERVER ADMIN", "serverAdmin"},
                                                        {"DISABLED", "disabled"},
                                                        {"ROLES", "roles"}});
    return kOk;
}

/// Reads the user, lets `change` add to what is written back, under the ETag it read.
void changeUser(Context& context, const std::string& login, const std::function<void(Poco::JSON::Object&)>& change) {
    const std::string path = "/api/v1/users/" + RestClient::segment(login);
    auto current = context.rest().get(path);
    auto read = current.object();
    Poco::JSON::Object user;
    for (const char* field : {"name", "serverAdmin", "disabled", "roles"})
        if (read->has(field)) user.set(field, read->get(field));
    change(user);
    context.rest().put(path, jsonOf(Poco::Dynamic::Var(Poco::JSON::Object::Ptr(new Poco::JSON::Object(user)))),
                       current.etag);
}

int setDisabled(Context& context, const std::string& login, bool disabled) {
    changeUser(context, login, [disabled](Poco::JSON::Object& user) { user.set("disabled", disabled); });
    context.say(fmt::format("User '{}' is {}.", login, disabled ? "disabled; all sessions ended" : "enabled"));
    return kOk;
}

int setPassword(Context& context, const Arguments& arguments) {
    const std::string& login = arguments.words[0];
    const auto [password, made] = passwordFor(arguments, login);
    changeUser(context, login, [&text = password](Poco::JSON::Object& user) { user.set("password", text); });
    context.say(fmt::format("The password of '{}' is replaced; all sessions ended.", login));
    tellPassword(context, login, password, made);
    return kOk;
}

int createToken(Context& context, const Arguments& arguments) {
    const auto days = arguments.value("days");
    if (days && (days->empty() || days->find_first_not_of("0123456789") != std::string::npos || days->size() > 4))
        throw UsageError(fmt::format("'{}' is not a number of days.", *days));
    std::string token;
    accounts::Token wanted;
    wanted.name = arguments.words[0];
    wanted.serverAdmin = arguments.has("server-admin");
    wanted.roles = rolesOf(arguments);
    wanted.scopes = scopesOf(arguments);
    const auto now =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    wanted.expiresAt = now + std::int64_t{86'400'000'000} * std::stol(days.value_or("365"));
    if (arguments.has("direct")) {
        wanted.createdBy = "lmsctl";
        token = DirectDatabase(arguments).accounts().createToken(wanted).second.reveal();
    } else {
        common::JsonWriter json;
        json.object().member("name", wanted.name).member("serverAdmin", wanted.serverAdmin);
        json.timeMember("expiresAt", wanted.expiresAt);
        write(json, wanted.roles);
        json.key("scopes").array();
        for (const auto& scope : wanted.scopes.names()) json.value(scope);
        json.end().end();
        token = context.rest().post("/api/v1/tokens", json.take()).object()->getValue<std::string>("token");
    }
    if (auto file = arguments.value("out")) {
        writeSecret(*file, token);
        context.say(fmt::format("Token '{}' is in '{}'.", wanted.name, *file));
    } else if (context.wantsJson()) {
        std::cout << common::JsonWriter().object().member("name", wanted.name).member("token", token).end().text()
                  << "\n";
    } else {
        std::cout << "Token '" << wanted.name << "', shown this once: " << token << "\n";
    }
    return kOk;
}

int listTokens(Context& context, const Arguments&) {
    context.print(context.rest().all("/api/v1/tokens"), {{"ID", "id"},
                                                         {"NAME", "name"},
                                                         {"ENDS WITH", "lastFour"},
                                                         {"SERVER ADMIN", "serverAdmin"},
                                                         {"ROLES", "roles"},
                                                         {"SCOPES", "scopes"},
                                                         {"EXPIRES", "expiresAt"}});
    return kOk;
}

int revokeToken(Context& context, const Arguments& arguments) {
    context.rest().remove("/api/v1/tokens/" + RestClient::segment(arguments.words[0]));
    context.say("The token is revoked.");
    return kOk;
}

}  // namespace

std::vector<Command> accountCommands() {
    const Option days{"days", "N", "valid for so many days; 365 when not given"};
    return {
        {{"users", "create"},
         {"LOGIN"},
         "Makes a user; with --direct the first administrator",
         {{"name", "TEXT", "the person's name"},
          kServerAdminOption,
          kRoleOption,
          kPasswordOption,
          kDirectOption,
          kConfigOption},
         createUser},
        {{"users", "list"}, {}, "The users", {}, listUsers},
        {{"users", "disable"},
         {"LOGIN"},
         "Ends a user's sessions and lets them in no more",
         {},
         [](Context& c, const Arguments& a) { return setDisabled(c, a.words[0], true); }},
        {{"users", "enable"},
         {"LOGIN"},
         "Lets a disabled user in again",
         {},
         [](Context& c, const Arguments& a) { return setDisabled(c, a.words[0], false); }},
        {{"users", "password"}, {"LOGIN"}, "Gives a user a new password", {kPasswordOption}, setPassword},
        {{"tokens", "create"},
         {"NAME"},
         "Makes a token for programs; with --direct the first one",
         {kServerAdminOption,
          kRoleOption,
          {"scope", "SCOPE", "full (all that its roles allow), or some of read, records, runs", true},
          days,
          {"out", "FILE", "write it to this file"},
          kDirectOption,
          kConfigOption},
         createToken},
        {{"tokens", "list"}, {}, "The tokens, without their secret", {}, listTokens},
        {{"tokens", "revoke"}, {"ID"}, "Makes a token worthless", {}, revokeToken},
    };
}

}  // namespace host::ctl
