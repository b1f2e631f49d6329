#include "plugin/api/JournalTexts.h"

#include "common/Json.h"

#include <algorithm>
#include <iterator>

namespace plugin::api {

namespace {

struct Action {
    const char* code;
    const char* russian;
    const char* english;
};

constexpr Action kActions[] = {
    {"integration.opened", "Начата настройка интеграции", "The set-up of the integration was begun"},
    {"integration.stage-selected", "Выбран этап настройки", "A stage of the set-up was chosen"},
    {"integration.stage-continued", "Пройден этап настройки", "A stage of the set-up was passed"},
    {"integration.check-started", "Начата проверка соединения", "A check of the connection was started"},
    {"integration.check-finished", "Закончена проверка соединения", "A check of the connection has ended"},
    {"integration.letter-copied", "Скопирован шаблон письма", "The text of a letter was copied"},
    {"integration.letter-sent", "Отправлено письмо", "A letter was sent"},
    {"integration.letter-in-doubt", "Письмо, возможно, не отправлено", "A letter may not have been sent"},
    {"integration.activated", "Интеграция настроена и действует", "The integration is set up and in force"},
    {"integration.disconnected", "Интеграция отключена", "The integration was disconnected"},
    {"integration.key-replaced", "Заменён ключ интеграции", "The integration's key was replaced"},
    {"integration.key-replacement-failed", "Ключ не заменён: новый не прошёл проверку",
     "The key was not replaced: the new one failed its check"},
    {"integration.endpoints-changed", "Изменены адреса интеграции", "The integration's addresses were changed"},
    {"integration.scope-changed", "Изменено, что и каким каналом передаётся", "What is sent, and how, was changed"},
    {"integration.full-package", "Отправлен полный пакет в тестовый контур",
     "A full package was sent to the test contour"},
    {"integration.full-package-void", "Отменён полный пакет в тестовом контуре",
     "A full package was voided in the test contour"},
    {"run.started", "Запущена передача", "A run was started"},
    {"quarantine.replay", "Назначен повтор фактов из карантина", "Statements in quarantine are to be replayed"},
    {"quarantine.discard", "Решено не передавать факты из карантина", "Statements in quarantine were discarded"},
    {"quarantine.restore", "Отменено решение о фактах в карантине",
     "A decision on statements in quarantine was taken back"},
    {"reflection.judged", "Принято решение о рефлексии", "A reflection was judged"},
    {"corrections.decided", "Решено об изменённых после отправки записях",
     "Records changed after they were sent were decided on"},
    {"resend.started", "Начата переотправка в промышленный контур",
     "Sending again to the production contour was started"},
    {"store.contour-declared", "Указан контур хранилища", "The contour of a store was declared"},
    {"export.split", "Разбита часть таблицы", "A part of a table was split"},
    {"export.handed-over", "Файлы xAPI отмечены переданными", "xAPI files were marked as handed over"},
    {"export.not-handed-over", "Файлы xAPI отмечены непереданными", "xAPI files were marked as not handed over"},
    {"export.file-uploaded", "Файл отмечен загруженным", "A file was marked as uploaded"},
    {"export.file-not-uploaded", "С файла снята отметка о загрузке", "A file's mark as uploaded was taken back"},
    {"table-template.uploaded", "Загружен шаблон таблицы", "The template of a table was uploaded"},
    {"table-template.mapped", "Сопоставлены столбцы шаблона", "The columns of a template were matched"},
    {"table-template.removed", "Удалён шаблон таблицы", "The template of a table was removed"},
    {"unti-ids.previewed", "Загружен список unti_id для просмотра", "A list of unti_ids was brought in for a preview"},
    {"unti-ids.applied", "Внесены unti_id из списка", "unti_ids of a list were applied"},
    {"unti-ids.undone", "Отменено внесение unti_id", "The unti_ids of a list were taken back"},
    {"match.accepted", "Приняты сопоставления", "Matches were accepted"},
    {"match.undone", "Отменены принятые сопоставления", "Accepted matches were taken back"},
    {"match.rejected", "Отклонены подсказки сопоставления", "Suggestions of matches were rejected"},
    {"match.restored", "Возвращены отклонённые подсказки", "Rejected suggestions were brought back"},
    {"match.table-read", "Прочитана таблица для сопоставления", "A table for matching was read"},
    {"sso.client-changed", "Изменены настройки входа через Университет 20.35",
     "The settings of the sign-in with University 20.35 were changed"},
    {"sso.client-removed", "Убраны настройки входа через Университет 20.35",
     "The settings of the sign-in with University 20.35 were removed"},
    {"sso.trial-begun", "Начат пробный вход", "A trial sign-in was begun"},
    {"sso.links-made", "Созданы ссылки слушателям", "Links for learners were made"},
    {"sso.link-revoked", "Отозвана ссылка слушателя", "A learner's link was withdrawn"},
    {"sso.joined", "Слушатель подтвердил, что это он", "A learner confirmed who they are"},
    {"sso.join-declined", "Слушатель не подтвердил, что это он", "A learner did not confirm who they are"},
    {"sso.join-waits", "Вход слушателя ждёт решения", "A learner's sign-in waits for a decision"},
    {"sso.join-accepted", "Вход слушателя принят", "A learner's sign-in was accepted"},
    {"sso.join-dismissed", "Вход слушателя не принят", "A learner's sign-in was not accepted"},
    {"sso.unlinked", "Слушатель отвязал Университет 20.35", "A learner unlinked University 20.35"},
    {"sso.join-undone", "Связь слушателя с входом отменена", "A learner's link to a sign-in was taken back"},
};

}  // namespace

std::string withWords(const std::string& action, const std::string& details) {
    const auto found =
        std::find_if(std::begin(kActions), std::end(kActions), [&](const Action& one) { return action == one.code; });
    if (found == std::end(kActions)) return details;
    common::JsonWriter words;
    words.object().key("text").object().member("ru", found->russian).member("en", found->english).end().end();
    auto text = words.take();
    if (details.size() <= 2) return text;
    text.back() = ',';
    return text + details.substr(1);
}

void WordedJournal::append(const host::sdk::JournalEntry& entry) {
    auto worded = entry;
    worded.details = withWords(entry.action, entry.details);
    journal_.append(worded);
}

}  // namespace plugin::api
