#pragma once
/// What an address typed by a person may lead to: https only, and nothing inside the organisation's own network. It
/// looks at the addresses a name resolved to, and the caller connects to exactly these: a second resolution could
/// answer otherwise. Immutable, thread-safe.

#include "host/base/outbound/Url.h"

#include <Poco/Net/IPAddress.h>

#include <vector>

namespace host::base {

struct AddressGuardSettings {
    bool allowHttp = false;              ///< plain http as well
    bool allowPrivateAddresses = false;  ///< loopback, private, link-local and the other special ranges as well
};

class AddressGuard {
public:
    explicit AddressGuard(AddressGuardSettings settings) : settings_(settings) {}

    /// \throws host::sdk::OutboundError Forbidden
    void checkUrl(const outbound::Url& url) const;
    /// Refuses when any one of them is forbidden: a name with one public and one private address is no accident.
    /// \throws host::sdk::OutboundError Forbidden
    void checkAddresses(const std::string& host, const std::vector<Poco::Net::IPAddress>& addresses) const;

    /// Global unicast, in no range reserved by IANA's special-purpose registries; an IPv4 address inside an IPv6 one
    /// (mapped, NAT64) counts as itself, 6to4 and Teredo are refused.
    static bool isPublic(const Poco::Net::IPAddress& address);

private:
    AddressGuardSettings settings_;
};

}  // namespace host::base
