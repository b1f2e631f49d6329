#include "host/connectors/http/HttpRoute.h"

#include <gmock/gmock.h>

namespace {

using namespace host::connectors;
using host::sdk::SourceError;
using host::sdk::SourceValues;

HttpRoute routeOf(std::map<std::string, std::string> texts) {
    SourceValues values;
    values.texts = std::move(texts);
    return HttpRoute::from(values);
}

void refused(std::map<std::string, std::string> texts) {
    EXPECT_THROW(routeOf(texts), SourceError) << texts.begin()->first;
}

TEST(HttpRoute, contradictionsAreRefused) {
    refused({{"method", "PATCH"}});
    refused({{"body", "{}"}});
    refused({{"paging", "page"}});
    refused({{"paging", "cursor"}, {"pageParameter", "c"}});
    refused({{"pageSizeParameter", "n"}});
    refused({{"path", "/x/{watermark}"}});
    refused({{"paging", "pages"}});
    EXPECT_EQ(routeOf({{"paging", "page"}, {"path", "/x/{page}"}}).paging, Paging::Page);
}

TEST(HttpRoute, watermarksInEveryForm) {
    const auto text = [](const char* form, const char* zone, const char* value) {
        return watermarkText(routeOf({{"watermarkForm", form}, {"watermarkZone", zone}}), value);
    };
    EXPECT_EQ(text("as-is", "", "x y"), "x y");
    EXPECT_EQ(text("rfc3339", "", "2026-03-01T10:00:00+03:00"), "2026-03-01T07:00:00Z");
    EXPECT_EQ(text("rfc3339", "Europe/Moscow", "2026-03-01 10:00:00"), "2026-03-01T07:00:00Z");
    EXPECT_EQ(text("epoch", "", "2026-03-01T07:00:00.900Z"), "1772348400");
    EXPECT_EQ(text("epoch-ms", "", "2026-03-01T07:00:00.900Z"), "1772348400900");
    EXPECT_EQ(text("epoch", "", "1772348400"), "1772348400");
    EXPECT_EQ(text("epoch", "", "1969-12-31T23:59:59.5Z"), "-1");
    EXPECT_EQ(text("date", "Asia/Yekaterinburg", "2026-03-01T20:00:00Z"), "2026-03-02");
    EXPECT_THROW(text("epoch", "", "2026-03-01 10:00:00"), SourceError);
    EXPECT_THROW(text("rfc3339", "Mars/Olympus", "2026-03-01 10:00:00"), SourceError);
    EXPECT_THROW(text("date", "", "yesterday"), SourceError);
}

TEST(HttpRoute, valuesAreEscapedAsTheBodysTypeWantsIt) {
    Placeholders values;
    values.watermark = "a\"<&";
    const auto body = [&](const char* type, const char* text) {
        return requestBody(routeOf({{"method", "POST"}, {"bodyType", type}, {"body", text}, {"watermarkFirst", "0"}}),
                           values);
    };
    EXPECT_EQ(body("application/json", R"({"x":"{watermark}","y":{}})"), R"({"x":"a\"<&","y":{}})");
    EXPECT_EQ(body("application/xml", "<x>{watermark}</x>"), "<x>a&quot;&lt;&amp;</x>");
    EXPECT_EQ(body("application/x-www-form-urlencoded", "x={watermark}"), "x=a%22%3C%26");
}

}  // namespace
