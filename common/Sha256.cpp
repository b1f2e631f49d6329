#include "common/Sha256.h"

#include "common/Encoding.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace common {
namespace {

void require(bool done) {
    if (!done) throw std::runtime_error("SHA-256 failed in the crypto library; the machine may be out of memory.");
}

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// Fetched once: an implicit fetch per call costs more than hashing a short text.
const EVP_MD* sha256() {
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> kMethod(EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                                         &EVP_MD_free);
    return kMethod.get();
}

}  // namespace

struct Sha256::Context {
    Context() : digest(EVP_MD_CTX_new()) {
        require(digest != nullptr && EVP_DigestInit_ex2(digest, sha256(), nullptr) == 1);
    }
    ~Context() { EVP_MD_CTX_free(digest); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    EVP_MD_CTX* digest;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(std::string_view bytes) {
    require(EVP_DigestUpdate(context_->digest, bytes.data(), bytes.size()) == 1);
    return *this;
}

std::string Sha256::finish() {
    std::string out(32, '\0');
    unsigned int size = 0;
    require(EVP_DigestFinal_ex(context_->digest, reinterpret_cast<unsigned char*>(out.data()), &size) == 1 &&
            size == 32);
    return out;
}

std::string Sha256::finishHex() {
    return toHex(finish());
}

std::string Sha256::digest(std::string_view bytes) {
    return Sha256().update(bytes).finish();
}
std::string Sha256::hex(std::string_view bytes) {
    return toHex(digest(bytes));
}

std::string Sha256::hmac(std::string_view key, std::string_view bytes) {
    std::string out(32, '\0');
    unsigned int size = 0;
    require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytesOf(bytes), bytes.size(),
                 reinterpret_cast<unsigned char*>(out.data()), &size) != nullptr);
    return out;
}

}  // namespace common
