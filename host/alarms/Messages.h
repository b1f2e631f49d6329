#pragma once
/// Whom an alarm is told to, and what became of it. Plain values and the border to mail and webhooks.

#include "host/alarms/AlarmStore.h"
#include "host/mail/Delivery.h"

#include <stop_token>
#include <string>

namespace host::alarms {

enum class Channel { Mail, Webhook };
enum class MessageKind { Opened, Closed, Test };
const char* toString(Channel channel);
const char* toString(MessageKind kind);  ///< "opened", "closed", "test"

/// One address that is told.
struct Target {
    std::string organization;  ///< told of its alarms only; empty: the server's own, told of everything
    Channel channel = Channel::Mail;
    std::string address;  ///< of a person, or a webhook's URL

    /// "ORGANIZATION/mail/ADDRESS" or "ORGANIZATION/webhook/": a webhook that moves stays the same one.
    std::string name() const;
};

using mail::Delivery;

struct Message {
    MessageKind kind = MessageKind::Opened;
    AlarmRow alarm;
    std::string id;         ///< the same for every try, so that the other side can tell a repeat
    std::string answersId;  ///< of a closing: the opening's
};

/// Sends one message to one target; blocks, with bounds of its own. Thread-safe.
class Messenger {
public:
    virtual ~Messenger() = default;
    virtual Delivery deliver(const Target& target, const Message& message, std::stop_token stop) noexcept = 0;
};

}  // namespace host::alarms
