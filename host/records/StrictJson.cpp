#include "host/records/StrictJson.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <fmt/format.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <locale.h>
#include <string>

namespace host::records {
namespace {

using rapidjson::Document;

constexpr int kMaxDepth = 32;

bool tooDeep(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            if (c == '"') quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMaxDepth) return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

/// Beyond the range of a double: infinite, or so near to zero that it is zero. Rare, so it may be slow.
double beyondRange(std::string_view text) {
    static const locale_t kPlain = ::newlocale(LC_ALL_MASK, "C", nullptr);
    return ::strtod_l(std::string(text).c_str(), nullptr, kPlain);
}

/// Hands a document what the reader reads, but for two things that RapidJSON gets wrong. Numbers are read by the
/// standard library: its exact reading of a zero with many digits ("0.000…0") counts the leading bits of nothing, and
/// the mark becomes a random number. And the second half of a surrogate pair alone would become a text that isn't
/// UTF-8.
class Exact {
public:
    explicit Exact(Document& document) : document_(document) {}

    bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
        const char* end = text + length;
        const std::string_view all(text, length);
        if (all.find_first_of(".eE") == std::string_view::npos) {
            std::int64_t whole = 0;
            if (auto [at, failed] = std::from_chars(text, end, whole); failed == std::errc() && at == end)
                return document_.Int64(whole);
            std::uint64_t large = 0;
            if (auto [at, failed] = std::from_chars(text, end, large); failed == std::errc() && at == end)
                return document_.Uint64(large);
        }
        double real = 0;
        if (std::from_chars(text, end, real).ec != std::errc()) real = beyondRange(all);
        if (std::isinf(real)) return refuse(rapidjson::kParseErrorNumberTooBig);
        return document_.Double(real);
    }
    bool String(const char* text, rapidjson::SizeType length, bool copy) {
        return isWhole(text, length) ? document_.String(text, length, copy) : refuse(kHalfPair);
    }
    bool Key(const char* text, rapidjson::SizeType length, bool copy) {
        return isWhole(text, length) ? document_.Key(text, length, copy) : refuse(kHalfPair);
    }
    /// What stopped the reader here; kParseErrorNone: nothing did.
    rapidjson::ParseErrorCode refused() const { return refused_; }

    bool Null() { return document_.Null(); }
    bool Bool(bool value) { return document_.Bool(value); }
    bool Int(int value) { return document_.Int(value); }
    bool Uint(unsigned value) { return document_.Uint(value); }
    bool Int64(std::int64_t value) { return document_.Int64(value); }
    bool Uint64(std::uint64_t value) { return document_.Uint64(value); }
    bool Double(double value) { return document_.Double(value); }
    bool StartObject() { return document_.StartObject(); }
    bool EndObject(rapidjson::SizeType members) { return document_.EndObject(members); }
    bool StartArray() { return document_.StartArray(); }
    bool EndArray(rapidjson::SizeType elements) { return document_.EndArray(elements); }

private:
    static constexpr auto kHalfPair = rapidjson::kParseErrorStringUnicodeSurrogateInvalid;

    static bool isWhole(const char* text, rapidjson::SizeType length) {
        // Half a pair is told in three bytes of which the first is this one; few texts have it.
        return std::memchr(text, 0xED, length) == nullptr || common::isUtf8({text, length});
    }
    bool refuse(rapidjson::ParseErrorCode code) {
        refused_ = code;
        return false;
    }

    Document& document_;
    rapidjson::ParseErrorCode refused_ = rapidjson::kParseErrorNone;
};

}  // namespace

Document parseStrict(std::string_view text) {
    if (tooDeep(text))
        throw sdk::AppError(400, "bad-json", fmt::format("The JSON is nested deeper than {} levels.", kMaxDepth));
    Document document;
    rapidjson::ParseResult result;
    auto read = [&](Document& into) {
        rapidjson::MemoryStream bytes(text.data(), text.size());
        rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
        rapidjson::Reader reader;
        Exact exact(into);
        result =
            reader.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag>(stream, exact);
        if (exact.refused() != rapidjson::kParseErrorNone) result.Set(exact.refused(), result.Offset());
        return !result.IsError();
    };
    document.Populate(read);
    if (result.IsError())
        throw sdk::AppError(400, "bad-json",
                            fmt::format("The body is not JSON in UTF-8: {} (at byte {}).",
                                        rapidjson::GetParseError_En(result.Code()), result.Offset()));
    return document;
}

}  // namespace host::records
