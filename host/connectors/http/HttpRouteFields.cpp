#include "host/connectors/http/HttpRoute.h"

namespace host::connectors {

std::vector<sdk::SourceField> HttpRoute::fields() {
    using sdk::SourceField;
    using Type = SourceField::Type;
    std::vector<SourceField> all;
    all.push_back({"path",
                   Type::Text,
                   false,
                   {"Путь", "Path"},
                   {"Продолжает адрес подключения", "Continues the connection's address"},
                   "/results"});
    all.push_back({"method",
                   Type::Choice,
                   false,
                   {"Метод", "Method"},
                   {"Всё, кроме GET, может изменить данные источника: сервер отправляет запрос как есть",
                    "All but GET may change the source's data: the server sends the request as it is"},
                   {},
                   "GET",
                   {"GET", "POST", "PUT", "DELETE"}});
    all.push_back({"repeatable",
                   Type::Flag,
                   false,
                   {"Запрос только читает", "The request only reads"},
                   {"Для поиска через POST: запрос можно пробовать и повторять после обрыва",
                    "Of a search by POST: it may be tried, and repeated after a break"},
                   {},
                   "false"});
    all.push_back(
        {"query",
         Type::Map,
         false,
         {"Параметры", "Parameters"},
         {"{watermark}, {page}, {offset}, {limit}, {cursor} заменяются; параметр с {watermark} опускается, когда "
          "читается всё",
          "{watermark}, {page}, {offset}, {limit}, {cursor} are replaced; a parameter with {watermark} is left "
          "out when everything is read"},
         "since={watermark}"});
    all.push_back({"headers", Type::Map, false, {"Заголовки", "Headers"}, {"Без секретов", "No secrets here"}});
    all.push_back({"body",
                   Type::Multiline,
                   false,
                   {"Тело запроса", "Body"},
                   {"С теми же подстановками", "With the same replacements"},
                   R"({"since":"{watermark}","page":{page}})"});
    all.push_back({"bodyType",
                   Type::Text,
                   false,
                   {"Тип тела", "Type of the body"},
                   {"Content-Type", "Content-Type"},
                   {},
                   "application/json"});
    all.push_back(
        {"format", Type::Choice, false, {"Формат ответа", "Format of the answer"}, {}, {}, "json", {"json", "xml"}});
    all.push_back({"charset",
                   Type::Text,
                   false,
                   {"Кодировка", "Encoding"},
                   {"Если ответ не называет её или называет неверно", "When the answer names none, or a wrong one"},
                   "windows-1251"});
    all.push_back({"items",
                   Type::Text,
                   false,
                   {"Путь к записям", "Path to the items"},
                   {"JSONPath ($.data[*]) или XPath (//result); пусто — весь ответ",
                    "JSONPath ($.data[*]) or XPath (//result); empty: the whole answer"},
                   "$.data[*]"});
    all.push_back({"itemsOptional",
                   Type::Flag,
                   false,
                   {"Записей может не быть", "Items may be absent"},
                   {"Ответ, в котором этого пути нет, считается пустым", "An answer without that path is an empty one"},
                   {},
                   "false"});
    all.push_back({"paging",
                   Type::Choice,
                   false,
                   {"Страницы", "Paging"},
                   {"Как спрашивается следующая часть", "How the next part is asked for"},
                   {},
                   "none",
                   {"none", "page", "offset", "cursor", "link"}});
    all.push_back({"pageParameter",
                   Type::Text,
                   false,
                   {"Параметр страницы", "Parameter of the page"},
                   {"Номер, смещение или курсор", "The number, offset or cursor"},
                   "page"});
    all.push_back({"pageSizeParameter", Type::Text, false, {"Параметр размера", "Parameter of the size"}, {}, "limit"});
    all.push_back({"pageSize", Type::Number, false, {"Записей на странице", "Items of a page"}, {}, "500"});
    all.push_back(
        {"firstPage", Type::Number, false, {"Номер первой страницы", "Number of the first page"}, {}, {}, "1"});
    all.push_back({"nextPath",
                   Type::Text,
                   false,
                   {"Путь к следующей странице", "Path to the next page"},
                   {"К курсору или адресу в ответе; для ссылок пусто — заголовок Link",
                    "To the cursor or the address in an answer; with links, empty is the Link header"},
                   "$.paging.next"});
    all.push_back({"totalPath",
                   Type::Text,
                   false,
                   {"Путь к общему числу", "Path to the total"},
                   {"Сколько записей всего; сверяется в конце", "How many items there are; compared at the end"},
                   "$.total"});
    all.push_back({"morePath",
                   Type::Text,
                   false,
                   {"Путь к признаку продолжения", "Path to whether there are more"},
                   {},
                   "$.hasMore"});
    all.push_back({"notFoundEnds",
                   Type::Flag,
                   false,
                   {"404 — конец", "404 is the end"},
                   {"Страница за последней отвечает 404", "A page behind the last one answers 404"},
                   {},
                   "false"});
    all.push_back(
        {"watermarkForm",
         Type::Choice,
         false,
         {"Вид отметки", "Form of the watermark"},
         {"Как сервис ждёт время последнего изменения", "How the service expects the time of the last change"},
         {},
         "as-is",
         {"as-is", "rfc3339", "epoch", "epoch-ms", "date"}});
    all.push_back({"watermarkZone",
                   Type::Text,
                   false,
                   {"Часовой пояс отметки", "Zone of the watermark"},
                   {"Если время в источнике без пояса", "When the source's times have no zone"},
                   "Europe/Moscow"});
    all.push_back({"watermarkFirst",
                   Type::Text,
                   false,
                   {"Отметка полного чтения", "Watermark of a full run"},
                   {"Что подставить вместо {watermark}, когда читается всё",
                    "What stands for {watermark} when everything is read"},
                   "1970-01-01T00:00:00Z"});
    for (auto& field : all)
        if (field.name == "pageSize" || field.name == "firstPage") {
            field.min = 0;
            field.max = 100000;
        }
    return all;
}

}  // namespace host::connectors
