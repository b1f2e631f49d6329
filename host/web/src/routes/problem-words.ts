/** The server's words about mappings and routes in Russian. What isn't known stays. */

const reasons: [RegExp, string][] = [
  [/^is missing( or no object)?$/, 'Не задано'],
  [/^is missing or of the wrong type$/, 'Не задано'],
  [/^says not exactly one source$/, 'Нужно ровно одно: столбец, шаблон или постоянное значение'],
  [/^is not known here$/, 'Такого здесь не бывает'],
  [/^is not a field of '(.+)'$/, 'Такого поля у этих записей нет'],
  [/^is not a kind of record.*$/, 'Таких записей нет'],
  [/^is not a text$/, 'Это не текст'],
  [/^is not an object$/, 'Это не объект JSON'],
  [/^is not an array$/, 'Это не список'],
  [/^has an item that is not a text$/, 'В списке есть не текст'],
  [/^is not true or false$/, 'Это не true и не false'],
  [/^has a brace without a column$/, 'Скобка без имени столбца'],
  [/^has no 'map' beside it$/, 'Нужна ещё и таблица значений'],
  [/^is not a rule that is known$/, 'Такого правила нет'],
  [/^stands at a field that is no time$/, 'Это поле не время'],
  [/^is not a time zone$/, 'Такого часового пояса нет'],
  [/^is not a unit$/, 'Такой единицы нет'],
  [/^is not a date$/, 'Это не дата'],
  [/^is not a date or a time$/, 'Это не дата и не время'],
  [/^is not a time with offset$/, 'Это не время со смещением'],
  [/^needs a record with a flow$/, 'У этих записей нет потока'],
  [/^says nothing$/, 'Условие ничего не требует'],
  [/^stands at records without bytes$/, 'У этих записей нет содержимого файла'],
  [/^is no constant$/, 'Это не постоянное значение'],
  [/^can't stand in an address$/, 'Не годится для адреса'],
  [/^is that of the route '(.+)'$/, 'Так уже назван путь «$1»'],
  [/^has no use here: records are brought to the route$/, 'Расписание здесь не нужно: записи приносят сами'],
  [/^can't be followed: a request holds a part of the records$/, 'Удаления так не узнать: в запросе приходит часть записей'],
  [/^is not one of the choices.*$/, 'Такого варианта нет'],
  [/^is not taken by this kind of source$/, 'Этот вид источника отметку не принимает'],
  [/^is not a whole number$/, 'Это не целое число'],
  [/^is not a number$/, 'Это не число'],
  [/^is not an integer.*$/, 'Это не целое число'],
  [/^is not a number of units from the base date$/, 'Это не число единиц от даты'],
  [/^has no base date for '(.*)'$/, 'Для «$1» нет начальной даты'],
  [/^is too far from the base date$/, 'Слишком далеко от начальной даты'],
  [/^is out of range$/, 'Вне допустимых пределов'],
  [/^is not in the mapping's 'map'$/, 'Нет в таблице значений'],
  [/^is not an unti_id$/, 'Это не unti_id'],
  [/^is not one of the allowed values$/, 'Такого значения не бывает'],
  [/^is too long$/, 'Слишком длинно'],
  [/^is longer than (\d+) characters$/, 'Длиннее $1 знаков'],
  [/^is neither true nor false$/, 'Это не true и не false'],
  [/^has characters other than a-z, 0-9 and '-'$/, 'Есть знаки кроме a–z, 0–9 и «-»'],
  [/^has too many items$/, 'Слишком много'],
  [/^is not between '(.+)' and '(.+)'$/, 'Не между «$1» и «$2»'],
  [/^is not valid UTF-8$/, 'Это не UTF-8'],
  [/^is not a name of a source$/, 'Такое имя источника не подходит'],
  [/^is empty$/, 'Пусто'],
  [/^is not an e-mail address$/, 'Это не адрес почты'],
  [/^is not a short name$/, 'Это не короткое имя'],
  [/^holds a line break or a control character$/, 'Есть перенос строки или служебный символ'],
  [/^names no record of '(.+)': (.+)$/, 'Записи «$2» нет среди $1'],
  [/^names a deleted record of '(.+)'$/, 'Ссылается на удалённую запись ($1)'],
  [/^names a record that another row of this run has brought with other content$/, 'Эту запись уже принесла другая строка с другим содержимым'],
  [/^is given beside '(.+)'$/, 'Задано вместе с «$1»'],
  [/^The row has another number of values than columns$/, 'Значений в строке не столько, сколько столбцов'],
  [/^The schedule's field '.*' holds '(.+)', which .*$/, 'В расписании не читается «$1»'],
  [/^The schedule '.*' has (\d+) fields;.*$/, 'В расписании полей: $1, а нужно пять'],
];

const fixes: [RegExp, string][] = [
  [/^Every required field needs a rule\.?$/, 'Укажите столбец или постоянное значение.'],
  [/^Give \{"column":…\} or \{"template":.*$/, 'Укажите столбец или шаблон.'],
  [/^Give exactly one of 'column', 'constant' and 'template'\.$/, 'Выберите одно.'],
  [/^Give a text in quotes\.$/, 'Запишите текстом, в кавычках.'],
  [/^Give it as a text\.$/, 'Запишите текстом.'],
  [/^Write columns as \{name\}\.$/, 'Столбцы пишутся в скобках: {имя}.'],
  [/^Give a 'map', or leave it out\.$/, 'Задайте таблицу значений или уберите «остальное».'],
  [/^Leave it out\.?$/i, 'Уберите это.'],
  [/^leave it out: every run reads all rows$/, 'Уберите отметку: каждый запуск читает всё.'],
  [/^Give a name such as "Europe\/Moscow"\.$/, 'Например Europe/Moscow.'],
  [/^give an IANA name such as 'Europe\/Moscow'$/, 'Например Europe/Moscow.'],
  [/^Give "days", "hours", "minutes" or "seconds"\.$/, 'Выберите дни, часы, минуты или секунды.'],
  [/^Give a date as in "2013-10-01"\.$/, 'Запишите как 2013-10-01.'],
  [/^Give a date\.$/, 'Укажите дату.'],
  [/^Give 'in', 'notIn' or 'missing'\.$/, 'Укажите, какие значения брать.'],
  [/^Say which column names the file's bytes.*$/, 'Укажите столбец, который называет файл.'],
  [/^Give it: .*$/, 'Дайте столбцу значение или исправьте сопоставление.'],
  [/^give it, as in '(.+)'$/s, 'Заполните, например: $1'],
  [/^give it$/, 'Заполните поле.'],
  [/^use small Latin letters, digits and '-'.*$/, 'Строчные латинские буквы, цифры и «-».'],
  [/^use small Latin letters, digits, '-', '_' and '\/'$/, 'Строчные латинские буквы, цифры, «-», «_» и «/».'],
  [/^give each route a prefix of its own.*$/, 'Дайте пути свой префикс, метод или имена файлов.'],
  [/^write one to three names with.*$/, 'От одного до трёх имён через «/», например lms/grades.'],
  [/^write five fields, as in '30 2 \* \* \*'$/, 'Пять полей, например 30 2 * * *.'],
  [/^take 'keep'; deletions can be sent.*$/, 'Выберите «оставлять»; удаление можно прислать полем записи.'],
  [/^give number, time or text$/, 'Число, время или текст.'],
  [/^(?:Give|give) one of:? (.+?)\.?$/, 'Допустимо: $1.'],
  [/^Write a date as 2025-09-15, a time as 2025-09-15 10:00, or RFC 3339\.$/, 'Дата пишется как 2025-09-15, время — 2025-09-15 10:00 или RFC 3339.'],
  [/^Write RFC 3339 with an offset.*$/, 'Запишите как 2025-09-15T10:00:00+03:00 или задайте у поля форму даты.'],
  [/^Write digits, as in 19 or -3\.$/, 'Запишите цифрами, например 19 или -3.'],
  [/^Add the value to the mapping, or correct the file\.$/, 'Добавьте значение в таблицу или исправьте источник.'],
  [/^Add it to the mapping's 'base'\.$/, 'Добавьте его в таблицу начальных дат.'],
  [/^Send that record first, or correct the id or the source\.$/, 'Сначала принесите ту запись либо исправьте номер или источник.'],
  [/^Give each record one row, or an id of its own\.$/, 'Дайте каждой записи одну строку или свой номер.'],
  [/^A file is a learner's work or a material, not both\.$/, 'Файл — или работа, или материал.'],
  [/^Digits only, without a leading zero.*$/, 'Только цифры, без нуля впереди.'],
  [/^Fields: (.+)$/, 'Поля: $1'],
  [/^(?:G|g)ive a number from (.+) to (.+?)\.?$/, 'Число от $1 до $2.'],
  [/^give a number without quotes$/, 'Запишите число.'],
  [/^Write digits only, as in '3'\.$/, 'Только цифры, например 3.'],
  [/^Write true, false, 1 or 0, or add a 'map' to the mapping\.$/, 'Запишите true, false, 1 или 0 либо задайте таблицу значений.'],
  [/^Give one address, as in .*$/, 'Один адрес, например name@example.org.'],
  [/^Give the external id of the record it points to\.$/, 'Укажите номер той записи в её источнике.'],
  [/^give a text$/, 'Заполните поле.'],
  [/^Give 1 to 19 digits, the first of them not 0, as in '(\d+)'\.$/, 'От 1 до 19 цифр, первая не 0, например $1.'],
  [/^Correct the cell, or .*$/, 'Исправьте ячейку.'],
  [/^shorten it$/, 'Сократите.'],
];

function found(known: [RegExp, string][], text: string): string | undefined {
  for (const [pattern, words] of known) if (pattern.test(text)) return text.replace(pattern, words);
  return undefined;
}

export function reasonInRussian(text: string): string {
  const given = /^gives '(.*)', which (.+)$/s.exec(text);
  if (given) return `Даёт «${given[1]}»: ${lower(reasonInRussian(given[2]!))}`;
  const ofField = /^(.+) \(field '(.+)'\)$/s.exec(text);
  if (ofField) return `${reasonInRussian(ofField[1]!)} (поле ${ofField[2]})`;
  return found(reasons, text) ?? text;
}

export function fixInRussian(text: string): string {
  const near = /^Did you mean '(.+?)'\? ?(.*)$/s.exec(text);
  if (near) return `Может быть, «${near[1]}»? ${near[2] ? fixInRussian(near[2]) : ''}`.trim();
  return found(fixes, text) ?? text;
}

function lower(text: string): string {
  return /^[А-ЯЁ](?![А-ЯЁ])/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}
