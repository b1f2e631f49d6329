#include "host/connections/Diagnosis.h"

#include "common/JsonReader.h"
#include "host/connections/ConnectionTexts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace host::connections {
namespace {

using common::JsonWriter;
using Kind = sdk::SourceError::Kind;

struct Words {
    sdk::PageText title;
    sdk::PageText advice;
};

const std::map<std::string, Words>& words() {
    static const std::map<std::string, Words> kAll = {
        {"source.disabled",
         {{"Отключено подключение или путь передачи данных", "The connection or the route is disabled"},
          {"Включите подключение и путь передачи данных, затем повторите.",
           "Enable the connection and the route, then try again."}}},
        {"source.settings",
         {{"Неправильно заданы параметры пути передачи данных", "The route's parameters are wrong"},
          {"Проверьте запрос, адрес и параметры пути: источник их не понял.",
           "Look at the route's query, address and parameters: the source did not understand them."}}},
        {"source.field-name",
         {{"Неправильно обозначено поле", "A field is named wrong"},
          {"Исправьте имя столбца в сопоставлении или дайте столбцу это имя в источнике.",
           "Correct the column's name in the mapping, or give the column that name in the source."}}},
        {"source.format",
         {{"Неверно определён формат данных", "The format of the data is another"},
          {"Сверьте формат и кодировку ответа с тем, что указано в пути передачи данных.",
           "Compare the answer's format and encoding with what the route says."}}},
        {"source.encoding",
         {{"Неверно указана кодировка", "The encoding is another"},
          {"Укажите кодировку, в которой сохранён файл: utf-8 или windows-1251.",
           "Say the encoding in which the file is saved: utf-8 or windows-1251."}}},
        {"source.field-matching",
         {{"Неправильно сопоставлены поля", "Fields are matched wrongly"},
          {"Поле получает значения не своего вида: проверьте, тот ли столбец выбран, единицы и часовой пояс.",
           "A field gets values of another kind: look whether the column, its units and its time zone are right."}}},
        {"source.rights",
         {{"Не предоставлены права доступа", "Access is not granted"},
          {"Проверьте имя и пароль или ключ и дайте учётной записи право на чтение этих данных.",
           "Check the name and the password or key, and let the account read these data."}}},
        {"source.no-data",
         {{"В ответе нет данных", "There are no data in the answer"},
          {"Если данные должны быть, проверьте условия запроса, период и путь к элементам.",
           "If there should be some, look at the query's conditions, its period and the path to the items."}}},
        {"source.structure",
         {{"Ошибки в структуре данных", "There are errors in the structure"},
          {"Исправьте сопоставление и порядок путей: сначала приходит то, на что ссылаются другие записи.",
           "Correct the mapping and the order of routes: what others refer to comes first."}}},
        {"source.unreachable",
         {{"Источник недоступен", "The source can't be reached"},
          {"Проверьте адрес, порт и сетевой доступ с этого сервера.",
           "Check the address, the port and the network's way from this server."}}},
        {"source.tls",
         {{"Защищённое соединение не установлено", "No secure connection"},
          {"Проверьте сертификат источника и список доверенных центров.",
           "Check the source's certificate and the list of trusted authorities."}}},
        {"source.not-there",
         {{"Такого в источнике нет", "There is no such thing in the source"},
          {"Проверьте имя базы, таблицы, набора или адрес.",
           "Check the name of the database, table, set, or the address."}}},
        {"source.interrupted",
         {{"Соединение прервалось", "The connection went in the middle"},
          {"Повторите: что пришло до обрыва, осталось, остальное придёт при следующем запуске.",
           "Try again: what came before stays, the rest comes with the next run."}}},
        {"source.timeout",
         {{"Источник не ответил вовремя", "The source did not answer in time"},
          {"Увеличьте время ожидания или запрашивайте меньше за раз.", "Allow more time, or ask for less at a time."}}},
        {"source.limit",
         {{"Превышен предел", "A limit was passed"},
          {"Запрашивайте меньше за раз или реже.", "Ask for less at a time, or less often."}}},
        {"source.cancelled",
         {{"Запуск остановлен", "The run was asked to end"},
          {"Запустите ещё раз: что пришло, осталось.", "Run it again: what came stays."}}},
        {"source.changed",
         {{"Путь передачи данных изменили во время запуска", "The route was changed while it ran"},
          {"Запустите ещё раз.", "Run it again."}}},
        {"source.order",
         {{"Строки идут не по порядку", "Rows are out of order"},
          {"Упорядочьте запрос по столбцу отметки или снимите «ordered».",
           "Order the query by the watermark's column, or take 'ordered' away."}}},
        {"source.bad-row",
         {{"Запуск остановлен на ошибочной строке", "The run stopped at a bad row"},
          {"Исправьте строку в источнике или сопоставление либо пропускайте ошибочные строки (onError: skip).",
           "Correct the row in the source or the mapping, or skip bad rows (onError: skip)."}}},
        {"source.rows-refused",
         {{"Часть строк не принята", "Some rows were refused"},
          {"Журнал запуска называет каждую строку, столбец, значение и что сделать; они будут запрошены снова.",
           "The run's log names each row, column, value and what to do; they are asked for again."}}},
        {"source.all-refused",
         {{"Не принята ни одна строка", "Every row was refused"},
          {"Проверьте путь к записям и сопоставление; журнал запуска называет каждую строку, столбец и значение.",
           "Look at the path to the items and the mapping; the run's log names each row, column and value."}}},
        {"source.deletions",
         {{"Из источника исчезло слишком много записей", "Too many records are gone from the source"},
          {"Убедитесь, что источник отдаёт всё; если записи удалены, подтвердите удаление.",
           "See that the source gives everything; if they are deleted, confirm the deletion."}}},
        {"source.future",
         {{"Время изменения строки — в будущем", "A row's time is in the future"},
          {"Исправьте дату строки в источнике; проверьте часы его сервера.",
           "Correct the row's time in the source; look at the clock of its server."}}},
        {"source.shared",
         {{"Эти записи приносит и другое подключение", "Another connection brings the same records"},
          {"Дайте каждому подключению свой источник записей: иначе одно меняет записи другого.",
           "Give each connection a source of records of its own: one changes the other's records else."}}},
        {"source.kind-unknown",
         {{"Такого вида источника нет", "There is no such kind of source"},
          {"Загрузите модуль, который его предоставляет.", "Load the module that has it."}}},
        {"source.storage",
         {{"Сервер не смог сохранить данные", "The server could not keep the data"},
          {"Освободите место или увеличьте квоту и повторите.", "Free some room or raise the quota, then try again."}}},
        {"source.internal",
         {{"Внутренняя ошибка", "An internal error"},
          {"Подробности в журнале сервера; повторите запуск.", "The server's log says more; run it again."}}},
    };
    return kAll;
}

const char* codeOf(Kind kind) {
    switch (kind) {
        case Kind::Unreachable:
            return "source.unreachable";
        case Kind::Tls:
            return "source.tls";
        case Kind::Credentials:
        case Kind::Rights:
            return "source.rights";
        case Kind::NotThere:
            return "source.not-there";
        case Kind::Query:
        case Kind::Configuration:
            return "source.settings";
        case Kind::Format:
            return "source.format";
        case Kind::Interrupted:
            return "source.interrupted";
        case Kind::Timeout:
            return "source.timeout";
        case Kind::Limit:
            return "source.limit";
        case Kind::Cancelled:
            return "source.cancelled";
    }
    return "source.internal";
}

const char* codeOf(RunEnd end) {
    switch (end) {
        case RunEnd::BadRow:
            return "source.bad-row";
        case RunEnd::Cancelled:
            return "source.cancelled";
        case RunEnd::Changed:
            return "source.changed";
        case RunEnd::OutOfOrder:
            return "source.order";
        case RunEnd::DoesNotFit:
            return "source.field-name";
        case RunEnd::Deletions:
            return "source.deletions";
        case RunEnd::Refused:
            return "source.rows-refused";
        case RunEnd::Broken:
        case RunEnd::Done:
            break;
    }
    return "source.internal";
}

void diagnoseEnd(const RunOutcome& outcome, std::vector<Diagnosis>& all) {
    if (outcome.end == RunEnd::Done) return;
    if (outcome.end == RunEnd::DoesNotFit && !outcome.absent.empty()) {
        for (const auto& one : outcome.absent)
            all.push_back({"source.field-name", fmt::format("'{}' {}", one.pointer, one.reason), one.fix});
        return;
    }
    all.push_back({outcome.broken ? codeOf(*outcome.broken) : codeOf(outcome.end), outcome.detail, outcome.fix});
}

}  // namespace

Diagnosis diagnose(const sdk::SourceError& error) {
    return {codeOf(error.kind()), error.what(), error.fix()};
}

std::vector<Diagnosis> diagnose(const sdk::AppError& error) {
    if (error.status() == 507 || error.code() == "files-quota")
        return {{"source.storage", error.what(), "Free some room on the disk, or raise the quota."}};
    if (error.code() == "source.encoding")
        return {{error.code(), error.what(), error.errors().empty() ? "" : error.errors().front().fix}};
    if (error.status() >= 500) return {internalFailure()};
    if (error.errors().empty()) return {{"source.settings", error.what(), "Correct it, then try again."}};
    std::vector<Diagnosis> all;
    for (const auto& one : error.errors())
        all.push_back({"source.structure", fmt::format("{} {}: {}", error.what(), one.pointer, one.reason), one.fix});
    return all;
}

std::vector<Diagnosis> diagnose(const RunOutcome& outcome) {
    std::vector<Diagnosis> all;
    diagnoseEnd(outcome, all);
    const auto& counts = outcome.counts;
    const auto taken = counts.rows - counts.skipped;
    if (outcome.end == RunEnd::Done && counts.rows == 0 && outcome.expectsRows)
        all.push_back({"source.no-data", "The source gave no row.", "Look at the conditions of the query."});
    if (outcome.end == RunEnd::Done && counts.rows > 0 && taken == 0)
        all.push_back(
            {"source.no-data",
             fmt::format("The source gave {} rows, and the mapping's conditions take none of them.", counts.rows),
             "Look at 'when' in the mapping."});
    bool explained = false;
    if (outcome.unknownTargets > 0) {
        explained = true;
        all.push_back({"source.structure",
                       fmt::format("{} of {} rows name records that are not there.", outcome.unknownTargets, taken),
                       "Run the routes that bring those records first; the rows are asked for again."});
    }
    for (const auto& [column, failures] : outcome.failuresOfColumn) {
        if (column.empty()) continue;
        if (failures * 2 < taken || failures < 2 || outcome.unknownTargets * 2 >= taken) continue;
        explained = true;
        all.push_back({"source.field-matching",
                       fmt::format("{} of {} rows fail at the column '{}'.", failures, taken, column),
                       "Look at the first of them in the run's log: the column holds something else than the field."});
    }
    if (!outcome.firstUnreadable.empty()) {
        explained = true;
        all.push_back({"source.format",
                       fmt::format("{} of {} rows can't be read as rows. The first: {}.",
                                   outcome.failuresOfColumn.at(""), counts.rows, outcome.firstUnreadable),
                       outcome.firstUnreadableFix});
    }
    if (!outcome.aheadBefore.empty())
        all.push_back({"source.future",
                       fmt::format("The route had read up to '{}', which is in the future: it would have missed what "
                                   "was changed since. Everything was read again.",
                                   outcome.aheadBefore),
                       "Nothing is to be done unless a row with such a time is named besides."});
    if (outcome.ahead > 0)
        all.push_back({"source.future",
                       fmt::format("{}: the watermark's column '{}' has '{}', which is in the future; such rows: {}. "
                                   "They are taken, and the route reads on from the latest time that is not.",
                                   outcome.firstAheadPlace, outcome.watermarkColumn, outcome.firstAhead, outcome.ahead),
                       "Correct the time in the source; until then the row comes with every run."});
    if (counts.rejected > 0 && !explained && outcome.end != RunEnd::BadRow && outcome.end != RunEnd::Refused)
        all.push_back({outcome.tookNone() ? "source.all-refused" : "source.rows-refused",
                       fmt::format("{} of {} rows were refused.", counts.rejected, counts.rows),
                       "The run's log names each of them and what to do."});
    return all;
}

Diagnosis disabledConnection(const std::string& name) {
    return {"source.disabled", fmt::format("The connection '{}' is disabled.", name), "Enable it, then try again."};
}

Diagnosis disabledRoute(const std::string& name) {
    return {"source.disabled", fmt::format("The route '{}' is disabled.", name), "Enable it, then try again."};
}

Diagnosis unknownKind(const std::string& kind) {
    return {"source.kind-unknown", fmt::format("No kind of source '{}' is loaded.", kind),
            "Load the module that has it."};
}

Diagnosis internalFailure() {
    return {"source.internal", "The run failed inside the server; its log says more.", "Run it again."};
}

std::string titleOf(const std::string& code, const std::string& language) {
    const auto it = words().find(code);
    if (it == words().end()) return code;
    return language == "en" ? it->second.title.en : it->second.title.ru;
}

std::string inLanguage(const std::string& text, const std::string& language) {
    return language == "en" ? text : connectionTexts().text(text);
}

void writeDiagnosis(JsonWriter& json, const Diagnosis& diagnosis, const std::string& language) {
    const auto it = words().find(diagnosis.code);
    json.object().member("code", diagnosis.code).member("title", titleOf(diagnosis.code, language));
    json.member("detail", inLanguage(diagnosis.detail, language)).member("fix", inLanguage(diagnosis.fix, language));
    json.member("advice", it == words().end() ? "" : language == "en" ? it->second.advice.en : it->second.advice.ru);
    json.end();
}

void writeDiagnoses(JsonWriter& json, const std::vector<Diagnosis>& all, const std::string& language) {
    json.array();
    for (const auto& one : all) writeDiagnosis(json, one, language);
    json.end();
}

std::string diagnosesText(const std::vector<Diagnosis>& all) {
    JsonWriter json;
    json.array();
    for (const auto& one : all)
        json.object().member("code", one.code).member("detail", one.detail).member("fix", one.fix).end();
    return json.end().take();
}

std::vector<Diagnosis> diagnosesFrom(const std::string& json) {
    std::vector<Diagnosis> all;
    const auto array = common::parseJson(json).extract<Poco::JSON::Array::Ptr>();
    for (std::size_t i = 0; i < array->size(); ++i) {
        const auto one = array->getObject(static_cast<unsigned>(i));
        all.push_back({one->getValue<std::string>("code"), one->getValue<std::string>("detail"),
                       one->getValue<std::string>("fix")});
    }
    return all;
}

}  // namespace host::connections
