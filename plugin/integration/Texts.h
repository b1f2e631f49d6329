#pragma once
/// The wizard's texts for people, Russian (the seeds' own, to the letter) and English. Pure.

#include "plugin/integration/IntegrationState.h"
#include "plugin/integration/ProjectFacts.h"

#include <string>

namespace plugin::integration {

enum class Language { Russian, English };
inline Language languageOf(const std::string& code) {
    return code == "en" ? Language::English : Language::Russian;
}

/// «Не выполнен», «В процессе», «Ошибка данных», «Активен».
std::string statusText(Status status, Language language);
/// «выполнено», «в процессе», …
std::string stageStatusText(StageState state, Language language);
std::string stageTitle(int stage, Language language);
/// What the stage tells the person.
std::string stageText(int stage, const ProjectFacts& facts, Language language);
/// The stage's button: «Данные у меня», «Проверено», «Все отлично».
std::string continueText(int stage, Language language);
/// The check's button: «Подключить», «Интеграция»; empty on stages without a check.
std::string checkText(int stage, Language language);
/// The hint at an active card's gear.
std::string activeHint(Language language);
/// A production address that leads to the test contour.
std::string testContourWarning(const std::string& address, Language language);
/// Why something isn't allowed, by AppError's code; empty when the code isn't one of the wizard's.
std::string reasonText(const std::string& code, Language language);

/// The moment `days` working days (Monday to Friday; holidays aren't known) after `from` on the zone's clock.
/// \throws std::invalid_argument for an unknown zone.
host::sdk::Micros afterWorkingDays(host::sdk::Micros from, int days, const std::string& timeZone);

}  // namespace plugin::integration
