// Short texts that strangers and people type: cursors, times, encodings, credentials, addresses. What is taken has one
// meaning: it reads back, and two readers of the house understand it alike.
#include "common/Cursor.h"
#include "common/Encoding.h"
#include "common/Json.h"
#include "common/Rfc3339.h"
#include "common/Uuid.h"
#include "host/base/outbound/Url.h"
#include "host/http/Dispatcher.h"
#include "host/http/Target.h"
#include "plugin/lrs/LrsClient.h"
#include "plugin/s3/S3Client.h"
#include "plugin/s3/SigV4.h"
#include "tests/fuzz/Fuzz.h"

#include <rapidjson/document.h>

using fuzz::require;
using host::base::outbound::Url;

namespace {

void cursors(std::string_view text) {
    for (const std::size_t parts : {1, 2, 3})
        if (const auto key = common::Cursor::decode(text, parts)) {
            require(key->size() == parts, "a cursor has its parts");
            require(common::Cursor::encode(*key) == text, "a cursor is one text", text);
        }
    fuzz::accepted([&] {
        const auto page = common::PageRequest::from(std::string(text), std::nullopt);
        page.afterNumber();
    });
    fuzz::accepted([&] {
        const auto page = common::PageRequest::from(std::nullopt, std::string(text));
        require(page.limit >= 1 && page.limit <= 1000, "a limit is in its limits");
    });
}

void times(std::string_view text) {
    static const auto zone = common::TimeZone::require("Europe/Moscow");
    if (const auto at = common::Rfc3339::parse(text)) {
        // An offset may carry a time over the edge of the years that can be written.
        const auto utc = common::Rfc3339::utc(*at);
        if (utc.front() != '-' && utc.find('-') == 4 && !utc.starts_with("0000"))
            require(common::Rfc3339::parse(utc) == *at, "a time reads back", utc);
    }
    if (const auto day = common::Rfc3339::parseDate(text)) {
        require(common::Rfc3339::utc(*day).substr(0, 10) == text, "a day reads back", text);
        zone.fromLocal(*day);
    }
    if (const auto local = common::Rfc3339::parseLocal(text)) {
        require(common::Rfc3339::utc(*local).substr(0, 10) == text.substr(0, 10), "a local time reads back", text);
        const auto at = zone.fromLocal(*local);
        if (!text.starts_with("0001") && !text.starts_with("9999"))
            require(common::Rfc3339::parse(common::Rfc3339::zoned(at, zone)).has_value(), "a zoned time is a time",
                    text);
    }
}

void encodings(std::string_view text) {
    require(common::fromHex(common::toHex(text)) == text, "hex reads back");
    require(common::fromBase64(common::toBase64(text)) == text, "base64 reads back");
    require(common::fromBase64Url(common::toBase64Url(text)) == text, "base64url reads back");
    if (const auto bytes = common::fromHex(text))
        require(common::toHex(*bytes) == common::toLowerAscii(text), "hex has one meaning");
    if (const auto bytes = common::fromBase64(text))
        require(common::toBase64(*bytes) == text, "base64 is one text", text);
    if (const auto bytes = common::fromBase64Url(text))
        require(common::toBase64Url(*bytes) == text, "base64url is one text", text);
    if (common::Uuid::isValid(text)) require(common::Uuid::v5(text, "x").size() == 36, "a UUID is a namespace");
    for (const bool ascii : {false, true}) {
        std::string json = "\"";
        common::appendJsonEscaped(json, text, ascii);
        json += '"';
        rapidjson::Document document;
        document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
        require(!document.HasParseError() && document.IsString(), "any text becomes JSON", json);
        if (common::isUtf8(text))
            require(std::string_view(document.GetString(), document.GetStringLength()) == text, "a text reads back",
                    json);
    }
}

void credentials(std::string_view text) {
    fuzz::accepted([&] {
        const auto basic = plugin::lrs::parseBasic(text);
        const auto again = plugin::lrs::parseBasic("Basic " + basic.token().reveal());
        require(again.token().reveal() == basic.token().reveal(), "a credential reads back");
        const auto plain = common::fromBase64(basic.token().reveal());
        require(plain && std::count(plain->begin(), plain->end(), ':') == 1 &&
                    plain->ends_with(":" + basic.secret().reveal()) && !basic.secret().reveal().empty(),
                "a credential is Key:Secret");
    });
    const auto colon = text.find(':');
    fuzz::accepted([&] {
        const auto key = text.substr(0, colon);
        const auto secret = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
        const auto basic = plugin::lrs::basicFrom(key, secret);
        require(plugin::lrs::parseBasic(basic.token().reveal()).token().reveal() == basic.token().reveal(),
                "Key and Secret are the same credential");
    });
}

void addresses(std::string_view text) {
    fuzz::accepted([&] {
        const auto url = plugin::s3::parseStorageUrl(std::string(text));
        require(url.bucket.find('/') == std::string::npos, "a bucket is one name", url.bucket);
        // What the wizard takes, the client can call.
        const auto parsed = Url::parse(url.endpoint + "/" + url.bucket);
        require(parsed.target == "/" + url.bucket, "a storage's address is host and bucket", url.endpoint);
        const auto again = plugin::s3::parseStorageUrl(url.endpoint + "/" + url.bucket);
        require(again.bucket == url.bucket || url.bucket.empty(), "a storage's address reads back", url.endpoint);
    });
    try {
        const auto url = Url::parse(text);
        require(!url.host.empty() && url.port != 0 && url.target.starts_with('/'), "an address is whole");
        const auto again = Url::parse((url.secure ? "https://" : "http://") + url.authority() + url.target);
        require(again.host == url.host && again.port == url.port && again.target == url.target &&
                    again.authority() == url.authority(),
                "an address reads back", text);
        require(url.authority().find_first_of("@/?# \r\n") == std::string::npos, "a Host header is a host and a port");
    } catch (const host::sdk::OutboundError& error) {
        require(error.kind() == host::sdk::OutboundError::Kind::BadUrl && common::isUtf8(error.what()),
                "an address is used or refused", error.what());
    }
}

void targets(std::string_view text) {
    if (text.empty()) return;  // RequestHead refuses it
    fuzz::accepted([&] {
        const auto target = host::http::parseTarget(text);
        const auto begin = common::toLowerAscii(text.substr(0, 8));
        require(text.front() == '/' || begin.starts_with("http://") || begin.starts_with("https://"),
                "an address begins with a slash or is absolute", text);
        // The path as a proxy in front sees it: what follows the authority, up to the query.
        auto own = text;
        if (own.front() != '/') {
            own.remove_prefix(own.find("://") + 3);
            own.remove_prefix(std::min(own.find_first_of("/?"), own.size()));
        }
        own = own.substr(0, own.find('?'));
        const auto slashes = static_cast<std::size_t>(std::count(own.begin(), own.end(), '/'));
        require(target.segments.size() == std::max<std::size_t>(slashes, 1), "a proxy sees the same path", text);
        std::string path;
        for (const auto& segment : target.segments) {
            require(common::isUtf8(segment) && segment != ".." && segment != ".", "a segment goes nowhere", segment);
            path += "/" + plugin::s3::percentEncode(segment);
        }
        const auto again = host::http::parseTarget(path);
        require(again.segments == target.segments && again.path == target.path, "a path reads back", path);
        for (const auto& [name, value] : target.query)
            require(common::isUtf8(name) && common::isUtf8(value), "a query is UTF-8");
    });
    const auto language = host::http::languageOf(text);
    require(language == "ru" || language == "en", "a language that we speak", language);
    const auto cookie = host::http::cookieValue(text, "lmsd_session");
    require(cookie.find(';') == std::string_view::npos, "a cookie is one value", cookie);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    switch (in.byte() % 6) {
        case 0:
            cursors(in.rest());
            break;
        case 1:
            times(in.rest());
            break;
        case 2:
            encodings(in.rest());
            break;
        case 3:
            credentials(in.rest());
            break;
        case 4:
            addresses(in.rest());
            break;
        default:
            targets(in.rest());
            break;
    }
    return 0;
}
