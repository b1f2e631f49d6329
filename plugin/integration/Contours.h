#pragma once
/// Which contour an address of an LRS belongs to. Pure.

#include <string>

namespace plugin::integration {

inline constexpr const char* kProductionContour = "production";
inline constexpr const char* kTestContour = "test";

/// Whether both addresses lead to the same LRS: host, port and path are compared; scheme, case, a scheme's own port,
/// needless slashes and "/statements" at the end make no difference. What is no address equals nothing.
bool isSameAddress(const std::string& one, const std::string& other);

/// Whether the address is that of the test contour: the profile's or the one the server's administrator set instead.
/// Both count: a working footprint sent to either of them would have to be sent again.
bool isTestAddress(const std::string& address, const std::string& profileTest, const std::string& overrideTest);

}  // namespace plugin::integration
