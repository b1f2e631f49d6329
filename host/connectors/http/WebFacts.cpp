#include "host/connectors/http/WebFacts.h"

#include "host/connectors/http/HttpKind.h"

namespace host::connectors {

using connections::FactsOfFields;
using connections::KindFacts;

FactsOfFields webFieldFacts() {
    FactsOfFields out;
    out["auth"].choices = {{"none", {"Без входа", "No signing in"}},
                           {"basic", {"Имя и пароль (basic)", "Name and password (basic)"}},
                           {"bearer", {"Токен (bearer)", "Token (bearer)"}},
                           {"header", {"Ключ в заголовке (header)", "Key in a header (header)"}},
                           {"query", {"Ключ в адресе (query)", "Key in the address (query)"}},
                           {"oauth2", {"OAuth 2.0 (client credentials)", "OAuth 2.0 (client credentials)"}}};
    for (const auto* one : {"user", "password"}) out[one].when = {"auth", {"basic"}};
    out["token"].when = {"auth", {"bearer"}};
    for (const auto* one : {"keyName", "key"}) out[one].when = {"auth", {"header", "query"}};
    for (const auto* one : {"tokenUrl", "clientId", "clientSecret", "scope"}) out[one].when = {"auth", {"oauth2"}};
    for (const auto* one : {"headers", "hosts", "requestsPerMinute", "timeoutSeconds"}) out[one].rare = true;
    return out;
}

KindFacts HttpKind::facts() const {
    KindFacts out;
    out.order = 2;
    out.way = {{"HTTP: JSON и XML", "HTTP: JSON and XML"},
               {"У системы есть REST API или адрес с выгрузкой: сервер сам ходит за ней по расписанию.",
                "The system has a REST API or an address with an export: the server fetches it on a schedule."},
               {"Адрес, ключ или пароль", "The address, a key or a password"},
               {"1–2 часа", "1–2 hours"}};
    out.leadsTo = {{"url", ""}};
    out.connection = webFieldFacts();
    auto& route = out.route;
    for (const auto* one : {"body", "bodyType"}) route[one].when = {"method", {"POST", "PUT", "DELETE"}};
    for (const auto* one : {"pageParameter", "pageSizeParameter", "pageSize"})
        route[one].when = {"paging", {"page", "offset", "cursor"}};
    route["firstPage"].when = {"paging", {"page"}};
    route["nextPath"].when = {"paging", {"cursor", "link"}};
    for (const auto* one : {"totalPath", "morePath", "notFoundEnds"})
        route[one].when = {"paging", {"page", "offset", "cursor", "link"}};
    for (const auto* one : {"headers", "charset", "itemsOptional", "watermarkForm", "watermarkZone", "watermarkFirst"})
        route[one].rare = true;
    route["format"].choices = {{"json", {"JSON", "JSON"}}, {"xml", {"XML", "XML"}}};
    route["paging"].choices = {{"none", {"все записи сразу", "all items at once"}},
                               {"page", {"по номеру страницы", "by number of the page"}},
                               {"offset", {"по смещению", "by offset"}},
                               {"cursor", {"по курсору из ответа", "by a cursor of the answer"}},
                               {"link", {"по ссылке на следующую", "by a link to the next"}}};
    route["watermarkForm"].choices = {{"as-is", {"как в источнике", "as the source writes it"}},
                                      {"rfc3339", {"RFC 3339", "RFC 3339"}},
                                      {"epoch", {"секунды с 1970", "seconds since 1970"}},
                                      {"epoch-ms", {"миллисекунды с 1970", "milliseconds since 1970"}},
                                      {"date", {"дата", "date"}}};
    return out;
}

}  // namespace host::connectors
