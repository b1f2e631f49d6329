#pragma once
/// The key that seals secrets: 32 random bytes in a file of 64 hex digits, outside the database, readable by its owner
/// only. Wiped from memory when it goes. Immutable; thread-safe.

#include "host/sdk/Database.h"

#include <array>
#include <filesystem>
#include <string>

namespace host::base {

class SecretKey {
public:
    static constexpr std::size_t kSize = 32;

    /// AppError 500: "secrets.key-missing", "secrets.key-open-to-others" (group or others may read it),
    /// "secrets.key-invalid".
    static SecretKey load(const std::filesystem::path& file);
    /// Makes a new key in a file that appears whole or not at all (0600). When another process was quicker, its key
    /// is kept and loaded.
    static SecretKey create(const std::filesystem::path& file);
    /// Loads the key; makes one only while the database has no sealed secret, since a new key could open none of them.
    /// The schema must be applied (baseMigrations).
    static SecretKey open(sdk::Database& database, const std::filesystem::path& file);

    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    SecretKey(SecretKey&& other) noexcept;
    ~SecretKey();

    const unsigned char* bytes() const { return bytes_.data(); }
    /// Names the key without telling it: 16 hex digits of its hash.
    const std::string& id() const { return id_; }

private:
    explicit SecretKey(const std::string& raw);

    std::array<unsigned char, kSize> bytes_{};
    std::string id_;
};

}  // namespace host::base
