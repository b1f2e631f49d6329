#include "host/mail/MailText.h"
#include "host/mail/OrganizationMail.h"
#include "tests/support/FakeHost.h"
#include "tests/support/SmtpServer.h"

#include <gmock/gmock.h>

using namespace host::mail;
using namespace std::chrono_literals;
using host::sdk::AppError;
using testing::HasSubstr;
using testing::Not;
using tests::SmtpHabits;
using tests::SmtpServer;

namespace {

struct OrganizationMailTest : testing::Test {
    explicit OrganizationMailTest(SmtpHabits habits = {}) : server(std::move(habits)) {
        organizations.add(tests::anOrganization("demo"));
        settings.host = "localhost";
        settings.port = static_cast<std::uint16_t>(server.port());
        settings.security = MailSettings::Security::Plain;
        settings.from = "lmsd@example.org";
    }
    OrganizationMail& mail() {
        if (!mailer) {
            mailer.emplace(settings);
            made.emplace(*mailer, rules, organizations, clock, logger, "installation", limits);
        }
        return *made;
    }
    static host::sdk::Letter aLetter(const std::string& language = "ru") {
        return {"demo", "apps@2035.university", "Доступ\r\nBcc: x@y.org", "Просим выдать.\n.\n", "letter-1", language};
    }
    /// The code and the words of what `send` throws.
    std::pair<std::string, std::string> failure(const host::sdk::Letter& letter) {
        try {
            mail().send(letter);
        } catch (const AppError& error) {
            return {error.code(), error.what()};
        }
        return {};
    }

    SmtpServer server;
    MailSettings settings;
    std::vector<SenderRule> rules{{"", "@example.org"}};
    OrganizationMail::Limits limits;
    tests::FakeOrganizations organizations;
    tests::FakeClock clock;
    tests::RecordingLogger logger;
    std::optional<Mailer> mailer;
    std::optional<OrganizationMail> made;
};

TEST_F(OrganizationMailTest, sendsFromTheCorporateAddress) {
    const auto sent = mail().send(aLetter());

    EXPECT_EQ(sent.from, "lms@example.org");
    EXPECT_EQ(sent.to, "apps@2035.university");
    EXPECT_EQ(sent.at, clock.now());
    ASSERT_EQ(server.taken().size(), 1U);
    const auto taken = server.taken()[0];
    EXPECT_EQ(taken.from, "lms@example.org") << "what can't be delivered comes back to the organization";
    EXPECT_EQ(taken.to, "apps@2035.university");
    EXPECT_THAT(taken.text, HasSubstr("Message-ID: <letter-1@installation.lmsd>\r\n"));
    EXPECT_THAT(taken.text, HasSubstr(" <lms@example.org>\r\n"));
    EXPECT_THAT(taken.text, Not(HasSubstr("Bcc:")));
    EXPECT_THAT(taken.text, Not(HasSubstr("Auto-Submitted")));
}

TEST_F(OrganizationMailTest, withoutALeaveNobodySends) {
    rules.clear();

    EXPECT_THAT(mail().whyNot("demo", "ru"), HasSubstr("включает его администратор"));
    EXPECT_THAT(mail().whyNot("demo", "en"), HasSubstr("its administrator can switch that on"));
    EXPECT_EQ(failure(aLetter()).first, "mail.not-possible");
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(OrganizationMailTest, anAddressOfNoRuleCantBeUsed) {
    rules = {{"", "office@example.org"}, {"other", "@example.org"}};

    EXPECT_THAT(mail().whyNot("demo", "en"), HasSubstr("may not send as 'lms@example.org'"));
    EXPECT_EQ(failure(aLetter()).first, "mail.not-possible");
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(OrganizationMailTest, anOrganizationWithoutAnAddressIsToldWhatToFillIn) {
    organizations.organizations_[0].corporateEmail = "";
    EXPECT_THAT(mail().whyNot("demo", "ru"), HasSubstr("Заполните её на странице организации"));

    organizations.organizations_[0].corporateEmail = "почта@пример.рф";
    EXPECT_THAT(mail().whyNot("demo", "ru"), HasSubstr("адрес латиницей"));

    organizations.organizations_[0].corporateEmail = "lms@example.org";
    EXPECT_EQ(mail().whyNot("demo", "ru"), "");
}

TEST_F(OrganizationMailTest, aRefusedRecipientIsToldInTheServersWords) {
    server.habits({.answers = {{"RCPT", "550 5.1.1 no such user"}}});

    const auto [code, words] = failure(aLetter("en"));

    EXPECT_EQ(code, "mail.refused");
    EXPECT_THAT(words, HasSubstr("550 5.1.1 no such user"));
}

TEST_F(OrganizationMailTest, aRefusedSenderIsNoFaultOfTheWay) {
    server.habits({.answers = {{"MAIL", "550 5.7.1 relay of inner.example: not yours"}}});

    const auto [code, words] = failure(aLetter());

    EXPECT_EQ(code, "mail.refused");
    EXPECT_THAT(words, HasSubstr("не отправляет с адреса «lms@example.org»"));
    EXPECT_THAT(words, Not(HasSubstr("inner.example")));
    EXPECT_THAT(logger.text(), HasSubstr("inner.example"));
}

TEST_F(OrganizationMailTest, howTheServerReachesItsMailServerIsNotTold) {
    settings.host = "192.0.2.1";

    const auto [code, words] = failure(aLetter());

    EXPECT_EQ(code, "mail.unavailable");
    EXPECT_THAT(words, Not(HasSubstr("192.0.2.1")));
    EXPECT_THAT(logger.text(), HasSubstr("192.0.2.1"));
}

TEST_F(OrganizationMailTest, aLostAnswerLeavesTheLetterInDoubt) {
    server.habits({.dropAfterData = true});

    EXPECT_EQ(failure(aLetter()).first, "mail.in-doubt");
}

TEST_F(OrganizationMailTest, aSilentServerKeepsNobodyLong) {
    server.habits({.silent = true});
    limits.longest = 200ms;

    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(failure(aLetter()).first, "mail.unavailable");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST_F(OrganizationMailTest, theStoppingServerBreaksATryOff) {
    server.habits({.silent = true});
    limits.longest = 60s;
    mail();

    std::jthread stopping([&](const std::stop_token& over) {
        while (server.connections() == 0 && !over.stop_requested()) std::this_thread::yield();
        made->stop();
    });

    EXPECT_EQ(failure(aLetter()).first, "mail.unavailable");
    EXPECT_EQ(failure(aLetter()).first, "mail.unavailable") << "and begins no other";
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(OrganizationMailTest, anOrganizationSendsSoManyAnHour) {
    limits.anHour = 2;
    mail().send(aLetter());
    mail().send(aLetter());

    EXPECT_EQ(failure(aLetter()).first, "mail.too-many");
    clock.advance(1h);
    EXPECT_EQ(failure(aLetter()).first, "");
}

}  // namespace
