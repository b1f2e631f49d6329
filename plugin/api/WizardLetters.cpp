#include "common/Json.h"
#include "plugin/api/SsoRedirect.h"
#include "plugin/api/SupportLetter.h"
#include "plugin/api/WizardApi.h"
#include "plugin/api/WizardDocs.h"

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using integration::IntegrationState;
using integration::Language;

namespace {

host::sdk::RouteOptions forAdmins(host::sdk::Operation operation, bool change) {
    host::sdk::RouteOptions o;
    o.least = host::sdk::Role::OrganizationAdmin;
    o.requireIfMatch = change;
    o.maxBody = 64 * 1024;
    o.operation = std::move(operation);
    return o;
}

/// Why a letter of that kind has no place any more, or not yet; empty when it has. An answer of support may be needed
/// after the set-up too.
std::string misplaced(const IntegrationState& state, const std::string& kind, Language language) {
    if (state.active && kind == "support") return {};
    try {
        integration::letterCopied(state, kind, 0);
        return {};
    } catch (const AppError& error) {
        const auto text = integration::reasonText(error.code(), language);
        return text.empty() ? error.what() : text;
    }
}

/// "test" or "production" of a letter that asks for access to the sign-in; empty for the others.
std::string ssoContourOf(const std::string& kind) {
    return kind == "sso-test" ? "test" : kind == "sso-production" ? "production" : "";
}

std::string lacking(const integration::Letter& letter, Language language) {
    if (letter.missing.empty()) return {};
    std::vector<std::string> titles;
    for (const auto& fact : letter.missing) titles.push_back(fact.title);
    return fmt::format(fmt::runtime(language == Language::English ? "The letter lacks: {}. Fill it in first."
                                                                  : "В письме не хватает: {}. Сначала заполните это."),
                       fmt::join(titles, "; "));
}

}  // namespace

void WizardApi::addLetters() {
    add(Method::Get, "/{project}/letters/{kind}", forAdmins(docs::getLetter(), false),
        [this](const Request& r) { return letter(r); });
    add(Method::Post, "/{project}/letters/{kind}/copied", forAdmins(docs::copyLetter(), true),
        [this](const Request& r) {
            Subject subject = subjectOf(r);
            const std::string& kind = r.parameter("kind");
            const auto& kinds = integration::Letters::kinds();
            if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
                throw AppError::notFound("There is no such letter.");
            return changed(r, subject, "integration.letter-copied", R"({"letter":)" + common::jsonString(kind) + "}",
                           [&, now = services_.clock.now()](IntegrationState s) {
                               return integration::letterCopied(std::move(s), kind, now);
                           });
        });
    add(Method::Post, "/{project}/letters/{kind}/send", forAdmins(docs::sendLetter(), false),
        [this](const Request& r) { return sendLetter(r); });
}

integration::Letter WizardApi::written(const Request& request, const Subject& subject,
                                       const IntegrationState& state) const {
    integration::LetterExtras extras;
    extras.serviceUrl = request.queryValue("serviceUrl").value_or("");
    extras.redirectUri = request.queryValue("redirectUri").value_or("");
    extras.clientId = request.queryValue("clientId").value_or("");
    extras.leaderId = request.queryValue("leaderId").value_or("");
    const std::string& kind = request.parameter("kind");
    if (const auto contour = ssoContourOf(kind); !contour.empty()) {
        // What the settings of the sign-in have already: the letter and they must agree to the character.
        const auto client = services_.sso.client(subject.key.organization, contour);
        if (extras.redirectUri.empty()) extras.redirectUri = client.redirectUri;
        if (extras.clientId.empty()) extras.clientId = client.clientId;
        if (extras.serviceUrl.empty()) extras.serviceUrl = sso::originOf(extras.redirectUri);
    }
    if (kind == "support") {
        std::string id = request.queryValue("check").value_or(state.lastCheckId);
        if (auto check = services_.integrations.findCheck(subject.key, id)) extras.failed = failedStepOf(*check);
        extras.browser = request.header("user-agent").value_or("");
    }
    return services_.letters.write(kind, subject.organization, subject.facts, state, extras);
}

/// Of the letter's redirect_uri: by itself, against this server's callback, and against the settings of the sign-in.
std::vector<sso::Finding> WizardApi::redirectFindings(const Request& request, const Subject& subject) const {
    const auto contour = ssoContourOf(request.parameter("kind"));
    if (contour.empty()) return {};
    const auto kept = services_.sso.client(subject.key.organization, contour).redirectUri;
    const auto given = request.queryValue("redirectUri").value_or("");
    const auto& uri = given.empty() ? kept : given;
    if (uri.empty()) return {};
    auto findings = ssoRedirectFindings(request, uri, subject.key.organization, contour);
    if (!given.empty() && !kept.empty())
        for (auto& one : sso::differences(given, {kept, "адреса в настройках SSO", "the SSO settings' address"}))
            findings.push_back(std::move(one));
    return findings;
}

std::string WizardApi::whyNotSent(const Request& request, const Subject& subject, const IntegrationState& state,
                                  const integration::Letter& letter) const {
    const auto language = integration::languageOf(request.language);
    if (auto why = misplaced(state, request.parameter("kind"), language); !why.empty()) return why;
    // An address that is missing is told by the mail as well, and better.
    if (auto why = services_.mail.whyNot(subject.key.organization, request.language); !why.empty()) return why;
    return lacking(letter, language);
}

Response WizardApi::letter(const Request& request) const {
    const Subject subject = subjectOf(request);
    const IntegrationState state = services_.integrations.load(subject.key);
    const auto made = written(request, subject, state);
    if (request.header("accept").value_or("").find("message/rfc822") == std::string::npos)
        return Response::json(letterJson(made, whyNotSent(request, subject, state, made),
                                         redirectFindings(request, subject), request.language == "ru"));
    Response response;
    response.contentType = "message/rfc822";
    response.header("Content-Disposition", "attachment; filename=\"" + request.parameter("kind") + ".eml\"");
    response.body = integration::toMessage(made, services_.clock.now());
    return response;
}

Response WizardApi::sendLetter(const Request& request) {
    const Subject subject = subjectOf(request);
    const std::string& kind = request.parameter("kind");
    const IntegrationState state = services_.integrations.load(subject.key);
    const auto made = written(request, subject, state);
    store::LetterOrder order{subject.key, kind, request.principal.login,
                             request.header("idempotency-key").value_or("")};
    if (order.idempotencyKey.size() > 200)
        throw AppError::badRequest("Idempotency-Key is longer than 200 characters; send a shorter one.");
    if (auto sent = services_.sentLetters.findSent(order)) return sentAnswer(*sent);
    if (const auto why = whyNotSent(request, subject, state, made); !why.empty())
        throw AppError::conflict("mail.not-possible", why);

    auto row = services_.sentLetters.begin(order);
    if (row.state == "sent") return sentAnswer(row);
    const std::string details =
        R"({"letter":)" + common::jsonString(kind) + R"(,"to":)" + common::jsonString(made.to) + "}";
    try {
        const auto sent =
            services_.mail.send({subject.key.organization, made.to, made.subject, made.body, row.id, request.language});
        row.to = sent.to;
        row.from = sent.from;
        row.at = sent.at;
    } catch (const AppError& error) {
        if (error.code() == "mail.in-doubt") {
            services_.sentLetters.inDoubt(row.id);
            journal(request, subject, "integration.letter-in-doubt", details);
        } else {
            services_.sentLetters.forget(row.id);
        }
        throw;
    }
    services_.sentLetters.sent(row);
    journal(request, subject, "integration.letter-sent", details);
    const bool isSso = integration::isSsoLetter(kind);
    if (isSso || !state.active)
        services_.integrations.change(subject.key, std::nullopt, [&](IntegrationState s) {
            // Disconnected or finished while the letter was on its way: there is no day to keep.
            if (!isSso && (s.active || s.opened == 0)) return s;
            return integration::letterCopied(std::move(s), kind, row.at);
        });
    return sentAnswer(row);
}

Response WizardApi::sentAnswer(const store::LetterRow& row) {
    common::JsonWriter json;
    json.object().member("sent", true).member("to", row.to).member("from", row.from).timeMember("at", row.at).end();
    return Response::json(json.take(), 202);
}

}  // namespace plugin::api
