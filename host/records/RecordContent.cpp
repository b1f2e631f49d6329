#include "host/records/RecordContent.h"

#include "common/Sha256.h"

#include <charconv>

namespace host::records {
namespace {

/// A letter for the type, then the number as digits.
template <class Number>
void append(std::string& out, char type, Number number) {
    char buffer[32];
    out += type;
    out.append(buffer, std::to_chars(buffer, buffer + sizeof(buffer), number).ptr);
}

void appendCanonical(std::string& out, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        append(out, 's', text->size());
        out += ':';
        out += *text;
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        append(out, 'i', *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        append(out, 'd', *real);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        out += *flag ? "b1" : "b0";
    } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        append(out, 'l', texts->size());
        out += ':';
        for (const auto& one : *texts) appendCanonical(out, one);
    }
}

}  // namespace

std::string contentOf(const RecordDraft& draft) {
    const auto& fields = spec(draft.kind).fields;
    std::string canonical;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!draft.has(i)) continue;
        canonical += fields[i].name;
        canonical += '=';
        appendCanonical(canonical, draft.values[i]);
        canonical += '\n';
    }
    return common::Sha256::hex(canonical).substr(0, 32);
}

}  // namespace host::records
