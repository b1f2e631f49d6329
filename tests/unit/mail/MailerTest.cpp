#include "host/mail/MailText.h"
#include "host/mail/Mailer.h"
#include "tests/support/SmtpServer.h"
#include "tests/support/TempDir.h"
#include "tests/support/TestAuthority.h"

#include <gmock/gmock.h>

using namespace host::mail;
using namespace std::chrono_literals;
using host::sdk::SecretString;
using ::testing::HasSubstr;
using ::testing::Not;
using tests::SmtpHabits;
using tests::SmtpServer;
using Outcome = Delivery::Outcome;
using Security = MailSettings::Security;

namespace {

struct MailerTest : ::testing::Test {
    MailSettings settings(const SmtpServer& server, Security security = Security::StartTls) {
        MailSettings s;
        s.host = "localhost";
        s.port = static_cast<std::uint16_t>(server.port());
        s.security = security;
        s.user = "lmsd";
        s.password = [] { return SecretString("Пароль 1"); };
        s.from = "lmsd@example.org";
        s.caFile = authority.caFile();
        return s;
    }
    SmtpHabits usual(const std::string& san = "DNS:localhost") {
        return {.startTls = authority.serverContext(san), .user = "lmsd", .password = "Пароль 1"};
    }
    Delivery send(const MailSettings& s, const std::string& to = "anna@example.org") {
        Mailer mailer(s);
        return mailer.send({s.from, to}, text(to), {});
    }
    static std::string text(const std::string& to) {
        return mailText({"lmsd@example.org", to, "Тревога", ".\n.точка\nконец", "alarm-1@test", "", 0});
    }

    tests::TempDir folder;
    tests::TestAuthority authority{folder / "ca"};
};

TEST_F(MailerTest, sendsOverStartTlsAfterSigningIn) {
    SmtpServer server(usual());

    const auto delivery = send(settings(server));

    EXPECT_EQ(delivery.outcome, Outcome::Sent) << delivery.problem;
    ASSERT_EQ(server.taken().size(), 1U);
    const auto mail = server.taken()[0];
    EXPECT_TRUE(mail.secure);
    EXPECT_EQ(mail.user, "lmsd");
    EXPECT_EQ(mail.from, "lmsd@example.org");
    EXPECT_EQ(mail.to, "anna@example.org");
    EXPECT_EQ(mail.text, text("anna@example.org"));
}

TEST_F(MailerTest, sendsOverTlsFromTheFirstByte) {
    SmtpServer server({.fromTheFirstByte = authority.serverContext("DNS:localhost"),
                       .user = "lmsd",
                       .password = "Пароль 1",
                       .mechanisms = "LOGIN"});

    EXPECT_EQ(send(settings(server, Security::Tls)).outcome, Outcome::Sent);
    EXPECT_EQ(server.taken().at(0).user, "lmsd");
}

TEST_F(MailerTest, saysNothingInTheClearToAServerWithoutStartTls) {
    SmtpServer server({.user = "lmsd", .password = "Пароль 1"});

    const auto delivery = send(settings(server));

    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_THAT(delivery.problem, HasSubstr("no STARTTLS"));
    EXPECT_TRUE(delivery.channelDown);
    EXPECT_THAT(server.heard(), Not(HasSubstr("AUTH")));
    EXPECT_THAT(server.heard(), Not(HasSubstr("MAIL")));
}

TEST_F(MailerTest, believesNothingThatWasSaidBeforeTls) {
    auto habits = usual();
    // As if the server over TLS offered no AUTH and took everything: said by somebody on the way.
    habits.injectAfterStartTls = "250 injected\r\n250 injected\r\n250 injected\r\n354 injected\r\n250 injected\r\n";
    SmtpServer server(habits);

    const auto delivery = send(settings(server));

    EXPECT_EQ(delivery.outcome, Outcome::Sent) << delivery.problem;
    ASSERT_EQ(server.taken().size(), 1U);
    EXPECT_EQ(server.taken()[0].user, "lmsd");
}

TEST_F(MailerTest, trustsNoStrangersCertificate) {
    tests::TestAuthority other(folder / "other");
    SmtpServer server({.startTls = other.serverContext("DNS:localhost"), .user = "lmsd", .password = "Пароль 1"});

    const auto delivery = send(settings(server));

    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_THAT(delivery.problem, HasSubstr("not trusted"));
    EXPECT_THAT(delivery.fix, HasSubstr("outbound.ca_file"));
    EXPECT_THAT(server.heard(), Not(HasSubstr("AUTH")));
}

TEST_F(MailerTest, trustsNoCertificateOfAnotherNameNorAnExpiredOne) {
    SmtpServer named(usual("DNS:mail.example.org"));
    EXPECT_THAT(send(settings(named)).problem, HasSubstr("another name"));

    auto habits = usual();
    habits.startTls = authority.serverContext("DNS:localhost", -20, -1);
    SmtpServer expired(habits);
    EXPECT_THAT(send(settings(expired)).problem, HasSubstr("expired"));
}

TEST_F(MailerTest, sendsInTheClearToThisMachineOnly) {
    SmtpServer server({});
    auto plain = settings(server, Security::Plain);
    plain.user.clear();
    EXPECT_EQ(send(plain).outcome, Outcome::Sent);

    plain.host = "192.0.2.1";
    const auto delivery = send(plain);
    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_THAT(delivery.problem, HasSubstr("in the clear"));
}

TEST_F(MailerTest, tellsARefusedPasswordWithoutShowingIt) {
    SmtpServer server(usual());
    auto wrong = settings(server);
    wrong.password = [] { return SecretString("geheim-123"); };

    const auto delivery = send(wrong);

    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_THAT(delivery.problem, HasSubstr("535"));
    EXPECT_THAT(delivery.fix, HasSubstr("alarms.mail.password"));
    EXPECT_THAT(delivery.problem + delivery.fix, Not(HasSubstr("geheim")));
}

TEST_F(MailerTest, aRefusedRecipientIsThatRecipientsTrouble) {
    auto habits = usual();
    habits.answers = {{"RCPT", "550 5.1.1 no such user"}};
    SmtpServer server(habits);

    const auto delivery = send(settings(server));

    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_THAT(delivery.problem, HasSubstr("550 5.1.1 no such user"));
    EXPECT_FALSE(delivery.channelDown);
}

TEST_F(MailerTest, aLostAnswerLeavesTheMessageInDoubt) {
    auto habits = usual();
    habits.dropAfterData = true;
    SmtpServer server(habits);

    EXPECT_EQ(send(settings(server)).outcome, Outcome::InDoubt);
    EXPECT_EQ(server.taken().size(), 1U);
}

TEST_F(MailerTest, aRefusedSenderIsNamedAsSuch) {
    auto habits = usual();
    habits.answers = {{"MAIL", "550 5.7.1 not your address"}};
    SmtpServer server(habits);

    const auto delivery = send(settings(server));

    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_TRUE(delivery.senderRefused);
    EXPECT_THAT(delivery.problem, HasSubstr("refused the sender 'lmsd@example.org'"));
}

TEST_F(MailerTest, oneTryMayBeShorterThanTheOthers) {
    SmtpServer server({.silent = true});
    Mailer mailer(settings(server));

    const auto delivery = mailer.send({"a@example.org", "b@example.org"}, "", {}, 200ms);

    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_THAT(delivery.problem, HasSubstr("within 200 ms"));
}

TEST_F(MailerTest, aSilentServerIsGivenUp) {
    SmtpServer server({.silent = true});
    auto impatient = settings(server);
    impatient.timeout = 200ms;

    const auto delivery = send(impatient);

    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_THAT(delivery.problem, HasSubstr("did not answer"));
}

TEST_F(MailerTest, aServerThatIsNotThereIsNamed) {
    MailSettings nobody;
    {
        SmtpServer gone({});
        nobody = settings(gone);
    }
    const auto delivery = send(nobody);
    EXPECT_EQ(delivery.outcome, Outcome::Failed);
    EXPECT_THAT(delivery.problem, HasSubstr("can't be reached"));
}

TEST_F(MailerTest, withoutAServerNothingIsSent) {
    EXPECT_THAT(send({}).problem, HasSubstr("No mail server"));
}

}  // namespace
