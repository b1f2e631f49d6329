#include "host/base/outbound/AddressGuard.h"

#include "host/sdk/OutboundHttp.h"

#include <array>
#include <cstring>

namespace host::base {
namespace {

struct Range4 {
    std::uint32_t network;
    unsigned bits;
};

constexpr std::uint32_t ip4(unsigned a, unsigned b, unsigned c, unsigned d) {
    return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array kReserved4{
    Range4{ip4(0, 0, 0, 0), 8},      Range4{ip4(10, 0, 0, 0), 8},     Range4{ip4(100, 64, 0, 0), 10},
    Range4{ip4(127, 0, 0, 0), 8},    Range4{ip4(169, 254, 0, 0), 16}, Range4{ip4(172, 16, 0, 0), 12},
    Range4{ip4(192, 0, 0, 0), 24},   Range4{ip4(192, 0, 2, 0), 24},   Range4{ip4(192, 88, 99, 0), 24},
    Range4{ip4(192, 168, 0, 0), 16}, Range4{ip4(198, 18, 0, 0), 15},  Range4{ip4(198, 51, 100, 0), 24},
    Range4{ip4(203, 0, 113, 0), 24}, Range4{ip4(224, 0, 0, 0), 4},    Range4{ip4(240, 0, 0, 0), 4},
};

bool isPublic4(std::uint32_t address) {
    for (const auto& range : kReserved4)
        if ((address ^ range.network) >> (32 - range.bits) == 0) return false;
    return true;
}

bool isPublic6(const std::array<unsigned char, 16>& a) {
    const auto word = [&a](std::size_t i) { return static_cast<unsigned>(a[i * 2] << 8 | a[i * 2 + 1]); };
    const auto embedded4 = [&a] { return ip4(a[12], a[13], a[14], a[15]); };
    const bool firstFiveZero = word(0) == 0 && word(1) == 0 && word(2) == 0 && word(3) == 0 && word(4) == 0;
    if (firstFiveZero && word(5) == 0xffff) return isPublic4(embedded4());
    if (word(0) == 0x64 && word(1) == 0xff9b && word(2) == 0 && word(3) == 0 && word(4) == 0 && word(5) == 0)
        return isPublic4(embedded4());
    // Only 2000::/3 is global unicast today; this leaves out ::1, fc00::/7, fe80::/10, fec0::/10 and ff00::/8 at once.
    if ((word(0) & 0xe000u) != 0x2000u) return false;
    if (word(0) == 0x2001 && word(1) < 0x200) return false;   // 2001::/23: Teredo, ORCHID, benchmarking
    if (word(0) == 0x2001 && word(1) == 0xdb8) return false;  // documentation
    if (word(0) == 0x2002) return false;                      // 6to4: an IPv4 address in disguise
    if (word(0) == 0x3fff && word(1) < 0x1000) return false;  // documentation
    return true;
}

}  // namespace

bool AddressGuard::isPublic(const Poco::Net::IPAddress& address) {
    const auto* bytes = static_cast<const unsigned char*>(address.addr());
    if (address.family() == Poco::Net::AddressFamily::IPv4)
        return isPublic4(ip4(bytes[0], bytes[1], bytes[2], bytes[3]));
    std::array<unsigned char, 16> copy{};
    std::memcpy(copy.data(), bytes, copy.size());
    return isPublic6(copy);
}

void AddressGuard::checkUrl(const outbound::Url& url) const {
    if (!url.secure && !settings_.allowHttp)
        throw sdk::OutboundError(sdk::OutboundError::Kind::Forbidden, false,
                                 "The address of '" + url.host +
                                     "' was refused: it must begin with https://; the server's administrator can allow "
                                     "http by configuration");
}

void AddressGuard::checkAddresses(const std::string& host, const std::vector<Poco::Net::IPAddress>& addresses) const {
    if (settings_.allowPrivateAddresses) return;
    for (const auto& address : addresses)
        if (!isPublic(address))
            throw sdk::OutboundError(sdk::OutboundError::Kind::Forbidden, false,
                                     "The address of '" + host +
                                         "' was refused: it leads to a loopback, private or reserved network; use a "
                                         "public address, or let the server's administrator allow it by configuration");
}

}  // namespace host::base
