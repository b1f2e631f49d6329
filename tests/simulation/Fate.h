#pragma once
/// What a seed decides: chances, choices, and the story of a run for whoever reads a failure. Also the process that
/// dies. Thread-safe.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>

namespace tests::simulation {

/// The end of the process. Not a std::exception: no handler of the product may take it for an error of its own.
struct Crash {
    std::string where;
};

/// One life of the server's process. Once it died every door of it throws, so that handlers and destructors on the way
/// out leave no trace that a dead process could not leave.
class Process {
public:
    [[noreturn]] void die(const std::string& where) {
        dead_ = true;
        throw Crash{where};
    }
    void mustLive() const {
        if (dead_) throw Crash{"a dead process does nothing"};
    }
    bool dead() const { return dead_; }
    void restart() { dead_ = false; }

private:
    std::atomic<bool> dead_{false};
};

class Fate {
public:
    explicit Fate(std::uint64_t seed) : random_(seed) {}

    /// 0 … `most`.
    std::int64_t upTo(std::int64_t most) {
        std::lock_guard lock(mutex_);
        return std::uniform_int_distribution<std::int64_t>(0, most)(random_);
    }
    std::int64_t between(std::int64_t least, std::int64_t most) { return least + upTo(most - least); }
    bool perMille(int chance) { return upTo(999) < chance; }
    template <class Container>
    auto& oneOf(Container& all) {
        return all[static_cast<std::size_t>(upTo(static_cast<std::int64_t>(all.size()) - 1))];
    }

private:
    std::mutex mutex_;
    std::mt19937_64 random_;
};

/// Which misfortunes a run may meet, by name; how many of each it met.
class Faults {
public:
    /// `perMille` of the chances; a name in `without` never happens, and draws from the seed all the same, so that the
    /// rest of the run changes as little as possible.
    Faults(std::uint64_t seed, std::set<std::string> without) : fate_(seed), without_(std::move(without)) {}

    bool strikes(const std::string& name, int perMille) {
        const bool drawn = fate_.perMille(perMille);
        if (!drawn || calm_ || without_.count(name) != 0) return false;
        std::lock_guard lock(mutex_);
        ++counts_[name];
        return true;
    }
    void calm() { calm_ = true; }
    Fate& fate() { return fate_; }
    std::map<std::string, std::int64_t> counts() const {
        std::lock_guard lock(mutex_);
        return counts_;
    }
    void count(const std::string& name) {
        std::lock_guard lock(mutex_);
        ++counts_[name];
    }

private:
    Fate fate_;
    std::set<std::string> without_;
    std::atomic<bool> calm_{false};
    mutable std::mutex mutex_;
    std::map<std::string, std::int64_t> counts_;
};

/// The last events of a run, oldest first.
class Story {
public:
    void tell(std::string event) {
        std::lock_guard lock(mutex_);
        events_.push_back(std::move(event));
        if (events_.size() > kKept) events_.pop_front();
    }
    std::string text(std::size_t last) const {
        std::lock_guard lock(mutex_);
        std::string out;
        for (std::size_t i = events_.size() - std::min(last, events_.size()); i < events_.size(); ++i)
            out += "  " + events_[i] + "\n";
        return out;
    }

private:
    static constexpr std::size_t kKept = 2'000;
    mutable std::mutex mutex_;
    std::deque<std::string> events_;
};

}  // namespace tests::simulation
