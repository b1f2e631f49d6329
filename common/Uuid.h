#pragma once
/// UUIDs of RFC 9562 as lower-case text of 36 characters. Thread-safe.

#include <array>
#include <string>
#include <string_view>

namespace common {

class Uuid {
public:
    static constexpr std::string_view kNamespaceUrl = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
    static constexpr std::string_view kNamespaceDns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

    /// Random, from the system's generator.
    static std::string v4();
    /// Name-based (SHA-1). Throws std::invalid_argument when `namespaceUuid` is no UUID.
    static std::string v5(std::string_view namespaceUuid, std::string_view name);
    /// 8-4-4-4-12 hex digits in either case; any version.
    static bool isValid(std::string_view text);
};

/// A namespace parsed once, for many names.
class UuidNamespace {
public:
    /// Throws std::invalid_argument when `uuid` is no UUID.
    explicit UuidNamespace(std::string_view uuid);
    std::string v5(std::string_view name) const;

private:
    std::array<unsigned char, 16> bytes_{};
};

}  // namespace common
