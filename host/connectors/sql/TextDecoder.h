#pragma once
/// Bytes of a database to UTF-8, by the encoding the database (or the connection's settings) names. What can't be
/// decoded is told, never replaced. Not thread-safe.

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace host::connectors::sql {

class TextDecoder {
public:
    /// \param encoding as iconv names it: "CP1251", "ISO-8859-1"; "" or "UTF-8": only checked
    /// \throws sdk::SourceError Configuration, for one that the system does not know
    explicit TextDecoder(const std::string& encoding);
    ~TextDecoder();
    TextDecoder(TextDecoder&&) noexcept;
    TextDecoder& operator=(TextDecoder&&) noexcept;

    /// False: these bytes are no text of the encoding; `out` is then anything.
    bool decode(std::string_view bytes, std::string& out) const;

    const std::string& encoding() const noexcept { return encoding_; }
    bool isUtf8() const noexcept { return tables_ == nullptr; }

private:
    struct Tables;
    std::string encoding_;
    std::unique_ptr<Tables> tables_;
};

/// UTF-8 to that encoding, for queries and values on their way to a server that does not convert.
/// \throws sdk::SourceError Query, naming what the encoding lacks
std::string encodeText(std::string_view utf8, const std::string& encoding);

}  // namespace host::connectors::sql
