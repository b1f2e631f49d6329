#include "host/mail/MailText.h"

#include "common/Encoding.h"
#include "common/Text.h"
#include "host/sdk/Error.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>

namespace host::mail {
namespace {

constexpr std::size_t kSubjectLength = 200;
constexpr std::size_t kWordBytes = 45;  // 60 characters of base64: a word with its frame is at most 75
constexpr std::size_t kLine = 76;

bool isAtomCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
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

/// A name before an address: an atom as it is, everything else encoded, so that no quoting is to be got right.
std::string displayName(const std::string& name) {
    const bool atom = std::all_of(name.begin(), name.end(), [](char c) { return isAtomCharacter(c) && c != '.'; });
    return atom ? name : encodedWords(name);
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

bool isMailDomain(std::string_view domain) {
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

bool isMailAddress(const std::string& text) {
    const auto at = text.find('@');
    if (at == std::string::npos || at == 0 || at > 64 || text.size() > 254) return false;
    const std::string local = text.substr(0, at);
    return std::all_of(local.begin(), local.end(), isAtomCharacter) && local.front() != '.' && local.back() != '.' &&
           local.find("..") == std::string::npos && isMailDomain(std::string_view(text).substr(at + 1));
}

std::string mailText(const Mail& mail) {
    std::string body;
    for (char c : mail.body)
        if (c == '\n')
            body += "\r\n";
        else if (c != '\r')
            body += c;
    std::string out;
    const std::string name = common::oneLine(mail.fromName, kSubjectLength);
    out +=
        "From: " + (name.empty() ? std::string() : displayName(name) + " ") + "<" + checkedAddress(mail.from) + ">\r\n";
    out += "To: <" + checkedAddress(mail.to) + ">\r\n";
    out += "Subject: " + encodedWords(common::oneLine(mail.subject, kSubjectLength)) + "\r\n";
    out += "Date: " + Poco::DateTimeFormatter::format(Poco::Timestamp(mail.at), "%w, %d %b %Y %H:%M:%S +0000") + "\r\n";
    out += "Message-ID: " + checkedId(mail.messageId) + "\r\n";
    if (!mail.inReplyTo.empty())
        out += "In-Reply-To: " + checkedId(mail.inReplyTo) + "\r\nReferences: " + checkedId(mail.inReplyTo) + "\r\n";
    // RFC 3834: no out-of-office answers to this.
    if (mail.automatic) out += "Auto-Submitted: auto-generated\r\n";
    out += "MIME-Version: 1.0\r\n";
    out += "Content-Type: text/plain; charset=utf-8\r\n";
    out += "Content-Transfer-Encoding: base64\r\n\r\n";
    out += base64Lines(body);
    return out;
}

}  // namespace host::mail
