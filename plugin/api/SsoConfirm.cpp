// SsoPages: «Это вы?» and the answer.

#include "plugin/api/SsoPageTools.h"
#include "plugin/api/SsoPages.h"
#include "plugin/sso/FormText.h"

#include <fmt/format.h>

#include <charconv>

namespace plugin::api {

using host::sdk::Request;
using host::sdk::Response;
using sso::Fault;
using namespace pages;

namespace {

std::int64_t numberOf(const std::string& text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, number);
    return fault == std::errc() && rest == end ? number : 0;
}

}  // namespace

struct SsoPages::Waiting {
    store::SsoAttempt attempt;
    std::optional<Response> trouble;
};

SsoPages::Waiting SsoPages::waitingFor(const Request& request) {
    const auto id = numberOf(request.parameter("attempt"));
    auto attempt = id > 0 ? parts_.store.attempt(id) : std::nullopt;
    // Numbers can be guessed: without the cookie there is nothing to see.
    if (!attempt || !isHashOf(attempt->browserHash, cookieOf(request, cookieName(id)))) {
        throttle_.miss(request.clientAddress);
        return {{}, failed(request, {}, {Fault::OtherBrowser, {}})};
    }
    if (attempt->stage == "ended") {
        SsoPageText text;
        text.title = say(request, "Ответ уже принят", "Your answer was taken already");
        text.lead = say(request, "Больше ничего делать не нужно.", "There is nothing more to do.");
        return {{}, page(request, text)};
    }
    if (attempt->expiresAt <= parts_.clock.now()) return {{}, failed(request, *attempt, {Fault::StateExpired, {}})};
    // Still on the way: it isn't ended by who looks too early.
    if (attempt->stage != "confirming") return {{}, failed(request, {}, {Fault::StateUnknown, {}})};
    return {std::move(*attempt), std::nullopt};
}

Response SsoPages::confirmPage(const Request& request) {
    auto waiting = waitingFor(request);
    if (waiting.trouble) return std::move(*waiting.trouble);
    const auto& attempt = waiting.attempt;
    const auto learner = parts_.records.learner(attempt.organization, attempt.learnerId);
    SsoPageText text;
    text.title = say(request, "Это вы?", "Is this you?");
    text.lead = say(request, "Университет 20.35 сообщил ваш unti_id. Проверьте, что слушатель указан верно.",
                    "University 2035 gave your unti_id. Check that the learner is you.");
    text.name = learner ? nameOf(*learner) : std::string();
    if (text.name.empty()) text.name = say(request, "(без имени)", "(no name)");
    text.untiId = attempt.untiId;
    text.leaderId = attempt.leaderId;
    text.more =
        say(request, "Если в Университет 20.35 вошли под чужой учётной записью или имя не ваше, ответьте «Нет».",
            "If somebody else is signed in at University 2035, or the name isn't yours, answer “No”.");
    if (attempt.contour == "test") text.note = testNote(request);
    // A new one at every showing: the last page shown is the one that counts.
    text.csrf = store::ssoToken();
    parts_.store.setCsrf(attempt.id, text.csrf);
    text.formAction = std::to_string(attempt.id);
    return page(request, text);
}

Response SsoPages::confirm(const Request& request) {
    auto waiting = waitingFor(request);
    if (waiting.trouble) return std::move(*waiting.trouble);
    const auto& attempt = waiting.attempt;
    const auto form = sso::parseForm(request.body);
    const auto answer = sso::fieldOf(form, "answer");
    if (!isHashOf(attempt.csrfHash, sso::fieldOf(form, "csrf")) || (answer != "yes" && answer != "no")) {
        auto text = sorry(request);
        text.cause = say(request, "Ответ пришёл не со страницы «Это вы?» или страница устарела.",
                         "The answer didn't come from the page “Is this you?”, or that page is out of date.");
        text.fix =
            say(request, "Откройте страницу ещё раз и ответьте на ней.", "Open the page again and answer there.");
        text.code = "sso.csrf";
        return page(request, text, 403);
    }
    SsoPageText text;
    if (!parts_.store.end(attempt.id)) {
        text.title = say(request, "Ответ уже принят", "Your answer was taken already");
        return page(request, text);
    }
    const SsoActor actor{fmt::format("link:{}", attempt.linkId), request.clientAddress, request.requestId};
    if (answer == "no") {
        parts_.joining.declined(attempt, actor);
        text.title = say(request, "Ничего не записано", "Nothing was written");
        text.lead =
            say(request,
                "Если вошли под чужой учётной записью, выйдите из Университета 20.35 и откройте ссылку ещё раз. Если "
                "имя не ваше, сообщите своей образовательной организации.",
                "If somebody else was signed in, sign out at University 2035 and open the link again. If the name "
                "isn't yours, tell your school.");
        return page(request, text);
    }
    const auto join = parts_.joining.confirmed(attempt, actor);
    parts_.store.useLink(attempt.linkId);
    if (join.state == store::JoinState::Joined) {
        text.title = say(request, "Готово", "Done");
        text.lead = say(request, "Ваш unti_id записан. Больше ничего делать не нужно.",
                        "Your unti_id is written down. There is nothing more to do.");
    } else {
        text.title = say(request, "Передано администратору", "Handed to the administrator");
        text.cause = joinWords(join.code, russian(request)).reason;
        text.lead =
            say(request, "Ответ принят, но записать его сразу нельзя: администратор организации проверит и решит.",
                "Your answer is taken but can't be written at once: your school's administrator will check it.");
        text.code = join.code;
    }
    return page(request, text);
}

}  // namespace plugin::api
