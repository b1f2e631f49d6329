#include "plugin/sso/SsoClient.h"

#include "common/JsonReader.h"
#include "common/Text.h"
#include "plugin/AnswerText.h"
#include "plugin/sso/FormText.h"

#include <fmt/format.h>

#include <algorithm>

namespace plugin::sso {

using host::sdk::OutboundError;
using host::sdk::OutboundRequest;
using host::sdk::OutboundResponse;

namespace {

constexpr std::size_t kDetail = 300;            // bytes of the other side's words
constexpr std::size_t kMaxAnswer = 256 * 1024;  // a profile with its tags is a few kilobytes
constexpr std::size_t kMaxToken = 8192;
constexpr std::size_t kMaxUntiId = 19;
constexpr std::size_t kMaxLeaderId = 50;  // of a learner's record

Poco::JSON::Object::Ptr objectIn(const std::string& body) {
    try {
        return common::parseJsonObject(body);
    } catch (const host::sdk::AppError&) {
        return nullptr;
    }
}

std::string textOf(const Poco::JSON::Object& object, const std::string& name) {
    const auto value = object.get(name);
    return value.isString() ? value.convert<std::string>() : std::string();
}

std::string words(std::string_view text, const std::vector<std::string>& secrets) {
    return common::oneLine(answerText(text, kDetail, secrets), kDetail);
}

/// Of an answer that is no success, whichever of the two requests it is to.
Failure refusal(const OutboundResponse& response, const std::vector<std::string>& secrets) {
    if (response.status >= 500 || response.status == 429)
        return {Fault::ServerTrouble, fmt::format("HTTP {}", response.status)};
    const auto object = objectIn(response.body);
    if (!object) return {Fault::NotJson, fmt::format("HTTP {}", response.status)};
    const auto error = textOf(*object, "error");
    auto description = textOf(*object, "error_description");
    if (description.empty()) description = textOf(*object, "message");
    auto fault = faultOfError(error, description);
    if (fault == Fault::Refused && response.status == 401) fault = Fault::InvalidClient;
    const auto said = error.empty() ? description : error + (description.empty() ? "" : ": " + description);
    return {fault, words(said.empty() ? fmt::format("HTTP {}", response.status) : said, secrets)};
}

bool isUntiId(std::string_view text) {
    return !text.empty() && text.size() <= kMaxUntiId && text.front() != '0' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isWholeNumber(const Poco::Dynamic::Var& value) {
    return value.isInteger() && !value.isBoolean();
}

/// "123" and 123 alike; nothing for anything else.
std::string idText(const Poco::Dynamic::Var& value) {
    if (value.isString()) return std::string(common::trim(value.convert<std::string>()));
    return isWholeNumber(value) ? value.convert<std::string>() : std::string();
}

/// It may be empty, absent, null, a number or no number at all (u2035-wire.md §5): what can't be one is none.
std::string leaderIdOf(const Poco::JSON::Object& profile) {
    auto id = idText(profile.get("leader_id"));
    return common::countCodePoints(id) <= kMaxLeaderId && common::isOneLine(id) ? id : std::string();
}

}  // namespace

/// A token on its way from one request to the next.
struct SsoClient::Token {
    host::sdk::SecretString value;
    Failure failure;
};

std::string SsoClient::authorizeUrl(const std::string& state) const {
    return settings_.base + "/oauth2/authorize?" +
           formText({{"client_id", settings_.clientId},
                     {"redirect_uri", settings_.redirectUri},
                     {"response_type", "code"},
                     {"state", state}});
}

SsoClient::Token SsoClient::redeem(const std::string& code, const std::stop_token& stop) const {
    // A form in the body: what is sent as JSON isn't read there (u2035-wire.md §7, 18).
    const std::string body = formText({{"client_id", settings_.clientId},
                                       {"client_secret", settings_.clientSecret.reveal()},
                                       {"code", code},
                                       {"grant_type", "authorization_code"},
                                       {"redirect_uri", settings_.redirectUri}});
    const std::vector<std::string> secrets{settings_.clientSecret.reveal(), code};
    OutboundRequest request;
    request.method = "POST";
    request.url = settings_.base + "/oauth2/access_token";
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    request.body = body;
    request.timeout = settings_.timeout;
    request.connectTimeout = std::min(request.connectTimeout, settings_.timeout);
    request.maxAnswer = kMaxAnswer;
    request.typedByPerson = true;
    request.stop = stop;
    const auto response = http_.send(request);
    if (response.status != 200) return {{}, refusal(response, secrets)};
    const auto object = objectIn(response.body);
    if (!object) return {{}, {Fault::NotJson, {}}};
    // Some servers answer 200 with an error inside.
    if (const auto error = textOf(*object, "error"); !error.empty()) return {{}, refusal(response, secrets)};
    auto token = textOf(*object, "access_token");
    const bool fits = !token.empty() && token.size() <= kMaxToken &&
                      std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!fits) return {{}, {Fault::NoToken, {}}};
    return {host::sdk::SecretString(std::move(token)), {}};
}

Identified SsoClient::identify(const std::string& code, std::stop_token stop, bool withAnswer) const {
    Identified outcome;
    try {
        const auto token = redeem(code, stop);
        if (token.value.empty()) {
            outcome.failure = token.failure;
            return outcome;
        }
        OutboundRequest request;
        request.url = settings_.base + "/users/me";
        // In the header alone: an address is written into logs.
        request.headers = {{"Authorization", "Bearer " + token.value.reveal()}, {"Accept", "application/json"}};
        request.timeout = settings_.timeout;
        request.connectTimeout = std::min(request.connectTimeout, settings_.timeout);
        request.maxAnswer = kMaxAnswer;
        request.typedByPerson = true;
        request.stop = stop;
        const auto response = http_.send(request);
        const std::vector<std::string> secrets{token.value.reveal(), settings_.clientSecret.reveal()};
        if (response.status == 401) {
            outcome.failure = {Fault::NotAuthorized, {}};
            return outcome;
        }
        if (response.status != 200) {
            outcome.failure = refusal(response, secrets);
            return outcome;
        }
        const auto profile = objectIn(response.body);
        if (!profile) {
            outcome.failure = {Fault::NotJson, {}};
            return outcome;
        }
        if (withAnswer) outcome.usersMe = answerText(response.body, kMaxAnswer, secrets);
        const auto unti = profile->get("unti_id");
        if (unti.isEmpty() || (unti.isString() && common::trim(unti.convert<std::string>()).empty())) {
            outcome.failure = {Fault::NoUntiId, {}};
            return outcome;
        }
        auto untiId = idText(unti);
        if (!isUntiId(untiId)) {
            outcome.failure = {Fault::BadUntiId, {}};
            return outcome;
        }
        outcome.person = Person{std::move(untiId), leaderIdOf(*profile)};
    } catch (const OutboundError& error) {
        outcome.failure = failureOf(error);
    }
    return outcome;
}

Failure failureOfCallback(const std::string& error, const std::string& description) {
    if (error.empty()) return {Fault::CodeMissing, {}};
    const auto fault = faultOfError(error, description);
    if (fault == Fault::Cancelled) return {fault, {}};
    return {fault, words(description.empty() ? error : error + ": " + description, {})};
}

}  // namespace plugin::sso
