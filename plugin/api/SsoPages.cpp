// SsoPages: the link's page, the way there and back. «Это вы?» stands in SsoConfirm.cpp.

#include "plugin/api/SsoPages.h"

#include "plugin/api/SsoPageTools.h"
#include "plugin/sso/FormText.h"
#include "plugin/sso/RedirectUri.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::Method;
using host::sdk::Micros;
using host::sdk::Request;
using host::sdk::Response;
using sso::Failure;
using sso::Fault;
using namespace pages;

namespace {

constexpr Micros kSignInLasts = 15LL * 60 * 1'000'000;  // at University 2035, where a person may have to register first
constexpr Micros kConfirmLasts = 10LL * 60 * 1'000'000;
constexpr std::int64_t kMaxTries = 50;  // of one link
constexpr std::size_t kMaxToken = 200;
constexpr std::size_t kMaxCode = 2048;

Response linkTrouble(const Request& request, int status, const char* code, const char* ru, const char* en) {
    auto text = sorry(request);
    text.title = say(request, "Ссылка не действует", "The link doesn’t serve");
    text.cause = say(request, ru, en);
    text.fix =
        say(request, "Попросите новую ссылку у своей образовательной организации.", "Ask your school for a new link.");
    text.code = code;
    return page(request, text, status);
}

}  // namespace

struct SsoPages::Opened {
    store::SsoLink link;
    std::optional<Response> trouble;
};

std::vector<host::sdk::Registration> SsoPages::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    const auto add = [&](Method method, const std::string& path, const char* id, const char* summary,
                         Response (SsoPages::*handler)(const Request&)) {
        host::sdk::RouteOptions options;
        options.access = host::sdk::Access::Public;
        options.maxBody = 4U * 1024;
        options.operation.id = id;
        options.operation.tag = "SSO pages";
        options.operation.summary = summary;
        options.operation.requestContentType = "application/x-www-form-urlencoded";
        options.operation.responseContentType = "text/html";
        kept.push_back(
            router.add(method, "/u2035/sso" + path, std::move(options), [this, handler](const Request& request) {
                if (const auto wait = throttle_.wait(request.clientAddress); wait.count() > 0) {
                    auto text = sorry(request);
                    text.cause = say(request, "С этого адреса было слишком много неудачных попыток.",
                                     "There were too many failed tries from this address.");
                    text.fix = say(request, "Подождите несколько минут.", "Wait a few minutes.");
                    text.code = "sso.throttled";
                    auto response = page(request, text, 429);
                    return response.header("Retry-After", std::to_string(wait.count()));
                }
                return (this->*handler)(request);
            }));
    };
    add(Method::Get, "/join", "openSsoLink", "The page of a personal link, with the button", &SsoPages::landing);
    add(Method::Get, "/start", "startSso", "To University 2035's sign-in page (303)", &SsoPages::start);
    add(Method::Get, "/{organization}/{contour}/callback", "returnFromSso",
        "Where University 2035 sends the browser back", &SsoPages::callback);
    add(Method::Get, "/confirm/{attempt}", "showSsoPerson", "«Это вы?»", &SsoPages::confirmPage);
    add(Method::Post, "/confirm/{attempt}", "confirmSsoPerson", "«Да, это я» or «Нет, это не я»", &SsoPages::confirm);
    addLearner(router, kept);
    host::sdk::RouteOptions style;
    style.access = host::sdk::Access::Public;
    style.operation = {
        .id = "getSsoStyle", .tag = "SSO pages", .summary = "The pages' CSS", .responseContentType = "text/css"};
    kept.push_back(router.add(Method::Get, "/u2035/sso/sso.css", style, [](const Request&) {
        Response response;
        response.contentType = "text/css; charset=utf-8";
        response.body = kSsoStyle;
        return response.header("Cache-Control", "public, max-age=3600");
    }));
    return kept;
}

SsoPages::Opened SsoPages::openLink(const Request& request) {
    const auto token = request.queryValue("t").value_or("");
    std::optional<store::SsoLink> link;
    if (!token.empty() && token.size() <= kMaxToken) link = parts_.store.linkByToken(token);
    if (!link) {
        throttle_.miss(request.clientAddress);
        return {
            {},
            linkTrouble(request, 404, "sso.link-unknown", "Такой ссылки нет: проверьте, что она скопирована целиком.",
                        "There is no such link: check that you copied all of it.")};
    }
    if (link->revokedAt)
        return {{},
                linkTrouble(request, 410, "sso.link-revoked", "Эта ссылка отозвана или заменена новой.",
                            "This link was withdrawn or replaced by a newer one.")};
    if (link->usedAt) {
        // What was joined with it may have been taken back since.
        if (link->learnerId != 0 && parts_.store.standing(link->organization, link->contour, link->learnerId).empty())
            return {{},
                    linkTrouble(request, 410, "sso.link-used",
                                "По этой ссылке уже входили, а связь с Университетом 20.35 с тех пор снята.",
                                "Somebody has signed in with this link, and was unlinked since.")};
        SsoPageText text;
        text.title = say(request, "Вы уже вошли", "You have signed in already");
        text.lead =
            say(request, "По этой ссылке вход через Университет 20.35 уже выполнен: больше ничего делать не нужно.",
                "Somebody has signed in with this link at University 2035: there is nothing more to do.");
        return {{}, page(request, text)};
    }
    if (link->expiresAt <= parts_.clock.now())
        return {{},
                linkTrouble(request, 410, "sso.link-expired", "Срок действия ссылки истёк.", "The link is too old.")};
    return {std::move(*link), std::nullopt};
}

std::optional<sso::Settings> SsoPages::settingsOf(const std::string& organization, const std::string& contour) {
    const auto row = parts_.store.client(organization, contour);
    auto secret = parts_.secrets.get(store::SsoStore::secretName(organization, contour));
    if (row.revision == 0 || !secret) return std::nullopt;
    return sso::Settings{row.base, row.clientId, std::move(*secret), row.redirectUri, parts_.timeout};
}

Response SsoPages::landing(const Request& request) {
    auto opened = openLink(request);
    if (opened.trouble) return std::move(*opened.trouble);
    const auto organization = parts_.organizations.find(opened.link.organization);
    const auto name = !organization                    ? opened.link.organization
                      : organization->fullName.empty() ? organization->legalName
                                                       : organization->fullName;
    SsoPageText text;
    text.title = say(request, "Вход через Университет 20.35", "Sign in at University 2035");
    text.lead =
        opened.link.learnerId == 0
            ? say(request, "Пробный вход: проверяются настройки SSO.", "A trial: the SSO settings are checked.")
            : fmt::format(fmt::runtime(say(request,
                                           "Организация «{}» просит вас войти в Университет 20.35, чтобы узнать ваш "
                                           "unti_id: без него результаты обучения не будут засчитаны.",
                                           "{} asks you to sign in at University 2035 so that your unti_id gets known: "
                                           "without it your results can't be counted.")),
                          name);
    text.more = say(
        request,
        "Вы перейдёте на страницу входа Университета 20.35. Из вашего профиля сохраняются только unti_id и "
        "Leader ID.",
        "You will be taken to University 2035's sign-in page. Of your profile only unti_id and Leader ID are kept.");
    if (opened.link.contour == "test") text.note = testNote(request);
    text.startLink = "start?t=" + sso::percentEncoded(*request.queryValue("t"));
    text.startText = say(request, "Войти через Университет 20.35", "Sign in at University 2035");
    return page(request, text);
}

Response SsoPages::start(const Request& request) {
    auto opened = openLink(request);
    if (opened.trouble) return std::move(*opened.trouble);
    const auto settings = settingsOf(opened.link.organization, opened.link.contour);
    if (!settings)
        return linkTrouble(request, 503, "sso.not-configured", "Вход через Университет 20.35 сейчас не настроен.",
                           "Signing in at University 2035 isn't set up at the moment.");
    const auto state = store::ssoToken();
    const auto browser = store::ssoToken();
    const auto attempt = parts_.store.begin(opened.link, state, browser, parts_.clock.now() + kSignInLasts, kMaxTries);
    if (!attempt)
        return linkTrouble(request, 429, "sso.link-worn", "По этой ссылке начинали вход слишком много раз.",
                           "Too many sign-ins were begun with this link.");
    auto response = redirect(sso::SsoClient(parts_.http, *settings).authorizeUrl(state));
    const bool secure = settings->redirectUri.starts_with("https://");
    // Lax: the way back is a link followed from another site, and must bring it along.
    return response.header(
        "Set-Cookie", fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", cookieName(*attempt), browser,
                                  (kSignInLasts + kConfirmLasts) / 1'000'000, secure ? "; Secure" : ""));
}

Response SsoPages::failed(const Request& request, const store::SsoAttempt& attempt, const Failure& failure) {
    auto text = sorry(request);
    const auto why = sso::explain(failure, russian(request));
    text.cause = why.cause;
    text.fix = why.fix;
    text.code = why.code;
    const bool trouble = failure.fault != Fault::Cancelled;
    if (attempt.id != 0) {
        if (trouble)
            parts_.logger.warning("A sign-in at University 2035 failed",
                                  {{"requestId", request.requestId}, {"code", why.code}, {"contour", attempt.contour}});
        parts_.store.end(attempt.id);
        if (attempt.learnerId == 0)
            parts_.store.noteCheck(attempt.organization, attempt.contour, attempt.expiresAt - kSignInLasts, why.code,
                                   failure.detail);
    }
    const bool ours = failure.fault == Fault::StateMissing || failure.fault == Fault::StateUnknown ||
                      failure.fault == Fault::StateExpired || failure.fault == Fault::OtherBrowser;
    return page(request, text, ours ? 400 : trouble ? 502 : 200);
}

Response SsoPages::callback(const Request& request) {
    const auto state = request.queryValue("state").value_or("");
    if (state.empty() || state.size() > kMaxToken) {
        throttle_.miss(request.clientAddress);
        return failed(request, {}, {Fault::StateMissing, {}});
    }
    const auto attempt = parts_.store.takeState(state);
    // A state of another client's callback is as good as none: whoever mixes clients up gets nothing.
    if (!attempt || attempt->organization != request.parameter("organization") ||
        attempt->contour != request.parameter("contour")) {
        throttle_.miss(request.clientAddress);
        return failed(request, {}, {Fault::StateUnknown, {}});
    }
    if (!isHashOf(attempt->browserHash, cookieOf(request, cookieName(attempt->id))))
        return failed(request, *attempt, {Fault::OtherBrowser, {}});
    if (attempt->expiresAt <= parts_.clock.now()) return failed(request, *attempt, {Fault::StateExpired, {}});
    const auto code = request.queryValue("code").value_or("");
    if (code.empty() || code.size() > kMaxCode)
        return failed(request, *attempt,
                      sso::failureOfCallback(request.queryValue("error").value_or(""),
                                             request.queryValue("error_description").value_or("")));
    return identified(request, *attempt, code);
}

Response SsoPages::identified(const Request& request, const store::SsoAttempt& attempt, const std::string& code) {
    const auto settings = settingsOf(attempt.organization, attempt.contour);
    if (!settings) return failed(request, attempt, {Fault::InvalidClient, {}});
    const bool trial = attempt.learnerId == 0;
    const auto found = sso::SsoClient(parts_.http, *settings).identify(code, {}, trial);
    if (!found.person) return failed(request, attempt, found.failure);
    if (trial) return trialPage(request, attempt, found);
    parts_.store.waitForPerson(attempt.id, found.person->untiId, found.person->leaderId,
                               parts_.clock.now() + kConfirmLasts);
    // To a page without the code in its address.
    return redirect(fmt::format("../../confirm/{}", attempt.id));
}

/// Once, to the browser that signed in: nothing of it is kept.
Response SsoPages::trialPage(const Request& request, const store::SsoAttempt& attempt, const sso::Identified& found) {
    parts_.store.end(attempt.id);
    parts_.store.useLink(attempt.linkId);
    parts_.store.noteCheck(attempt.organization, attempt.contour, attempt.expiresAt - kSignInLasts, "ok", {});
    SsoPageText text;
    text.title = say(request, "Вход работает", "The sign-in works");
    text.lead = say(request, "Университет 20.35 узнал вас. Эти данные показаны один раз и не сохранены.",
                    "University 2035 knows you. This is shown once and isn't kept.");
    text.untiId = found.person->untiId;
    text.leaderId = found.person->leaderId;
    if (attempt.contour == "test")
        text.more = say(
            request, "Leader ID и ответ users/me ниже нужны в письме о доступе к промышленному контуру: скопируйте их.",
            "The letter that asks for the production contour wants the Leader ID and the answer of users/me "
            "below: copy them.");
    text.answer = found.usersMe;
    return page(request, text);
}

}  // namespace plugin::api
