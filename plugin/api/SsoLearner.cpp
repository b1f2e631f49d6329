// SsoPages: what the learner's element on a platform's page asks for. The personal link is all the power there is: it
// tells of its own learner and contour alone, and unlinks only where the platform asked for that when it made the link.
// The token comes in a body: addresses get into logs.

#include "common/Json.h"
#include "common/JsonReader.h"
#include "plugin/api/SsoPages.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;
using store::JoinState;
using store::SsoJoin;

namespace {

constexpr std::size_t kToken = 200;
constexpr std::size_t kShown = 4;  ///< of an unti_id: enough to know one's own, too little to copy it

constexpr const char* kStateSchema =
    R"({"type":"object","required":["state","contour","since","untiIdEnd","join","mayUnlink"],"properties":{)"
    R"("state":{"enum":["linked","waiting","known","none"],"description":"waiting: an administrator decides; known: has )"
    R"(an unti_id that signing in did not write"},"contour":{"enum":["production","test"]},)"
    R"("since":{"type":["string","null"]},"untiIdEnd":{"type":"string","description":"its last four digits"},)"
    R"("join":{"type":["string","null"]},"mayUnlink":{"type":"boolean"}}})";
constexpr const char* kStateExample =
    R"({"state":"linked","contour":"production","since":"2025-09-15T07:00:00Z","untiIdEnd":"0123","join":"17",)"
    R"("mayUnlink":true})";

struct Standing {
    const char* state = "none";
    std::string untiId;
    std::optional<SsoJoin> join;
};

Standing standingOf(const SsoPageParts& parts, const store::SsoLink& link) {
    const auto learner = parts.records.learner(link.organization, link.learnerId);
    if (!learner || learner->deleted) return {};
    Standing standing;
    standing.untiId = link.contour == "test" ? learner->testUntiId : learner->untiId;
    if (!standing.untiId.empty()) standing.state = "known";
    for (auto& join : parts.store.standing(link.organization, link.contour, link.learnerId)) {
        if (join.state == JoinState::Joined && join.untiId != standing.untiId) continue;  // another is written since
        standing.state = join.state == JoinState::Joined ? "linked" : "waiting";
        standing.join = std::move(join);
        break;
    }
    return standing;
}

Response answerOf(const store::SsoLink& link, const Standing& standing) {
    const bool linked = standing.join && standing.join->state == JoinState::Joined;
    common::JsonWriter json;
    json.object().member("state", standing.state).member("contour", link.contour);
    json.timeMember("since", linked ? std::optional(standing.join->decidedAt.value_or(standing.join->createdAt))
                                    : std::optional<host::sdk::Micros>());
    const auto& id = standing.untiId;
    json.member("untiIdEnd", linked && id.size() > kShown ? id.substr(id.size() - kShown) : std::string());
    json.key("join");
    linked ? json.value(std::to_string(standing.join->id)) : json.null();
    json.member("mayUnlink", linked && link.mayUnlink).end();
    auto response = Response::json(json.take());
    return response.header("Cache-Control", "no-store");
}

}  // namespace

void SsoPages::addLearner(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept) {
    const auto add = [&](const std::string& path, host::sdk::Operation operation,
                         Response (SsoPages::*handler)(const Request&)) {
        host::sdk::RouteOptions options;
        options.access = host::sdk::Access::Public;
        options.maxBody = 4U * 1024;
        operation.responseSchema = kStateSchema;
        operation.responseExample = kStateExample;
        options.operation = std::move(operation);
        kept.push_back(
            router.add(Method::Post, "/u2035/sso" + path, std::move(options), [this, handler](const Request& request) {
                if (throttle_.wait(request.clientAddress).count() > 0)
                    throw AppError(429, "sso.throttled",
                                   "There were too many failed tries from this address; wait a "
                                   "few minutes.");
                return (this->*handler)(request);
            }));
    };
    add("/state",
        {.id = "getSsoLinkState",
         .tag = "SSO pages",
         .summary = "Связан ли слушатель личной ссылки · Whether the learner of a personal link is linked",
         .description = "By the link's token alone. A used link answers too, until it is too old or withdrawn.",
         .requestSchema = R"({"type":"object","required":["token"],"properties":{"token":{"type":"string"}}})",
         .requestExample = R"({"token":"0123456789abcdef"})"},
        &SsoPages::linkState);
    add("/unlink",
        {.id = "unlinkSso",
         .tag = "SSO pages",
         .summary = "Отвязать Университет 20.35 · The learner takes back what signing in wrote",
         .description = "Only with a link that was made with `unlink`. The unti_id that signing in wrote is taken from "
                        "the learner. "
                        "Statements that were sent stay at University 2035: nothing is taken back there.",
         .requestSchema = R"({"type":"object","required":["token","join"],"properties":{"token":{"type":"string"},)"
                          R"("join":{"type":"string","description":"as the state told it"}}})",
         .requestExample = R"({"token":"0123456789abcdef","join":"17"})"},
        &SsoPages::unlink);
}

store::SsoLink SsoPages::linkOf(const Request& request, const std::string& token) {
    auto link = token.empty() ? std::nullopt : parts_.store.linkByToken(token);
    if (!link || link->learnerId == 0) {
        throttle_.miss(request.clientAddress);
        throw AppError(404, "sso.link-unknown", "There is no such link; check that all of it was copied.");
    }
    if (link->revokedAt)
        throw AppError(410, "sso.link-revoked",
                       "This link was withdrawn or replaced by a newer one; ask for a new one.");
    if (link->expiresAt <= parts_.clock.now())
        throw AppError(410, "sso.link-expired", "The link is too old; ask for a new one.");
    return std::move(*link);
}

Response SsoPages::linkState(const Request& request) {
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto token = in.requiredText("token", kToken);
    in.refuseUnknown();
    in.finish("The request is not valid");
    const auto link = linkOf(request, token);
    return answerOf(link, standingOf(parts_, link));
}

Response SsoPages::unlink(const Request& request) {
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto token = in.requiredText("token", kToken);
    const auto named = in.requiredText("join", 20);
    in.refuseUnknown();
    in.finish("The request is not valid");
    const auto link = linkOf(request, token);
    if (!link.mayUnlink)
        throw AppError(403, "sso.may-not-unlink", "This link doesn't allow to unlink; ask your school to do it.");
    const auto standing = standingOf(parts_, link);
    if (!standing.join || standing.join->state != JoinState::Joined || std::to_string(standing.join->id) != named)
        throw AppError::conflict("sso.changed", "What was joined is another now; look at it again.");
    parts_.joining.undo(*standing.join, {fmt::format("link:{}", link.id), request.clientAddress, request.requestId},
                        "sso.unlinked");
    return answerOf(link, standingOf(parts_, link));
}

}  // namespace plugin::api
