#include "common/Rfc3339.h"
#include "plugin/integration/Texts.h"

#include <gtest/gtest.h>

using namespace plugin::integration;

TEST(Texts, hasTheSeedsStatuses) {
    EXPECT_EQ(statusText(Status::NotDone, Language::Russian), "Не выполнен");
    EXPECT_EQ(statusText(Status::InProgress, Language::Russian), "В процессе");
    EXPECT_EQ(statusText(Status::DataError, Language::Russian), "Ошибка данных");
    EXPECT_EQ(statusText(Status::Active, Language::Russian), "Активен");
    EXPECT_EQ(stageStatusText(StageState::Done, Language::Russian), "выполнено");
    EXPECT_EQ(stageStatusText(StageState::Open, Language::Russian), "в процессе");
}

TEST(Texts, hasTheSeedsButtons) {
    EXPECT_EQ(continueText(1, Language::Russian), "Данные у меня");
    EXPECT_EQ(continueText(2, Language::Russian), "Проверено");
    EXPECT_EQ(continueText(3, Language::Russian), "Данные у меня");
    EXPECT_EQ(continueText(4, Language::Russian), "Все отлично");
    EXPECT_EQ(checkText(2, Language::Russian), "Подключить");
    EXPECT_EQ(checkText(4, Language::Russian), "Интеграция");
}

TEST(Texts, hasTheSeedsTextOfStage3) {
    EXPECT_EQ(stageText(3, {}, Language::Russian),
              "После отправки письма Университету 2035 в течение 3 рабочих дней вам придут два письма:\n"
              "– Письмо с данными для получения доступа к продуктовому контуру (Basic, Key, Secret)\n"
              "– Письмо с данными для доступа к хранилищу S3 (User Id, Password, Access Key ID, Secret Key).\n"
              "После их получения нажмите кнопку \"Данные у меня\" и переходите к следующему пункту");
}

TEST(Texts, hasTheSeedsTextOfStage4) {
    EXPECT_EQ(
        stageText(4, {}, Language::Russian),
        "Введите параметр Basic из первого письма, а также User Id, Access Key ID и Secret Key из второго. После "
        "этого нажмите кнопку Интеграция. Мы проверим правильность соединения и сообщим вам о результате в течение "
        "минуты. При успешной интеграции ваш проект будет подключен к хранилищу Университета 2035, и мы сможем "
        "передавать цифровой след в автоматическом режиме. Нажмите активную кнопку \"Все отлично\" для завершения "
        "настройки");
}

TEST(WorkingDays, skipsTheWeekend) {
    auto friday = common::Rfc3339::parse("2026-01-16T10:30:00+03:00").value();

    EXPECT_EQ(afterWorkingDays(friday, 3, "Europe/Moscow"),
              common::Rfc3339::parse("2026-01-21T10:30:00+03:00").value());
}

TEST(WorkingDays, countsTheDaysOfTheOrganisationsClock) {
    // Friday in UTC, Saturday in Kamchatka: the three days are Monday, Tuesday, Wednesday.
    auto friday = common::Rfc3339::parse("2026-01-16T20:00:00Z").value();

    EXPECT_EQ(afterWorkingDays(friday, 3, "Asia/Kamchatka"),
              common::Rfc3339::parse("2026-01-21T08:00:00+12:00").value());
}
