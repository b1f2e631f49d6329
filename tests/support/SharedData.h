#pragma once
/// Data that lies beside the source tree: $LMSD_SHARED, or ../shared. A test that needs it is skipped without it.

#include <cstdlib>
#include <filesystem>

namespace tests {

inline std::filesystem::path sharedData() {
    const char* const given = std::getenv("LMSD_SHARED");
    const auto root = given != nullptr ? std::filesystem::path(given)
                                       : std::filesystem::path(LMSD_SOURCE_DIR).parent_path() / "shared";
    return root / "data";
}

}  // namespace tests

#define NEEDS_SHARED_DATA(path)         \
    if (!std::filesystem::exists(path)) \
    GTEST_SKIP() << "skipped: '" << (path).string() << "' is absent; set LMSD_SHARED"
