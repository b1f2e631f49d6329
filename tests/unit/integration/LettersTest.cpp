#include "common/Encoding.h"
#include "plugin/integration/Letters.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TempDir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace plugin::integration;
using host::sdk::AppError;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

std::map<std::string, std::string> shippedTemplates() {
    std::map<std::string, std::string> all;
    for (const auto& kind : Letters::kinds())
        all[kind] =
            tests::TempDir::read(std::filesystem::path(LMSD_SOURCE_DIR) / "config/letters" / (kind + ".mustache"));
    return all;
}

ProjectFacts bas() {
    ProjectFacts facts;
    facts.project = "bas";
    facts.title = "Кадры для БАС";
    return facts;
}

Letter written(const std::string& kind, const ProjectFacts& facts = bas(), const IntegrationState& state = {},
               const LetterExtras& extras = {}) {
    return Letters(shippedTemplates()).write(kind, tests::anOrganization("demo"), facts, state, extras);
}

std::vector<std::string> namesOf(const std::vector<MissingFact>& missing) {
    std::vector<std::string> names;
    for (const auto& m : missing) names.push_back(m.name);
    return names;
}

}  // namespace

TEST(Letters, asksForTheTestContourInTheSeedsWords) {
    Letter letter = written("test-access");

    EXPECT_EQ(letter.to, "apps@2035.university");
    EXPECT_EQ(letter.from, "lms@example.org");
    EXPECT_EQ(letter.subject, "Доступ к тестовому External LRS, АНО ДПО «Высота»");
    EXPECT_EQ(letter.body,
              "Просим выдать логин, пароль и basic auth токен к External LRS.\n"
              "Для какого контура: Тестовый\n"
              "Организация (юридическое наименование, как в договоре): АНО ДПО «Высота»\n"
              "Название проекта, в рамках которого проходит интеграция: Кадры для БАС\n");
    EXPECT_THAT(letter.missing, IsEmpty());
}

TEST(Letters, asksForTheProductionContourInTheSeedsWords) {
    Letter letter = written("production-access");

    EXPECT_EQ(letter.subject, "Доступ к продуктовому External LRS, АНО ДПО «Высота»");
    EXPECT_THAT(letter.body, HasSubstr("Для какого контура: Промышленный\n"));
    EXPECT_THAT(letter.body, Not(HasSubstr("guid")));
}

TEST(Letters, hasTheGuidWhereTheProfileWantsIt) {
    ProjectFacts facts = bas();
    facts.guidInProductionLetter = true;
    IntegrationState state;
    state.guid = "aa9c8065-6884-48ac-adfd-b283f49e14ad";

    EXPECT_THAT(written("production-access", facts, state).body,
                HasSubstr("guid: aa9c8065-6884-48ac-adfd-b283f49e14ad\n"));
    EXPECT_THAT(namesOf(written("production-access", facts).missing), ElementsAre("guid"));
}

TEST(Letters, asksForTheStorage) {
    EXPECT_THAT(written("storage-access").body, HasSubstr("Просим выдать доступ к хранилищу S3."));
}

TEST(Letters, asksForSingleSignOn) {
    LetterExtras extras;
    extras.serviceUrl = "https://lms.example.org";
    extras.redirectUri = "https://lms.example.org/auth/";
    extras.clientId = "vysota";

    Letter letter = written("sso-test", bas(), {}, extras);

    EXPECT_EQ(letter.subject, "Подключение к API SSO Автономная некоммерческая организация «Высота». Тестовый контур");
    EXPECT_THAT(letter.body, HasSubstr("Домен/ссылка перенаправления (redirect_uri): https://lms.example.org/auth/\n"));
    EXPECT_THAT(letter.body, HasSubstr("ФИО: Петрова Анна Сергеевна\n"));
    EXPECT_THAT(letter.missing, IsEmpty());
}

TEST(Letters, namesWhatTheProductionSignOnLetterLacks) {
    EXPECT_EQ(written("sso-production").subject,
              "Подключение к API SSO Автономная некоммерческая организация «Высота». Промышленный контур");
    EXPECT_THAT(namesOf(written("sso-production").missing),
                ElementsAre("serviceUrl", "redirectUri", "clientId", "leaderId", "usersMe"));
}

TEST(Letters, quotesTheFailedStepToSupport) {
    LetterExtras extras;
    extras.failed = {"Чтение из LRS (GET)",
                     "Тестовый",
                     "https://lrs.example.org/xAPI/statements",
                     "Authorization: Basic ****abcd",
                     "{\"message\":\"Unauthorized\"}",
                     "e-1"};
    extras.browser = "Firefox";

    Letter letter = written("support", bas(), {}, extras);

    EXPECT_THAT(letter.body, HasSubstr("Шаг: Чтение из LRS (GET)\n"));
    EXPECT_THAT(letter.body, HasSubstr("Ответ: {\"message\":\"Unauthorized\"}\n"));
    EXPECT_THAT(letter.body, HasSubstr("errorId: e-1\n"));
    EXPECT_THAT(letter.body, HasSubstr("Браузер: Firefox\n"));
}

TEST(Letters, namesMissingFactsWithTheirPlace) {
    auto organization = tests::anOrganization("demo");
    organization.legalName.clear();
    organization.corporateEmail.clear();

    Letter letter = Letters(shippedTemplates()).write("test-access", organization, bas(), {}, {});

    ASSERT_THAT(namesOf(letter.missing), ElementsAre("legalName", "corporateEmail"));
    EXPECT_EQ(letter.missing[0].pointer, "/legalName");
    EXPECT_EQ(letter.missing[0].where, "на странице редактирования организации");
}

TEST(Letters, leavesPlainTextAsItIs) {
    auto organization = tests::anOrganization("demo");
    organization.legalName = "ООО \"Полёт & Ко\" <БАС>";

    EXPECT_THAT(Letters(shippedTemplates()).write("test-access", organization, bas(), {}, {}).body,
                HasSubstr("ООО \"Полёт & Ко\" <БАС>"));
}

TEST(Letters, takesNoTemplateFromAFact) {
    auto organization = tests::anOrganization("demo");
    organization.legalName = "{{guid}}";

    EXPECT_THAT(Letters(shippedTemplates()).write("test-access", organization, bas(), {}, {}).subject,
                HasSubstr("{{guid}}"));
}

TEST(Letters, refusesAnUnknownKind) {
    EXPECT_THROW(written("love"), AppError);
}

TEST(Letters, refusesBrokenTemplatesWithEachFault) {
    auto templates = shippedTemplates();
    templates["support"] = "no subject";
    templates["test-access"] = "Subject: x\n\n{{#open}} never closed";
    templates.erase("sso-test");

    try {
        Letters letters(templates);
        FAIL();
    } catch (const AppError& e) {
        EXPECT_EQ(e.code(), "letters.invalid");
        EXPECT_EQ(e.errors().size(), 3u);
    }
}

TEST(LetterMessage, foldsTheSubjectIntoEncodedWordsThatDecodeWhole) {
    Letter letter = written("sso-production");

    std::string message = toMessage(letter, tests::FakeClock::kStart);

    std::string subject;
    std::istringstream lines(message);
    bool in = false;
    for (std::string line; std::getline(lines, line);) {
        line.pop_back();
        ASSERT_LE(line.size(), 76u);
        if (line.rfind("Subject: ", 0) == 0) {
            in = true;
            line = line.substr(9);
        } else if (in && line[0] == ' ') {
            line = line.substr(1);
        } else {
            in = false;
        }
        if (!in) continue;
        ASSERT_EQ(line.substr(0, 10), "=?UTF-8?B?");
        subject += common::fromBase64(line.substr(10, line.size() - 12)).value();
    }
    EXPECT_EQ(subject, letter.subject);
}

TEST(LetterMessage, carriesTheBodyInBase64) {
    Letter letter = written("test-access");

    std::string message = toMessage(letter, tests::FakeClock::kStart);

    EXPECT_THAT(message, HasSubstr("From: lms@example.org\r\nTo: apps@2035.university\r\n"));
    EXPECT_THAT(message, HasSubstr("Date: Sun, 01 Mar 2026 00:00:00 +0000\r\n"));
    std::string body = message.substr(message.find("\r\n\r\n") + 4);
    body.erase(std::remove_if(body.begin(), body.end(), [](char c) { return c == '\r' || c == '\n'; }), body.end());
    EXPECT_THAT(common::fromBase64(body).value(), HasSubstr("Для какого контура: Тестовый\r\n"));
}

TEST(LetterMessage, letsNothingBreakOutOfAHeader) {
    Letter letter = written("test-access");
    letter.from = "a@example.org\r\nBcc: thief@example.org";
    letter.subject = "x\r\nBcc: thief@example.org";

    EXPECT_THAT(toMessage(letter, 0), Not(HasSubstr("Bcc")));
}
