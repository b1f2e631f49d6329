#include "host/mail/MailConfig.h"

#include <gmock/gmock.h>

using namespace host::mail;
using host::base::Config;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

Config configured(const std::string& senders, const std::string& server = "mail.example.org") {
    auto keys = mailConfigKeys();
    keys.push_back({"alarms.mail.server", host::base::ConfigType::Text, "", "mail server"});
    return Config::load(keys, {.file = "",
                               .environment = {},
                               .options = {"mail.organization_senders=" + senders, "alarms.mail.server=" + server}});
}

TEST(MailConfig, addressesAndDomainsMaySendForAnybody) {
    auto config = configured("Office@Example.org, @college.example");
    const auto rules = senderRules(config);

    ASSERT_THAT(config.problems(), IsEmpty());
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_TRUE(rules[0].allows("spo-12", "office@example.org"));
    EXPECT_TRUE(rules[0].allows("other", "OFFICE@example.ORG"));
    EXPECT_FALSE(rules[0].allows("spo-12", "boss@example.org"));
    EXPECT_TRUE(rules[1].allows("spo-12", "anna@College.example"));
}

TEST(MailConfig, aDomainIsComparedWhole) {
    const SenderRule rule{"", "@example.org"};

    EXPECT_TRUE(rule.allows("spo-12", "a@example.org"));
    for (const auto* other : {"a@mail.example.org", "a@notexample.org", "a@example.org.example", "example.org"})
        EXPECT_FALSE(rule.allows("spo-12", other)) << other;
}

TEST(MailConfig, whatIsOneOrganizationsNoOtherMayUse) {
    auto config = configured("spo-12:office@example.org");
    const auto rules = senderRules(config);

    ASSERT_EQ(rules.size(), 1U);
    EXPECT_TRUE(rules[0].allows("spo-12", "office@example.org"));
    EXPECT_FALSE(rules[0].allows("spo-13", "office@example.org"));
}

TEST(MailConfig, everythingElseIsAProblemOfTheConfiguration) {
    for (const auto* wrong : {"office", "example.org", "@", "@local", ":a@example.org", "a@b@c.org", "spo-12:"}) {
        auto config = configured(wrong);
        EXPECT_THAT(senderRules(config), IsEmpty()) << wrong;
        ASSERT_EQ(config.problems().size(), 1U) << wrong;
        EXPECT_THAT(config.report(), HasSubstr("mail.organization_senders"));
    }
}

TEST(MailConfig, sendersNeedAMailServer) {
    auto config = configured("@example.org", "");
    senderRules(config);

    EXPECT_THAT(config.report(), HasSubstr("set alarms.mail.server"));
}

}  // namespace
