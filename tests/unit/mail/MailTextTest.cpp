#include "common/Encoding.h"
#include "host/mail/MailText.h"
#include "host/sdk/Error.h"

#include <gmock/gmock.h>

#include <sstream>

using namespace host::mail;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

Mail aMail() {
    return {"lmsd@example.org",   "anna@example.org", "Передача остановлена", "Строка.\nЕщё.\n", "alarm-1@id", "",
            1'772'323'200'000'000};
}

std::string headerOf(const std::string& text, const std::string& name) {
    const auto at = text.find(name + ": ");
    auto end = text.find("\r\n", at);
    while (text[end + 2] == ' ') end = text.find("\r\n", end + 2);
    return text.substr(at + name.size() + 2, end - at - name.size() - 2);
}

/// RFC 2047, of words in base64.
std::string decoded(const std::string& header) {
    std::string out;
    std::size_t at = 0;
    while ((at = header.find("=?UTF-8?B?", at)) != std::string::npos) {
        const auto end = header.find("?=", at + 10);
        out += common::fromBase64(header.substr(at + 10, end - at - 10)).value();
        at = end;
    }
    return out;
}

TEST(MailText, isMimeWithAUtf8SubjectAndBody) {
    const std::string text = mailText(aMail());

    EXPECT_EQ(decoded(headerOf(text, "Subject")), "Передача остановлена");
    EXPECT_EQ(headerOf(text, "Date"), "Sun, 01 Mar 2026 00:00:00 +0000");
    EXPECT_EQ(headerOf(text, "Message-ID"), "<alarm-1@id>");
    EXPECT_EQ(headerOf(text, "Auto-Submitted"), "auto-generated");
    EXPECT_EQ(headerOf(text, "Content-Type"), "text/plain; charset=utf-8");
    std::string body = text.substr(text.find("\r\n\r\n") + 4);
    std::erase_if(body, [](char c) { return c == '\r' || c == '\n'; });
    EXPECT_EQ(common::fromBase64(body), "Строка.\r\nЕщё.\r\n");
}

TEST(MailText, aLongSubjectIsFoldedBetweenCharacters) {
    Mail mail = aMail();
    mail.subject.clear();
    for (int i = 0; i < 90; ++i) mail.subject += "я😀";
    const std::string header = headerOf(mailText(mail), "Subject");

    EXPECT_EQ(decoded(header), mail.subject);
    std::istringstream lines(header);
    for (std::string line; std::getline(lines, line, '\n');) EXPECT_LE(line.size(), 78U);
    for (std::size_t at = 0; (at = header.find("=?UTF-8?B?", at)) != std::string::npos; ++at) {
        const auto word = common::fromBase64(header.substr(at + 10, header.find("?=", at + 10) - at - 10)).value();
        EXPECT_NE(static_cast<unsigned char>(word[0]) & 0xC0U, 0x80U) << "a character is cut in two";
    }
}

TEST(MailText, nothingCanAddAHeader) {
    Mail mail = aMail();
    mail.subject = "Да\r\nBcc: all@example.org\r\n\r\nтекст";
    mail.body = "\r\n.\r\nQUIT\r\n";
    const std::string text = mailText(mail);

    EXPECT_THAT(text, Not(HasSubstr("Bcc:")));
    EXPECT_THAT(text, Not(HasSubstr("\r\n.")));
    EXPECT_EQ(decoded(headerOf(text, "Subject")), "Да  Bcc: all@example.org    текст");

    for (const char* bad : {"a@b.org\r\nBcc: x@y.org", "a@b.org>,<x@y.org", "a b@c.org", "a@b.org x", "<a@b.org>"}) {
        Mail other = aMail();
        other.to = bad;
        EXPECT_THROW(mailText(other), host::sdk::AppError) << bad;
    }
    Mail id = aMail();
    id.messageId = "x>\r\nBcc: a@b.org";
    EXPECT_THROW(mailText(id), host::sdk::AppError);
}

TEST(MailText, addressesAreThoseThatEveryServerTakes) {
    for (const char* good : {"a@example.org", "a.b+c@mail.example.org", "root@localhost", "x_y@xn--e1afmkfd.xn--p1ai"})
        EXPECT_TRUE(isMailAddress(good)) << good;
    for (const char* bad : {"", "a", "@b.org", "a@", "a@b", "a@@b.org", "a@b..org", "a@-b.org", ".a@b.org",
                            "a..b@c.org", "\"a b\"@c.org", "анна@example.org", "a@пример.рф", "a@b.org\n"})
        EXPECT_FALSE(isMailAddress(bad)) << bad;
    EXPECT_FALSE(isMailAddress(std::string(65, 'a') + "@b.org"));
}

TEST(MailText, aPersonsLetterNamesWhoSendsIt) {
    Mail mail = aMail();
    mail.fromName = "АНО ДПО «Высота»\r\nBcc: all@example.org";
    mail.automatic = false;
    const std::string text = mailText(mail);

    EXPECT_EQ(decoded(headerOf(text, "From")), "АНО ДПО «Высота»  Bcc: all@example.org");
    EXPECT_THAT(headerOf(text, "From"), HasSubstr(" <lmsd@example.org>"));
    EXPECT_THAT(text, Not(HasSubstr("Bcc:")));
    EXPECT_THAT(text, Not(HasSubstr("Auto-Submitted")));

    mail.fromName = "\"Anna\" <x@y.org>";
    EXPECT_THAT(headerOf(mailText(mail), "From"), Not(HasSubstr("x@y.org")));
    mail.fromName = "";
    EXPECT_EQ(headerOf(mailText(mail), "From"), "<lmsd@example.org>");
}

}  // namespace
