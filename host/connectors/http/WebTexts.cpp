#include "host/connectors/http/WebTexts.h"

namespace host::connectors {

const common::Phrasebook::Phrases& webPhrases() {
    static const common::Phrasebook::Phrases kPhrases = {
        // What the log of a run tells.
        {"Page {} has bytes that are no text in UTF-8, and says no encoding: set it in the route (windows-1251?); rows "
         "with them are not taken.",
         "На странице {} байты, которые не читаются как UTF-8, а кодировка не названа: задайте её в пути передачи "
         "данных "
         "(windows-1251?); строки с ними не принимаются."},
        {"Page {} has bytes that are no text; rows with them are not taken.",
         "На странице {} байты, которые не являются текстом: строки с ними не принимаются."},
        {"None of the {} items has a value for '{}'; they have '{}'.",
         "Ни у одной из записей ({}) нет значения '{}', есть '{}'."},
        {"None of the {} items has a value for '{}'.", "Ни у одной из записей ({}) нет значения '{}'."},
        {"The route has no {watermark}: everything is read.", "В пути передачи данных нет {watermark}: читается всё."},
        {"Rows of '{}' have moved while they were read: going back from row {}.",
         "Строки '{}' сдвинулись, пока их читали: возвращаемся от строки {}."},
        {"$metadata can't be read: {}", "$metadata не читается: {}"},
        {"Page {} of {}: {}", "Страница {} ({}): {}"},
        // Paths.
        {"The path '{}' can't be understood at character {}: {}.", "Путь '{}' непонятен, символ {}: {}."},
        {"Write names with dots (user.name), $.data[*] for the items of a list, ['a name'] for a name with other "
         "characters, ^.name for a field of what the item belongs to.",
         "Пишите имена через точку (user.name), $.data[*] для записей списка, ['имя'] для имени с другими символами, "
         "^.name для поля того, внутри чего лежит запись."},
        {"Write XPath 1.0: //result for the items, score or @id or ../@id for columns.",
         "Пишите XPath 1.0: //result для записей, score, @id или ../@id для колонок."},
        {"The path '{}' does not lead to one value in the answer.", "Путь '{}' ведёт в ответе не к одному значению."},
        {"The path to the items '{}' does not lead to a list in the answer.",
         "Путь к записям '{}' ведёт в ответе не к списку."},
        {"The path to the items '{}' leads nowhere: the answer has no '{}'; it has {}.",
         "Путь к записям '{}' никуда не ведёт: в ответе нет '{}', а есть {}."},
        {"The path to the items '{}' leads nowhere: the answer is '{}'.",
         "Путь к записям '{}' никуда не ведёт: ответ — это '{}'."},
        {"The path to the items '{}' leads to {}, not to a list.", "Путь к записям '{}' ведёт не к списку ({})."},
        {"The path to the items '{}' does not lead to elements.", "Путь к записям '{}' ведёт не к элементам."},
        {"Write '{}' in the path to the items.", "Напишите '{}' в пути к записям."},
        {"Correct the path in the route.", "Исправьте путь в пути передачи данных."},
        {"Correct the path to the items in the route.", "Исправьте путь к записям в пути передачи данных."},
        {"Correct the path to the items in the route; empty means the whole answer.",
         "Исправьте путь к записям в пути передачи данных; пустой означает весь ответ."},
        {"Correct the path to the items in the route; names with a prefix are written with it.",
         "Исправьте путь к записям в пути передачи данных; имена с префиксом пишутся с ним."},
        {"stands twice in the same object", "стоит в одном объекте дважды"},
        {"correct the source: which of the two is meant can't be known",
         "исправьте источник: какое из двух верно, узнать нельзя"},
        {"has bytes that are no text", "содержит байты, которые не являются текстом"},
        {"say in the route which encoding the source writes, or correct the source",
         "укажите в пути передачи данных кодировку источника или исправьте источник"},
        {"leads to {} values", "ведёт к {} значениям"},
        {"write a path to one of them, as with [0]", "напишите путь к одному из них, например с [0]"},
        {"leads to a list; choose one of it, as in [0]", "ведёт к списку: выберите из него одно, например [0]"},
        {"leads to an object; go on to one of its fields", "ведёт к объекту: продолжите путь до его поля"},
        {"leads to an element with elements in it; go on to one of them",
         "ведёт к элементу, внутри которого есть элементы: продолжите путь до одного из них"},
        {"correct the path in the mapping", "исправьте путь в сопоставлении"},
        // What came.
        {"The answer is JSON nested deeper than {} levels.", "Ответ — JSON с вложенностью больше {}."},
        {"Ask the source for less at a time.", "Спрашивайте у источника меньше за раз."},
        {"The answer is empty, where JSON was expected.", "Ответ пуст, а ожидался JSON."},
        {"The answer is empty, where XML was expected.", "Ответ пуст, а ожидался XML."},
        {"Open the address in a browser, and correct the route's path or method.",
         "Откройте адрес в браузере и исправьте путь или метод пути передачи данных."},
        {"The answer is JSON that breaks off after {} bytes.", "Ответ — JSON, который обрывается после {} байт."},
        {"The answer is not JSON: {} At byte {}.", "Ответ — не JSON: {} Байт {}."},
        {"Run it again; if it stays so, the source's log says why it ends its answer too early.",
         "Запустите ещё раз; если повторится, почему ответ обрывается, скажет журнал источника."},
        {"Look at the answer in a browser; if it is XML, say so in the route's format.",
         "Посмотрите ответ в браузере; если это XML, укажите его в формате пути передачи данных."},
        {"The answer is not XML: {} at byte {}.", "Ответ — не XML: {}, байт {}."},
        {"Look at the answer in a browser; if it is JSON, say so in the route's format.",
         "Посмотрите ответ в браузере; если это JSON, укажите его в формате пути передачи данных."},
        {"The XML defines entities of its own, which are not read.", "XML определяет свои сущности, они не читаются."},
        {"Ask the source for XML without '<!ENTITY'.", "Попросите у источника XML без '<!ENTITY'."},
        {"{} compresses its answer, which was not asked for.", "{} сжимает ответ, хотя его об этом не просили."},
        {"Turn compression off there for who sends no Accept-Encoding.",
         "Отключите там сжатие для тех, кто не присылает Accept-Encoding."},
        {"The encoding '{}' is not known.", "Кодировка '{}' неизвестна."},
        {"Write the encoding in the route: utf-8, windows-1251, koi8-r, iso-8859-1, utf-16.",
         "Укажите кодировку в пути передачи данных: utf-8, windows-1251, koi8-r, iso-8859-1, utf-16."},
        {"The answer can't be read as '{}'.", "Ответ не читается как '{}'."},
        {"Write the right encoding in the route.", "Укажите в пути передачи данных верную кодировку."},
        {"{} answers with a page to sign in ('{}') instead of data.",
         "{} отвечает страницей входа ('{}') вместо данных."},
        {"Check how the connection signs in, and that the address is the one for programs.",
         "Проверьте, как входит подключение и что адрес — для программ."},
        {"{} answers with a page for people ('{}') instead of data.",
         "{} отвечает страницей для людей ('{}') вместо данных."},
        {"Write the address for programs (of the API), not the one that a browser shows.",
         "Укажите адрес для программ (API), а не тот, что показывает браузер."},
        {"Page {} of {} is the same as the one before.", "Страница {} ({}) такая же, как предыдущая."},
        {"Check the route's paging: the service seems not to know the parameter of the page.",
         "Проверьте страницы пути передачи данных: похоже, сервис не знает параметра страницы."},
        {"Page {} leads back to a page that was read already.", "Страница {} ведёт на уже прочитанную."},
        {"The source pages in a circle: report it to who runs it.",
         "Источник листает по кругу: сообщите тому, кто его обслуживает."},
        {"The source counted {} items and gave {} of them.", "Источник насчитал {}, а отдал {}."},
        {"Run it again; if it stays so, look at the route's paging, and whether the source changes while it is read.",
         "Запустите ещё раз; если повторится, проверьте страницы пути передачи данных и не меняется ли источник во "
         "время чтения."},
        {"The items have no '{}'; they have '{}'.", "В записях нет '{}', есть '{}'."},
        {"Write '{}' in the mapping.", "Напишите '{}' в сопоставлении."},
        {"The total at '{}' is '{}', not a number.", "Общее число в '{}' — '{}', а это не число."},
        {"Correct the path to the total in the route.", "Исправьте путь к общему числу в пути передачи данных."},
        {"The source's answer leads to {}, which is not the connection's host.",
         "Ответ источника ведёт на {}, а это не узел подключения."},
        {"If it is right, name that host among the connection's other hosts; if the service only calls itself by "
         "another "
         "name, set its outer address there.",
         "Если так и надо, добавьте узел в «Другие узлы» подключения; если сервис лишь называет себя другим именем, "
         "укажите в нём его внешний адрес."},
    };
    return kPhrases;
}

}  // namespace host::connectors
