#pragma once
/// The network between the engine and University 2035's servers: it may be down, lose an answer, cut a request, answer
/// for somebody else, or see the process die before, while and after the servers act. Thread-safe.

#include "host/sdk/OutboundHttp.h"
#include "tests/simulation/Oracle.h"

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace tests::simulation {

class CrashingHttp : public host::sdk::OutboundHttp {
public:
    CrashingHttp(World& world, Oracle& oracle, Process& process, Faults& faults, FakeClock& clock, Story& story)
        : world_(world), oracle_(oracle), process_(process), faults_(faults), clock_(clock), story_(story) {}

    host::sdk::OutboundResponse send(const host::sdk::OutboundRequest& request) override;

    /// Forgets what it has counted and what it was asked to wait for.
    void beginNight();
    /// By LRS store.
    Traffic traffic(const std::string& lrsStore) const;
    std::int64_t posts() const { return posts_; }

    std::map<std::string, std::chrono::seconds> slow;                 ///< host → how long a POST takes there
    std::function<void(const host::sdk::OutboundRequest&)> arriving;  ///< before anything else; several at a time
    std::function<void()> onPost;                                     ///< in the middle of a POST
    /// A fault put in on purpose: what goes out instead of what the engine sends.
    std::function<std::string(std::string_view body, bool again)> plant;
    bool strict = true;  ///< one batch at a time: what Retry-After asks is kept by every batch

private:
    struct Exchange;
    host::sdk::OutboundResponse exchange(Exchange& e);

    World& world_;
    Oracle& oracle_;
    Process& process_;
    Faults& faults_;
    FakeClock& clock_;
    Story& story_;
    mutable std::mutex mutex_;
    std::map<std::string, Traffic> traffic_;
    std::map<std::string, host::sdk::Micros> notBefore_;
    std::set<std::string> sentOnce_;
    std::int64_t posts_ = 0;
};

}  // namespace tests::simulation
