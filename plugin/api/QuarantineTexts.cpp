#include "plugin/api/QuarantineTexts.h"

#include "common/Phrases.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace plugin::api {

namespace {

struct Cause {
    const char* code;
    const char* title;
    const char* meaning;
    const char* fix;
};

constexpr Cause kCauses[] = {
    {"conflict", "This id is there already",
     "The store holds a statement of this id with other content: the same data will be refused again.",
     "Correct the record at its source: the new revision goes under another id. If the record is right, ask University "
     "2035 to delete the earlier statement, naming its id and the errorId, then replay it all the same (REST: "
     "\"force\")."},
    {"missing-value", "A field is missing",
     "The statement lacks a field that is required: the store's answer names it.",
     "Fill it in at the source: the corrected record goes the next night. If the record has it, mend the template in "
     "the project's profile."},
    {"wrong-value", "A value is not allowed",
     "The value of a field was not taken: the store's answer names the field and the value.",
     "Correct the value at the source or the template in the project's profile: the statement is made anew the next "
     "night."},
    {"unknown-key", "A field too many", "The store doesn't know the field it names and takes no statement with it.",
     "Remove the field from the template in the project's profile: the statements are made anew the next night."},
    {"too-large", "Too large",
     "The statement is larger than the store takes in one request, even when it is alone in it.",
     "Shorten the texts of the record or ask University 2035 to raise the limit, then replay."},
    {"repeated-id", "The id stands twice in a batch", "One and the same id came twice in a batch.",
     "Replay the statement: it goes in another batch."},
    {"missing-attachment", "No attachment", "The store expects the attachment itself, not a link to it.",
     "Check that the template in the project's profile names the file's address (fileUrl)."},
    {"other", "Another cause", "The store refused: its answer is quoted word for word.",
     "Correct the record if the answer names its fault. If the record is right, write to University 2035 with the "
     "answer and the errorId, then replay."}};

constexpr std::pair<std::string_view, const char*> kVerdicts[] = {
    {"queued", "Goes the next night under the same id: with the same data if nothing has changed, else made anew."},
    {"already-queued", "Its replay was asked for already: it goes the next night."},
    {"discarded", "Won't be sent until the record is changed at its source or the statement is restored."},
    {"already-discarded", "It was discarded already."},
    {"restored", "The decision is taken back: the statement waits in quarantine again."},
    {"conflict",
     "The store holds a statement of this id with other content: the same data will be refused again. Correct the "
     "record at its source, or replay it all the same (REST: \"force\") if the earlier one is deleted."},
    {"source-changed",
     "The record was corrected at its source: a new statement goes the next night, this one can't be replayed."},
    {"source-deleted", "The record is deleted at its source: there is nothing to send."},
    {"source-missing", "The record is no longer in this flow: there is nothing to send."},
    {"superseded", "The record is told by another statement already: this one can't be replayed."},
    {"discarded-before", "It was discarded: restore it first."},
    {"not-connected", "The integration with this store is not connected: there is nowhere to replay it to."},
    {"not-quarantined", "The statement is not in quarantine."},
    {"no-word", "Nothing was decided about it: there is nothing to take back."},
    {"changed-meanwhile", "The statement changed while you were looking: refresh the list."},
    {"unknown", "There is no such statement here."}};

std::string told(const char* english, bool russian) {
    static const common::Phrasebook book(
        {{"This id is there already", "Такой id уже есть"},
         {"The store holds a statement of this id with other content: the same data will be refused again.",
          "В хранилище уже лежит факт с этим id, но с другим содержанием: те же данные будут отклонены снова."},
         {"Correct the record at its source: the new revision goes under another id. If the record is right, ask "
          "University 2035 to delete the earlier statement, naming its id and the errorId, then replay it all the same "
          "(REST: \"force\").",
          "Исправьте запись в источнике: новая ревизия уйдёт под другим id. Если запись верна, попросите Университет "
          "2035 удалить прежний факт, назвав его id и errorId, затем повторите «всё равно» (в REST — force)."},
         {"A field is missing", "Не хватает поля"},
         {"The statement lacks a field that is required: the store's answer names it.",
          "В факте нет обязательного поля: в ответе хранилища названо, какого."},
         {"Fill it in at the source: the corrected record goes the next night. If the record has it, mend the template "
          "in the project's profile.",
          "Заполните его в источнике: исправленная запись уйдёт следующей ночью. Если в записи оно есть, исправьте "
          "шаблон в профиле проекта."},
         {"A value is not allowed", "Недопустимое значение"},
         {"The value of a field was not taken: the store's answer names the field and the value.",
          "Значение поля не принято: в ответе хранилища названы поле и значение."},
         {"Correct the value at the source or the template in the project's profile: the statement is made anew the "
          "next night.",
          "Исправьте значение в источнике или шаблон в профиле проекта: факт соберётся заново следующей ночью."},
         {"A field too many", "Лишнее поле"},
         {"The store doesn't know the field it names and takes no statement with it.",
          "Хранилище не знает названного поля и не принимает факт с ним."},
         {"Remove the field from the template in the project's profile: the statements are made anew the next night.",
          "Уберите поле из шаблона в профиле проекта: факты соберутся заново следующей ночью."},
         {"Too large", "Слишком велика"},
         {"The statement is larger than the store takes in one request, even when it is alone in it.",
          "Факт больше, чем хранилище принимает в одном запросе, даже когда он в нём один."},
         {"Shorten the texts of the record or ask University 2035 to raise the limit, then replay.",
          "Сократите тексты записи или попросите Университет 20.35 увеличить предел, затем повторите."},
         {"The id stands twice in a batch", "Id повторён в пакете"},
         {"One and the same id came twice in a batch.", "Один и тот же id встретился в пакете дважды."},
         {"Replay the statement: it goes in another batch.", "Повторите факт: он уйдёт в другом пакете."},
         {"No attachment", "Нет вложения"},
         {"The store expects the attachment itself, not a link to it.",
          "Хранилище ждёт само вложение, а не ссылку на него."},
         {"Check that the template in the project's profile names the file's address (fileUrl).",
          "Проверьте, что шаблон в профиле проекта называет адрес файла (fileUrl)."},
         {"Another cause", "Другая причина"},
         {"The store refused: its answer is quoted word for word.", "Хранилище отказало: его ответ приведён дословно."},
         {"Correct the record if the answer names its fault. If the record is right, write to University 2035 with the "
          "answer and the errorId, then replay.",
          "Исправьте запись, если ответ называет её ошибку. Если она верна, напишите в Университет 20.35, приложив "
          "ответ и errorId, затем повторите."},
         {"Goes the next night under the same id: with the same data if nothing has changed, else made anew.",
          "Уйдёт следующей ночью под тем же id: с теми же данными, если ничего не изменилось, иначе собранный заново."},
         {"Its replay was asked for already: it goes the next night.", "Повтор уже назначен: уйдёт следующей ночью."},
         {"Won't be sent until the record is changed at its source or the statement is restored.",
          "Не будет передан, пока запись не изменится в источнике или факт не вернут."},
         {"It was discarded already.", "Его уже решили не передавать."},
         {"The decision is taken back: the statement waits in quarantine again.",
          "Решение отменено: факт снова ждёт в карантине."},
         {"The store holds a statement of this id with other content: the same data will be refused again. Correct the "
          "record at its source, or replay it all the same (REST: \"force\") if the earlier one is deleted.",
          "В хранилище лежит факт с этим id и другим содержанием: те же данные будут отклонены снова. Исправьте запись "
          "в источнике или повторите «всё равно» (в REST — force), если прежний факт удалён."},
         {"The record was corrected at its source: a new statement goes the next night, this one can't be replayed.",
          "Запись исправлена в источнике: следующей ночью уйдёт новый факт, этот повторять нельзя."},
         {"The record is deleted at its source: there is nothing to send.",
          "Запись удалена в источнике: передавать нечего."},
         {"The record is no longer in this flow: there is nothing to send.",
          "Записи больше нет в этом потоке: передавать нечего."},
         {"The record is told by another statement already: this one can't be replayed.",
          "Запись уже передаётся другим фактом: этот повторять нельзя."},
         {"It was discarded: restore it first.", "Его решили не передавать: сначала верните его."},
         {"The integration with this store is not connected: there is nowhere to replay it to.",
          "Интеграция с этим хранилищем не подключена: повтор некуда отправить."},
         {"The statement is not in quarantine.", "Факт не в карантине."},
         {"Nothing was decided about it: there is nothing to take back.", "О нём ничего не решено: возвращать нечего."},
         {"The statement changed while you were looking: refresh the list.",
          "Пока вы смотрели, факт изменился: обновите список."},
         {"There is no such statement here.", "Такого факта здесь нет."},
         {"The record is told by another statement already.", "Запись уже передаётся другим фактом."},
         {"Corrected at its source, goes the next night.", "Исправлено в источнике, уйдёт следующей ночью."},
         {"The record is no longer in this flow.", "Записи больше нет в этом потоке."},
         {"Its replay goes the next night.", "Повтор уйдёт следующей ночью."}});
    return russian ? book.text(english) : english;
}

}  // namespace

CauseText causeText(std::string_view cause, bool russian) {
    const auto found =
        std::find_if(std::begin(kCauses), std::end(kCauses), [&](const Cause& one) { return cause == one.code; });
    const auto& one = found == std::end(kCauses) ? kCauses[std::size(kCauses) - 1] : *found;
    return {told(one.title, russian), told(one.meaning, russian), told(one.fix, russian)};
}

std::vector<std::string_view> causes() {
    std::vector<std::string_view> codes;
    for (const auto& one : kCauses) codes.emplace_back(one.code);
    return codes;
}

std::string verdictText(std::string_view verdict, bool russian) {
    const auto found =
        std::find_if(std::begin(kVerdicts), std::end(kVerdicts), [&](const auto& one) { return one.first == verdict; });
    return found == std::end(kVerdicts) ? std::string() : told(found->second, russian);
}

std::string outlook(const store::QuarantineRow& row, SourceState source, bool russian) {
    if (row.statement != "quarantined") return {};
    if (row.state == "superseded") return told("The record is told by another statement already.", russian);
    if (source == SourceState::Changed) return told("Corrected at its source, goes the next night.", russian);
    if (source == SourceState::Deleted)
        return told("The record is deleted at its source: there is nothing to send.", russian);
    if (source == SourceState::Missing) return told("The record is no longer in this flow.", russian);
    if (row.state == "replayed") return told("Its replay goes the next night.", russian);
    return {};
}

}  // namespace plugin::api
