#pragma once
/// Poco messages as one JSON object a line, or as text for people. The message's text is constant, its parameters are
/// the fields; a field whose name sounds like a secret is masked here, the last place before it would be written.

#include "host/sdk/Logger.h"

#include <Poco/Formatter.h>

#include <string>
#include <string_view>

namespace host::base {

/// A Poco message's own parameters can't be listed (1.11), so the fields travel as one of them, packed, in order.
inline constexpr const char* kFieldsParameter = "fields";
std::string packFields(const sdk::LogFields& fields);
sdk::LogFields unpackFields(std::string_view packed);

/// {"ts":"2026-03-01T00:00:00.123Z","level":"warning","logger":"http","msg":"…", fields…}. Names that end in _ms,
/// _bytes or _count, and "status" and "attempt", are written as numbers when they are whole numbers.
class JsonLogFormatter : public Poco::Formatter {
public:
    void format(const Poco::Message& message, std::string& text) override;
};

/// 2026-03-01T00:00:00.123Z warning [http] message key=value key="a value"
class TextLogFormatter : public Poco::Formatter {
public:
    void format(const Poco::Message& message, std::string& text) override;
};

/// Whether a field's value must not be shown: its name speaks of a password, token, secret, cookie, key or
/// authorization.
bool isSecretField(std::string_view name);

}  // namespace host::base
