#include "common/Uuid.h"

#include "common/Encoding.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace common {
namespace {

using Bytes = std::array<unsigned char, 16>;

std::string format(Bytes bytes, unsigned version) {
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | (version << 4));
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += kDigits[bytes[i] >> 4];
        out += kDigits[bytes[i] & 15U];
    }
    return out;
}

// Fetched once: an implicit fetch per call costs more than hashing a short name.
const EVP_MD* sha1() {
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> kMethod(EVP_MD_fetch(nullptr, "SHA1", nullptr),
                                                                         &EVP_MD_free);
    return kMethod.get();
}

}  // namespace

bool Uuid::isValid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

std::string Uuid::v4() {
    Bytes bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("No random bytes could be had from the system; a UUID was not made.");
    return format(bytes, 4);
}

std::string Uuid::v5(std::string_view namespaceUuid, std::string_view name) {
    return UuidNamespace(namespaceUuid).v5(name);
}

UuidNamespace::UuidNamespace(std::string_view uuid) {
    if (!Uuid::isValid(uuid))
        throw std::invalid_argument("The namespace '" + std::string(uuid) +
                                    "' is no UUID; give 8-4-4-4-12 hex digits.");
    std::string digits;
    for (char c : uuid)
        if (c != '-') digits += c;
    std::string raw = *fromHex(digits);
    for (std::size_t i = 0; i < bytes_.size(); ++i) bytes_[i] = static_cast<unsigned char>(raw[i]);
}

std::string UuidNamespace::v5(std::string_view name) const {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    bool done = context && sha1() != nullptr && EVP_DigestInit_ex2(context.get(), sha1(), nullptr) == 1 &&
                EVP_DigestUpdate(context.get(), bytes_.data(), bytes_.size()) == 1 &&
                EVP_DigestUpdate(context.get(), name.data(), name.size()) == 1 &&
                EVP_DigestFinal_ex(context.get(), digest.data(), &size) == 1;
    if (!done) throw std::runtime_error("SHA-1 is not to be had from the crypto library; a UUIDv5 was not made.");
    Bytes bytes{};
    std::copy_n(digest.begin(), bytes.size(), bytes.begin());
    return format(bytes, 5);
}

}  // namespace common
