#include "host/connectors/http/WebSettings.h"

#include "common/Encoding.h"
#include "common/Text.h"
#include "host/connectors/http/WebUrl.h"

#include <fmt/format.h>

namespace host::connectors {
namespace {

using sdk::SourceField;
using Kind = sdk::SourceError::Kind;

[[noreturn]] void wrong(const std::string& detail, const std::string& fix) {
    throw sdk::SourceError(Kind::Configuration, detail, fix);
}

void need(const std::string& value, const char* what) {
    if (value.empty())
        wrong(fmt::format("The connection has no {}, which this way of signing in needs.", what),
              "Fill it in, or choose another way of signing in.");
}

}  // namespace

void checkHeaders(const std::vector<std::pair<std::string, std::string>>& headers) {
    for (const auto& [name, value] : headers) {
        const auto lower = common::toLowerAscii(name);
        const bool isToken = !name.empty() && name.find_first_not_of(
                                                  "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
        if (!isToken || !common::isOneLine(value))
            wrong(fmt::format("The header '{}' can't be sent as it is written.", common::oneLine(name, 60)),
                  "A header's name has letters, digits and dashes; its value is one line.");
        if (lower == "host" || lower == "content-length" || lower == "transfer-encoding" || lower == "connection" ||
            lower == "accept-encoding")
            wrong(fmt::format("The header '{}' is the client's own.", name), "Leave it out.");
    }
}

WebSettings WebSettings::from(const sdk::SourceValues& values) {
    WebSettings out;
    out.base = typedEncoded(common::trim(values.text("url")));
    if (originOf(out.base).empty())
        wrong("The connection's address is not one of http or https.",
              "Write it whole: https://lms.example.org/api; a domain in Cyrillic in Punycode (xn--…).");
    const auto auth = values.text("auth");
    if (auth == "basic") {
        out.auth = WebAuth::Basic;
        out.user = values.text("user");
        out.secret = values.secret("password");
        need(out.user, "user");
        if (out.user.find(':') != std::string::npos)
            wrong("The user's name holds a colon, which basic sign-in can't carry.", "Use a user without a colon.");
    } else if (auth == "bearer") {
        out.auth = WebAuth::Bearer;
        out.secret = values.secret("token");
        need(out.secret.reveal(), "token");
    } else if (auth == "header" || auth == "query") {
        out.auth = auth == "header" ? WebAuth::Header : WebAuth::Query;
        out.name = values.text("keyName");
        out.secret = values.secret("key");
        need(out.name, "name of the key");
        need(out.secret.reveal(), "key");
        if (out.auth == WebAuth::Header) checkHeaders({{out.name, "x"}});
    } else if (auth == "oauth2") {
        out.auth = WebAuth::ClientCredentials;
        out.tokenUrl = typedEncoded(common::trim(values.text("tokenUrl")));
        out.user = values.text("clientId");
        out.scope = values.text("scope");
        out.secret = values.secret("clientSecret");
        need(out.user, "client id");
        need(out.secret.reveal(), "client secret");
        if (originOf(out.tokenUrl).empty())
            wrong("The address that gives tokens is not one of http or https.",
                  "Write it whole: https://sso.example.org/token.");
    } else if (!auth.empty() && auth != "none") {
        wrong(fmt::format("There is no way of signing in called '{}'.", common::oneLine(auth, 40)),
              "Choose none, basic, bearer, header, query or oauth2.");
    }
    if (!common::isOneLine(out.secret.reveal()))
        wrong("The password, token or key holds a line break or a control character.", "Paste it again without it.");
    if (const auto found = values.maps.find("headers"); found != values.maps.end()) {
        checkHeaders(found->second);
        out.headers = found->second;
    }
    out.origins.push_back(originOf(out.base));
    if (const auto found = values.lists.find("hosts"); found != values.lists.end())
        for (const auto& host : found->second) {
            const auto origin = originOf(host.find("://") == std::string::npos ? "https://" + host : host);
            if (origin.empty())
                wrong(fmt::format("'{}' is no host that links may lead to.", common::oneLine(host, 60)),
                      "Write a host (files.example.org) or an address (https://files.example.org:8443).");
            out.origins.push_back(origin);
        }
    out.requestsPerMinute = static_cast<unsigned>(values.number("requestsPerMinute"));
    if (const auto seconds = values.number("timeoutSeconds"); seconds >= 1)
        out.timeout = std::chrono::seconds(static_cast<long>(seconds));
    return out;
}

std::vector<std::string> WebSettings::secrets() const {
    std::vector<std::string> all{secret.reveal()};
    if (auth == WebAuth::Basic) all.push_back(common::toBase64(user + ":" + secret.reveal()));
    return all;
}

std::vector<SourceField> WebSettings::fields(const std::string& example) {
    using Type = SourceField::Type;
    const auto number = [](const char* name, sdk::PageText title, sdk::PageText hint, const char* fallback,
                           double max) {
        SourceField field;
        field.name = name;
        field.type = Type::Number;
        field.title = std::move(title);
        field.hint = std::move(hint);
        field.fallback = fallback;
        field.min = 0;
        field.max = max;
        return field;
    };
    std::vector<SourceField> all;
    all.push_back({"url",
                   Type::Text,
                   true,
                   {"Адрес", "Address"},
                   {"Начало всех адресов, по которым спрашивают пути", "What every route's address begins with"},
                   example});
    all.push_back({"auth",
                   Type::Choice,
                   false,
                   {"Вход", "Signing in"},
                   {"Как сервис узнаёт, кто спрашивает", "How the service knows who asks"},
                   {},
                   "none",
                   {"none", "basic", "bearer", "header", "query", "oauth2"}});
    all.push_back({"user", Type::Text, false, {"Пользователь", "User"}, {"Для basic", "For basic"}});
    all.push_back({"password", Type::Secret, false, {"Пароль", "Password"}, {"Для basic", "For basic"}});
    all.push_back({"token", Type::Secret, false, {"Токен", "Token"}, {"Для bearer", "For bearer"}});
    all.push_back(
        {"keyName",
         Type::Text,
         false,
         {"Название ключа", "Name of the key"},
         {"Заголовок или параметр, в котором передаётся ключ", "The header or parameter that carries the key"},
         "X-API-Key"});
    all.push_back({"key", Type::Secret, false, {"Ключ", "Key"}, {"Для header и query", "For header and query"}});
    all.push_back({"tokenUrl",
                   Type::Text,
                   false,
                   {"Адрес выдачи токенов", "Address that gives tokens"},
                   {"Для oauth2 (client credentials)", "For oauth2 (client credentials)"},
                   "https://sso.example.org/token"});
    all.push_back(
        {"clientId", Type::Text, false, {"Идентификатор клиента", "Client id"}, {"Для oauth2", "For oauth2"}});
    all.push_back(
        {"clientSecret", Type::Secret, false, {"Секрет клиента", "Client secret"}, {"Для oauth2", "For oauth2"}});
    all.push_back({"scope", Type::Text, false, {"Область", "Scope"}, {"Для oauth2", "For oauth2"}});
    all.push_back({"headers",
                   Type::Map,
                   false,
                   {"Заголовки", "Headers"},
                   {"Одинаковые во всех запросах, без секретов", "The same in every request; no secrets here"}});
    all.push_back({"hosts",
                   Type::List,
                   false,
                   {"Другие узлы", "Other hosts"},
                   {"Куда ещё могут вести ссылки на страницы и файлы; ключи туда не передаются",
                    "Where else links to pages and files may lead; credentials do not go there"},
                   "files.example.org"});
    all.push_back(number("requestsPerMinute", {"Запросов в минуту", "Requests a minute"},
                         {"Не больше стольких; 0 — без ограничения", "No more than so many; 0: no limit"}, "0",
                         100000));
    all.push_back(number("timeoutSeconds", {"Время ответа, с", "Time for an answer, s"},
                         {"Дольше ответа не ждать", "An answer is not waited for longer"}, "90", 600));
    return all;
}

}  // namespace host::connectors
