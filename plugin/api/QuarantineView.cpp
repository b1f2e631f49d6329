#include "plugin/api/QuarantineView.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace plugin::api {

namespace {

constexpr CauseText kCauses[] = {
    {"conflict", "Такой id уже есть",
     "В хранилище уже лежит факт с этим id, но с другим содержанием: те же данные будут отклонены снова.",
     "Исправьте запись в источнике: новая ревизия уйдёт под другим id. Если запись верна, попросите Университет 2035 "
     "удалить прежний факт, назвав его id и errorId, затем повторите с «force»."},
    {"missing-value", "Не хватает поля", "В факте нет обязательного поля: в ответе хранилища названо, какого.",
     "Заполните его в источнике: исправленная запись уйдёт следующей ночью. Если в записи оно есть, исправьте шаблон "
     "в профиле проекта."},
    {"wrong-value", "Недопустимое значение", "Значение поля не принято: в ответе хранилища названы поле и значение.",
     "Исправьте значение в источнике или шаблон в профиле проекта: факт соберётся заново следующей ночью."},
    {"unknown-key", "Лишнее поле", "Хранилище не знает названного поля и не принимает факт с ним.",
     "Уберите поле из шаблона в профиле проекта: факты соберутся заново следующей ночью."},
    {"too-large", "Слишком велика", "Факт больше, чем хранилище принимает в одном запросе, даже когда он в нём один.",
     "Сократите тексты записи или попросите Университет 2035 увеличить предел, затем повторите."},
    {"repeated-id", "Id повторён в пакете", "Один и тот же id встретился в пакете дважды.",
     "Повторите факт: он уйдёт в другом пакете."},
    {"missing-attachment", "Нет вложения", "Хранилище ждёт само вложение, а не ссылку на него.",
     "Проверьте, что шаблон в профиле проекта называет адрес файла (fileUrl)."},
    {"other", "Другая причина", "Хранилище отказало: его ответ приведён дословно.",
     "Исправьте запись, если ответ называет её ошибку. Если она верна, напишите в Университет 2035, приложив ответ и "
     "errorId, затем повторите."}};

constexpr std::pair<std::string_view, const char*> kVerdicts[] = {
    {"queued",
     "Уйдёт следующей ночью под тем же id: с теми же данными, если ничего не изменилось, иначе собранный заново."},
    {"already-queued", "Повтор уже назначен: уйдёт следующей ночью."},
    {"discarded", "Не будет передан, пока запись не изменится в источнике или факт не вернут."},
    {"already-discarded", "Его уже решили не передавать."},
    {"restored", "Решение отменено: факт снова ждёт в карантине."},
    {"conflict",
     "В хранилище лежит факт с этим id и другим содержанием: те же данные будут отклонены снова. Исправьте запись в "
     "источнике или повторите с «force», если прежний факт удалён."},
    {"source-changed", "Запись исправлена в источнике: следующей ночью уйдёт новый факт, этот повторять нельзя."},
    {"source-deleted", "Запись удалена в источнике: передавать нечего."},
    {"source-missing", "Записи больше нет в этом потоке: передавать нечего."},
    {"superseded", "Запись уже передаётся другим фактом: этот повторять нельзя."},
    {"discarded-before", "Его решили не передавать: сначала верните его."},
    {"not-connected", "Интеграция с этим хранилищем не подключена: повтор некуда отправить."},
    {"not-quarantined", "Факт не в карантине."},
    {"no-word", "О нём ничего не решено: возвращать нечего."},
    {"changed-meanwhile", "Пока вы смотрели, факт изменился: обновите список."},
    {"unknown", "Такого факта здесь нет."}};

}  // namespace

const CauseText& causeText(const std::string& cause) {
    const auto found =
        std::find_if(std::begin(kCauses), std::end(kCauses), [&](const CauseText& one) { return cause == one.cause; });
    return found == std::end(kCauses) ? kCauses[std::size(kCauses) - 1] : *found;
}

std::vector<std::string_view> causes() {
    std::vector<std::string_view> codes;
    for (const auto& one : kCauses) codes.emplace_back(one.cause);
    return codes;
}

const char* verdictText(std::string_view verdict) {
    const auto found =
        std::find_if(std::begin(kVerdicts), std::end(kVerdicts), [&](const auto& one) { return one.first == verdict; });
    return found == std::end(kVerdicts) ? "" : found->second;
}

std::string outlook(const store::QuarantineRow& row, SourceState source) {
    if (row.statement != "quarantined") return {};
    if (row.state == "superseded") return "Запись уже передаётся другим фактом.";
    if (source == SourceState::Changed) return "Исправлено в источнике, уйдёт следующей ночью.";
    if (source == SourceState::Deleted) return "Запись удалена в источнике: передавать нечего.";
    if (source == SourceState::Missing) return "Записи больше нет в этом потоке.";
    if (row.state == "replayed") return "Повтор уйдёт следующей ночью.";
    return {};
}

void writeRow(common::JsonWriter& json, const store::QuarantineRow& row, const SourceRecords& sources,
              const RecordNamesOf& names) {
    const auto source = sources.state(row.record, row.flowId);
    const auto& cause = causeText(row.cause);
    json.member("id", std::to_string(row.seq))
        .member("statementId", row.statementId)
        .member("state", row.state)
        .member("statementState", row.statement)
        .member("store", row.target.storeId)
        .member("project", row.target.project)
        .member("kind", row.kind)
        .member("flow", std::to_string(row.flowId))
        .key("learner");
    row.learnerId == 0 ? json.null() : json.value(std::to_string(row.learnerId));
    json.memberIfSet("learnerExternalId", names.learnerExternalId);
    writeNames(json, names);
    json.key("record")
        .object()
        .member("kind", row.record.kind)
        .member("id", std::to_string(row.record.id))
        .member("revision", row.record.revision)
        .end()
        .key("source")
        .object()
        .member("state", toString(source))
        .key("revision");
    const auto revision = sources.revision(row.record, row.flowId);
    revision == 0 ? json.null() : json.value(revision);
    json.end()
        .member("reason", row.reason)
        .member("group", row.group)
        .member("cause", row.cause)
        .member("title", cause.title)
        .member("meaning", cause.meaning)
        .member("fix", cause.fix)
        .member("outlook", outlook(row, source))
        .member("conflict", row.conflict)
        .member("status", row.status)
        .member("errorId", row.errorId)
        .key("refusedAt")
        .time(row.refusedAt)
        .member("dependents", row.dependents)
        .key("word");
    if (row.word)
        json.object()
            .member("word", row.word->word)
            .member("comment", row.word->comment)
            .member("by", row.word->by)
            .key("at")
            .time(row.word->at)
            .end();
    else
        json.null();
}

void writeDecision(common::JsonWriter& json, const store::QuarantineDecision& decision) {
    json.object()
        .member("action", decision.action)
        .member("comment", decision.comment)
        .member("by", decision.by)
        .key("at")
        .time(decision.at)
        .key("refusal")
        .object()
        .key("at")
        .time(decision.refusedAt)
        .member("status", decision.status)
        .member("conflict", decision.conflict)
        .member("reason", decision.reason)
        .member("errorId", decision.errorId)
        .end()
        .end();
}

host::sdk::Response quarantineCsv(const host::sdk::Request& request, const std::vector<store::QuarantineRow>& rows,
                                  const SourceRecords& sources, const std::vector<RecordNamesOf>& names,
                                  const std::optional<std::string>& next) {
    CsvText csv;
    for (const auto* name : {"id",         "statementId", "state",     "project",
                             "kind",       "flow",        "learner",   "learnerExternalId",
                             "recordKind", "record",      "revision",  "source",
                             "cause",      "title",       "reason",    "fix",
                             "outlook",    "status",      "errorId",   "refusedAt",
                             "dependents", "comment",     "decidedBy", "decidedAt"})
        csv.cell(name);
    csv.endRow();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& row = rows[i];
        const auto source = sources.state(row.record, row.flowId);
        const auto& cause = causeText(row.cause);
        csv.cell(row.seq).cell(row.statementId).cell(row.state).cell(row.target.project).cell(row.kind);
        csv.cell(row.flowId);
        row.learnerId == 0 ? csv.cell("") : csv.cell(row.learnerId);
        csv.cell(names[i].learnerExternalId).cell(row.record.kind).cell(row.record.id);
        csv.cell(row.record.revision).cell(toString(source)).cell(row.cause).cell(cause.title).cell(row.reason);
        csv.cell(cause.fix).cell(outlook(row, source)).cell(static_cast<std::int64_t>(row.status)).cell(row.errorId);
        csv.time(row.refusedAt).cell(row.dependents);
        const auto word = row.word.value_or(store::QuarantineWord{});
        csv.cell(word.comment).cell(word.by).time(row.word ? std::optional(word.at) : std::nullopt);
        csv.endRow();
    }
    return csvPage(request, csv, "quarantine.csv", next);
}

}  // namespace plugin::api
