#include "host/connectors/listen/ListenKind.h"

#include <fmt/format.h>

namespace host::connectors {

using sdk::SourceError;
using sdk::SourceField;
using Kind = SourceError::Kind;
using Type = SourceField::Type;

sdk::SourceDescription ListenKind::describe() const {
    sdk::SourceDescription out;
    out.name = kName;
    out.title = {"Слушающее подключение", "Listening connection"};
    out.connection = {{"header",
                       Type::Text,
                       false,
                       {"Заголовок с ключом", "Header with the token"},
                       {"Для систем, которые не умеют Bearer и Basic: в каком заголовке они пришлют ключ",
                        "For systems that know neither Bearer nor Basic: the header in which they send the token"},
                       "X-Api-Key",
                       "X-Api-Key"},
                      {.name = "maxBodyMiB",
                       .type = Type::Number,
                       .title = {"Наибольший запрос, МиБ", "Largest body, MiB"},
                       .hint = {"Больше — ответ 413: пусть присылают частями", "Beyond it 413: let them send in parts"},
                       .fallback = "16",
                       .min = 1,
                       .max = static_cast<double>(kMostDocumentBytes / 1024 / 1024)}};
    out.route = {
        {.name = "method",
         .type = Type::Choice,
         .title = {"Метод", "Method"},
         .fallback = "any",
         .choices = {"any", "POST", "PUT"}},
        {.name = "format",
         .type = Type::Choice,
         .title = {"Формат", "Format"},
         .fallback = "json",
         .choices = {"json", "xml"}},
        itemsField(),
        {.name = "encoding",
         .type = Type::Text,
         .title = {"Кодировка", "Encoding"},
         .hint = {"Пусто — как говорит запрос, иначе UTF-8", "Empty: as the request says, else UTF-8"},
         .example = "windows-1251"},
        {.name = "allOrNothing",
         .type = Type::Flag,
         .title = {"Всё или ничего", "All or nothing"},
         .hint = {"Одна непринятая запись — не принят весь запрос", "One refused record refuses the whole request"},
         .fallback = "false"}};
    out.namesColumns = false;
    out.takesWatermark = false;
    return out;
}

void ListenKind::check(const sdk::SourceRequest&) {}

std::unique_ptr<sdk::SourceReader> ListenKind::open(const sdk::SourceRequest&) {
    throw SourceError(Kind::Configuration, "A listening connection asks nobody: others send to it.",
                      "Send records to the route's address; to try it, give a sample: {\"sample\":\"…\"}.");
}

std::unique_ptr<sdk::SourceReader> ListenKind::read(const sdk::SourceRequest& request,
                                                    std::unique_ptr<std::istream> bytes,
                                                    const std::string& contentType) const {
    const auto route = ListenRoute::of(request.route);
    return std::make_unique<ItemsSource>(wholeText(*bytes, mostBytes(request.connection)), contentType, route.format,
                                         request.columns);
}

ListenRoute ListenRoute::of(const sdk::SourceValues& route) {
    ListenRoute out;
    out.format = {route.text("format") == "xml", route.text("items"), route.text("encoding")};
    if (route.text("method") != "any") out.method = route.text("method");
    out.allOrNothing = route.flag("allOrNothing");
    return out;
}

std::uint64_t mostBytes(const sdk::SourceValues& connection) {
    const auto most = static_cast<std::uint64_t>(connection.number("maxBodyMiB")) * 1024 * 1024;
    return most == 0 || most > kMostDocumentBytes ? kMostDocumentBytes : most;
}

}  // namespace host::connectors
