#pragma once
/// Sealed secrets (libsodium, key outside the database). Write-only for people: nothing but the code that uses a
/// secret reads it. Thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace host::sdk {
inline namespace abi1 {

/// A secret in memory: wiped when it goes, can't be printed or compared by accident. Copy only where it must be.
class SecretString {
public:
    SecretString() = default;
    explicit SecretString(std::string value) : value_(std::move(value)) {}
    SecretString(const SecretString&) = default;
    SecretString(SecretString&& other) noexcept : value_(std::exchange(other.value_, {})) {}
    SecretString& operator=(SecretString other) noexcept {
        value_.swap(other.value_);
        return *this;
    }
    ~SecretString() { wipe(); }

    const std::string& reveal() const noexcept { return value_; }
    bool empty() const noexcept { return value_.empty(); }
    /// The last four characters (fewer than eight in all: none), for the API.
    std::string lastFour() const { return value_.size() < 8 ? std::string() : value_.substr(value_.size() - 4); }

private:
    void wipe() noexcept {
        volatile char* p = value_.data();
        for (std::size_t i = 0; i < value_.size(); ++i) p[i] = 0;
    }
    std::string value_;
};

/// Names are "ORGANIZATION/…"; the host prefixes them with the module's name.
class Secrets {
public:
    virtual ~Secrets() = default;
    virtual std::optional<SecretString> get(const std::string& name) = 0;
    virtual void put(const std::string& name, const SecretString& value) = 0;  ///< creates or replaces
    virtual void erase(const std::string& name) = 0;                          ///< no error when there is none
};

}  // namespace abi1
}  // namespace host::sdk
