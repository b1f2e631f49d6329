#include "host/connectors/odata/ODataKind.h"

#include "host/connectors/http/WebUrl.h"
#include "host/connectors/odata/ODataReader.h"

namespace host::connectors {

using sdk::SourceError;

sdk::SourceDescription ODataKind::describe() const {
    sdk::SourceDescription out;
    out.name = "odata";
    out.title = {"OData и 1С", "OData and 1C"};
    out.connection = ODataRoute::connectionFields();
    out.route = ODataRoute::fields();
    return out;
}

void ODataKind::check(const sdk::SourceRequest& request) {
    if (!request.route.text("entitySet").empty()) return readFirst(*this, request);
    WebClient client(*tools_, request);
    const auto dialect = dialectOf(request.connection);
    // The service document: what every OData service shows at its root.
    auto url = client.settings().base;
    if (url.back() != '/') url += '/';
    if (dialect == ODataDialect::OneC) url += "?$format=json;odata=nometadata";
    const auto response = client.send(odataAsk(dialect, url));
    refuseHtml(response.body, url);
    ItemPaths paths;
    paths.items = dialect == ODataDialect::V2 ? "$.d.EntitySets" : "$.value";
    jsonItems(paths)->load(response.body, false);
}

std::unique_ptr<sdk::SourceReader> ODataKind::open(const sdk::SourceRequest& request) {
    return std::make_unique<ODataReader>(tools_, WebClient(*tools_, request),
                                         ODataRoute::from(request.connection, request.route), withWatermark(request));
}

std::vector<sdk::SourceField> ODataRoute::connectionFields() {
    auto all = WebSettings::fields("https://1c.example.org/base/odata/standard.odata");
    all.insert(all.begin() + 1, {"dialect",
                                 sdk::SourceField::Type::Choice,
                                 false,
                                 {"Версия OData", "Version of OData"},
                                 {"1С — это 1c", "1C is 1c"},
                                 {},
                                 "v4",
                                 {"v4", "v3", "v2", "1c"}});
    return all;
}

std::vector<sdk::SourceField> ODataRoute::fields() {
    using Type = sdk::SourceField::Type;
    return {
        {"entitySet",
         Type::Text,
         true,
         {"Набор сущностей", "Entity set"},
         {"Как он называется в сервисе", "As the service calls it"},
         "Catalog_ФизическиеЛица"},
        {"filter",
         Type::Text,
         false,
         {"Отбор", "Filter"},
         {"$filter, к нему добавляется отметка", "$filter; the watermark is added to it"},
         "DeletionMark eq false"},
        {"orderBy",
         Type::Text,
         false,
         {"Порядок", "Order"},
         {"$orderby, когда нет отметки", "$orderby, when there is no watermark"}},
        {"key",
         Type::Text,
         false,
         {"Ключ", "Key"},
         {"Свойства через запятую; пусто — по $metadata", "Properties with commas; empty: as $metadata says"},
         "Ref_Key"},
        {"paging",
         Type::Choice,
         false,
         {"Страницы", "Paging"},
         {"server — по ссылкам сервиса, client — $top и $skip; auto: client для 1С",
          "server: by the service's links, client: $top and $skip; auto: client for 1C"},
         {},
         "auto",
         {"auto", "server", "client"}},
        {"pageSize",
         Type::Number,
         false,
         {"Записей на странице", "Entities of a page"},
         {"Пусто — как решит сервис (client: 1000)", "Empty: as the service likes (client: 1000)"},
         "1000",
         {},
         {},
         0,
         100000},
        {"count",
         Type::Flag,
         false,
         {"Сверять число", "Compare the number"},
         {"Сколько насчитал сервис, столько и должно прийти", "As many must come as the service counts"},
         {},
         "true"},
        {"watermarkType",
         Type::Choice,
         false,
         {"Тип отметки", "Type of the watermark"},
         {"auto — по $metadata", "auto: as $metadata says"},
         {},
         "auto",
         {"auto", "datetime", "datetimeoffset", "date", "number", "long", "decimal", "guid", "text"}},
        {"options",
         Type::Map,
         false,
         {"Параметры", "Parameters"},
         {"Собственные параметры сервиса", "The service's own"},
         "allowedOnly=true"},
    };
}

}  // namespace host::connectors
