#include "host/base/LogFormatter.h"

#include "common/Json.h"
#include "common/Rfc3339.h"
#include "common/Text.h"

#include <Poco/Message.h>

namespace host::base {
namespace {

constexpr std::string_view kMask = "***";

std::string_view levelName(Poco::Message::Priority priority) {
    if (priority >= Poco::Message::PRIO_DEBUG) return "debug";
    if (priority >= Poco::Message::PRIO_NOTICE) return "information";
    if (priority == Poco::Message::PRIO_WARNING) return "warning";
    return "error";
}

/// Milliseconds always, so that lines sort and columns stand in line.
std::string timestamp(const Poco::Message& message) {
    std::int64_t millis = message.getTime().epochMicroseconds() / 1000;
    std::string seconds = common::Rfc3339::utc(millis / 1000 * 1'000'000);
    seconds.pop_back();
    return fmt::format("{}.{:03}Z", seconds, millis % 1000);
}

bool endsWith(std::string_view name, std::string_view end) {
    return name.ends_with(end);
}

bool isNumberField(std::string_view name, std::string_view value) {
    if (!(endsWith(name, "_ms") || endsWith(name, "_bytes") || endsWith(name, "_count") || name == "status" ||
          name == "attempt"))
        return false;
    bool zeroLed = value.size() > 1 && value.front() == '0';
    return !value.empty() && value.size() <= 15 && !zeroLed &&
           value.find_first_not_of("0123456789") == std::string_view::npos;
}

bool needsQuotes(std::string_view value) {
    return value.empty() || value.find_first_of(" \"=\\") != std::string_view::npos || !common::isOneLine(value);
}

void packText(std::string& out, std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
}

std::string unpackText(std::string_view& packed) {
    std::size_t size = 0;
    while (!packed.empty() && packed.front() != ':') {
        size = size * 10 + static_cast<std::size_t>(packed.front() - '0');
        packed.remove_prefix(1);
    }
    if (!packed.empty()) packed.remove_prefix(1);
    std::string text(packed.substr(0, size));
    packed.remove_prefix(text.size());
    return text;
}

}  // namespace

std::string packFields(const sdk::LogFields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        packText(out, name);
        packText(out, value);
    }
    return out;
}

sdk::LogFields unpackFields(std::string_view packed) {
    sdk::LogFields fields;
    while (!packed.empty()) {
        std::string name = unpackText(packed);
        fields.emplace_back(std::move(name), unpackText(packed));
    }
    return fields;
}

bool isSecretField(std::string_view name) {
    std::string lower = common::toLowerAscii(name);
    for (std::string_view word : {"authorization", "secret", "password", "token", "basic", "cookie", "api_key",
                                  "apikey", "access_key", "accesskey", "credential"})
        if (lower.find(word) != std::string::npos) return true;
    return false;
}

void JsonLogFormatter::format(const Poco::Message& message, std::string& text) {
    common::JsonWriter json;
    json.object();
    json.member("ts", timestamp(message));
    json.member("level", levelName(message.getPriority()));
    json.member("logger", message.getSource());
    json.member("msg", message.getText());
    for (const auto& [name, value] : unpackFields(message.get(kFieldsParameter, ""))) {
        json.key(name);
        if (isSecretField(name))
            json.value(kMask);
        else if (isNumberField(name, value))
            json.raw(value);
        else
            json.value(value);
    }
    json.end();
    text = json.take();
}

void TextLogFormatter::format(const Poco::Message& message, std::string& text) {
    text = fmt::format("{} {} [{}] ", timestamp(message), levelName(message.getPriority()), message.getSource());
    // Line ends would let a value forge a line of its own, and escapes would speak to the reader's terminal.
    for (char c : message.getText()) text += common::isOneLine({&c, 1}) ? c : ' ';
    for (const auto& [name, value] : unpackFields(message.get(kFieldsParameter, ""))) {
        text += ' ';
        text += name;
        text += '=';
        if (isSecretField(name))
            text += kMask;
        else if (needsQuotes(value))
            text += common::jsonString(value);
        else
            text += value;
    }
}

}  // namespace host::base
