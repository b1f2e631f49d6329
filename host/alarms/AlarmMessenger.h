#pragma once
/// Messages as mail and as calls of webhooks.
///
/// A webhook gets a POST of JSON: {"event","id","installation","alarm":{…}}; `id`, also the header Idempotency-Key, is
/// the same for every try. With a secret the header X-Lmsd-Signature is "sha256=" and the HMAC-SHA-256 of the body in
/// hex. Any 2xx is taken as received. An address that an organization gave goes through the guard of addresses typed by
/// people.

#include "host/alarms/Messages.h"
#include "host/mail/Mailer.h"
#include "host/sdk/OutboundHttp.h"
#include "host/sdk/Secrets.h"

#include <functional>
#include <optional>
#include <string>

namespace host::alarms {

/// The alarm as the API and webhooks give it, without its messages.
std::string alarmJson(const AlarmRow& row);
/// The body of a webhook's call.
std::string webhookBody(const Message& message, const std::string& installationId);
/// "sha256=…".
std::string webhookSignature(const std::string& secret, const std::string& body);

class AlarmMessenger : public Messenger {
public:
    /// The signing secret of a webhook, asked at each call; organization empty: the server's. May throw AppError.
    using SecretOf = std::function<std::optional<sdk::SecretString>(const std::string& organization)>;

    AlarmMessenger(mail::Mailer& mailer, sdk::OutboundHttp& http, const sdk::Clock& clock, SecretOf secretOf,
                   std::string installationId);
    Delivery deliver(const Target& target, const Message& message, std::stop_token stop) noexcept override;

private:
    Delivery mail(const Target& target, const Message& message, const std::stop_token& stop);
    Delivery call(const Target& target, const Message& message, const std::stop_token& stop);

    mail::Mailer& mailer_;
    sdk::OutboundHttp& http_;
    const sdk::Clock& clock_;
    const SecretOf secretOf_;
    const std::string installationId_;
};

}  // namespace host::alarms
