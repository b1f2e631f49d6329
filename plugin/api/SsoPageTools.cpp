#include "plugin/api/SsoPageTools.h"

#include "common/Text.h"
#include "plugin/store/SsoStore.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::api::pages {

using host::sdk::Request;
using host::sdk::Response;

bool russian(const Request& request) {
    return request.language == "ru";
}

std::string say(const Request& request, const char* ru, const char* en) {
    return russian(request) ? ru : en;
}

Response page(const Request& request, const SsoPageText& text, int status) {
    // Relative, as every address on these pages: a proxy may serve us below a path of its own.
    std::string style;
    for (auto below = std::count(request.path.begin(), request.path.end(), '/') - 3; below > 0; --below) style += "../";
    style += "sso.css";
    Response response;
    response.status = status;
    response.contentType = "text/html; charset=utf-8";
    response.body = ssoPage(text, style, russian(request));
    response.header(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    response.header("Referrer-Policy", "no-referrer").header("Cache-Control", "no-store");
    response.header("X-Frame-Options", "DENY").header("Vary", "Accept-Language");
    return response;
}

Response redirect(std::string where) {
    Response response;
    response.status = 303;
    response.contentType.clear();
    return response.header("Location", std::move(where))
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store");
}

SsoPageText sorry(const Request& request) {
    SsoPageText text;
    text.title = say(request, "Вход не завершён", "The sign-in didn’t work");
    return text;
}

std::string cookieName(std::int64_t attempt) {
    return fmt::format("u2035_sso_{}", attempt);
}

std::string cookieOf(const Request& request, const std::string& name) {
    const auto header = request.header("cookie").value_or("");
    for (const auto part : common::split(header, ';')) {
        const auto pair = common::trim(part);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return std::string(pair.substr(equals + 1));
    }
    return {};
}

bool isHashOf(const std::string& hash, const std::string& token) {
    return !token.empty() && !hash.empty() && store::ssoHash(token) == hash;
}

std::string nameOf(const host::sdk::Learner& learner) {
    std::string name = learner.lastName;
    for (const auto* part : {&learner.firstName, &learner.middleName})
        if (!part->empty()) name += (name.empty() ? "" : " ") + *part;
    return name;
}

std::string testNote(const Request& request) {
    return say(request, "Это тестовый контур: в настоящий цифровой след такой unti_id не попадёт.",
               "This is the test contour: its unti_id gets into no real footprint.");
}

}  // namespace plugin::api::pages
