#include "host/records/StrictJson.h"

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <fmt/format.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
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
    /// `halves`: whether half a surrogate pair may come, which is only written as an escape.
    Exact(Document& document, bool halves) : document_(document), halves_(halves) {}

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
    bool isTooDeep() const { return depth_ > kMaxDepth; }

    bool Null() { return document_.Null(); }
    bool Bool(bool value) { return document_.Bool(value); }
    bool Int(int value) { return document_.Int(value); }
    bool Uint(unsigned value) { return document_.Uint(value); }
    bool Int64(std::int64_t value) { return document_.Int64(value); }
    bool Uint64(std::uint64_t value) { return document_.Uint64(value); }
    bool Double(double value) { return document_.Double(value); }
    bool StartObject() { return deeper() && document_.StartObject(); }
    bool EndObject(rapidjson::SizeType members) {
        --depth_;
        return document_.EndObject(members);
    }
    bool StartArray() { return deeper() && document_.StartArray(); }
    bool EndArray(rapidjson::SizeType elements) {
        --depth_;
        return document_.EndArray(elements);
    }

private:
    static constexpr auto kHalfPair = rapidjson::kParseErrorStringUnicodeSurrogateInvalid;

    bool isWhole(const char* text, rapidjson::SizeType length) const {
        // Half a pair is told in three bytes of which the first is this one; few texts have it.
        return !halves_ || std::memchr(text, 0xED, length) == nullptr || common::isUtf8({text, length});
    }
    bool deeper() { return ++depth_ <= kMaxDepth; }
    bool refuse(rapidjson::ParseErrorCode code) {
        refused_ = code;
        return false;
    }

    Document& document_;
    const bool halves_;
    int depth_ = 0;
    rapidjson::ParseErrorCode refused_ = rapidjson::kParseErrorNone;
};

}  // namespace

Document parseStrict(std::string_view text) {
    Document document;
    rapidjson::ParseResult result;
    bool tooDeep = false;
    // Looking at all the bytes first is quicker than the reader's own look at each; it tells where the wrong one is.
    const bool whole = common::isUtf8(text) && !text.starts_with("\xEF\xBB\xBF");
    auto parse = [&]<unsigned kFlags>(auto& stream, Document& into) {
        rapidjson::Reader reader;
        Exact exact(into, !whole || text.find("\\u") != std::string_view::npos);
        result = reader.Parse<kFlags | rapidjson::kParseNumbersAsStringsFlag>(stream, exact);
        tooDeep = exact.isTooDeep();
        if (exact.refused() != rapidjson::kParseErrorNone) result.Set(exact.refused(), result.Offset());
        return !result.IsError();
    };
    auto read = [&](Document& into) {
        if (whole) {
            // Texts stay where they stand in a copy that the document owns: no allocation for each, no copy of each.
            auto* copy = static_cast<char*>(into.GetAllocator().Malloc(text.size() + 1));
            *std::copy(text.begin(), text.end(), copy) = '\0';
            rapidjson::InsituStringStream stream(copy);
            const bool good = parse.operator()<rapidjson::kParseInsituFlag>(stream, into);
            // The stream ends at the first zero byte; one within the text is no JSON.
            if (good && stream.Tell() != text.size()) {
                result.Set(rapidjson::kParseErrorDocumentRootNotSingular, stream.Tell());
                return false;
            }
            return good;
        }
        rapidjson::MemoryStream bytes(text.data(), text.size());
        rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
        return parse.operator()<rapidjson::kParseValidateEncodingFlag>(stream, into);
    };
    document.Populate(read);
    if (tooDeep)
        throw sdk::AppError(400, "bad-json", fmt::format("The JSON is nested deeper than {} levels.", kMaxDepth));
    if (result.IsError())
        throw sdk::AppError(400, "bad-json",
                            fmt::format("The body is not JSON in UTF-8: {} (at byte {}).",
                                        rapidjson::GetParseError_En(result.Code()), result.Offset()));
    return document;
}

}  // namespace host::records
