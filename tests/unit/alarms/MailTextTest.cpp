#include "host/alarms/MailText.h"

#include <gmock/gmock.h>

using namespace host::alarms;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

TEST(MailText, theWordsSayWhatWhereSinceWhenAndWhatToDo) {
    Message message;
    message.alarm.alarm = {"u2035/destination/7",  "spo-12", "destination-paused",
                           "Передача остановлена", "401.",   "Замените ключ."};
    message.alarm.openedAt = 1'772'323'200'000'000;
    EXPECT_EQ(subjectOf(message), "[lmsd] Тревога: Передача остановлена");
    EXPECT_THAT(bodyOf(message), HasSubstr("Что сделать: Замените ключ."));
    EXPECT_THAT(bodyOf(message), HasSubstr("Организация: spo-12"));
    EXPECT_THAT(bodyOf(message), HasSubstr("Началось: 2026-03-01T00:00:00Z"));

    message.kind = MessageKind::Closed;
    message.alarm.closedAt = message.alarm.openedAt + 60'000'000;
    EXPECT_EQ(subjectOf(message), "[lmsd] Закончилось: Передача остановлена");
    EXPECT_THAT(bodyOf(message), HasSubstr("Закончилось: 2026-03-01T00:01:00Z"));
    EXPECT_THAT(bodyOf(message), Not(HasSubstr("Что сделать")));
}

}  // namespace
