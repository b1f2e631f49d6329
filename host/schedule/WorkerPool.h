#pragma once
/// Threads that are made when they are needed, up to a bound, and a bounded queue in front of them. Thread-safe.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace host::schedule {

class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t queue);
    /// Runs what is queued to its end, then joins. Never detaches.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when every thread is at work and the queue is full. `work` must not throw.
    bool submit(std::function<void()> work);
    /// True once nothing runs or waits; false when that took longer.
    bool waitIdle(std::chrono::steady_clock::time_point deadline);
    std::size_t active() const;  ///< running and waiting

private:
    void serve();

    const std::size_t maxThreads_;
    const std::size_t maxQueue_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable idle_;
    std::deque<std::function<void()>> queue_;
    std::size_t running_ = 0;
    bool stopping_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace host::schedule
