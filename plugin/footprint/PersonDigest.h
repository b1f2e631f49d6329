#pragma once
/// The first half of a learner's digest: whose statement it is. Pure.

#include "common/Sha256.h"

#include <string>
#include <string_view>

namespace plugin::footprint {

inline constexpr std::size_t kDigestPart = 16;  ///< hex digits

inline std::string personPart(std::string_view untiId) {
    return common::Sha256::hex(std::string(untiId)).substr(0, kDigestPart);
}

}  // namespace plugin::footprint
