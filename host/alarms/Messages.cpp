#include "host/alarms/Messages.h"

namespace host::alarms {

const char* toString(Channel channel) {
    return channel == Channel::Mail ? "mail" : "webhook";
}

const char* toString(MessageKind kind) {
    switch (kind) {
        case MessageKind::Opened:
            return "opened";
        case MessageKind::Closed:
            return "closed";
        default:
            return "test";
    }
}

std::string Target::name() const {
    return organization + '/' + toString(channel) + '/' + (channel == Channel::Mail ? address : std::string());
}

}  // namespace host::alarms
