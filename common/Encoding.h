#pragma once
/// Hex, base64 and base64url. Pure functions; strict: what does not decode exactly is nullopt.

#include <optional>
#include <string>
#include <string_view>

namespace common {

/// Lower-case hex of the bytes.
std::string toHex(std::string_view bytes);
std::optional<std::string> fromHex(std::string_view text);

/// RFC 4648 §4, padded.
std::string toBase64(std::string_view bytes);
std::optional<std::string> fromBase64(std::string_view text);

/// RFC 4648 §5, without padding.
std::string toBase64Url(std::string_view bytes);
std::optional<std::string> fromBase64Url(std::string_view text);

}  // namespace common
