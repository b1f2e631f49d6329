#pragma once
/// Wakes those who wait for something to change, by topic: "run/12", "check/ID". Nothing is kept for a topic nobody
/// waits for, so topics cost nothing. Thread-safe.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>

namespace plugin::api {

class Changes {
public:
    /// One who waits. Made before the first look, so that no change falls between look and wait. Used by one thread;
    /// must not outlive its Changes.
    class Watch {
    public:
        Watch(Changes& owner, std::string topic);
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;

        /// Waits until the topic was rung, at most so long; true when it was since the last time.
        bool wait(std::chrono::milliseconds atMost);

    private:
        friend class Changes;
        Changes& owner_;
        const std::string topic_;
        bool rung_ = false;  // under the owner's mutex
    };

    void ring(const std::string& topic);
    void ringAll();
    /// How many wait.
    std::size_t watches() const;

private:
    mutable std::mutex mutex_;
    std::condition_variable rung_;
    std::set<Watch*> watches_;
};

}  // namespace plugin::api
