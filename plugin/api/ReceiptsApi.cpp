#include "plugin/api/ReceiptsApi.h"

#include "common/Cursor.h"
#include "common/Rfc3339.h"
#include "plugin/api/Lists.h"
#include "plugin/api/ReceiptDocs.h"

#include <fmt/format.h>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Method;
using host::sdk::Request;
using host::sdk::Response;

namespace {

store::ParsedReceipt parsed(const store::ReceiptRow& row) {
    auto receipt = store::parseReceipt(row.text);
    if (!receipt)
        throw AppError(
            500, "receipt.damaged",
            fmt::format("The text of receipt {} is damaged; check the chain with …/receipts/verify and restore "
                        "the database from a backup.",
                        row.id));
    return std::move(*receipt);
}

std::string readingOf(const store::ParsedReceipt& receipt) {
    static const std::map<std::string, std::string> modes = {{"whole", "целиком"},
                                                             {"sample", "выборка"},
                                                             {"none", "обратное чтение выключено"},
                                                             {"not-allowed", "ключу не разрешено читать хранилище"},
                                                             {"paused", "приём на паузе: LRS не принимает ключ"},
                                                             {"unanswered", "LRS не ответил"},
                                                             {"out-of-time", "время на чтение вышло"},
                                                             {"stopped", "чтение прервано"}};
    const auto mode = modes.find(receipt.mode);
    const auto words = mode == modes.end() ? receipt.mode : mode->second;
    const auto asked = receipt.count("read.asked");
    if (asked == 0) return words;
    return fmt::format("прочитано {}, неподтверждённых было {}, {}", asked, receipt.count("read.of"), words);
}

/// What a person reads in a list.
std::string summaryOf(const store::ParsedReceipt& receipt) {
    std::string text;
    if (receipt.items == 0)
        text =
            fmt::format("Ничего нового: с прошлой ночи ничего не передано. Всего принято: {}, подтверждено: {} ({}).",
                        receipt.count("totals.accepted"), receipt.count("totals.confirmed"), readingOf(receipt));
    else
        text = fmt::format("Передано и принято: {}. Подтверждено чтением: {} ({}).", receipt.count("sent"),
                           receipt.count("confirmed"), readingOf(receipt));
    const auto add = [&](const char* name, const char* words) {
        if (const auto number = receipt.count(name); number > 0) text += fmt::format(" {}: {}.", words, number);
    };
    add("missing", "Не найдено в LRS, будет передано снова");
    add("read.late", "Ещё не видно в LRS, спросим следующей ночью");
    add("differs", "Хранится не таким, каким передано");
    add("lost", "Пропадало трижды, больше не передаётся");
    add("voided", "Отменено в LRS не нами");
    add("refused", "Отклонено");
    add("waiting", "Ждёт отправки");
    add("inDoubt", "Исход неизвестен, повторяется");
    add("unsendable", "Не может быть передано");
    return text;
}

void write(common::JsonWriter& json, const store::ReceiptRow& row, bool whole) {
    json.object()
        .member("id", std::to_string(row.id))
        .member("hash", row.hash)
        .member("summary", summaryOf(parsed(row)));
    if (whole) json.member("text", row.text);
    json.rawMember("receipt", row.text).end();
}

Response csvOf(const Request& request, const std::vector<store::ReceiptRow>& rows,
               const std::optional<std::string>& next) {
    static constexpr const char* kCounts[] = {"planned", "sent",        "confirmed", "missing", "lost",
                                              "differs", "voided",      "cancelled", "refused", "waiting",
                                              "inDoubt", "quarantined", "unsendable"};
    CsvText csv;
    for (const auto* name : {"id", "number", "project", "flow", "run", "at"}) csv.cell(name);
    for (const auto* name : kCounts) csv.cell(name);
    for (const auto* name : {"read", "asked", "of", "hash", "previous", "summary"}) csv.cell(name);
    csv.endRow();
    for (const auto& row : rows) {
        const auto receipt = parsed(row);
        csv.cell(row.id).cell(row.number).cell(row.project).cell(receipt.flow).cell(row.runId).cell(receipt.at);
        for (const auto* name : kCounts) csv.cell(receipt.count(name));
        csv.cell(receipt.mode).cell(receipt.count("read.asked")).cell(receipt.count("read.of"));
        csv.cell(row.hash).cell(row.previous).cell(summaryOf(receipt)).endRow();
    }
    return csvPage(request, csv, "receipts.csv", next);
}

}  // namespace

std::vector<host::sdk::Registration> ReceiptsApi::addTo(host::sdk::Router& router) {
    std::vector<host::sdk::Registration> kept;
    host::sdk::RouteOptions list, one, statements, verify;
    list.operation = docs::listReceipts();
    one.operation = docs::getReceipt();
    statements.operation = docs::listReceiptStatements();
    verify.operation = docs::verifyReceipts();
    verify.least = host::sdk::Role::OrganizationAdmin;
    kept.push_back(router.add(Method::Get, under("/receipts"), list,
                              [this](const Request& request) { return this->list(request); }));
    kept.push_back(router.add(Method::Get, under("/receipts/verify"), verify,
                              [this](const Request& request) { return this->verify(request); }));
    kept.push_back(router.add(Method::Get, under("/receipts/{receipt}"), one,
                              [this](const Request& request) { return this->one(request); }));
    kept.push_back(router.add(Method::Get, under("/receipts/{receipt}/statements"), statements,
                              [this](const Request& request) { return this->statements(request); }));
    return kept;
}

Response ReceiptsApi::list(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    store::ReceiptFilter filter;
    filter.organization = request.parameter("org");
    filter.project = request.queryValue("project").value_or("");
    filter.flowId = queryId(request, "flow");
    filter.runId = queryId(request, "run");
    auto rows = receipts_.list(filter, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.number; });
    if (wantsCsv(request)) return csvOf(request, rows, next);
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows) write(json, row, false);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response ReceiptsApi::one(const Request& request) {
    const auto row = receipts_.find(request.parameter("org"), pathId(request, "receipt", "receipt"));
    if (!row) throw AppError::notFound("There is no such receipt here.");
    common::JsonWriter json;
    write(json, *row, true);
    return Response::json(json.take());
}

Response ReceiptsApi::statements(const Request& request) {
    auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    const auto receipt = receipts_.find(request.parameter("org"), pathId(request, "receipt", "receipt"));
    if (!receipt) throw AppError::notFound("There is no such receipt here.");
    const auto fate = queryChoice(
        request, "fate", {"sent", "confirmed", "missing", "lost", "differs", "voided", "cancelled", "refused"});
    auto rows = receipts_.items(receipt->id, fate, page.afterNumber(), page.limit + 1);
    const auto next = page.cut(rows, [](const auto& row) { return row.position; });
    if (wantsCsv(request)) {
        CsvText csv;
        for (const auto* name : {"position", "fate", "statementId", "digest", "state"}) csv.cell(name);
        csv.endRow();
        for (const auto& row : rows)
            csv.cell(row.position)
                .cell(row.item.fate)
                .cell(row.item.statementId)
                .cell(row.item.digest)
                .cell(row.state)
                .endRow();
        return csvPage(request, csv, "receipt-statements.csv", next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& row : rows)
        json.object()
            .member("position", row.position)
            .member("fate", row.item.fate)
            .member("statementId", row.item.statementId)
            .member("digest", row.item.digest)
            .member("state", row.state)
            .end();
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response ReceiptsApi::verify(const Request& request) {
    const auto check = receipts_.verify(request.parameter("org"));
    common::JsonWriter json;
    json.object()
        .member("intact", !check.brokenNumber)
        .member("receipts", check.receipts)
        .member("hash", check.head.hash)
        .key("broken");
    if (check.brokenNumber) {
        json.object().member("number", *check.brokenNumber).key("id");
        check.brokenId == 0 ? json.null() : json.value(std::to_string(check.brokenId));
        json.member("reason", check.reason).end();
    } else {
        json.null();
    }
    json.member("summary", check.brokenNumber
                               ? fmt::format("Цепочка нарушена на квитанции {}: {}.", *check.brokenNumber, check.reason)
                               : fmt::format("Цепочка цела: проверено квитанций {}.", check.receipts));
    json.end();
    return Response::json(json.take());
}

}  // namespace plugin::api
