#include "host/connectors/sql/TextDecoder.h"

#include "common/Text.h"
#include "host/sdk/Sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <iconv.h>

namespace host::connectors::sql {
namespace {

using sdk::SourceError;

class Converter {
public:
    Converter(const std::string& to, const std::string& from) : handle_(::iconv_open(to.c_str(), from.c_str())) {
        // iconv's failure is the pointer -1.
        if (handle_ == reinterpret_cast<iconv_t>(-1))  // NOLINT(performance-no-int-to-ptr)
            throw SourceError(SourceError::Kind::Configuration,
                              fmt::format("The encoding '{}' is not known here.", from),
                              "Give another encoding of the texts, or none.");
    }
    ~Converter() { ::iconv_close(handle_); }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    bool convert(std::string_view in, std::string& out) const {
        ::iconv(handle_, nullptr, nullptr, nullptr, nullptr);
        out.resize(std::max<std::size_t>(in.size() * 2, 16));
        std::size_t written = 0;
        char* from = const_cast<char*>(in.data());  // iconv's signature; it only reads
        std::size_t left = in.size();
        while (left > 0) {
            char* to = out.data() + written;
            std::size_t room = out.size() - written;
            const auto result = ::iconv(handle_, &from, &left, &to, &room);
            written = out.size() - room;
            if (result != static_cast<std::size_t>(-1)) break;
            if (errno != E2BIG) return false;
            out.resize(out.size() * 2);
        }
        out.resize(written);
        return true;
    }

private:
    iconv_t handle_;
};

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

/// An encoding of one byte a character is a table; any other goes through iconv.
struct TextDecoder::Tables {
    explicit Tables(const std::string& encoding) : converter("UTF-8", encoding) {
        std::string out;
        for (int byte = 0x80; byte < 0x100; ++byte) {
            const char c = static_cast<char>(byte);
            auto& entry = table[static_cast<std::size_t>(byte) - 0x80];
            if (converter.convert({&c, 1}, out))
                entry = out;
            else if (errno == EINVAL)
                singleByte = false;
        }
    }

    Converter converter;
    std::array<std::string, 128> table;  ///< empty: the encoding has no such byte
    bool singleByte = true;
};

TextDecoder::TextDecoder(const std::string& encoding) : encoding_(encoding.empty() ? "UTF-8" : encoding) {
    if (encoding_ != "UTF-8") tables_ = std::make_unique<Tables>(encoding_);
}
TextDecoder::~TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;

bool TextDecoder::decode(std::string_view bytes, std::string& out) const {
    // Of UTF-16 bytes below 0x80 are half of a letter.
    if (tables_ && !tables_->singleByte) return tables_->converter.convert(bytes, out);
    if (!tables_ || isAscii(bytes)) {
        if (!common::isUtf8(bytes)) return false;
        out.assign(bytes);
        return true;
    }
    out.clear();
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
            continue;
        }
        const auto& text = tables_->table[byte - 0x80U];
        if (text.empty()) return false;
        out += text;
    }
    return true;
}

std::string encodeText(std::string_view utf8, const std::string& encoding) {
    if (encoding.empty() || encoding == "UTF-8" || isAscii(utf8)) return std::string(utf8);
    std::string out;
    if (Converter(encoding, "UTF-8").convert(utf8, out)) return out;
    throw SourceError(SourceError::Kind::Query,
                      fmt::format("The query has a letter that the database's encoding {} does not have.", encoding),
                      "Leave that letter out of the query and of its parameters.");
}

}  // namespace host::connectors::sql
