#include "host/connectors/http/HttpRoute.h"

#include "common/Json.h"
#include "common/Rfc3339.h"
#include "common/Text.h"
#include "host/connectors/http/WebSettings.h"
#include "host/connectors/http/WebUrl.h"

#include <fmt/format.h>

#include <algorithm>

namespace host::connectors {
namespace {

using sdk::SourceError;
using Kind = SourceError::Kind;

[[noreturn]] void wrong(const std::string& detail, const std::string& fix) {
    throw SourceError(Kind::Configuration, detail, fix);
}

constexpr std::string_view kWatermark = "{watermark}";

enum class Escape { Url, Json, Xml, Form };

std::string escaped(const std::string& text, Escape how) {
    std::string out;
    switch (how) {
        case Escape::Url:
        case Escape::Form:
            return percentEncoded(text);
        case Escape::Json:
            common::appendJsonEscaped(out, text);
            return out;
        case Escape::Xml:
            for (const char c : text) {
                if (c == '&')
                    out += "&amp;";
                else if (c == '<')
                    out += "&lt;";
                else if (c == '>')
                    out += "&gt;";
                else if (c == '"')
                    out += "&quot;";
                else
                    out += c;
            }
    }
    return out;
}

/// Only our own names in braces are replaced: a JSON body has braces of its own.
std::string filled(const std::string& text, const Placeholders& values, std::optional<Escape> how) {
    const std::pair<std::string_view, std::string> all[] = {{kWatermark, values.watermark.value_or("")},
                                                            {"{page}", values.page},
                                                            {"{offset}", values.offset},
                                                            {"{limit}", values.limit},
                                                            {"{cursor}", values.cursor}};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        bool replaced = false;
        if (text[at] == '{')
            for (const auto& [name, value] : all)
                if (text.compare(at, name.size(), name) == 0) {
                    out += how ? escaped(value, *how) : value;
                    at += name.size();
                    replaced = true;
                    break;
                }
        if (!replaced) out += text[at++];
    }
    return out;
}

common::TimeZone zoneOf(const std::string& name) {
    if (const auto zone = common::TimeZone::find(name)) return *zone;
    wrong(fmt::format("The zone '{}' of the watermark is not known.", common::oneLine(name, 60)),
          "Write a name as Europe/Moscow or Asia/Yekaterinburg.");
}

bool has(const std::string& text, std::string_view name) {
    return text.find(name) != std::string::npos;
}

template <class T>
T chosen(const std::string& value, std::initializer_list<std::pair<const char*, T>> choices, const char* what) {
    for (const auto& [name, choice] : choices)
        if (value == name) return choice;
    if (value.empty()) return choices.begin()->second;
    wrong(fmt::format("The route's {} '{}' is not known.", what, common::oneLine(value, 40)),
          fmt::format("Choose one of those that the form offers, as '{}'.", choices.begin()->first));
}

}  // namespace

HttpRoute HttpRoute::from(const sdk::SourceValues& values) {
    HttpRoute out;
    out.method = values.text("method").empty() ? "GET" : values.text("method");
    if (out.method != "GET" && out.method != "POST" && out.method != "PUT" && out.method != "DELETE")
        wrong(fmt::format("The route's method '{}' is not known.", common::oneLine(out.method, 40)),
              "Choose GET, POST, PUT or DELETE.");
    out.repeatable = values.flag("repeatable");
    out.path = values.text("path");
    if (const auto found = values.maps.find("query"); found != values.maps.end()) out.query = found->second;
    if (const auto found = values.maps.find("headers"); found != values.maps.end()) out.headers = found->second;
    checkHeaders(out.headers);
    out.body = values.text("body");
    out.bodyType = values.text("bodyType").empty() ? "application/json" : values.text("bodyType");
    if (out.method == "GET" && !out.body.empty())
        wrong("The route has a body, which a GET does not carry.", "Choose POST, or take the body away.");
    out.xml = chosen<bool>(values.text("format"), {{"json", false}, {"xml", true}}, "format");
    out.charset = values.text("charset");
    out.items = std::string(common::trim(values.text("items")));
    out.itemsOptional = values.flag("itemsOptional");

    out.paging = chosen<Paging>(values.text("paging"),
                                {{"none", Paging::None},
                                 {"page", Paging::Page},
                                 {"offset", Paging::Offset},
                                 {"cursor", Paging::Cursor},
                                 {"link", Paging::Link}},
                                "way of paging");
    out.pageParameter = values.text("pageParameter");
    out.pageSizeParameter = values.text("pageSizeParameter");
    out.pageSize = static_cast<std::size_t>(values.number("pageSize"));
    out.firstPage = values.text("firstPage").empty() ? 1 : static_cast<std::size_t>(values.number("firstPage"));
    out.nextPath = values.text("nextPath");
    out.totalPath = values.text("totalPath");
    out.morePath = values.text("morePath");
    out.notFoundEnds = values.flag("notFoundEnds");
    const auto anywhere = [&](std::string_view name) {
        return has(out.path, name) || has(out.body, name) ||
               std::any_of(out.query.begin(), out.query.end(), [&](const auto& one) { return has(one.second, name); });
    };
    const std::pair<Paging, const char*> names[] = {
        {Paging::Page, "{page}"}, {Paging::Offset, "{offset}"}, {Paging::Cursor, "{cursor}"}};
    for (const auto& [paging, name] : names)
        if (out.paging == paging && out.pageParameter.empty() && !anywhere(name))
            wrong("The route does not say how the service is asked for the next page.",
                  fmt::format("Name the parameter of the page, or write {} where it belongs.", name));
    if (out.paging == Paging::Cursor && out.nextPath.empty())
        wrong("The route does not say where an answer has the cursor of the next page.",
              "Fill in the path to the next page.");
    if ((!out.pageSizeParameter.empty() || anywhere("{limit}")) && out.pageSize == 0)
        wrong("The route names a parameter for the size of a page, and no size.", "Fill in the items of a page.");

    out.watermarkForm = chosen<WatermarkForm>(values.text("watermarkForm"),
                                              {{"as-is", WatermarkForm::AsIs},
                                               {"rfc3339", WatermarkForm::Rfc3339},
                                               {"epoch", WatermarkForm::Epoch},
                                               {"epoch-ms", WatermarkForm::EpochMillis},
                                               {"date", WatermarkForm::Date}},
                                              "form of the watermark");
    out.watermarkZone = values.text("watermarkZone");
    out.watermarkFirst = values.text("watermarkFirst");
    if (out.watermarkFirst.empty() && (has(out.path, kWatermark) || has(out.body, kWatermark)))
        wrong("The route's path or body has {watermark}, and nothing that stands for it when everything is read.",
              "Fill in what stands for it in a full run, as 1970-01-01T00:00:00Z.");
    return out;
}

bool HttpRoute::usesWatermark() const {
    return has(path, kWatermark) || has(body, kWatermark) ||
           std::any_of(query.begin(), query.end(), [](const auto& one) { return has(one.second, kWatermark); });
}

std::string requestUrl(const std::string& base, const HttpRoute& route, const Placeholders& values) {
    auto url = typedEncoded(filled(joined(base, route.path), values, Escape::Url));
    for (const auto& [name, value] : route.query) {
        if (has(value, kWatermark) && !values.watermark) continue;
        appendQuery(url, name, filled(value, values, std::nullopt));
    }
    if (!route.pageSizeParameter.empty()) appendQuery(url, route.pageSizeParameter, values.limit);
    if (!route.pageParameter.empty()) {
        if (route.paging == Paging::Page) appendQuery(url, route.pageParameter, values.page);
        if (route.paging == Paging::Offset) appendQuery(url, route.pageParameter, values.offset);
        if (route.paging == Paging::Cursor && !values.cursor.empty())
            appendQuery(url, route.pageParameter, values.cursor);
    }
    return url;
}

std::string requestBody(const HttpRoute& route, const Placeholders& values) {
    const auto how = has(route.bodyType, "xml")                     ? Escape::Xml
                     : has(route.bodyType, "x-www-form-urlencoded") ? Escape::Form
                                                                    : Escape::Json;
    return filled(route.body, values, how);
}

std::string watermarkText(const HttpRoute& route, const std::string& watermark) {
    if (route.watermarkForm == WatermarkForm::AsIs) return watermark;
    const bool isNumber = !watermark.empty() && watermark.find_first_not_of("0123456789.-") == std::string::npos &&
                          watermark.find('-', 1) == std::string::npos;
    if (isNumber && (route.watermarkForm == WatermarkForm::Epoch || route.watermarkForm == WatermarkForm::EpochMillis))
        return watermark;
    auto micros = common::Rfc3339::parse(watermark);
    if (!micros) {
        auto local = common::Rfc3339::parseLocal(watermark);
        if (!local) local = common::Rfc3339::parseDate(watermark);
        if (!local)
            wrong(fmt::format("The watermark '{}' is no time.", common::oneLine(watermark, 60)),
                  "Choose a column with times, or the form 'as-is'.");
        if (route.watermarkZone.empty())
            wrong(fmt::format("The watermark '{}' is a clock's time, and the route does not say of which zone.",
                              common::oneLine(watermark, 60)),
                  "Fill in the zone of the watermark, as Europe/Moscow.");
        micros = zoneOf(route.watermarkZone).fromLocal(*local);
    }
    const auto whole = [&](std::int64_t unit) { return (*micros - ((*micros % unit) + unit) % unit) / unit; };
    switch (route.watermarkForm) {
        case WatermarkForm::Epoch:
            return std::to_string(whole(1'000'000));
        case WatermarkForm::EpochMillis:
            return std::to_string(whole(1'000));
        case WatermarkForm::Date:
            return common::Rfc3339::date(*micros, zoneOf(route.watermarkZone.empty() ? "UTC" : route.watermarkZone));
        default:
            return common::Rfc3339::utc(*micros);
    }
}

}  // namespace host::connectors
