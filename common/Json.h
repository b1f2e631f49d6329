#pragma once
/// Writes JSON by appending to a string: quick, and right where Poco 1.11's printer is not (it writes `true` as `1` and
/// doubles with six digits). Reading is JsonReader.h.

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace common {

/// Appends `text` escaped, without the quotes. Bytes that are not UTF-8 become U+FFFD, so that the output is always
/// valid JSON: check what comes from outside at the edge, here it is too late. `asciiOnly` writes \uXXXX.
void appendJsonEscaped(std::string& out, std::string_view text, bool asciiOnly = false);

/// Appends the shortest text that reads back as the same double. Throws std::invalid_argument for NaN and infinity.
void appendJsonNumber(std::string& out, double value);

/// A text in quotes, escaped.
std::string jsonString(std::string_view text);

/// One document, written in order. Commas are set by the writer; nesting is the caller's to close. Not thread-safe.
///
///     JsonWriter json;
///     json.object().member("id", 7).member("name", name).key("tags").array().value("a").end().end();
///     return Response::json(json.take());
class JsonWriter {
public:
    JsonWriter() { out_.reserve(256); }

    JsonWriter& object() { return open('{', '}'); }
    JsonWriter& array() { return open('[', ']'); }
    /// Closes what was opened last.
    JsonWriter& end();

    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(bool flag);
    JsonWriter& value(double number);
    JsonWriter& value(std::nullptr_t) { return null(); }
    template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>) JsonWriter& value(T number) {
        separate();
        out_ += std::to_string(number);
        return *this;
    }
    template <class T>
    JsonWriter& value(const std::optional<T>& maybe) {
        return maybe ? value(*maybe) : null();
    }
    JsonWriter& null();
    /// A JSON text as it is; the caller vouches for it.
    JsonWriter& raw(std::string_view json);
    /// A time as RFC 3339 in UTC.
    JsonWriter& time(std::int64_t micros);
    JsonWriter& time(const std::optional<std::int64_t>& micros) { return micros ? time(*micros) : null(); }

    template <class T>
    JsonWriter& member(std::string_view name, const T& v) {
        key(name);
        return value(v);
    }
    /// Left out when there is no value.
    template <class T>
    JsonWriter& memberIf(std::string_view name, const std::optional<T>& maybe) {
        if (maybe) member(name, *maybe);
        return *this;
    }
    /// Left out when the text is empty.
    JsonWriter& memberIfSet(std::string_view name, const std::string& text) {
        if (!text.empty()) member(name, text);
        return *this;
    }
    JsonWriter& rawMember(std::string_view name, std::string_view json) { return key(name).raw(json); }
    JsonWriter& timeMember(std::string_view name, const std::optional<std::int64_t>& micros) {
        return key(name).time(micros);
    }

    const std::string& text() const { return out_; }
    std::string take() { return std::move(out_); }

private:
    JsonWriter& open(char first, char last);
    void separate();

    std::string out_;
    std::string closers_;
    bool afterKey_ = false;
    bool first_ = true;
};

}  // namespace common
