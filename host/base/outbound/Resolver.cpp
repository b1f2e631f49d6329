#include "host/base/outbound/Resolver.h"

#include "host/sdk/OutboundHttp.h"

#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace host::base::outbound {
namespace {

using Kind = sdk::OutboundError::Kind;

struct Question {
    std::mutex mutex;
    std::condition_variable_any answered;
    bool done = false;
    std::vector<Poco::Net::IPAddress> addresses;
    std::string failure;
};

void answer(Question& question, const std::string& host) noexcept {
    std::vector<Poco::Net::IPAddress> addresses;
    std::string failure;
    try {
        const Poco::Net::HostEntry entry = Poco::Net::DNS::hostByName(host);
        for (const auto& address : entry.addresses())
            if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) addresses.push_back(address);
        if (addresses.empty()) failure = "it has no address";
    } catch (const Poco::Exception&) {
        failure = "no such name is known";
    } catch (const std::exception&) {
        failure = "the resolver failed";
    }
    const std::lock_guard lock(question.mutex);
    question.addresses = std::move(addresses);
    question.failure = std::move(failure);
    question.done = true;
    question.answered.notify_all();
}

}  // namespace

std::vector<Poco::Net::IPAddress> resolve(const std::string& host, std::chrono::steady_clock::time_point deadline,
                                          const std::stop_token& stop) {
    Poco::Net::IPAddress literal;
    if (Poco::Net::IPAddress::tryParse(host, literal)) return {literal};

    const auto question = std::make_shared<Question>();
    std::thread([question, host] { answer(*question, host); }).detach();
    std::unique_lock lock(question->mutex);
    question->answered.wait_until(lock, stop, deadline, [&] { return question->done; });
    if (question->done && !question->addresses.empty()) return question->addresses;
    if (stop.stop_requested()) throw sdk::OutboundError(Kind::Cancelled, false, "The request was cancelled");
    throw sdk::OutboundError(Kind::Dns, false,
                             "The name '" + host + "' could not be resolved: " +
                                 (question->done ? question->failure : "the name server gave no answer in time") +
                                 "; check the address");
}

}  // namespace host::base::outbound
