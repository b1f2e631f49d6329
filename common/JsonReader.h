#pragma once
/// Strict reading of JSON from outside, on top of Poco::JSON: duplicate keys refused (Poco takes the last silently),
/// invalid UTF-8 and deep nesting refused, every wrong field listed at once. Not for hot paths.

#include "host/sdk/Error.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace common {

/// Parses a document. AppError 400 with line-independent reason (offset) when it is not strict JSON.
Poco::Dynamic::Var parseJson(std::string_view text, int maxDepth = 32);
/// The same, and the document must be an object.
Poco::JSON::Object::Ptr parseJsonObject(std::string_view text, int maxDepth = 32);

/// A parsed value as JSON text again: whole numbers, doubles and booleans right, where Poco 1.11's own printing is not.
std::string jsonText(const Poco::Dynamic::Var& value);

/// Reads the fields of one object and collects what is wrong with JSON pointers. Absent and null are the same. At the
/// end call `finish()` on the outermost reader (or look at `errors()`); not thread-safe.
///
///     JsonReader in(parseJsonObject(request.body));
///     auto title = in.requiredText("title", 200);
///     auto hours = in.number("hours", 0, 10000);
///     in.refuseUnknown();
///     in.finish("The programme is not valid");   // AppError 422 with all errors
class JsonReader {
public:
    explicit JsonReader(Poco::JSON::Object::Ptr object);

    bool has(const std::string& name);  ///< there and not null

    std::string requiredText(const std::string& name, std::size_t maxCodePoints = 1000);
    std::optional<std::string> text(const std::string& name, std::size_t maxCodePoints = 1000);
    std::optional<std::int64_t> integer(const std::string& name, std::int64_t least = INT64_MIN,
                                        std::int64_t most = INT64_MAX);
    std::optional<double> number(const std::string& name, double least = -1e300, double most = 1e300);
    std::optional<bool> boolean(const std::string& name);
    std::optional<std::int64_t> time(const std::string& name);  ///< RFC 3339, microseconds UTC
    std::optional<std::vector<std::string>> texts(const std::string& name, std::size_t maxItems = 1000);
    /// A nested object, with errors collected into this reader's list; nullopt when absent or no object.
    std::optional<JsonReader> object(const std::string& name);
    /// A nested array as it is; null when absent or no array.
    Poco::JSON::Array::Ptr array(const std::string& name, std::size_t maxItems = 10000);
    /// Reads item `index` of an array got from `array(name)` as an object.
    std::optional<JsonReader> item(const std::string& name, const Poco::JSON::Array::Ptr& array, std::size_t index);

    /// Names a wrong field: `name` without slash; "" is the object itself.
    void wrong(const std::string& name, const std::string& reason, const std::string& fix = {});
    /// Fields that nobody read are errors, with a suggestion.
    void refuseUnknown();
    const std::vector<host::sdk::FieldError>& errors() const { return *errors_; }
    /// Throws AppError 422 with everything collected, if there is anything.
    void finish(const std::string& what) const;

private:
    JsonReader(Poco::JSON::Object::Ptr object, std::string pointer,
               std::shared_ptr<std::vector<host::sdk::FieldError>> errors);
    std::optional<Poco::Dynamic::Var> find(const std::string& name);

    Poco::JSON::Object::Ptr object_;
    std::string pointer_;
    std::shared_ptr<std::vector<host::sdk::FieldError>> errors_;
    std::set<std::string> read_;
};

}  // namespace common
