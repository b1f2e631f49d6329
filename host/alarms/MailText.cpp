#include "host/alarms/MailText.h"

#include "common/Encoding.h"
#include "common/Rfc3339.h"
#include "common/Text.h"
#include "host/alarms/AlarmTexts.h"
#include "host/sdk/Error.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>
#include <fmt/format.h>

#include <algorithm>

namespace host::alarms {
namespace {

constexpr std::size_t kSubjectLength = 200;
constexpr std::size_t kWordBytes = 45;  // 60 characters of base64: a word with its frame is at most 75
constexpr std::size_t kLine = 76;

bool isAtomCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
}

bool isDomain(std::string_view domain) {
    if (domain.empty() || domain.find('.') == std::string_view::npos) return domain == "localhost";
    for (auto label : common::split(domain, '.')) {
        const bool good =
            !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
            std::all_of(label.begin(), label.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            });
        if (!good) return false;
    }
    return true;
}

/// RFC 2047: words of whole characters, a word a line.
std::string encodedWords(const std::string& text) {
    std::string out;
    std::size_t from = 0;
    while (from < text.size()) {
        std::size_t to = std::min(from + kWordBytes, text.size());
        while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0U) == 0x80U) --to;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + common::toBase64(std::string_view(text).substr(from, to - from)) + "?=";
        from = to;
    }
    return out;
}

std::string base64Lines(const std::string& text) {
    const std::string all = common::toBase64(text);
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += kLine) out += all.substr(at, kLine) + "\r\n";
    return out;
}

std::string checkedId(const std::string& id) {
    const bool good = !id.empty() && id.size() <= 200 &&
                      std::all_of(id.begin(), id.end(), [](char c) { return isAtomCharacter(c) || c == '@'; });
    if (!good) throw sdk::AppError(500, "internal", "A mail has an id that is none.");
    return "<" + id + ">";
}

std::string checkedAddress(const std::string& address) {
    if (!isMailAddress(address)) throw sdk::AppError(500, "internal", "A mail has an address that is none.");
    return address;
}

}  // namespace

bool isMailAddress(const std::string& text) {
    const auto at = text.find('@');
    if (at == std::string::npos || at == 0 || at > 64 || text.size() > 254) return false;
    const std::string local = text.substr(0, at);
    return std::all_of(local.begin(), local.end(), isAtomCharacter) && local.front() != '.' && local.back() != '.' &&
           local.find("..") == std::string::npos && isDomain(std::string_view(text).substr(at + 1));
}

std::string mailText(const Mail& mail) {
    std::string body;
    for (char c : mail.body) c == '\n' ? body += "\r\n" : body += c;
    std::string out;
    out += "From: lmsd <" + checkedAddress(mail.from) + ">\r\n";
    out += "To: <" + checkedAddress(mail.to) + ">\r\n";
    out += "Subject: " + encodedWords(oneLine(mail.subject, kSubjectLength)) + "\r\n";
    out += "Date: " + Poco::DateTimeFormatter::format(Poco::Timestamp(mail.at), "%w, %d %b %Y %H:%M:%S +0000") + "\r\n";
    out += "Message-ID: " + checkedId(mail.messageId) + "\r\n";
    if (!mail.inReplyTo.empty())
        out += "In-Reply-To: " + checkedId(mail.inReplyTo) + "\r\nReferences: " + checkedId(mail.inReplyTo) + "\r\n";
    // RFC 3834: no out-of-office answers to this.
    out += "Auto-Submitted: auto-generated\r\n";
    out += "MIME-Version: 1.0\r\n";
    out += "Content-Type: text/plain; charset=utf-8\r\n";
    out += "Content-Transfer-Encoding: base64\r\n\r\n";
    out += base64Lines(body);
    return out;
}

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
