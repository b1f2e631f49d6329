#include "host/records/RecordDraft.h"

#include "common/Rfc3339.h"
#include "common/Text.h"

#include <fmt/format.h>
#include <utf8.h>

#include <charconv>
#include <cmath>

namespace host::records {
namespace {

using sdk::FieldError;

FieldError wrong(const FieldSpec& field, std::string reason, std::string fix) {
    return {fmt::format("/{}", field.name), std::move(reason), std::move(fix)};
}

bool isUntiId(std::string_view text) {
    if (text.empty() || text.size() > 19 || text.front() < '1' || text.front() > '9') return false;
    for (char c : text)
        if (c < '0' || c > '9') return false;
    return true;
}

bool isSlug(std::string_view text, bool dots) {
    if (text.empty() || text.front() == '-') return false;
    for (char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        if (!plain && !(dots && (c == '.' || c == '_'))) return false;
    }
    return true;
}

bool isEmail(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('@', at + 1) == std::string_view::npos &&
           text.find('.', at) != std::string_view::npos && text.back() != '.' &&
           text.find_first_of(" ,;<>") == std::string_view::npos;
}

std::optional<FieldError> checkPattern(const FieldSpec& field, const std::string& text) {
    switch (field.pattern) {
        case Pattern::UntiId:
            if (!isUntiId(text))
                return wrong(field, "is not an unti_id",
                             "Give 1 to 19 digits, the first of them not 0, as in '1200345'.");
            break;
        case Pattern::Key:
        case Pattern::Slug:
            if (!isSlug(text, false))
                return wrong(field, "has characters other than a-z, 0-9 and '-'",
                             "Use small Latin letters, digits and '-'.");
            break;
        case Pattern::Email:
            if (!isEmail(text))
                return wrong(field, "is not an e-mail address", "Give one address, as in 'name@example.org'.");
            break;
        case Pattern::Line:
        case Pattern::Multiline:
            break;
    }
    return std::nullopt;
}

std::optional<FieldError> checkOneText(const FieldSpec& field, const std::string& text, std::size_t limit) {
    if (auto reason = checkText(text, limit, field.pattern == Pattern::Multiline))
        return wrong(field, *reason,
                     fmt::format("Give 1 to {} characters of UTF-8 without control characters.", limit));
    return checkPattern(field, text);
}

std::optional<FieldError> checkRange(const FieldSpec& field, double number) {
    if (std::isfinite(number) && number >= field.min && number <= field.max) return std::nullopt;
    return wrong(field, "is out of range", fmt::format("Give a number from {} to {}.", field.min, field.max));
}

std::optional<FieldError> checkChoice(const FieldSpec& field, const std::string& text) {
    std::vector<std::string> known;
    for (const char* choice : field.choices) {
        if (text == choice) return std::nullopt;
        known.emplace_back(choice);
    }
    const auto near = common::nearest(text, known);
    return wrong(field, "is not one of the allowed values",
                 (near.empty() ? std::string() : fmt::format("Did you mean '{}'? ", near)) +
                     fmt::format("Allowed: {}.", fmt::join(known, ", ")));
}

void checkOrder(RecordDraft& draft, const char* least, const char* middle, const char* greatest) {
    const auto& kind = spec(draft.kind);
    auto value = [&](const char* name) { return draft.number(*kind.field(name)); };
    const auto low = value(least);
    const auto high = value(greatest);
    const auto at = value(middle);
    if (low && high && *low > *high) {
        draft.fail(least, fmt::format("is greater than '{}'", greatest), "Give the least mark first: min <= max.");
        return;
    }
    if (at && ((low && *at < *low) || (high && *at > *high)))
        draft.fail(middle, fmt::format("is not between '{}' and '{}'", least, greatest),
                   "Give a mark within its scale, or correct the scale.");
}

void checkParent(RecordDraft& draft) {
    int parents = 0;
    for (const char* name : {"programme", "block", "module", "theme"})
        if (draft.has(fieldIndex(RecordKind::Element, name))) ++parents;
    if (parents != 1)
        draft.fail("theme", fmt::format("has {} parents", parents),
                   "Give exactly one of 'programme', 'block', 'module' and 'theme'.");
}

/// Persons and roles go to University 2035 as two lists of one length.
void checkFixation(RecordDraft& draft) {
    const auto size = [&](const char* name) {
        const auto* list = std::get_if<std::vector<std::string>>(&draft.values[fieldIndex(draft.kind, name)]);
        return list == nullptr ? std::size_t{0} : list->size();
    };
    if (size("fixationUntiIds") != size("fixationRoles"))
        draft.fail("fixationRoles", "has another number of items than 'fixationUntiIds'",
                   "Give the role of each person, in the same order.");
}

Value defaultOf(const FieldSpec& field) {
    const std::string_view text = field.fallback;
    if (field.type == FieldType::Bool) return text == "true";
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::optional<Value> numberFromText(const FieldSpec& field, std::string text, bool decimalComma, FieldError& error) {
    if (decimalComma)
        for (char& c : text)
            if (c == ',') c = '.';
    double number = 0;
    const char* begin = text.c_str() + (text.starts_with('+') ? 1 : 0);
    const auto [end, code] = std::from_chars(begin, text.c_str() + text.size(), number);
    if (code != std::errc() || end != text.c_str() + text.size() || !std::isfinite(number)) {
        error = wrong(
            field, "is not a number",
            decimalComma
                ? "Write digits with a decimal comma or point, as in '4,5'."
                : "Write digits with a decimal point, as in '4.5'; for commas set 'decimalComma' in the mapping.");
        return std::nullopt;
    }
    if (field.type == FieldType::Number) return Value(number);
    if (number != std::floor(number) || std::fabs(number) > 9007199254740991.0) {
        error = wrong(field, "is not a whole number", "Write digits only, as in '3'.");
        return std::nullopt;
    }
    return Value(static_cast<std::int64_t>(number));
}

std::optional<Value> boolFromText(const FieldSpec& field, std::string_view text, FieldError& error) {
    if (text == "true" || text == "1") return Value(true);
    if (text == "false" || text == "0") return Value(false);
    error = wrong(field, "is not true or false", "Write true, false, 1 or 0, or add a 'map' to the mapping.");
    return std::nullopt;
}

}  // namespace

std::optional<double> RecordDraft::number(std::size_t field) const {
    if (const auto* real = std::get_if<double>(&values[field])) return *real;
    if (const auto* whole = std::get_if<std::int64_t>(&values[field])) return static_cast<double>(*whole);
    return std::nullopt;
}

void RecordDraft::fail(std::string_view field, std::string reason, std::string fix) {
    errors.push_back({fmt::format("/{}", field), std::move(reason), std::move(fix)});
}

std::optional<std::string> checkText(std::string_view text, std::size_t maxCharacters, bool multiline) {
    if (text.empty()) return "is empty";
    if (!utf8::is_valid(text.begin(), text.end())) return "is not valid UTF-8";
    std::size_t characters = 0;
    for (auto it = text.begin(); it != text.end(); ++characters) {
        const auto point = utf8::unchecked::next(it);
        const bool layout = point == '\n' || point == '\r' || point == '\t';
        if ((point < 0x20 && !(multiline && layout)) || (point >= 0x7f && point <= 0x9f))
            return "has control characters";
    }
    if (characters > maxCharacters) return fmt::format("is longer than {} characters", maxCharacters);
    return std::nullopt;
}

std::optional<FieldError> checkExternalId(std::string_view externalId) {
    if (auto reason = checkText(externalId, kMaxExternalId, false))
        return FieldError{"/externalId", *reason,
                          fmt::format("Give the record's id in its source, 1 to {} characters.", kMaxExternalId)};
    return std::nullopt;
}

void requireSource(const std::string& source) {
    if (source.size() <= kMaxSource && isSlug(source, true) && source.front() != '.') return;
    throw sdk::AppError::validation(
        "The source's name is wrong.",
        {{"/source", "is not a name of a source",
          fmt::format("Use small Latin letters, digits, '-', '_' and '.', at most {} characters, as in 'lms'.",
                      kMaxSource)}});
}

std::optional<FieldError> checkValue(const FieldSpec& field, const Value& value) {
    switch (field.type) {
        case FieldType::Text:
            if (const auto* text = std::get_if<std::string>(&value))
                return checkOneText(field, *text, static_cast<std::size_t>(field.max));
            break;
        case FieldType::Enum:
            if (const auto* text = std::get_if<std::string>(&value)) return checkChoice(field, *text);
            break;
        case FieldType::Int:
            if (const auto* whole = std::get_if<std::int64_t>(&value))
                return checkRange(field, static_cast<double>(*whole));
            break;
        case FieldType::Number:
            if (const auto* real = std::get_if<double>(&value)) return checkRange(field, *real);
            break;
        case FieldType::TextList:
            if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
                if (texts->size() > static_cast<std::size_t>(field.max))
                    return wrong(field, "has too many items", fmt::format("Give at most {} items.", field.max));
                for (const auto& one : *texts)
                    if (auto error = checkOneText(field, one, 200)) return error;
            }
            break;
        case FieldType::Ref:
            if (const auto* ref = std::get_if<Reference>(&value); ref != nullptr && ref->id == 0)
                if (auto reason = checkText(ref->externalId, kMaxExternalId, false))
                    return wrong(field, *reason, "Give the external id of the record it points to.");
            break;
        case FieldType::Bool:
        case FieldType::Time:
            break;
    }
    return std::nullopt;
}

void checkDraft(RecordDraft& draft) {
    const auto& kind = spec(draft.kind);
    if (auto error = checkExternalId(draft.externalId)) draft.errors.push_back(*error);
    for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        const auto& field = kind.fields[i];
        if (draft.has(i)) {
            if (auto error = checkValue(field, draft.values[i])) draft.errors.push_back(*error);
        } else if (field.required) {
            const bool named = std::any_of(draft.errors.begin(), draft.errors.end(), [&](const FieldError& e) {
                return e.pointer == std::string("/") + field.name;
            });
            if (!named) draft.fail(field.name, "is missing", fmt::format("Give it: {}.", field.description));
        } else if (field.fallback != nullptr) {
            draft.values[i] = defaultOf(field);
        }
    }
    if (!draft.errors.empty()) return;
    if (draft.kind == RecordKind::Element) {
        checkParent(draft);
        checkOrder(draft, "minScore", "passScore", "maxScore");
        checkFixation(draft);
    }
    if (draft.kind == RecordKind::File && draft.has(fieldIndex(RecordKind::File, "result")) &&
        draft.has(fieldIndex(RecordKind::File, "element")))
        draft.fail("element", "is given beside 'result'", "A file is a learner's work or a material, not both.");
    if (draft.kind == RecordKind::Result) {
        checkOrder(draft, "min", "raw", "max");
        checkOrder(draft, "min", "passScore", "max");
    }
}

std::optional<Value> valueFromText(const FieldSpec& field, std::string_view text, bool decimalComma,
                                   FieldError& error) {
    switch (field.type) {
        case FieldType::Text:
        case FieldType::Enum:
            return Value(std::string(text));
        case FieldType::Int:
        case FieldType::Number:
            return numberFromText(field, std::string(text), decimalComma, error);
        case FieldType::Bool:
            return boolFromText(field, text, error);
        case FieldType::Time:
            if (auto micros = common::Rfc3339::parse(text)) return Value(*micros);
            error = wrong(field, "is not a time with offset",
                          "Write RFC 3339 with an offset, as in '2025-09-15T10:00:00+03:00', or give the column a "
                          "'date' in the mapping.");
            return std::nullopt;
        case FieldType::Ref:
            return Value(Reference{0, {}, std::string(text)});
        case FieldType::TextList: {
            std::vector<std::string> items;
            std::size_t from = 0;
            while (from <= text.size()) {
                auto to = text.find_first_of(";,", from);
                if (to == std::string_view::npos) to = text.size();
                auto one = text.substr(from, to - from);
                while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
                while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
                if (!one.empty()) items.emplace_back(one);
                from = to + 1;
            }
            return Value(std::move(items));
        }
    }
    return std::nullopt;
}

}  // namespace host::records
