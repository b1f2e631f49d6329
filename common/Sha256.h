#pragma once
/// SHA-256 and HMAC-SHA-256 through OpenSSL's EVP (Poco's own engine is seven times slower).

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace common {

/// Incremental digest. Not thread-safe; movable. `finish` ends it: make a new one for the next message.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    Sha256& update(std::string_view bytes);
    std::string finish();     ///< 32 raw bytes
    std::string finishHex();  ///< 64 lower-case hex digits

    static std::string digest(std::string_view bytes);                      ///< 32 raw bytes
    static std::string hex(std::string_view bytes);                         ///< 64 lower-case hex digits
    static std::string hmac(std::string_view key, std::string_view bytes);  ///< 32 raw bytes

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

}  // namespace common
