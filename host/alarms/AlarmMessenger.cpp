#include "host/alarms/AlarmMessenger.h"

#include "common/Encoding.h"
#include "common/Json.h"
#include "common/Sha256.h"
#include "host/alarms/MailText.h"
#include "host/mail/MailText.h"

#include <fmt/format.h>

namespace host::alarms {
namespace {

constexpr std::chrono::seconds kConnectTimeout{5};
constexpr std::chrono::seconds kCallTimeout{15};

}  // namespace

std::string alarmJson(const AlarmRow& row) {
    common::JsonWriter json;
    json.object();
    json.member("id", std::to_string(row.id)).member("key", row.alarm.key);
    json.member("organization", row.alarm.organization).member("code", row.alarm.code);
    json.member("title", row.alarm.title).member("detail", row.alarm.detail).member("fix", row.alarm.fix);
    json.member("state", row.isOpen() ? "open" : "closed").timeMember("openedAt", row.openedAt);
    json.timeMember("refreshedAt", row.refreshedAt);
    json.timeMember("closedAt", row.isOpen() ? std::nullopt : std::make_optional(row.closedAt)).end();
    return json.take();
}

std::string webhookBody(const Message& message, const std::string& installationId) {
    common::JsonWriter json;
    json.object().member("event", std::string("alarm.") + toString(message.kind)).member("id", message.id);
    json.member("installation", installationId).rawMember("alarm", alarmJson(message.alarm)).end();
    return json.take();
}

std::string webhookSignature(const std::string& secret, const std::string& body) {
    return "sha256=" + common::toHex(common::Sha256::hmac(secret, body));
}

AlarmMessenger::AlarmMessenger(mail::Mailer& mailer, sdk::OutboundHttp& http, const sdk::Clock& clock,
                               SecretOf secretOf, std::string installationId)
    : mailer_(mailer),
      http_(http),
      clock_(clock),
      secretOf_(std::move(secretOf)),
      installationId_(std::move(installationId)) {}

Delivery AlarmMessenger::deliver(const Target& target, const Message& message, std::stop_token stop) noexcept {
    try {
        return target.channel == Channel::Mail ? mail(target, message, stop) : call(target, message, stop);
    } catch (const sdk::OutboundError& error) {
        const bool forbidden = error.kind() == sdk::OutboundError::Kind::Forbidden;
        return {error.requestSent() ? Delivery::Outcome::InDoubt : Delivery::Outcome::Failed, error.what(),
                forbidden ? "give an https address that is reachable from the internet" : "check the webhook's address",
                false};
    } catch (const std::exception& error) {
        return Delivery::failed(error.what(), "see the server's log");
    }
}

Delivery AlarmMessenger::mail(const Target& target, const Message& message, const std::stop_token& stop) {
    if (!mail::isMailAddress(target.address)) return Delivery::failed("The address is no mail address", "correct it");
    if (mailer_.settings().host.empty()) return mailer_.send({"", target.address}, "", stop);
    mail::Mail letter{mailer_.settings().from,
                      target.address,
                      subjectOf(message),
                      bodyOf(message),
                      message.id + "@" + installationId_ + ".lmsd",
                      "",
                      clock_.now()};
    if (!message.answersId.empty()) letter.inReplyTo = message.answersId + "@" + installationId_ + ".lmsd";
    return mailer_.send({letter.from, letter.to}, mail::mailText(letter), stop);
}

Delivery AlarmMessenger::call(const Target& target, const Message& message, const std::stop_token& stop) {
    const std::string body = webhookBody(message, installationId_);
    sdk::OutboundRequest request;
    request.method = "POST";
    request.url = target.address;
    request.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", message.id}};
    if (const auto secret = secretOf_(target.organization))
        request.headers.emplace_back("X-Lmsd-Signature", webhookSignature(secret->reveal(), body));
    request.body = body;
    request.connectTimeout = kConnectTimeout;
    request.timeout = kCallTimeout;
    request.maxAnswer = 64 * 1024;
    request.typedByPerson = !target.organization.empty();
    request.stop = stop;
    const auto answer = http_.send(request);
    if (answer.status / 100 == 2) return {};
    // Of its answer the status only: the address may be one that its owner is not to read through us.
    const bool moved = answer.status / 100 == 3;
    return Delivery::failed(fmt::format("The webhook answered with status {}", answer.status),
                            moved ? "give the address that it leads to; redirects are not followed"
                                  : "its administrator knows why; any 2xx is taken as received");
}

}  // namespace host::alarms
