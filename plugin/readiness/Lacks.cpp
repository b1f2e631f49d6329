#include "plugin/readiness/Lacks.h"

#include <array>

namespace plugin::readiness::lacks {

using footprint::Reason;

const Reason kExpelled{"expelled", "enrollment.status", "Слушатель отчислен.",
                       "Если слушатель продолжает учиться, исправьте статус его зачисления."};
const Reason kNoFinalWorkElement{"no-final-work-element", "element", "В программе потока нет итоговой работы.",
                                 "Загрузите в структуру программы элемент вида final-work и его результаты."};
const Reason kNoFinalWork{
    "no-final-work", "result", "Нет результата итоговой работы.",
    "Слушатель должен сдать итоговую работу; загрузите её результат с баллом, успешностью и файлом."};
const Reason kFinalWorkUnderReview{"final-work-under-review", "result.graded",
                                   "Итоговая работа сдана, но ещё не проверена.",
                                   "Проверьте работу и внесите балл и успешность."};
const Reason kFileWaits{"file-waits-for-storage", "result.files",
                        "Файл итоговой работы есть на сервере, но его наличие в хранилище Университета 20.35 ещё не "
                        "подтверждено.",
                        "Загружать файл заново не нужно: он передаётся в хранилище ночью, до отправки факта."};
const Reason kNotDelivered{"not-delivered", "", "Данные есть на сервере, но Университет 20.35 их ещё не принял.",
                           "Они уйдут ближайшей ночью; если ожидание длится дольше, посмотрите историю запусков."};
const Reason kSentAsAnother{"sent-as-another-person", "learner.untiId",
                            "Данные переданы, когда у слушателя был другой unti_id.",
                            "Отправленное не меняется само: решите, нужна ли отмена и повторная передача."};
const Reason kNoModules{"no-modules", "module", "В программе потока нет модулей.", "Загрузите структуру программы."};
const Reason kModuleReflectionMissing{"reflection-module-missing", "reflection", "Нет рефлексий по модулям.",
                                      "Слушатель должен написать рефлексию по итогу каждого модуля; загрузите их."};
const Reason kProgrammeReflectionMissing{"reflection-programme-missing", "reflection",
                                         "Нет рефлексии по итогу курса целиком.",
                                         "Слушатель должен написать рефлексию по итогу курса; загрузите её."};
const Reason kNoReflections{"no-reflections", "reflection", "Проверять нечего: у слушателя нет ни одной рефлексии.",
                            "Слушатель должен написать рефлексии; загрузите их."};
const Reason kReflectionEmpty{"reflection-empty", "reflection.text", "Текст рефлексии пуст.",
                              "Слушатель должен написать текст рефлексии; загрузите его."};
const Reason kReflectionsHaveNoWay{
    "reflections-have-no-way", "profile",
    "Рефлексия есть, но профиль проекта не описывает передачу рефлексий тем способом, который выбран для потока.",
    "Узнайте в Университете 20.35, как передать рефлексии, и дополните профиль проекта, либо смените способ передачи "
    "потока."};
const Reason kReflectionBorderline{"reflection-borderline", "reflection.text",
                                   "Проверка не может решить, годится ли текст рефлексии.",
                                   "Прочитайте рефлексию и решите: принять её или вернуть слушателю."};
const Reason kReflectionFlagged{"reflection-flagged", "reflection.text", "Проверка нашла текст рефлексии негодным.",
                                "Прочитайте рефлексию: примите её или попросите слушателя написать заново."};

std::span<const Reason* const> all() {
    static constexpr std::array list{&kExpelled,
                                     &kNoFinalWorkElement,
                                     &kNoFinalWork,
                                     &kFinalWorkUnderReview,
                                     &kFileWaits,
                                     &kNotDelivered,
                                     &kSentAsAnother,
                                     &kNoModules,
                                     &kModuleReflectionMissing,
                                     &kProgrammeReflectionMissing,
                                     &kNoReflections,
                                     &kReflectionEmpty,
                                     &kReflectionsHaveNoWay,
                                     &kReflectionBorderline,
                                     &kReflectionFlagged};
    return list;
}

}  // namespace plugin::readiness::lacks
