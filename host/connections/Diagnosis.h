#pragma once
/// What is wrong with a connection, a route or a run, in words: what was seen, and what to do. The eight typical
/// problems of integrations (seed 002, «Типичные проблемы») have a code each; so have the ways in which a source can't
/// be read. Codes never change. Pure; thread-safe.
///
///     source.disabled        «Отключено подключение или путь передачи данных»
///     source.settings        «Неправильно настроены атрибуты … или параметры интеграции в пути передачи данных»
///     source.field-name      «Неправильно обозначено поле»
///     source.format          «Неверно определён формат данных»
///     source.field-matching  «Неправильно сопоставлены поля данных у отправителя и получателя»
///     source.rights          «… не предоставлены права доступа»
///     source.no-data         «Отсутствуют данные в запросе»
///     source.structure       «… ошибки в структуре и содержании»

#include "common/Json.h"
#include "host/connections/RouteRun.h"
#include "host/sdk/Error.h"
#include "host/sdk/Sources.h"

#include <string>
#include <vector>

namespace host::connections {

struct Diagnosis {
    std::string code;
    std::string detail;  ///< what was seen; in English, as errors are
    std::string fix;     ///< what to do about this very case
};

Diagnosis diagnose(const sdk::SourceError& error);
/// Of a refused mapping or setting (422), an absent file, a full disk.
std::vector<Diagnosis> diagnose(const sdk::AppError& error);
/// What a run showed; empty when nothing is wrong.
std::vector<Diagnosis> diagnose(const RunOutcome& outcome);
Diagnosis disabledConnection(const std::string& name);
Diagnosis disabledRoute(const std::string& name);
Diagnosis unknownKind(const std::string& kind);
Diagnosis internalFailure();

/// `{code, title, detail, fix, advice}`; title, advice and, as far as they are known phrases, the others in the
/// language "ru" or "en".
void writeDiagnosis(common::JsonWriter& json, const Diagnosis& diagnosis, const std::string& language);
void writeDiagnoses(common::JsonWriter& json, const std::vector<Diagnosis>& all, const std::string& language);

/// As kept with a run.
std::string diagnosesText(const std::vector<Diagnosis>& all);
std::vector<Diagnosis> diagnosesFrom(const std::string& json);

/// A text of this room, or of a source's errors, in the language; as it is when it is no known phrase.
std::string inLanguage(const std::string& text, const std::string& language);
std::string titleOf(const std::string& code, const std::string& language);

}  // namespace host::connections
