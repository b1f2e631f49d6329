#pragma once
/// A record on its way in: fields read, not yet resolved. Made by the JSON and the CSV reader, checked here, written
/// by RecordWriter. Plain values; not shared between threads.

#include "common/TimeZone.h"
#include "host/records/RecordSchema.h"
#include "host/sdk/Clock.h"
#include "host/sdk/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace host::records {

/// A record named by its source's id (empty source: the draft's own), or by our id when `id` is set.
struct Reference {
    std::int64_t id = 0;
    std::string source;
    std::string externalId;
};

/// A time counted from the start of the record's flow: "day 19 of the presentation". Days are calendar days of `zone`.
struct FromFlowStart {
    double amount = 0;
    std::int64_t unitSeconds = 86400;
    std::optional<common::TimeZone> zone = {};
};

/// "success" by an explicit, stated rule of a mapping: raw >= pass mark; absent when either is absent.
struct RawReachesPass {};

/// Times are Int (microseconds); booleans are Bool; references are Reference until resolved.
using Value = std::variant<std::monostate, std::string, std::int64_t, double, bool, std::vector<std::string>, Reference,
                           FromFlowStart, RawReachesPass>;

struct RecordDraft {
    RecordKind kind = RecordKind::Programme;
    std::string externalId;
    std::vector<Value> values;  ///< one per field of the kind
    std::vector<sdk::FieldError> errors;

    explicit RecordDraft(RecordKind k) : kind(k), values(spec(k).fields.size()) {}
    RecordDraft() = default;

    bool has(std::size_t field) const { return !std::holds_alternative<std::monostate>(values[field]); }
    /// The number in a field, when there is one.
    std::optional<double> number(std::size_t field) const;
    void fail(std::string_view field, std::string reason, std::string fix);
};

/// Limits and patterns of one value; nullopt when it is right.
std::optional<sdk::FieldError> checkValue(const FieldSpec& field, const Value& value);

/// Everything that one record shows by itself: required fields, limits, order of marks, exactly one parent. Appends to
/// draft.errors; fills documented defaults.
void checkDraft(RecordDraft& draft);

/// Turns a text (CSV cell, mapping constant) into the field's type. Empty text is an error: "missing" is decided
/// before.
std::optional<Value> valueFromText(const FieldSpec& field, std::string_view text, bool decimalComma,
                                   sdk::FieldError& error);

/// nullopt when right: valid UTF-8, no control characters, 1..max characters.
std::optional<std::string> checkText(std::string_view text, std::size_t maxCharacters, bool multiline);
std::optional<sdk::FieldError> checkExternalId(std::string_view externalId);
/// AppError 422 unless `[a-z0-9][a-z0-9._-]*`, at most 50 characters.
void requireSource(const std::string& source);

}  // namespace host::records
