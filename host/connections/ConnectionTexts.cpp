#include "host/connections/ConnectionTexts.h"

#include "host/http/RussianTexts.h"

namespace host::connections {

namespace {

const common::Phrasebook::Phrases& connectionPhrases() {
    static const common::Phrasebook::Phrases kPhrases = {
        // What a run shows.
        {"The connection '{}' is disabled.", "Подключение '{}' отключено."},
        {"The route '{}' is disabled.", "Путь передачи данных '{}' отключён."},
        {"Enable it, then try again.", "Включите и повторите."},
        {"The route '{}' would write '{}' of the source '{}', which the route '{}' of the connection '{}' writes: each "
         "would turn the other's records into its own.",
         "Путь '{}' пишет '{}' источника '{}', а их пишет и путь '{}' подключения '{}': каждый превращает записи "
         "другого в свои."},
        {"Give the mapping a 'source' of its own (left out, it is the connection's name), or disable the other route.",
         "Задайте в сопоставлении свой 'source' (если его нет, это имя подключения) или отключите другой путь."},
        {"The route had read up to '{}', which is in the future: it would have missed what was changed since. "
         "Everything "
         "was read again.",
         "Путь прочитал до '{}', а это в будущем: изменённое с тех пор он бы пропустил. Всё прочитано заново."},
        {"Nothing is to be done unless a row with such a time is named besides.",
         "Делать ничего не нужно, если рядом не названа строка с таким временем."},
        {"{}: the watermark's column '{}' has '{}', which is in the future; such rows: {}. They are taken, and the "
         "route "
         "reads on from the latest time that is not.",
         "{}: в столбце отметки '{}' стоит '{}', а это в будущем; таких строк: {}. Они приняты, а путь читает дальше с "
         "последнего времени не из будущего."},
        {"Correct the time in the source; until then the row comes with every run.",
         "Исправьте время в источнике: до этого строка приходит при каждом запуске."},
        {"{} of {} rows can't be read as rows. The first: row {}: {}.",
         "Строк, которые не прочитать: {} из {}. Первая: строка {}: {}."},
        {"{} of {} rows can't be read as rows. The first: {}: {}.",
         "Строк, которые не прочитать: {} из {}. Первая: {}: {}."},
        {"'{}' names {} columns of the source", "'{}': так названы несколько столбцов источника: {}"},
        {"The source gave no row.", "Источник не дал ни одной строки."},
        {"Look at the conditions of the query.", "Проверьте условия запроса."},
        {"The source gave {} rows, and the mapping's conditions take none of them.",
         "Источник дал {} строк, и условия сопоставления не берут ни одной."},
        {"Look at 'when' in the mapping.", "Проверьте 'when' в сопоставлении."},
        {"{} of {} rows name records that are not there.", "{} из {} строк ссылаются на записи, которых нет."},
        {"Run the routes that bring those records first; the rows are asked for again.",
         "Сначала запустите пути, которые приносят эти записи: строки будут запрошены снова."},
        {"{} of {} rows fail at the column '{}'.", "{} из {} строк не проходят из-за столбца '{}'."},
        {"Look at the first of them in the run's log: the column holds something else than the field.",
         "Посмотрите первую из них в журнале запуска: в столбце не то, что в поле."},
        {"{} of {} rows were refused.", "Не принято строк: {} из {}."},
        {"The run's log names each of them and what to do.", "Журнал запуска называет каждую и говорит, что сделать."},
        {"'{}' is not a column of the source", "В источнике нет столбца '{}'"},
        {"'{}' is in none of the items that came", "Ни в одной из пришедших записей нет '{}'"},
        {"What came is one item, and '{}' in it is a list: write '{}' in the path to the items.",
         "Пришла одна запись, а '{}' в ней — список: напишите '{}' в пути к записям."},
        {"Did you mean '{}'? The items have: {}. If the source may leave it out, say so in the mapping "
         "(\"optional\": true); then there is no value.",
         "Может быть, '{}'? В записях есть: {}. Если источник вправе его опускать, отметьте это в сопоставлении "
         "(\"optional\": true): тогда значения нет."},
        {"The items have: {}. If the source may leave it out, say so in the mapping (\"optional\": true); then there "
         "is no value.",
         "В записях есть: {}. Если источник вправе его опускать, отметьте это в сопоставлении (\"optional\": true): "
         "тогда значения нет."},
        {"Did you mean '{}'? The source has: {}.", "Может быть, '{}'? В источнике есть: {}."},
        {"The source has: {}.", "В источнике есть: {}."},
        {"Did you mean '{}'? The watermark needs it.", "Может быть, '{}'? Он нужен для отметки."},
        {"The watermark needs it.", "Он нужен для отметки."},
        {"The source does not fit the mapping '{}'.", "Источник не подходит к сопоставлению '{}'."},
        {"The source does not fit the route.", "Источник не подходит к пути передачи данных."},
        {"The run was asked to end.", "Запуск попросили остановиться."},
        {"Run the route again.", "Запустите путь ещё раз."},
        {"The route was changed or removed while it ran.", "Путь изменили или удалили во время запуска."},
        {"Run it again as it is now.", "Запустите его ещё раз таким, какой он теперь."},
        {"{}: '{}' is below the row before it, though the route says that rows ascend by '{}'.",
         "{}: '{}' меньше, чем в строке перед ней, а путь обещает строки по возрастанию '{}'."},
        {"Order the rows by that column (ORDER BY), or take 'ordered' from the route's watermark. The next run reads "
         "everything.",
         "Упорядочьте строки по этому столбцу (ORDER BY) или снимите 'ordered' с отметки пути. Следующий запуск "
         "прочтёт "
         "всё."},
        {"{} of {} records that the route has brought are not in the source any more: {} %, and at most {} % are "
         "deleted without a person's word. Nothing was deleted.",
         "{} из {} записей, принесённых путём, в источнике больше нет: {} %, а без подтверждения удаляется не больше "
         "{} "
         "%. Ничего не удалено."},
        {"See that the source is whole and the route asks for all of it. If they are really gone, run it with "
         "{\"full\":true,\"confirmDeletions\":true}.",
         "Убедитесь, что источник отдаёт всё и путь запрашивает всё. Если записей действительно нет, запустите с "
         "{\"full\":true,\"confirmDeletions\":true}."},
        {"No kind of source '{}' is loaded.", "Вид источника '{}' не загружен."},
        {"Load the module that has it.", "Загрузите модуль, который его предоставляет."},
        {"The run failed inside the server; its log says more.", "Сбой на сервере: подробности в журнале сервера."},
        {"Run it again.", "Запустите ещё раз."},
        {"The server ended during the run. Whole batches before were brought in.",
         "Сервер остановился во время запуска. Пришедшие до этого порции сохранены."},
        // Rows.
        {"names a record that another row of this run has brought with other content",
         "называет запись, которую другая строка этого запуска принесла с другим содержимым"},
        {"Give each record one row, or an id of its own.", "Дайте каждой записи одну строку или свой номер."},
        {"{} (field '{}')", "{} (поле '{}')"},
        {"{} records are missing for the first time. The source is read by the number of its pages, where a row may "
         "slip "
         "by: they are deleted when the next full run misses them too",
         "Записей, которых нет впервые: {}. Источник читается по номерам страниц, и строка могла проскочить: они "
         "удалятся, если их не будет и в следующем полном запуске"},
        {"Deletions are not followed: {} rows could not be identified, and may be of any record",
         "Удаления не отслеживаются: строк, которые не опознать: {}; они могут быть о любой записи"},
        {"The row has another number of values than columns", "в строке не столько значений, сколько столбцов"},
        {"Give the column that names the file's bytes a value.",
         "Дайте значение столбцу, который называет содержимое файла."},
        {"is not a number", "не число"},
        {"is not a whole number", "не целое число"},
        {"is not true or false", "не true и не false"},
        {"is not a date or a time", "не дата и не время"},
        {"is not an unti_id", "не unti_id"},
        {"is missing", "отсутствует"},
        {"is out of range", "вне допустимых пределов"},
        {"is not in the mapping's 'map'", "нет в таблице 'map' сопоставления"},
        {"is not one of the allowed values", "не из допустимых значений"},
        {"names no record of '{}': {}", "ссылается на запись '{}', которой нет: {}"},
        {"names a deleted record of '{}'", "ссылается на удалённую запись '{}'"},
        {"Send that record first, or correct the id or the source.",
         "Сначала принесите ту запись либо исправьте номер или источник."},
    };
    return kPhrases;
}

}  // namespace

namespace {

common::Phrasebook::Phrases& all() {
    static common::Phrasebook::Phrases phrases = connectionPhrases();
    return phrases;
}

}  // namespace

void addSourcePhrases(const common::Phrasebook::Phrases& more) {
    all().insert(all().end(), more.begin(), more.end());
}

const common::Phrasebook& connectionTexts() {
    // What is said of rows is mostly what is said of records anywhere; ours go before.
    static const auto book = [] {
        auto phrases = all();
        for (const auto* more : {&http::russianRecordTexts(), &http::russianMappingTexts()})
            phrases.insert(phrases.end(), more->begin(), more->end());
        return common::phrasebook(phrases);
    }();
    return book;
}

}  // namespace host::connections
