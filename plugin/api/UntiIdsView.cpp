#include "plugin/api/UntiIdsView.h"

#include "plugin/identities/Columns.h"

namespace plugin::api {

const char* const kUntiImportSchema =
    R"({"type":"object","required":["id","contour","revision","createdAt","createdBy","columns","rows","counts",)"
    R"("appliedAt","appliedBy","undoneAt","undoneBy"],"properties":{"id":{"type":"string"},)"
    R"("contour":{"enum":["production","test"]},"revision":{"type":"integer"},"createdAt":{"type":"string"},)"
    R"("createdBy":{"type":"string"},"columns":{"type":"array","items":{"type":"object","required":["field","column"],)"
    R"("properties":{"field":{"type":"string"},"column":{"type":"string","description":"title in the file"}}}},)"
    R"("rows":{"type":"integer"},"counts":{"type":"object","additionalProperties":{"type":"integer"},)"
    R"("description":"rows by state"},"appliedAt":{"type":["string","null"]},"appliedBy":{"type":"string"},)"
    R"("undoneAt":{"type":["string","null"]},"undoneBy":{"type":"string"},)"
    R"("outcome":{"type":"object","additionalProperties":{"type":"integer"},)"
    R"("description":"of this apply or undo: rows by what became of them"}}})";
const char* const kUntiImportExample =
    R"({"id":"3","contour":"production","revision":1,"createdAt":"2025-09-15T07:00:00Z","createdBy":"anna",)"
    R"("columns":[{"field":"untiId","column":"Unti ID"},{"field":"flowId","column":"ID потока"},)"
    R"({"field":"leaderId","column":"Leader ID"}],"rows":120,"counts":{"matched":112,"left-out":5,"unmatched":3},)"
    R"("appliedAt":null,"appliedBy":"","undoneAt":null,"undoneBy":""})";
const char* const kUntiRowSchema =
    R"({"type":"object","required":["row","untiId","flow","status","cells","state","learner","learnerExternalId",)"
    R"("previous","code","reason","fix"],"properties":{"row":{"type":"integer","description":"as the spreadsheet counts"},)"
    R"("untiId":{"type":"string"},"flow":{"type":"string","description":"University 2035's flow id"},)"
    R"("status":{"type":"string","description":"of the application, as the list says"},)"
    R"("cells":{"type":"object","additionalProperties":{"type":"string"},"description":"what the learner was looked for by"},)"
    R"("state":{"enum":["matched","conflicting","same","repeated","taken","ambiguous","unmatched","bad-unti-id",)"
    R"("left-out","applying","applied","refused","undone","kept"]},"learner":{"type":["string","null"]},)"
    R"("learnerExternalId":{"type":"string"},"previous":{"type":"string","description":"the learner's unti_id before"},)"
    R"("code":{"type":"string","description":"stable reason"},"reason":{"type":"string"},"fix":{"type":"string"}}})";
const char* const kUntiRowExample =
    R"({"row":17,"untiId":"5500123","flow":"7001","status":"Одобрена","cells":{"Фамилия":"Орлов","Имя":"Пётр"},)"
    R"("state":"unmatched","learner":null,"learnerExternalId":"","previous":"","code":"no-learner",)"
    R"("reason":"На поток не зачислен слушатель с такими данными.",)"
    R"("fix":"Проверьте, зачислен ли слушатель на поток и одинаково ли записаны его данные."})";
const char* const kUntiColumnsSchema =
    R"({"type":"object","required":["sheets","sheet","titleRow","rows","columns"],"properties":{)"
    R"("sheets":{"type":"array","items":{"type":"string"}},"sheet":{"type":"string"},)"
    R"("titleRow":{"type":"integer","description":"as the spreadsheet counts"},"rows":{"type":"integer"},)"
    R"("columns":{"type":"array","items":{"type":"object","required":["column","field","namesALearner"],"properties":{)"
    R"("column":{"type":"string"},"field":{"type":["string","null"],"description":"what its title most likely means"},)"
    R"("namesALearner":{"type":"boolean","description":"a person decides whether to match by it"}}}}}})";
const char* const kUntiColumnsExample =
    R"({"sheets":["Лист1"],"sheet":"Лист1","titleRow":1,"rows":120,"columns":[)"
    R"({"column":"Unti ID","field":"untiId","namesALearner":false},)"
    R"({"column":"Фамилия","field":"lastName","namesALearner":true},{"column":"Курс","field":null,"namesALearner":false}]})";
const char* const kUntiApplySchema =
    R"({"type":"object","required":["rows"],"properties":{"rows":{"oneOf":[{"const":"all-matched"},)"
    R"({"type":"array","items":{"type":"integer"},"maxItems":50000}],"description":"all in state matched, or these"},)"
    R"("overwrite":{"type":"array","items":{"type":"integer"},"maxItems":50000,)"
    R"("description":"rows in state conflicting whose learner's unti_id is to be replaced"}}})";
const char* const kUntiApplyExample = R"({"rows":"all-matched","overwrite":[17]})";
const char* const kContradictionSchema =
    R"({"type":"object","required":["learner","learnerExternalId","contour","confirmed","record","by","at","code","reason","fix"],)"
    R"("properties":{"learner":{"type":"string"},"learnerExternalId":{"type":"string"},)"
    R"("contour":{"enum":["production","test"]},"confirmed":{"type":"string","description":"by a person"},)"
    R"("record":{"type":"string","description":"what the record shows, which is what its source gives"},)"
    R"("by":{"type":"string"},"at":{"type":"string"},"code":{"type":"string"},"reason":{"type":"string"},"fix":{"type":"string"}}})";
const char* const kContradictionExample =
    R"({"learner":"41","learnerExternalId":"s-1041","contour":"production","confirmed":"5500123","record":"5500132",)"
    R"("by":"anna","at":"2025-09-15T07:00:00Z","code":"source-differs","reason":"Источник даёт другой unti_id, чем подтвердил человек.",)"
    R"("fix":"Проверьте, какой верен, и исправьте его в источнике или в списке."})";

namespace {

std::string countsJson(const std::map<std::string, std::int64_t>& counts) {
    common::JsonWriter json;
    json.object();
    for (const auto& [name, value] : counts) json.member(name, value);
    return json.end().take();
}

}  // namespace

void writeImport(common::JsonWriter& json, const store::UntiImport& import,
                 const std::map<std::string, std::int64_t>* outcome) {
    json.object()
        .member("id", std::to_string(import.id))
        .member("contour", import.contour)
        .member("revision", import.revision)
        .timeMember("createdAt", import.createdAt)
        .member("createdBy", import.createdBy)
        .rawMember("columns", import.columns)
        .member("rows", import.rows)
        .rawMember("counts", countsJson(import.counts))
        .timeMember("appliedAt", import.appliedAt)
        .member("appliedBy", import.appliedBy)
        .timeMember("undoneAt", import.undoneAt)
        .member("undoneBy", import.undoneBy);
    if (outcome != nullptr) json.rawMember("outcome", countsJson(*outcome));
    json.end();
}

void writeImportCsvHeader(CsvText& csv) {
    for (const auto* name : {"id", "contour", "createdAt", "createdBy", "rows", "counts", "appliedAt", "appliedBy",
                             "undoneAt", "undoneBy"})
        csv.cell(name);
    csv.endRow();
}

void writeImportCsv(CsvText& csv, const store::UntiImport& import) {
    csv.cell(import.id).cell(import.contour).time(import.createdAt).cell(import.createdBy).cell(import.rows);
    csv.cell(countsJson(import.counts)).time(import.appliedAt).cell(import.appliedBy);
    csv.time(import.undoneAt).cell(import.undoneBy);
    csv.endRow();
}

void writeRow(common::JsonWriter& json, const store::UntiRow& row) {
    const auto& verdict = row.verdict;
    json.object()
        .member("row", row.number)
        .member("untiId", row.untiId)
        .member("flow", row.flow)
        .member("status", row.status)
        .rawMember("cells", row.cells)
        .member("state", toString(verdict.state));
    json.key("learner");
    verdict.learnerId == 0 ? json.null() : json.value(std::to_string(verdict.learnerId));
    json.member("learnerExternalId", verdict.learnerExternalId)
        .member("previous", verdict.previous)
        .member("code", verdict.code)
        .member("reason", verdict.reason)
        .member("fix", verdict.fix)
        .end();
}

void writeRowCsvHeader(CsvText& csv) {
    for (const auto* name : {"row", "untiId", "flow", "status", "cells", "state", "learner", "learnerExternalId",
                             "previous", "code", "reason", "fix"})
        csv.cell(name);
    csv.endRow();
}

void writeRowCsv(CsvText& csv, const store::UntiRow& row) {
    const auto& verdict = row.verdict;
    csv.cell(row.number).cell(row.untiId).cell(row.flow).cell(row.status).cell(row.cells);
    csv.cell(toString(verdict.state));
    verdict.learnerId == 0 ? csv.cell("") : csv.cell(verdict.learnerId);
    csv.cell(verdict.learnerExternalId).cell(verdict.previous).cell(verdict.code).cell(verdict.reason);
    csv.cell(verdict.fix);
    csv.endRow();
}

std::string columnsText(const identities::TableFile& table, std::int64_t rows) {
    common::JsonWriter json;
    json.object().key("sheets").array();
    for (const auto& sheet : table.sheets()) json.value(sheet);
    json.end()
        .member("sheet", table.sheet())
        .member("titleRow", static_cast<std::int64_t>(table.titleRow()))
        .member("rows", rows)
        .key("columns")
        .array();
    for (const auto& title : table.titles()) {
        if (title.empty()) continue;
        const auto field = identities::recognize(title);
        json.object().member("column", title).key("field");
        field ? json.value(toString(*field)) : json.null();
        json.member("namesALearner", field && identities::namesALearner(*field)).end();
    }
    return json.end().end().take();
}

}  // namespace plugin::api
