#include "host/base/SealedSecrets.h"

#include "host/sdk/Error.h"

#include <Poco/Data/LOB.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <sodium.h>

namespace host::base {
namespace {

using Poco::Data::BLOB;
using Poco::Data::Session;
using sdk::AppError;
using namespace Poco::Data::Keywords;

constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytesOf(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytesOf(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

struct Row {
    std::string keyId;
    std::string sealed;  ///< nonce, then cipher text and tag
};

std::string seal(const SecretKey& key, const std::string& name, const std::string& value) {
    std::string out(kNonceSize + value.size() + kTagSize, '\0');
    randombytes_buf(out.data(), kNonceSize);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytesOf(out) + kNonceSize, nullptr, bytesOf(value), value.size(),
                                               bytesOf(name), name.size(), nullptr, bytesOf(out), key.bytes());
    return out;
}

sdk::SecretString unseal(const SecretKey& key, const std::string& name, const Row& row) {
    if (row.keyId != key.id())
        throw AppError(500, "secrets.wrong-key",
                       "The secret '" + name + "' was sealed with key " + row.keyId + ", this server has key " +
                           key.id() +
                           ". Set secrets.key_file to the file it was sealed with, or enter the secret again.");
    std::string value(row.sealed.size() < kNonceSize + kTagSize ? 0 : row.sealed.size() - kNonceSize - kTagSize, '\0');
    bool opened =
        row.sealed.size() >= kNonceSize + kTagSize &&
        crypto_aead_xchacha20poly1305_ietf_decrypt(bytesOf(value), nullptr, nullptr, bytesOf(row.sealed) + kNonceSize,
                                                   row.sealed.size() - kNonceSize, bytesOf(name), name.size(),
                                                   bytesOf(row.sealed), key.bytes()) == 0;
    if (!opened)
        throw AppError(500, "secrets.damaged",
                       "The secret '" + name + "' does not open: its row in the database was changed. Enter it again.");
    return sdk::SecretString(std::move(value));
}

}  // namespace

SealedSecrets::SealedSecrets(sdk::Database& database, const SecretKey& key, const sdk::Clock& clock)
    : database_(database), key_(key), clock_(clock) {}

std::optional<sdk::SecretString> SealedSecrets::get(const std::string& name) {
    std::vector<std::string> keyIds;
    std::vector<BLOB> sealed;
    database_.read([&](Session& session) {
        std::string wanted = name;
        session << "SELECT key_id, sealed FROM secret WHERE name = ?", use(wanted), into(keyIds), into(sealed), now;
    });
    if (keyIds.empty()) return std::nullopt;
    return unseal(key_, name, {keyIds.front(), std::string(sealed.front().begin(), sealed.front().end())});
}

void SealedSecrets::put(const std::string& name, const sdk::SecretString& value) {
    std::string sealed = seal(key_, name, value.reveal());
    database_.write([&](Session& session) {
        std::string who = name;
        std::string keyId = key_.id();
        BLOB bytes(bytesOf(std::as_const(sealed)), sealed.size());
        std::int64_t at = clock_.now();
        session << "INSERT INTO secret (name, key_id, sealed, changed_at) VALUES (?, ?, ?, ?)"
                   " ON CONFLICT (name) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed,"
                   " changed_at = excluded.changed_at",
            use(who), use(keyId), use(bytes), use(at), Poco::Data::Keywords::now;
    });
}

void SealedSecrets::erase(const std::string& name) {
    database_.write([&](Session& session) {
        std::string who = name;
        session << "DELETE FROM secret WHERE name = ?", use(who), now;
    });
}

void SealedSecrets::verify() {
    std::vector<std::string> names;
    database_.read([&](Session& session) { session << "SELECT name FROM secret ORDER BY name", into(names), now; });
    for (const std::string& name : names) get(name);
}

std::size_t SealedSecrets::resealAll(const SecretKey& next, const std::function<void()>& row) {
    std::size_t count = 0;
    database_.write([&](Session& session) {
        std::vector<std::string> names;
        std::vector<std::string> keyIds;
        std::vector<BLOB> sealed;
        session << "SELECT name, key_id, sealed FROM secret ORDER BY name", into(names), into(keyIds), into(sealed),
            Poco::Data::Keywords::now;
        std::string keyId = next.id();
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto value = unseal(key_, names[i], {keyIds[i], std::string(sealed[i].begin(), sealed[i].end())});
            std::string again = seal(next, names[i], value.reveal());
            BLOB bytes(bytesOf(std::as_const(again)), again.size());
            session << "UPDATE secret SET key_id = ?, sealed = ? WHERE name = ?", use(keyId), use(bytes), use(names[i]),
                Poco::Data::Keywords::now;
            if (row) row();
        }
        count = names.size();
    });
    return count;
}

}  // namespace host::base
