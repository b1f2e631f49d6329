#include "host/connectors/paths/JsonPage.h"

#include "host/sdk/Sources.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>

namespace host::connectors {
namespace {

using rapidjson::Document;
using rapidjson::SizeType;
using Kind = sdk::SourceError::Kind;

constexpr int kMaxDepth = 64;
constexpr std::size_t kShownNumber = 40;

/// Hands a document what the reader reads: numbers as their source wrote them, for a cell is a text and nothing may be
/// rounded on the way; and no deeper than the reader's recursion can bear.
class Bounded {
public:
    explicit Bounded(Document& document) : document_(document) {}

    bool RawNumber(const char* text, SizeType length, bool copy) { return document_.String(text, length, copy); }
    bool String(const char* text, SizeType length, bool copy) { return document_.String(text, length, copy); }
    bool Key(const char* text, SizeType length, bool copy) { return document_.Key(text, length, copy); }
    bool Null() { return document_.Null(); }
    bool Bool(bool value) { return document_.Bool(value); }
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
    bool StartObject() { return ++depth_ <= kMaxDepth && document_.StartObject(); }
    bool EndObject(SizeType members) { return --depth_ >= 0 && document_.EndObject(members); }
    bool StartArray() { return ++depth_ <= kMaxDepth && document_.StartArray(); }
    bool EndArray(SizeType elements) { return --depth_ >= 0 && document_.EndArray(elements); }

private:
    Document& document_;
    int depth_ = 0;
};

/// The unit of "\\uD83D" at `at`, or 0 when no such escape stands there.
unsigned unitAt(const std::string& json, std::size_t at) {
    unsigned unit = 0;
    if (json.compare(at, 2, "\\u") != 0 || at + 6 > json.size()) return 0;
    const auto [end, failed] = std::from_chars(json.data() + at + 2, json.data() + at + 6, unit, 16);
    return failed == std::errc() && end == json.data() + at + 6 ? unit : 0;
}

[[noreturn]] void refuse(const std::string& page, const rapidjson::ParseResult& result) {
    const bool ends = result.Offset() >= page.size();
    if (result.Code() == rapidjson::kParseErrorTermination)
        throw sdk::SourceError(Kind::Format, fmt::format("The answer is JSON nested deeper than {} levels.", kMaxDepth),
                               "Ask the source for less at a time.");
    if (result.Code() == rapidjson::kParseErrorDocumentEmpty)
        throw sdk::SourceError(Kind::Format, "The answer is empty, where JSON was expected.",
                               "Open the address in a browser, and correct the route's path or method.");
    if (result.Code() == rapidjson::kParseErrorNumberTooBig) {
        const auto end = page.find_first_not_of("0123456789+-.eE", result.Offset());
        throw sdk::SourceError(
            Kind::Format,
            fmt::format("The answer has a number that is too large to be one: '{}' at byte {}.",
                        page.substr(result.Offset(), std::min(end - result.Offset(), kShownNumber)), result.Offset()),
            "Correct the value in the source; no row of this answer was taken.");
    }
    throw sdk::SourceError(Kind::Format,
                           ends ? fmt::format("The answer is JSON that breaks off after {} bytes.", page.size())
                                : fmt::format("The answer is not JSON: {} At byte {}.",
                                              rapidjson::GetParseError_En(result.Code()), result.Offset()),
                           ends
                               ? "Run it again; if it stays so, the source's log says why it ends its answer too early."
                               : "Look at the answer in a browser; if it is XML, say so in the route's format.");
}

}  // namespace

bool mendHalves(std::string& json) {
    bool mended = false;
    for (auto at = json.find('\\'); at != std::string::npos; at = json.find('\\', at)) {
        const unsigned unit = unitAt(json, at);
        if (unit < 0xD800 || unit > 0xDFFF) {
            at += 2;  // the character behind a backslash begins no escape
            continue;
        }
        const unsigned second = unit < 0xDC00 ? unitAt(json, at + 6) : 0;
        if (second >= 0xDC00 && second <= 0xDFFF) {
            at += 12;
            continue;
        }
        json.replace(at, 6, "\\ufffd");
        mended = true;
        at += 6;
    }
    return mended;
}

Document parseJsonPage(std::string& page) {
    rapidjson::ParseResult result;
    // The reader takes a NUL for the end: what stands behind one would be lost unseen.
    if (const auto nul = page.find('\0'); nul != std::string::npos) {
        result.Set(rapidjson::kParseErrorDocumentRootNotSingular, nul);
        refuse(page, result);
    }
    auto parse = [&](Document& into) {
        rapidjson::InsituStringStream stream(page.data());
        Bounded bounded(into);
        result = rapidjson::Reader().Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag>(
            stream, bounded);
        return !result.IsError();
    };
    Document document;
    document.Populate(parse);
    if (result.IsError()) refuse(page, result);
    return document;
}

}  // namespace host::connectors
