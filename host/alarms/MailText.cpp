#include "host/alarms/MailText.h"

#include "common/Rfc3339.h"

#include <fmt/format.h>

namespace host::alarms {

std::string subjectOf(const Message& message) {
    switch (message.kind) {
        case MessageKind::Opened:
            return "[lmsd] Тревога: " + message.alarm.alarm.title;
        case MessageKind::Closed:
            return "[lmsd] Закончилось: " + message.alarm.alarm.title;
        default:
            return "[lmsd] Проверка: " + message.alarm.alarm.title;
    }
}

std::string bodyOf(const Message& message) {
    const sdk::Alarm& alarm = message.alarm.alarm;
    std::string out = alarm.title + "\n\n";
    if (!alarm.detail.empty()) out += alarm.detail + "\n\n";
    if (message.kind == MessageKind::Opened && !alarm.fix.empty()) out += "Что сделать: " + alarm.fix + "\n\n";
    if (message.kind == MessageKind::Test) return out;
    if (!alarm.organization.empty()) out += "Организация: " + alarm.organization + "\n";
    out += "Началось: " + common::Rfc3339::utc(message.alarm.openedAt) + "\n";
    if (!message.alarm.isOpen()) out += "Закончилось: " + common::Rfc3339::utc(message.alarm.closedAt) + "\n";
    out += fmt::format("Код: {}\nПричина: {}\n", alarm.code, alarm.key);
    if (message.kind == MessageKind::Opened)
        out += "\nПока это не закончится, других писем об этой причине не будет.\n";
    return out;
}

}  // namespace host::alarms
