// What the log of a run says, in Russian. It is kept in English: who asks chooses the language.

#include "host/connections/ConnectionTexts.h"
#include "host/connections/RunLog.h"

namespace host::connections {
namespace {

/// Apart from the other texts: "row {}" would fit in too many of them.
const common::Phrasebook& places() {
    static const common::Phrasebook book(common::Phrasebook::Phrases{
        {"row {}", "строка {}"},
        {"line {}", "строка {}"},
        {"item {}", "запись {}"},
        {"page {}, item {}", "страница {}, запись {}"},
        {"sheet {}, row {}", "лист {}, строка {}"},
        {"statement {}", "высказывание {}"},
    });
    return book;
}

const common::Phrasebook& events() {
    static const common::Phrasebook book(common::Phrasebook::Phrases{
        {"The run of '{}' began: full", "Запуск пути '{}' начат: читается всё"},
        {"The run of '{}' began: full, from '{}'", "Запуск пути '{}' начат: читается всё, начиная с '{}'"},
        {"The run of '{}' began: incremental", "Запуск пути '{}' начат: читается новое"},
        {"The run of '{}' began: incremental, from '{}'", "Запуск пути '{}' начат: читается новое, начиная с '{}'"},
        {"The run ended: done", "Запуск завершён"},
        {"The run ended: failed", "Запуск завершён с ошибкой"},
        {"The run ended: cancelled", "Запуск остановлен"},
        {"The run ended: interrupted", "Запуск прерван"},
        {"{} more lines were left out: a log holds {}.", "Ещё строк: {}. Они не записаны: журнал вмещает {}."},
    });
    return book;
}

/// Begins with what differs, and so would fit too much among the others.
const common::Phrasebook& marks() {
    static const common::Phrasebook book(common::Phrasebook::Phrases{
        {"The route had read up to '{}', which is in the future; everything is read again",
         "Путь прочитал до '{}', а это в будущем; всё читается заново"},
        {"{} has '{}' in the watermark's column '{}', which is in the future",
         "{}: '{}' в столбце отметки '{}', а это в будущем"},
        {"{} has no value of the type '{}' in the watermark's column '{}'; incremental runs may not bring such rows",
         "{}: в столбце отметки '{2}' нет значения типа '{1}'; запуски за новым могут не принести таких строк"},
    });
    return book;
}

}  // namespace

std::string placeInRussian(const std::string& place) {
    return places().text(place);
}

std::string logLineInRussian(const std::string& line) {
    if (line.empty()) return line;
    if (auto event = events().russian(line)) return *event;
    // "source.rows-refused: 2 of 9 rows were refused."
    if (line.starts_with("source."))
        if (const auto colon = line.find(": "); colon != std::string::npos && line.find(' ') == colon + 1)
            return line.substr(0, colon + 2) + connectionTexts().text(line.substr(colon + 2));
    if (const auto at = line.find(" has no value of the type '"); at != std::string::npos)
        if (auto mark = marks().russian(placeInRussian(line.substr(0, at)) + line.substr(at))) return *mark;
    return connectionTexts().text(line);
}

}  // namespace host::connections
