#include "plugin/sso/Failures.h"

#include "common/Text.h"

#include <array>

namespace plugin::sso {
namespace {

struct Words {
    Fault fault;
    const char* code;
    const char* causeRu;
    const char* fixRu;
    const char* causeEn;
    const char* fixEn;
};

// Seed 003, 1.2–1.4, says what University 2035 answers and why; the rest is RFC 6749's.
constexpr std::array<Words, kFaults> kWords{{
    {Fault::StateMissing, "sso.state-missing", "Страница открыта без параметра state: это не возврат после входа.",
     "Начните вход заново кнопкой на странице по вашей ссылке.",
     "The page was opened without the parameter state: this is no return from a sign-in.",
     "Begin again with the button on the page of your link."},
    {Fault::StateUnknown, "sso.state-unknown",
     "Такой вход здесь не начинали, или его уже завершили: параметр state действует один раз.",
     "Начните вход заново кнопкой; не обновляйте страницу и не открывайте её из истории.",
     "No such sign-in was begun here, or it has ended already: the parameter state serves once.",
     "Begin again with the button; don't reload the page or open it from the history."},
    {Fault::StateExpired, "sso.state-expired", "Вход занял слишком много времени, и ожидание закончилось.",
     "Начните вход заново кнопкой.", "The sign-in took too long, and we stopped waiting.",
     "Begin again with the button."},
    {Fault::OtherBrowser, "sso.other-browser",
     "Вход начат в другом браузере, либо браузер не сохранил cookie этого сайта.",
     "Откройте ссылку и войдите в одном и том же браузере; разрешите cookie этого сайта.",
     "The sign-in was begun in another browser, or this one didn't keep the site's cookie.",
     "Open the link and sign in with the same browser; allow the site's cookies."},
    {Fault::CodeMissing, "sso.code-missing", "Университет 20.35 вернул вас без кода авторизации.",
     "Начните вход заново; если повторится, сообщите администратору: url страницы нужен для письма в поддержку.",
     "University 2035 sent you back without an authorization code.",
     "Begin again; when it happens once more, tell the administrator: support will ask for the page's url."},
    {Fault::Cancelled, "sso.cancelled", "Вход в Университет 20.35 отменён.",
     "Если это случайно, начните вход заново кнопкой. Без входа unti_id не узнать.",
     "The sign-in at University 2035 was cancelled.",
     "When it wasn't meant, begin again with the button. Without it the unti_id stays unknown."},
    {Fault::RedirectMismatch, "sso.redirect-mismatch",
     "Университет 20.35 не принял redirect_uri: он не совпадает знак в знак с записанным в настройках клиента "
     "(схема, порт, косая черта в конце).",
     "Администратору: сверьте redirect_uri в настройках SSO с тем, что указан в письме на доступ; если в письме "
     "другой, "
     "напишите на apps@2035.university с просьбой изменить его.",
     "University 2035 refused the redirect_uri: it isn't, character by character, the one in the client's settings "
     "(scheme, port, slash at the end).",
     "For the administrator: compare the redirect_uri of the SSO settings with the one in the letter that asked for "
     "access; when the letter's differs, write to apps@2035.university and ask to change it."},
    {Fault::InvalidClient, "sso.invalid-client",
     "Университет 20.35 не принял client_id или секретный ключ этого контура.",
     "Администратору: вставьте client_id и секретный ключ из письма Университета 20.35 ещё раз и проверьте контур: "
     "ключ тестового контура не подходит к промышленному.",
     "University 2035 refused the client_id or the secret key of this contour.",
     "For the administrator: paste client_id and secret key from University 2035's letter again and check the contour: "
     "a key of the test contour doesn't fit production."},
    {Fault::InvalidGrant, "sso.invalid-grant",
     "Университет 20.35 не принял код авторизации: он уже использован, истёк или выдан для другого redirect_uri.",
     "Начните вход заново кнопкой; код действует один раз и недолго.",
     "University 2035 refused the authorization code: it is used up, expired, or was given for another redirect_uri.",
     "Begin again with the button; a code serves once and not for long."},
    {Fault::Refused, "sso.refused", "Университет 20.35 отказал в авторизации.",
     "Администратору: ответ сервиса приведён ниже; приложите его к письму на apps@2035.university.",
     "University 2035 refused the authorization.",
     "For the administrator: the service's answer is below; attach it to a letter to apps@2035.university."},
    {Fault::NotAuthorized, "sso.not-authorized",
     "Университет 20.35 выдал токен, но не признал его в запросе users/me (401): токен истёк или отозван.",
     "Начните вход заново кнопкой; если повторится, сообщите администратору.",
     "University 2035 gave a token and didn't honour it at users/me (401): it is expired or withdrawn.",
     "Begin again with the button; when it happens once more, tell the administrator."},
    {Fault::ServerTrouble, "sso.server-trouble", "Сервис авторизации Университета 20.35 сейчас не работает.",
     "Повторите вход позже.", "University 2035's sign-in service doesn't work at the moment.", "Try again later."},
    {Fault::Slow, "sso.slow", "Сервис авторизации Университета 20.35 не ответил вовремя.",
     "Повторите вход через несколько минут.", "University 2035's sign-in service didn't answer in time.",
     "Try again in a few minutes."},
    {Fault::Unreachable, "sso.unreachable", "Сервер не смог соединиться с сервисом авторизации Университета 20.35.",
     "Администратору: сверьте адрес SSO в настройках и откройте его для исходящих соединений.",
     "The server couldn't connect to University 2035's sign-in service.",
     "For the administrator: check the SSO address in the settings and open it for outgoing connections."},
    {Fault::Untrusted, "sso.untrusted", "Защищённое соединение с сервисом авторизации не установлено (TLS).",
     "Администратору: проверьте адрес SSO, часы сервера и файл доверенных сертификатов (outbound.ca_file).",
     "No secure connection to the sign-in service (TLS).",
     "For the administrator: check the SSO address, the server's clock and the trusted certificates "
     "(outbound.ca_file)."},
    {Fault::ForbiddenAddress, "sso.forbidden-address",
     "Адрес SSO в настройках не разрешён: нужен https и адрес вне внутренней сети.",
     "Администратору: укажите адрес из письма Университета 20.35.",
     "The SSO address of the settings isn't allowed: https, and an address outside the internal network.",
     "For the administrator: enter the address of University 2035's letter."},
    {Fault::NotJson, "sso.not-json", "По адресу SSO отвечает не сервис авторизации: ответ не JSON.",
     "Администратору: сверьте адрес SSO в настройках (без косой черты в конце) и посредников на пути.",
     "What answers at the SSO address is no sign-in service: its answer isn't JSON.",
     "For the administrator: check the SSO address of the settings (no slash at the end) and what stands in between."},
    {Fault::NoToken, "sso.no-token", "В ответе сервиса авторизации нет токена (access_token).",
     "Начните вход заново; если повторится, сообщите администратору.",
     "The sign-in service's answer has no token (access_token).",
     "Begin again; when it happens once more, tell the administrator."},
    {Fault::NoUntiId, "sso.no-unti-id", "В профиле Университета 20.35 нет unti_id.",
     "Завершите регистрацию в Университете 20.35 и войдите ещё раз.", "The profile at University 2035 has no unti_id.",
     "Finish the registration at University 2035 and sign in again."},
    {Fault::BadUntiId, "sso.bad-unti-id", "unti_id в профиле Университета 20.35 — не целое положительное число.",
     "Администратору: сообщите об этом на apps@2035.university; такой unti_id не записывается.",
     "The unti_id of the profile at University 2035 is no positive whole number.",
     "For the administrator: tell apps@2035.university; such an unti_id isn't written down."},
}};

const Words& wordsOf(Fault fault) {
    for (const auto& words : kWords)
        if (words.fault == fault) return words;
    return kWords[static_cast<std::size_t>(Fault::Refused)];
}

Explanation told(const Words& words, const std::string& detail, bool russian) {
    Explanation text{words.code, russian ? words.causeRu : words.causeEn, russian ? words.fixRu : words.fixEn};
    if (!detail.empty()) text.cause += (russian ? " Ответ: «" : " The answer: '") + detail + (russian ? "»." : "'.");
    return text;
}

}  // namespace

const char* codeOf(Fault fault) {
    return wordsOf(fault).code;
}

Explanation explain(const Failure& failure, bool russian) {
    return told(wordsOf(failure.fault), failure.detail, russian);
}

Explanation explainCode(std::string_view code, const std::string& detail, bool russian) {
    for (const auto& words : kWords)
        if (words.code == code) return told(words, detail, russian);
    return {std::string(code), std::string(code), {}};
}

Fault faultOfError(std::string_view error, std::string_view description) {
    const auto words = common::toLowerAscii(description);
    // Servers differ in the code (invalid_request in seed 003, 1.4; invalid_client or invalid_grant elsewhere).
    if (words.find("redirect") != std::string::npos) return Fault::RedirectMismatch;
    if (error == "access_denied") return Fault::Cancelled;
    if (error == "invalid_client" || error == "unauthorized_client") return Fault::InvalidClient;
    if (error == "invalid_grant") return Fault::InvalidGrant;
    if (error == "server_error" || error == "temporarily_unavailable") return Fault::ServerTrouble;
    return Fault::Refused;
}

Failure failureOf(const host::sdk::OutboundError& error) {
    using Kind = host::sdk::OutboundError::Kind;
    switch (error.kind()) {
        case Kind::ConnectTimeout:
        case Kind::Timeout:
            return {Fault::Slow, {}};
        case Kind::Tls:
            return {Fault::Untrusted, error.reason()};
        case Kind::BadUrl:
        case Kind::Forbidden:
            return {Fault::ForbiddenAddress, {}};
        case Kind::BadAnswer:
        case Kind::TooLarge:
            return {Fault::NotJson, {}};
        case Kind::Dns:
        case Kind::Refused:
        case Kind::Closed:
        case Kind::Cancelled:
        case Kind::Source:
            break;
    }
    return {Fault::Unreachable, {}};
}

}  // namespace plugin::sso
