// The part of ListenKind that says what the pages need to know of it.

#include "host/connectors/listen/ListenKind.h"

namespace host::connectors {

connections::KindFacts ListenKind::facts() const {
    connections::KindFacts out;
    out.order = 4;
    out.way = {{"Приём запросов", "Receiving requests"},
               {"Ваша система сама умеет отправлять JSON или XML: вы получаете адрес и ключ для неё.",
                "Your system can send JSON or XML by itself: you get an address and a key for it."},
               {"Настроить отправку в своей системе", "To set up sending in your system"},
               {}};
    out.brought = {{"request"}, isWhole(), {}};
    out.route["method"].choices = {{"any", {"любой", "any"}}};
    out.route["format"].choices = {{"json", {"JSON", "JSON"}}, {"xml", {"XML", "XML"}}};
    out.route["encoding"].rare = true;
    return out;
}

}  // namespace host::connectors
