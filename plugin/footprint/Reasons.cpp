#include "plugin/footprint/Reasons.h"

#include <fmt/format.h>

#include <array>

namespace plugin::footprint {

namespace reasons {
const Reason kLearnerLeftOut{"learner-left-out", "learner", "Слушатель исключён из передачи.",
                             "Чтобы передавать его данные, верните слушателя в охват интеграции."};
const Reason kUnknownLearner{"unknown-learner", "learner", "Слушатель не зачислен на этот поток.",
                             "Загрузите слушателя и его зачисление на поток."};
const Reason kLearnerDeleted{"learner-deleted", "learner", "Слушатель удалён.",
                             "Восстановите слушателя или удалите его результаты."};
const Reason kNoUntiId{"no-unti-id", "learner.untiId", "У слушателя нет unti_id.",
                       "Слушатель должен войти через SSO Университета 20.35, либо загрузите его unti_id."};
const Reason kNoTestUntiId{"no-test-unti-id", "learner.testUntiId", "У слушателя нет unti_id тестового контура.",
                           "Укажите тестовый unti_id: боевой в тестовый контур не передаётся."};
const Reason kBadUntiId{"bad-unti-id", "learner.untiId", "unti_id слушателя записан неверно.",
                        "unti_id состоит только из цифр и не начинается с нуля."};
const Reason kNoMethodist{"no-methodist", "methodist.untiId", "У потока не указан unti_id методиста.",
                          "Укажите unti_id методиста в карточке потока."};
const Reason kNoTestMethodist{"no-test-methodist", "methodist.untiId",
                              "Не указан unti_id методиста для тестового контура.",
                              "Укажите тестовый unti_id методиста: боевой в тестовый контур не передаётся."};
const Reason kBadMethodist{"bad-methodist", "methodist.untiId", "unti_id методиста записан неверно.",
                           "unti_id состоит только из цифр и не начинается с нуля."};
const Reason kUnknownElement{"unknown-element", "element", "В программе потока нет такого элемента.",
                             "Загрузите структуру программы или исправьте элемент в записи."};
const Reason kElementDeleted{"element-deleted", "element", "Элемент программы удалён.",
                             "Восстановите элемент или удалите записи о нём."};
const Reason kWrongFlow{"wrong-flow", "flow", "Запись относится к другому потоку.", "Исправьте поток в записи."};
const Reason kKindNotInProfile{"kind-not-in-profile", "element.kind",
                               "Профиль проекта не описывает передачу для этого вида элемента.",
                               "Проверьте вид элемента; если он верен, передача для этого проекта не предусмотрена."};
const Reason kNoTemplate{"no-template", "element.level",
                         "В профиле проекта нет факта для элемента такого вида на этом месте программы.",
                         "Проверьте вид элемента и то, к чему он привязан."};
const Reason kRefersToUnsendable{"refers-to-unsendable", "ref.element",
                                 "Факт слушателя ссылается на элемент, который сам не может быть передан.",
                                 "Сначала исправьте элемент программы."};
const Reason kChangedAfterSending{"changed-after-sending", "revision", "Запись изменена после отправки.",
                                  "Отправленное не меняется само: решите, отменить ли переданное и передать заново "
                                  "(со сканом письма) или оставить как есть."};
const Reason kDeletedAfterSending{"deleted-after-sending", "deleted", "Запись удалена после отправки.",
                                  "Отправленное не отзывается само: решите, отменить ли переданное (со сканом письма) "
                                  "или оставить как есть."};
const Reason kFileNotInStorage{
    "file-not-in-storage", "result.files", "Файл загружен на сервер, но ещё не лежит в хранилище S3.",
    "Загружать файл заново не нужно, если причина не в нём самом: он передаётся каждой ночью, и факт уйдёт вслед за "
    "ним."};
const Reason kNoStorage{"no-storage", "result.files", "У записи есть файл, а у интеграции нет хранилища S3.",
                        "Укажите данные хранилища S3 в мастере настройки: без файла факт не передаётся."};
const Reason kReferredByLearners{
    "referred-by-learners", "revision", "Запись изменена после отправки, и на неё уже ссылаются факты слушателей.",
    "Отмена оставила бы факты слушателей без опоры: верните запись к отправленному виду либо согласуйте исправление с "
    "Университетом 20.35."};
const Reason kBeingCancelled{"being-cancelled", "revision", "Переданный факт об элементе отменяется.",
                             "Ничего делать не нужно: элемент передаётся заново, когда отмена принята."};
const Reason kTwoPracticeBlocks{"two-practice-blocks", "ref.practiceBlock",
                                "В программе больше одного блока практики: непонятно, к какому относится дневник.",
                                "Оставьте в программе один блок практики."};
const Reason kUnknownModule{"unknown-module", "module", "В программе потока нет такого модуля.",
                            "Загрузите структуру программы или исправьте модуль в рефлексии."};
const Reason kMayHaveArrived{
    "may-have-arrived", "", "Факт уже отправлялся через LRS, и принят ли он, ещё неизвестно: в таблицу он не попадает.",
    "Дождитесь ночи, в которую LRS ответит: факт повторяется с теми же данными и не может задвоиться. Если "
    "интеграция отключена, настройте её снова с тем же хранилищем. Если факт стоит в файлах xAPI, скажите у "
    "выгрузки, переданы ли они."};
const Reason kRefusedByLrs{"refused-by-lrs", "", "LRS Университета 20.35 не принял факт.",
                           "Исправьте запись: исправленная уйдёт новым фактом. Если она верна, напишите в Университет "
                           "2035, приложив ответ LRS."};
const Reason kRefersToRefused{"refers-to-refused", "ref.element",
                              "Факт слушателя ждёт факта методиста, который LRS не принял.",
                              "Сначала исправьте элемент программы: факты слушателей уйдут вслед за ним."};
const Reason kDiscardedByPerson{"discarded-by-person", "",
                                "LRS Университета 20.35 не принял факт, и его решили не передавать.",
                                "Если решение ошибочно, верните факт в карантине. Изменённая в источнике запись уйдёт "
                                "новым фактом."};
const Reason kRefersToDiscarded{"refers-to-discarded", "ref.element",
                                "Факт слушателя ждёт факта методиста, который решили не передавать.",
                                "Верните факт методиста в карантине или исправьте элемент программы: факты слушателей "
                                "уйдут вслед за ним."};
const Reason kMarkOutOfRange{"mark-out-of-range", "result.raw", "Балл лежит вне минимума и максимума.",
                             "Исправьте балл слушателя либо минимальный и максимальный балл элемента."};
const Reason kBadScoreBounds{"bad-score-bounds", "result.max", "Максимальный балл не больше минимального.",
                             "Исправьте минимальный и максимальный балл элемента."};
const Reason kBadPassMark{"bad-pass-mark", "result.passMark", "Проходной балл лежит вне минимума и максимума.",
                          "Исправьте проходной балл элемента: он задаётся в баллах."};
const Reason kBadAttempt{"bad-attempt", "result.attempt", "Номер попытки меньше единицы.", "Исправьте номер попытки."};
const Reason kBadDuration{"bad-duration", "result.duration", "Длительность отрицательна.",
                          "Исправьте длительность в записи."};
const Reason kBadViewPercent{"bad-view-percent", "view.percent", "Процент просмотра вне 0–100.",
                             "Исправьте процент просмотра."};
const Reason kTimeInFuture{"time-in-future", "statement.timestamp", "Время события ещё не наступило.",
                           "Исправьте дату и время в записи."};
const Reason kBadText{"bad-text", "", "Текст содержит недопустимые символы (не UTF-8).",
                      "Загрузите текст заново в кодировке UTF-8."};
const Reason kInvalidStatement{"invalid-statement", "", "Факт не прошёл проверку перед отправкой.",
                               "Проверьте данные записи; если они верны, исправьте профиль проекта."};
const Reason kTooLarge{"too-large", "", "Факт больше допустимого для одного запроса.", "Сократите тексты записи."};
const Reason kReflectionHeld{"reflection-held", "reflection.text", "Рефлексия не прошла проверку текста.",
                             "Откройте её в списке рефлексий, сравните тексты и решите: примите с пояснением либо "
                             "попросите слушателя переписать её."};
const Reason kReflectionHeldByPerson{"reflection-held-by-person", "reflection.text", "Рефлексию задержал методист.",
                                     "Слушатель должен переписать её, либо методист может принять её с пояснением."};
const Reason kReflectionUnchecked{"reflection-unchecked", "reflection.text", "Текст рефлексии ещё не проверен.",
                                  "Ничего делать не нужно: её проверит следующая ночь."};
const Reason kTextTooLong{"text-too-long", "", "Текст длиннее 32 767 знаков: в ячейку таблицы он не помещается.",
                          "Сократите текст: обрезанный текст не передаётся."};
const Reason kControlCharacter{"control-character", "",
                               "Текст содержит управляющие символы, которых в файле XLSX быть не может.",
                               "Уберите из текста управляющие символы."};
const Reason kTimeOutsideTable{"time-outside-table", "",
                               "Дата вне календаря таблиц XLSX: он начинается 1 марта 1900 года.",
                               "Исправьте дату и время в записи."};
const Reason kFileGone{"file-gone", "result.files", "Файла работы нет на диске сервера.",
                       "Загрузите файл работы слушателя заново."};
const Reason kFileChanged{"file-changed", "result.files",
                          "Файл работы на диске сервера не тот, что был загружен: не совпадает SHA-256.",
                          "Загрузите файл работы слушателя заново и проверьте диск сервера."};
const Reason kFileNameTaken{"file-name-taken", "result.files",
                            "Имя файла работы в архиве совпадает с именем другого файла того же слушателя.",
                            "Переименуйте файл работы и загрузите его заново."};
const Reason kTemplateNotMapped{"template-not-mapped", "",
                                "Столбцы загруженного шаблона этого элемента ещё не сопоставлены с данными.",
                                "Завершите сопоставление столбцов шаблона или удалите шаблон."};
const Reason kStoredDifferently{
    "stored-differently", "", "LRS Университета 20.35 хранит факт не таким, каким он передан и принят.",
    "Напишите в Университет 20.35: пусть удалят у себя испорченный факт. Сам он не передаётся снова: LRS отклонит его "
    "как "
    "противоречащий. Когда факта там не станет, ближайшая ночь, которая это прочитает, передаст его заново."};
const Reason kLostInStore{
    "lost-in-store", "", "LRS Университета 20.35 принимал факт трижды, и каждый раз его там не находилось.",
    "Напишите в Университет 20.35 и проверьте право ключа читать всё хранилище, а не только своё: факт больше не "
    "передаётся сам, но продолжает проверяться."};
const Reason kVoidedThere{"voided-there", "", "Факт отменён в LRS Университета 20.35, и не по решению организации.",
                          "Выясните в Университете 20.35, кто и почему отменил факт: снова он не передаётся."};
}  // namespace reasons

std::span<const Reason* const> allReasons() {
    using namespace reasons;
    static constexpr std::array all{&kLearnerLeftOut,
                                    &kUnknownLearner,
                                    &kLearnerDeleted,
                                    &kNoUntiId,
                                    &kNoTestUntiId,
                                    &kBadUntiId,
                                    &kNoMethodist,
                                    &kNoTestMethodist,
                                    &kBadMethodist,
                                    &kUnknownElement,
                                    &kElementDeleted,
                                    &kWrongFlow,
                                    &kKindNotInProfile,
                                    &kNoTemplate,
                                    &kRefersToUnsendable,
                                    &kChangedAfterSending,
                                    &kDeletedAfterSending,
                                    &kFileNotInStorage,
                                    &kMayHaveArrived,
                                    &kRefusedByLrs,
                                    &kRefersToRefused,
                                    &kDiscardedByPerson,
                                    &kRefersToDiscarded,
                                    &kMarkOutOfRange,
                                    &kBadScoreBounds,
                                    &kBadPassMark,
                                    &kBadAttempt,
                                    &kBadDuration,
                                    &kBadViewPercent,
                                    &kTimeInFuture,
                                    &kBadText,
                                    &kInvalidStatement,
                                    &kTooLarge,
                                    &kNoStorage,
                                    &kReferredByLearners,
                                    &kBeingCancelled,
                                    &kTwoPracticeBlocks,
                                    &kUnknownModule,
                                    &kReflectionHeld,
                                    &kReflectionHeldByPerson,
                                    &kReflectionUnchecked,
                                    &kTextTooLong,
                                    &kControlCharacter,
                                    &kTimeOutsideTable,
                                    &kFileGone,
                                    &kFileChanged,
                                    &kFileNameTaken,
                                    &kTemplateNotMapped,
                                    &kStoredDifferently,
                                    &kLostInStore,
                                    &kVoidedThere};
    return all;
}

Refusal Refusal::of(const Reason& reason, std::string_view detail) {
    std::string text = reason.reason;
    if (!detail.empty()) {
        text.pop_back();
        text = fmt::format("{}: {}{}", text, detail, detail.ends_with('.') ? "" : ".");
    }
    return {reason.code, reason.field, std::move(text), reason.fix};
}

Refusal Refusal::missing(Name name) {
    const Placeholder& p = placeholder(name);
    return {p.missingCode, p.text, p.missingReason, p.missingFix};
}

Refusal Refusal::failed(const RenderFailure& failure) {
    if (failure.kind == RenderFailure::Kind::Missing) return missing(failure.name);
    Refusal refusal = of(reasons::kBadText);
    refusal.field = placeholder(failure.name).text;
    return refusal;
}

}  // namespace plugin::footprint
