#pragma once
/// The key that seals secrets: 32 random bytes in a file of 64 hex digits, outside the database, readable by its owner
/// only. In memory it lies in pages of its own that are locked and left out of core dumps where the system allows, and
/// is wiped when it goes. Immutable; thread-safe.
///
/// While a key is replaced (KeyRotation.h) its file holds two, a line each, the new one first: whichever of them the
/// database's rows are sealed with is the one in use.

#include "host/sdk/Database.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace host::base {

class SecretKey {
public:
    static constexpr std::size_t kSize = 32;

    /// Every key of the file, one or two. AppError 500: "secrets.key-missing", "secrets.key-open-to-others" (group or
    /// others may read it), "secrets.key-invalid".
    static std::vector<SecretKey> loadAll(const std::filesystem::path& file);
    /// The first of them.
    static SecretKey load(const std::filesystem::path& file);
    /// Makes a new key in a file that appears whole or not at all (0600). When another process was quicker, its key
    /// is kept and loaded.
    static SecretKey create(const std::filesystem::path& file);
    /// A new key that is in no file yet.
    static SecretKey random();
    /// Loads the key that opens the database's secrets; makes one only while the database has no sealed secret, since a
    /// new key could open none of them. The schema must be applied (baseMigrations).
    static SecretKey open(sdk::Database& database, const std::filesystem::path& file);

    /// Puts a file with these keys in the place of `file`, at once and with its owner. AppError 500
    /// "secrets.key-failed".
    static void replaceFile(const std::filesystem::path& file, const std::vector<const SecretKey*>& keys);
    /// Names of the keys that rows of the database are sealed with.
    static std::vector<std::string> idsInUse(sdk::Database& database);

    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    SecretKey(SecretKey&&) noexcept = default;
    SecretKey& operator=(SecretKey&&) noexcept = default;
    ~SecretKey() = default;

    const unsigned char* bytes() const { return bytes_.get(); }
    /// Names the key without telling it: 16 hex digits of its hash.
    const std::string& id() const { return id_; }

private:
    explicit SecretKey(const std::string& raw);

    struct Free {
        void operator()(unsigned char* bytes) const noexcept;
    };
    std::unique_ptr<unsigned char, Free> bytes_;
    std::string id_;
};

}  // namespace host::base
