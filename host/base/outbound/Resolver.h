#pragma once
/// Names to addresses within a deadline. The system's resolver can't be interrupted: it runs in a thread of its own,
/// which is left behind with its copy of the name when the deadline passes first.

#include <Poco/Net/IPAddress.h>

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

namespace host::base::outbound {

/// A literal address comes back as it is, without a thread.
/// \throws host::sdk::OutboundError Dns or Cancelled
std::vector<Poco::Net::IPAddress> resolve(const std::string& host, std::chrono::steady_clock::time_point deadline,
                                          const std::stop_token& stop);

}  // namespace host::base::outbound
