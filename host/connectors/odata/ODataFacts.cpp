// The part of ODataKind that says what the pages need to know of it.

#include "host/connectors/http/WebFacts.h"
#include "host/connectors/odata/ODataKind.h"

namespace host::connectors {

connections::KindFacts ODataKind::facts() const {
    connections::KindFacts out;
    out.order = 3;
    out.way = {{"OData и 1С", "OData and 1C"},
               {"У вас 1С или другая система с OData: записи забираются целиком по расписанию.",
                "You have 1C or another system with OData: its records are taken whole, on a schedule."},
               {"Адрес службы, пользователь и пароль", "The service’s address, a user and a password"},
               {"2–4 часа", "2–4 hours"}};
    out.leadsTo = {{"url", ""}};
    out.connection = webFieldFacts();
    out.connection["dialect"].choices = {{"1c", {"1С", "1C"}},
                                         {"v2", {"OData 2", "OData 2"}},
                                         {"v3", {"OData 3", "OData 3"}},
                                         {"v4", {"OData 4", "OData 4"}}};
    auto& route = out.route;
    for (const auto* one : {"orderBy", "key", "paging", "pageSize", "count", "watermarkType", "options"})
        route[one].rare = true;
    route["paging"].choices = {{"auto", {"само: у 1С — client", "by itself: client for 1C"}},
                               {"server", {"по ссылкам сервиса", "by the service’s links"}},
                               {"client", {"$top и $skip", "$top and $skip"}}};
    route["watermarkType"].choices = {{"auto", {"по $metadata", "as $metadata says"}},
                                      {"datetime", {"DateTime", "DateTime"}},
                                      {"datetimeoffset", {"DateTimeOffset", "DateTimeOffset"}},
                                      {"date", {"Date", "Date"}},
                                      {"number", {"Int32", "Int32"}},
                                      {"long", {"Int64", "Int64"}},
                                      {"decimal", {"Decimal", "Decimal"}},
                                      {"guid", {"Guid", "Guid"}},
                                      {"text", {"строка", "text"}}};
    return out;
}

}  // namespace host::connectors
