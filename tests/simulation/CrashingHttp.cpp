#include "tests/simulation/CrashingHttp.h"

#include <fmt/format.h>

namespace tests::simulation {

using host::sdk::OutboundError;
using host::sdk::OutboundResponse;

/// One POST on its way.
struct CrashingHttp::Exchange {
    std::string store;  ///< empty: the key opens none
    std::string host;
    std::string body;
    std::vector<Told> batch;
    bool uncertain = false;  ///< the client can't know what becomes of it
    std::string what;        ///< for the story
};

void CrashingHttp::beginNight() {
    std::lock_guard lock(mutex_);
    traffic_.clear();
    notBefore_.clear();
}

Traffic CrashingHttp::traffic(const std::string& lrsStore) const {
    std::lock_guard lock(mutex_);
    const auto found = traffic_.find(lrsStore);
    return found == traffic_.end() ? Traffic{} : found->second;
}

OutboundResponse CrashingHttp::send(const host::sdk::OutboundRequest& request) {
    process_.mustLive();
    if (arriving) arriving(request);
    std::lock_guard lock(mutex_);
    Exchange e;
    e.store = world_.locker.storeOf(request);
    const auto begin = request.url.find("://") + 3;
    e.host = request.url.substr(begin, request.url.find('/', begin) - begin);
    if (request.method != "POST") {
        if (world_.isUnreachable(e.host) || faults_.strikes("get.lost", 30))
            throw OutboundError(OutboundError::Kind::Refused, false, "Nobody listens at the LRS's address.");
        return world_.locker.get(e.store, request.url);
    }
    e.body = std::string(request.body);
    if (plant) {
        bool again = false;
        for (const auto& told : Told::parse(e.body)) again = !sentOnce_.insert(told.id).second || again;
        e.body = plant(e.body, again);
    }
    e.batch = Told::parse(e.body);
    ++posts_;

    // Counted by the store the engine means, also when its key opens none.
    std::string meant = e.store;
    for (const auto& org : world_.organizations)
        if (meant.empty() && org.keyExpired && org.connected && org.binding.host == e.host) {
            for (const auto& [name, value] : request.headers)
                if (name == "Authorization" && value == "Basic " + org.binding.key) meant = org.binding.lrsStore;
        }
    auto& traffic = traffic_[meant];
    if (!e.batch.empty()) ++traffic.posts;  // else it only asks whether anybody is there
    if (const auto wait = notBefore_.find(meant); strict && wait != notBefore_.end() && clock_.now() < wait->second)
        oracle_.violation("a POST to " + meant + " comes before Retry-After is over");
    oracle_.sending(meant, e.store, e.batch);

    std::set<std::string> before;
    for (const auto& told : e.batch)
        if (world_.locker.store(e.store).statements.count(told.id) != 0) before.insert(told.id);
    // Every way out of the exchange, a crash as well, is judged by what the servers hold then.
    const auto judge = [&](const std::string& outcome) {
        story_.tell(fmt::format("POST of {} to {} ({}): {}", e.batch.size(), meant,
                                e.batch.empty() ? "" : e.batch[0].id, e.what.empty() ? outcome : e.what));
        for (const auto& told : e.batch)
            if (before.count(told.id) == 0 && !e.store.empty() &&
                world_.locker.store(e.store).statements.count(told.id) != 0)
                oracle_.stored(e.store, told);
        oracle_.judged(meant, e.batch, e.uncertain);
    };
    try {
        auto response = exchange(e);
        judge(std::to_string(response.status));
        if (response.status == 200 && response.body[0] == '[' && !e.batch.empty())
            traffic.accepted += static_cast<std::int64_t>(e.batch.size());
        if (response.status == 401 || response.status == 403) ++traffic.refusedKeys;
        if (const auto seconds = response.header("retry-after"); !seconds.empty())
            notBefore_[meant] = clock_.now() + std::stoll(seconds) * 1'000'000;
        if (onPost) onPost();
        return response;
    } catch (const OutboundError& error) {
        judge(error.what());
        throw;
    } catch (const Crash& crash) {
        e.uncertain = true;
        judge("crash " + crash.where);
        throw;
    }
}

OutboundResponse CrashingHttp::exchange(Exchange& e) {
    const auto strikes = [&](const char* name, int perMille) {
        if (!faults_.strikes(name, perMille)) return false;
        e.what = name;
        return true;
    };
    const auto post = [&](std::optional<std::size_t> onlyFirst = std::nullopt) {
        return world_.locker.post(e.store, e.batch, e.body.size(), onlyFirst);
    };
    if (const auto time = slow.find(e.host); time != slow.end()) clock_.advance(time->second);
    if (strikes("crash.before-post", 10)) process_.die("before a POST");
    if (world_.isUnreachable(e.host) || strikes("unreachable", 20)) {
        if (e.what.empty()) faults_.count("outage");
        throw OutboundError(OutboundError::Kind::Refused, false, "Nobody listens at the LRS's address.");
    }
    if (strikes("crash.after-stored", 12)) {
        post();
        process_.die("after a POST was stored");
    }
    if (strikes("cut", 20)) {
        e.uncertain = true;
        throw OutboundError(OutboundError::Kind::Closed, true, "The connection broke.");
    }
    if (strikes("lost-answer", 40)) {
        e.uncertain = true;
        post();
        throw OutboundError(OutboundError::Kind::Timeout, true, "No answer came in time.");
    }
    if (strikes("5xx.stored", 20)) {
        e.uncertain = true;
        post();
        return LearningLocker::answer(504, "<html>504 Gateway Time-out</html>", "text/html");
    }
    if (strikes("5xx.partly-stored", 15)) {
        e.uncertain = true;
        const auto answer = post(static_cast<std::size_t>(
            faults_.fate().upTo(static_cast<std::int64_t>(e.batch.empty() ? 0 : e.batch.size() - 1))));
        e.uncertain = answer.status >= 500;
        return answer;
    }
    if (strikes("5xx", 25)) {
        e.uncertain = true;
        return LearningLocker::answer(502, "<html>502 Bad Gateway</html>", "text/html");
    }
    if (strikes("429", 20)) {
        auto answer = LearningLocker::answer(429, "slow down", "text/plain");
        answer.headers.emplace_back("retry-after", std::to_string(faults_.fate().between(1, 90)));
        return answer;
    }
    if (strikes("408", 10)) {
        e.uncertain = true;
        return LearningLocker::answer(408, "", "text/plain");
    }
    if (strikes("html-200", 10)) {
        e.uncertain = true;
        if (faults_.fate().perMille(500)) post();
        return LearningLocker::answer(200, "<html>Welcome to the hotel</html>", "text/html");
    }
    if (strikes("403", 8)) return LearningLocker::answer(403, R"({"errorId":"e-403","message":"Forbidden"})");
    auto answer = post();
    if (strikes("crash.answered", 8)) process_.die("with the answer in hand");
    if (answer.status == 400) faults_.count("refused.400");
    if (answer.status == 413) faults_.count("refused.413");
    if (answer.status == 401) faults_.count("refused.401");
    return answer;
}

}  // namespace tests::simulation
