#include "host/xapi/XapiTexts.h"

#include "host/http/RussianTexts.h"

namespace host::xapi {
namespace {

const common::Phrasebook::Phrases kPhrases = {
    // Sources and rules.
    {"There is no such xAPI source.", "Такого источника xAPI нет."},
    {"There is an xAPI source '{}' already; name yours otherwise.",
     "Источник xAPI '{}' уже есть: назовите свой иначе."},
    {"The xAPI source is not valid", "Источник xAPI заполнен неверно"},
    {"can't be changed", "менять нельзя"},
    {"Make another source.", "Создайте другой источник."},
    {"Give it a name: moodle-xapi.", "Дайте имя: moodle-xapi."},
    {"Name ready-made rules (GET /api/v1/xapi-rules), or give rules of your own.",
     "Назовите готовые правила (GET /api/v1/xapi-rules) или дайте свои."},
    {"There are no such ready-made rules.", "Таких готовых правил нет."},
    {"The rules are not known.", "Такие правила неизвестны."},
    {"is not the name of ready-made rules", "не название готовых правил"},
    {"The rules '{}' are not valid.", "Правила '{}' неверны."},
    {"is not given in both languages", "дано не на обоих языках"},
    {"is the name of another rule", "— имя другого правила"},
    {"Give every rule its own.", "Дайте каждому правилу своё."},
    {"is not an array of texts", "— не массив строк"},
    {"Give the IRIs in an array.", "Дайте IRI массивом."},
    {"has not exactly one of 'mapping' and 'ignore'", "содержит не ровно одно из 'mapping' и 'ignore'"},
    {"Say what it becomes, or why it is no record.", "Скажите, чем это становится или почему это не запись."},
    {"can't come by statements", "не приходят высказываниями"},
    {"Bring files by a connection.", "Файлы приносит подключение."},
    {"is not a path", "— не путь"},
    {"Say where the value stands: $.result.score.raw.", "Скажите, где стоит значение: $.result.score.raw."},
    {R"(Give {"ru": "…", "en": "…"}.)", R"(Дайте {"ru": "…", "en": "…"}.)"},
    {R"(Give {"title":…, "rules": […]}.)", R"(Дайте {"title":…, "rules": […]}.)"},
    {"is missing or no array", "отсутствует или не массив"},
    {"Give up to {} rules.", "Дайте не больше {} правил."},
    {"Give a rule.", "Дайте правило."},
    {"Give the rule a name.", "Дайте правилу имя."},
    {"Give a text, or leave it out.", "Дайте строку или уберите."},
    {"Write it as $.result.score.raw, or several in an array.",
     "Запишите как $.result.score.raw или дайте несколько в массиве."},
    {R"(Give {"name": {"path": "$.…"}}.)", R"(Дайте {"имя": {"path": "$.…"}}.)"},
    {R"(Give {"path": "$.…"}.)", R"(Дайте {"path": "$.…"}.)"},
    {"is there already", "уже есть"},
    {"Give every column a name of its own.", "Дайте каждому столбцу своё имя."},
    {"Give seconds or percent, or leave it out.", "Дайте seconds или percent либо уберите."},
    {"The path '{}' can't be understood at character {}: {}.", "Путь '{}' непонятен, символ {}: {}."},
    {"Write names with dots (user.name), $.data[*] for the items of a list, ['a name'] for a name with other "
     "characters, ^.name for a field of what the item belongs to.",
     "Пишите имена через точку (user.name), $.data[*] для списка, ['имя'] для имени с другими символами."},
    {"lets in everybody", "пускает всех"},
    {"list the origins of the pages you know", "перечислите адреса страниц, которые знаете"},
    {"is not an origin as browsers send it", "— не адрес страницы, каким его шлёт браузер"},
    {"write https://HOST or https://HOST:PORT in lower case, without a path and without the scheme's own port",
     "запишите https://ИМЯ или https://ИМЯ:ПОРТ строчными буквами, без пути и без обычного для схемы порта"},
    {"{} (field '{}')", "{} (поле '{}')"},
    {"The state is not known: mapped, waiting, unmatched, ignored, rejected, superseded or voided.",
     "Такого состояния нет: mapped, waiting, unmatched, ignored, rejected, superseded или voided."},
    {"names no record of '{}'", "записи нет ({})"},
    {"has no base date for the value", "для значения нет начальной даты"},
    {"The state is neither waiting nor rejected.", "Состояние — не waiting и не rejected."},
    {"It was changed meanwhile: it is at revision {}. Read it again, then repeat the change.",
     "За это время его изменили, сейчас редакция {}. Прочтите снова и повторите изменение."},
    // What a sender is told.
    {"Key and secret of an xAPI source are missing or wrong, or the source is disabled; send 'Authorization: Basic' "
     "with both as the organization's administrator got them.",
     "Ключа и секрета источника xAPI нет, они неверны или источник отключён: пришлите 'Authorization: Basic' с обоими "
     "так, как их получил администратор организации."},
    {"The header X-Experience-API-Version is missing; send the version of xAPI, 1.0.3.",
     "Нет заголовка X-Experience-API-Version: пришлите версию xAPI, 1.0.3."},
    {"X-Experience-API-Version is none of 1.0 and 1.0.x, which are taken here.",
     "X-Experience-API-Version — не 1.0 и не 1.0.x, которые здесь принимаются."},
    {"The request was not taken, nothing of it: {} {}.", "Запрос не принят целиком: {} {}."},
    {"There is another statement with the id {}; nothing of the request was taken.",
     "Высказывание с id {} уже есть, и оно другое; из запроса не принято ничего."},
    {"A request takes up to {} statements.", "Запрос принимает не больше {} высказываний."},
    {"The body is not JSON: the array is not whole.", "Тело не JSON: массив не полон."},
    {"The multipart body is not whole: {}.", "Тело multipart не полно: {}."},
    {"the last boundary is missing", "нет последней границы"},
    {"Content-Type is neither application/json nor multipart/mixed.",
     "Content-Type — не application/json и не multipart/mixed."},
    {"There is no such statement.", "Такого высказывания нет."},
    {"There is no such document.", "Такого документа нет."},
    {"is missing", "отсутствует"},
    {"is not a text", "— не строка"},
    {"is not an object", "— не объект"},
    {"is not an array", "— не массив"},
    {"is not an IRI", "— не IRI"},
    {"is not a UUID", "— не UUID"},
    {"is not true or false", "— не true и не false"},
    {"is not a number", "— не число"},
    {"is null", "равно null"},
    {"is there twice", "стоит дважды"},
    {"is not a property that xAPI knows here", "— свойство, которого xAPI здесь не знает"},
    {"is not a time of ISO 8601", "— не время по ISO 8601"},
    {"is not a duration of ISO 8601", "— не длительность по ISO 8601"},
    {"is not a language tag of RFC 5646", "— не код языка по RFC 5646"},
    {"is not a mailto: address", "— не адрес mailto:"},
    {"has none of mbox, mbox_sha1sum, openid and account", "не имеет ни mbox, ни mbox_sha1sum, ни openid, ни account"},
    {"has several of mbox, mbox_sha1sum, openid and account",
     "имеет несколько из mbox, mbox_sha1sum, openid и account"},
    {"is not within -1 and 1", "вне пределов от -1 до 1"},
    {"is not within min and max", "вне пределов от min до max"},
    {"is greater than max", "больше max"},
    {"Give true or false, without quotes.", "Дайте true или false, без кавычек."},
    {"Give a number, without quotes.", "Дайте число, без кавычек."},
    {"Give exactly one of them.", "Дайте ровно одно из них."},
    {"Leave it out.", "Уберите."},
    {"Leave out what has no value.", "Уберите то, у чего нет значения."},
    {"has no fileUrl, and its bytes came in no part of the request",
     "не имеет fileUrl, и его содержимого нет ни в одной части запроса"},
    {"Send it as multipart/mixed with a part for each attachment.",
     "Пришлите как multipart/mixed с частью на каждое вложение."},
};

}  // namespace

const common::Phrasebook& xapiTexts() {
    static const auto book = [] {
        static auto all = kPhrases;
        const auto& records = http::russianRecordTexts();
        const auto& mappings = http::russianMappingTexts();
        all.insert(all.end(), records.begin(), records.end());
        all.insert(all.end(), mappings.begin(), mappings.end());
        return common::phrasebook(all);
    }();
    return book;
}

std::string said(const sdk::Request& request, const std::string& english) {
    return http::asksForRussian(request) ? xapiTexts().text(english) : english;
}

}  // namespace host::xapi
