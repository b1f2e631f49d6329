// SsoApi: the OAuth client of each contour. Links stand in SsoLinks.cpp, joins in SsoDecisions.cpp, the
// meaning of codes in SsoErrors.cpp.

#include "plugin/api/SsoApi.h"

#include "common/JsonReader.h"
#include "common/Text.h"
#include "plugin/api/SsoRedirect.h"
#include "plugin/api/SsoView.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::FieldError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

constexpr host::sdk::Micros kTrialLasts = 15LL * 60 * 1'000'000;
constexpr const char* kTest = "test";
constexpr const char* kProduction = "production";

// Seed 003, 1.2.
struct Contour {
    const char* name;
    const char* base;
    const char* otherHost;  ///< the other contour's: an address there is a mistake
};
constexpr Contour kContours[] = {{kProduction, "https://sso.2035.university", "u2035test.ru"},
                                 {kTest, "https://sso.u2035test.ru", "2035.university"}};

const Contour& contourOf(const std::string& name) {
    for (const auto& one : kContours)
        if (name == one.name) return one;
    throw AppError::notFound("There is no such contour; there are: production, test.");
}

/// client_id: latin, no spaces (seed 003, 1.1).
bool isClientId(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    });
}

std::string baseOf(common::JsonReader& in, const Contour& contour) {
    auto base = in.text("base", 300).value_or(contour.base);
    // Clients append "/oauth2/…": with a slash there would be two (u2035-wire.md §5).
    while (base.ends_with('/')) base.pop_back();
    const auto origin = sso::originOf(base);
    const bool address = (base.starts_with("https://") || base.starts_with("http://")) && origin.size() > 8 &&
                         base.find_first_of(" ?#@") == std::string::npos && common::isOneLine(base);
    if (!address)
        in.wrong("base", "is no address of a sign-in service",
                 "Write it as in University 2035's letter, with https://.");
    const auto host = common::toLowerAscii(origin.substr(0, origin.find(':', 8)));
    if (host.ends_with(std::string(".") + contour.otherHost) || host.ends_with(std::string("/") + contour.otherHost))
        in.wrong("base", "is the address of the other contour", "Check the contour and the letter.");
    return base;
}

}  // namespace

std::vector<host::sdk::Registration> SsoApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    addClients(router, kept);
    addLinks(router, kept);
    addJoins(router, kept);
    addErrors(router, kept);
    return kept;
}

void SsoApi::addClients(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept) {
    const auto add = [&](Method method, const std::string& path, bool ifMatch, host::sdk::Operation operation,
                         Response (SsoApi::*handler)(const Request&)) {
        host::sdk::RouteOptions options;
        options.least = host::sdk::Role::OrganizationAdmin;
        options.requireIfMatch = ifMatch;
        options.maxBody = 16U * 1024;
        options.operation = std::move(operation);
        kept.push_back(router.add(method, under("/sso/clients" + path), std::move(options),
                                  [this, handler](const Request& request) { return (this->*handler)(request); }));
    };
    add(Method::Get, "", false,
        {.id = "listSsoClients",
         .tag = "SSO",
         .summary = "Вход через Университет 20.35: настройки обоих контуров · The OAuth client of both contours",
         .description =
             "University 2035 compares redirect_uri character by character: `findings` says where it differs "
             "from this server's callback. One client per redirect address.",
         .responseSchema = listSchema(kSsoClientSchema),
         .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kSsoClientExample)},
        &SsoApi::clients);
    add(Method::Get, "/{contour}", false,
        {.id = "getSsoClient",
         .tag = "SSO",
         .summary = "Настройки одного контура · The OAuth client of one contour",
         .responseSchema = kSsoClientSchema,
         .responseExample = kSsoClientExample},
        &SsoApi::client);
    add(Method::Put, "/{contour}", true,
        {.id = "putSsoClient",
         .tag = "SSO",
         .summary = "Записать client_id, секретный ключ и redirect_uri · Set the OAuth client",
         .description =
             "`redirectUri` is kept to the character and must end with the path of `callback`. The secret is "
             "write-only. `lastCheck` is null until a trial sign-in of these settings ends.",
         .requestSchema = kSsoClientWriteSchema,
         .requestExample = kSsoClientWriteExample,
         .responseSchema = kSsoClientSchema,
         .responseExample = kSsoClientExample},
        &SsoApi::putClient);
    add(Method::Delete, "/{contour}", true,
        {.id = "deleteSsoClient",
         .tag = "SSO",
         .summary = "Убрать настройки контура · Remove the OAuth client",
         .description = "Open links of the contour are withdrawn. What was joined stays.",
         .successStatus = 204},
        &SsoApi::eraseClient);
    add(Method::Post, "/{contour}/check", false,
        {.id = "checkSsoClient",
         .tag = "SSO",
         .summary = "Пробный вход · A trial sign-in",
         .description =
             "Open `url` in a browser and sign in: the page shows unti_id, leader_id and the whole answer of "
             "users/me, once, for the letter to the production contour. Nothing of it is kept but whether it "
             "passed.",
         .requestSchema = R"({"type":"object","properties":{}})",
         .requestExample = "{}",
         .responseSchema = kSsoTrialSchema,
         .responseExample = kSsoTrialExample,
         .successStatus = 201},
        &SsoApi::trial);
}

store::SsoClientRow SsoApi::clientOf(const Request& request) {
    return parts_.store.client(request.parameter("org"), contourOf(request.parameter("contour")).name);
}

store::SsoClientRow SsoApi::configured(const std::string& organization, const std::string& contour) {
    auto row = parts_.store.client(organization, contour);
    if (row.revision == 0 || !parts_.secrets.get(store::SsoStore::secretName(organization, contour)))
        throw AppError::conflict(
            "sso.not-configured",
            "Signing in at University 2035 is not set up for this contour; set client_id, secret key "
            "and redirect_uri first.");
    return row;
}

namespace {

SsoClientView viewOf(const SsoParts& parts, const Request& request, store::SsoClientRow row) {
    SsoClientView view;
    const auto path = ssoCallbackPath(row.organization, row.contour);
    view.defaultBase = contourOf(row.contour).base;
    view.callback = addressOf(request) + path;
    if (const auto secret = parts.secrets.get(store::SsoStore::secretName(row.organization, row.contour))) {
        view.hasSecret = true;
        view.secretLastFour = secret->lastFour();
    }
    if (row.revision != 0) view.findings = ssoRedirectFindings(request, row.redirectUri, row.organization, row.contour);
    view.row = std::move(row);
    return view;
}

}  // namespace

Response SsoApi::clients(const Request& request) {
    const bool russian = request.language == "ru";
    common::JsonWriter json;
    CsvText csv;
    for (const auto* name : {"contour", "configured", "base", "clientId", "redirectUri", "callback"}) csv.cell(name);
    csv.endRow();
    json.object().key("items").array();
    for (const auto& contour : kContours) {
        const auto view = viewOf(parts_, request, parts_.store.client(request.parameter("org"), contour.name));
        writeClient(json, view, russian);
        csv.cell(contour.name).cell(view.row.revision != 0 && view.hasSecret ? "true" : "false");
        csv.cell(view.row.base).cell(view.row.clientId).cell(view.row.redirectUri).cell(view.callback).endRow();
    }
    if (wantsCsv(request)) return csvPage(request, csv, "sso-clients.csv", std::nullopt);
    json.end().member("next", nullptr).end();
    return jsonPage(json);
}

Response SsoApi::client(const Request& request) {
    const auto view = viewOf(parts_, request, clientOf(request));
    common::JsonWriter json;
    writeClient(json, view, request.language == "ru");
    auto response = Response::json(json.take());
    return response.etag(view.row.revision);
}

Response SsoApi::putClient(const Request& request) {
    auto row = clientOf(request);
    common::JsonReader in(common::parseJsonObject(request.body));
    row.base = baseOf(in, contourOf(row.contour));
    row.clientId = in.requiredText("clientId", 100);
    if (!row.clientId.empty() && !isClientId(row.clientId))
        in.wrong("clientId", "has other characters than latin letters, digits, '.', '-' and '_'",
                 "Copy it from University 2035's letter.");
    row.redirectUri = in.requiredText("redirectUri", 500);
    if (!row.redirectUri.empty()) {
        for (const auto& one : sso::faultsOf(row.redirectUri))
            if (one.wrong) in.wrong("redirectUri", one.reasonEn, one.fixEn);
        const auto path = ssoCallbackPath(row.organization, row.contour);
        if (!row.redirectUri.ends_with(path))
            in.wrong("redirectUri", fmt::format("doesn't end with '{}', where this server waits", path),
                     "Register the callback's address with University 2035, to the character.");
    }
    auto secret = in.text("clientSecret", 500);
    if (secret && (secret->empty() || !common::isOneLine(*secret) || common::trim(*secret) != *secret))
        in.wrong("clientSecret", "is empty, or has blanks around it or a line break",
                 "Copy it from University 2035's letter, nothing more.");
    const auto name = store::SsoStore::secretName(row.organization, row.contour);
    in.refuseUnknown();
    in.finish("The client is not valid");
    // The same secret in both contours is most likely a mistake of the clipboard; the contours must be kept apart.
    const auto other = store::SsoStore::secretName(row.organization, row.contour == kTest ? kProduction : kTest);
    if (const auto theirs = parts_.secrets.get(other); secret && theirs && theirs->reveal() == *secret)
        throw AppError::validation("The client is not valid",
                                   {{"/clientSecret", "is the secret key of the other contour",
                                     "Each contour has its own; look it up in that contour's letter."}});
    row.updatedBy = request.principal.login;
    const auto expected = host::sdk::ifMatch(request);
    if (!parts_.store.putClient(row, expected))
        throw AppError(412, "precondition-failed", "The client was changed meanwhile; read it again, then repeat.");
    if (secret) parts_.secrets.put(name, host::sdk::SecretString(*secret));
    common::JsonWriter told;
    told.object().member("clientId", row.clientId).member("redirectUri", row.redirectUri);
    told.member("secretChanged", secret.has_value()).end();
    note(request, "sso.client-changed", "sso/clients/" + row.contour, told.take());
    return client(request);
}

Response SsoApi::eraseClient(const Request& request) {
    const auto row = clientOf(request);
    if (row.revision == 0) throw AppError::notFound("Signing in is not set up for this contour.");
    if (!parts_.store.eraseClient(row.organization, row.contour, host::sdk::ifMatch(request)))
        throw AppError(412, "precondition-failed", "The client was changed meanwhile; read it again, then repeat.");
    parts_.secrets.erase(store::SsoStore::secretName(row.organization, row.contour));
    note(request, "sso.client-removed", "sso/clients/" + row.contour);
    return Response::noContent();
}

Response SsoApi::trial(const Request& request) {
    const auto& contour = contourOf(request.parameter("contour"));
    const auto row = configured(request.parameter("org"), contour.name);
    store::SsoLink link;
    link.organization = row.organization;
    link.contour = row.contour;
    link.createdBy = request.principal.login;
    link.expiresAt = parts_.clock.now() + kTrialLasts;
    const auto token = store::ssoToken();
    parts_.store.addLinks({link}, {token});
    note(request, "sso.trial-begun", "sso/clients/" + row.contour);
    common::JsonWriter json;
    json.object().member("url", ssoLinkUrl(row, token)).timeMember("expiresAt", link.expiresAt).end();
    return Response::json(json.take(), 201);
}

void SsoApi::note(const Request& request, const char* action, const std::string& subject, const std::string& details) {
    parts_.journal.append({request.parameter("org"), request.principal.login, request.clientAddress, action, subject,
                           details, request.requestId});
}

}  // namespace plugin::api
