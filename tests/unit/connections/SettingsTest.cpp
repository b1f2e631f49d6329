#include "host/connections/SourceSettings.h"

#include <gtest/gtest.h>

namespace {

using namespace host;
using namespace host::connections;
using sdk::SourceField;

const std::vector<SourceField>& fields() {
    static const std::vector<SourceField> all = [] {
        SourceField host{.name = "host", .required = true, .title = {"Адрес", "Host"}};
        SourceField port{.name = "port", .type = SourceField::Type::Number, .title = {"Порт", "Port"}};
        port.min = 1;
        port.max = 65535;
        port.fallback = "5432";
        SourceField tls{.name = "tls", .type = SourceField::Type::Choice, .title = {"TLS", "TLS"}};
        tls.choices = {"verify", "off"};
        SourceField password{
            .name = "password", .type = SourceField::Type::Secret, .required = true, .title = {"П", "P"}};
        SourceField headers{.name = "headers", .type = SourceField::Type::Map, .title = {"З", "H"}};
        return std::vector<SourceField>{host, port, tls, password, headers};
    }();
    return all;
}

struct Read {
    ReadSettings settings;
    std::vector<sdk::FieldError> errors;
};

Read read(const std::string& json, const std::set<std::string>& kept = {}) {
    const auto body = common::parseJsonObject(json);
    common::JsonReader in(body);
    Read read{readSettings(in, body, fields(), kept), {}};
    read.errors = in.errors();
    return read;
}

TEST(SourceSettings, areKeptWithoutSecretsAndComeBackAsValues) {
    const auto one =
        read(R"({"settings":{"host":"db","port":5433,"tls":"off","password":"p4ssword","headers":{"A":"b"}}})");
    EXPECT_TRUE(one.errors.empty());
    EXPECT_EQ(one.settings.json.find("p4ssword"), std::string::npos);
    EXPECT_EQ(one.settings.secrets.at("password")->reveal(), "p4ssword");
    const auto values =
        settingsFrom(one.settings.json, fields(), [](const std::string&) { return sdk::SecretString("s"); });
    EXPECT_EQ(values.text("host"), "db");
    EXPECT_EQ(values.number("port"), 5433);
    EXPECT_EQ(values.maps.at("headers").front().second, "b");
    EXPECT_EQ(values.secret("password").reveal(), "s");
}

TEST(SourceSettings, whatIsNotGivenHasItsFallback) {
    const auto values = settingsFrom(read(R"({"settings":{"host":"db","password":"x"}})").settings.json, fields());
    EXPECT_EQ(values.number("port"), 5432);
}

TEST(SourceSettings, everythingWrongIsToldWithItsPlace) {
    const auto one = read(R"({"settings":{"hots":"db","port":70000,"tls":"maybe"}})");
    std::set<std::string> places;
    for (const auto& error : one.errors) places.insert(error.pointer);
    EXPECT_EQ(places, (std::set<std::string>{"/settings/host", "/settings/hots", "/settings/port", "/settings/tls",
                                             "/settings/password"}));
    const auto nothing = read("{}").settings.missing;
    ASSERT_EQ(nothing.size(), 2U);
    EXPECT_EQ(nothing[0].pointer, "/settings/host");
    EXPECT_EQ(nothing[1].pointer, "/settings/password");
}

TEST(SourceSettings, aSecretStaysWhenItIsNotGivenOrSentBackAsShown) {
    EXPECT_TRUE(read(R"({"settings":{"host":"db"}})", {"password"}).errors.empty());
    const auto shown = read(R"({"settings":{"host":"db","password":{"set":true,"lastFour":"word"}}})", {"password"});
    EXPECT_TRUE(shown.errors.empty());
    EXPECT_TRUE(shown.settings.secrets.empty());
    EXPECT_FALSE(read(R"({"settings":{"host":"db","password":""}})", {"password"}).errors.empty()) << "it is required";
}

TEST(SourceSettings, showOfASecretWhetherItIsSetAndItsLastFour) {
    common::JsonWriter json;
    writeSettings(json, R"({"host":"db"})", fields(), [](const std::string&) { return sdk::SecretString("p4ssword"); });
    EXPECT_EQ(json.take(), R"({"host":"db","password":{"set":true,"lastFour":"word"}})");
}

}  // namespace
