#pragma once
/// The one table of record kinds and their fields. Reading of JSON and CSV, validation, SQL, JSON answers and OpenAPI
/// all come from it; a new field is one line here and one column in a migration. Immutable, thread-safe.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace host::records {

/// In order of dependency: a kind refers to earlier ones only (files refer to results).
enum class RecordKind {
    Programme,
    Flow,
    Block,
    Module,
    Theme,
    Element,
    Learner,
    Enrollment,
    Result,
    View,
    Opening,
    Reflection,
    File
};
inline constexpr int kRecordKinds = 13;

enum class FieldType { Text, Int, Number, Bool, Time, Ref, Enum, TextList };

/// What a text must look like beyond its length.
enum class Pattern { Line, Multiline, UntiId, Key, Email, Slug };

struct FieldSpec {
    const char* name;    ///< in REST and in mappings
    const char* column;  ///< in SQL
    FieldType type;
    bool required = false;
    Pattern pattern = Pattern::Line;
    double min = 0;                             ///< Int, Number: least value
    double max = 0;                             ///< Int, Number: greatest value; Text: characters; TextList: items
    RecordKind ref = RecordKind::Programme;     ///< Ref: kind it points to
    std::span<const char* const> choices = {};  ///< Enum
    const char* fallback = nullptr;             ///< documented default of the SDK, as JSON; nullptr: stays absent
    bool readOnly = false;                      ///< shown, never written by people
    const char* description = "";               ///< with the unit
    const char* example = "";                   ///< as JSON
};

struct KindSpec {
    RecordKind kind;
    const char* name;   ///< REST: "programmes"
    const char* table;  ///< SQL
    const char* what;   ///< one line for the documentation
    std::span<const FieldSpec> fields;

    /// Index of a field; nullopt when the kind has none of that name.
    std::optional<std::size_t> field(std::string_view fieldName) const;
};

const KindSpec& spec(RecordKind kind);
std::optional<RecordKind> recordKindFrom(std::string_view name);

/// "programmes, flows, …": for messages.
std::string kindNames();

/// "Did you mean 'x'? " when one of `known` is near, else empty.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);
std::vector<std::string> fieldNames(const KindSpec& kind);

inline constexpr std::size_t kMaxExternalId = 200;  ///< characters
inline constexpr std::size_t kMaxSource = 50;       ///< characters

/// JSON Schema (2020-12) of one record of the kind, and an example of it, for OpenAPI.
std::string jsonSchema(const KindSpec& kind, bool asBatchItem);
/// The JSON Schema of what is answered: the fields, and what the server adds to them.
std::string answerSchema(const KindSpec& kind);
std::string jsonExample(const KindSpec& kind, bool asBatchItem);

/// Index into the fields by name, checked when the program starts: for code that means one certain field.
std::size_t fieldIndex(RecordKind kind, std::string_view name);

}  // namespace host::records
