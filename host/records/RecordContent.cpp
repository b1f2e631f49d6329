#include "host/records/RecordContent.h"

#include "common/Sha256.h"

#include <fmt/format.h>

#include <charconv>

namespace host::records {
namespace {

void appendCanonical(std::string& out, const Value& value) {
    char buffer[32];
    if (const auto* text = std::get_if<std::string>(&value)) {
        out += fmt::format("s{}:", text->size());
        out += *text;
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        out += fmt::format("i{}", *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
        const auto end = std::to_chars(buffer, buffer + sizeof(buffer), *real).ptr;
        out += 'd';
        out.append(buffer, end);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
        out += *flag ? "b1" : "b0";
    } else if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        out += fmt::format("l{}:", texts->size());
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
