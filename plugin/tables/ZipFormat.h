#pragma once
/// The numbers of the zip format that the room's writer and reader share (APPNOTE 6.3.9).

#include <cstdint>

namespace plugin::tables::zip {

inline constexpr std::uint64_t kLocal = 0x0403'4b50, kCentral = 0x0201'4b50, kEnd = 0x0605'4b50, kEnd64 = 0x0606'4b50,
                               kLocator64 = 0x0706'4b50;
inline constexpr std::uint64_t kStored = 0, kDeflated = 8;
inline constexpr std::uint64_t kVersion = 20, kVersion64 = 45;
inline constexpr std::uint64_t kMadeBy = 3U << 8;              ///< Unix, so that attributes are its own
inline constexpr std::uint64_t kPlainFile = 0100644ULL << 16;  ///< rw-r--r--
inline constexpr std::uint64_t kWide = 0xffff'ffff;            ///< "see ZIP64's field"
inline constexpr std::uint64_t kManyEntries = 0xffff;
inline constexpr std::uint64_t kExtra64 = 1;
inline constexpr std::uint64_t kLocalExtra = 20;  ///< bytes of ZIP64's field in a local header
inline constexpr std::uint64_t kLocalSize = 30, kCentralSize = 46, kEndSize = 22, kEnd64Size = 56, kLocator64Size = 20;
inline constexpr std::uint64_t kCrcAt = 14;  ///< of the sums in a local header

}  // namespace plugin::tables::zip
