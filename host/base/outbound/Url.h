#pragma once
/// An address taken apart without changing it: the target goes out byte for byte as it was written (signatures depend
/// on it), so nothing is decoded, normalised or encoded here.

#include <cstdint>
#include <string>
#include <string_view>

namespace host::base::outbound {

struct Url {
    bool secure = false;
    std::string host;  ///< lower case, an IPv6 literal without brackets
    std::uint16_t port = 0;
    bool defaultPort = true;
    std::string target;  ///< path and query, begins with '/'

    /// What the Host header says.
    std::string authority() const;

    /// \throws host::sdk::OutboundError BadUrl
    static Url parse(std::string_view text);
};

}  // namespace host::base::outbound
