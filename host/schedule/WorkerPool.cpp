#include "host/schedule/WorkerPool.h"

namespace host::schedule {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue) : maxThreads_(threads), maxQueue_(queue) {}

WorkerPool::~WorkerPool() {
    std::vector<std::jthread> threads;
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        threads.swap(threads_);
    }
    wake_.notify_all();
    threads.clear();
}

bool WorkerPool::submit(std::function<void()> work) {
    std::lock_guard lock(mutex_);
    std::size_t free = maxThreads_ - running_;
    if (stopping_ || queue_.size() >= free + maxQueue_) return false;
    queue_.push_back(std::move(work));
    bool allBusy = running_ + queue_.size() > threads_.size();
    if (allBusy && threads_.size() < maxThreads_) threads_.emplace_back([this] { serve(); });
    wake_.notify_one();
    return true;
}

void WorkerPool::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        auto work = std::move(queue_.front());
        queue_.pop_front();
        ++running_;
        lock.unlock();
        work();
        work = nullptr;  // what it holds goes before the pool may be called idle
        lock.lock();
        --running_;
        if (running_ == 0 && queue_.empty()) idle_.notify_all();
    }
}

bool WorkerPool::waitIdle(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    return idle_.wait_until(lock, deadline, [&] { return running_ == 0 && queue_.empty(); });
}

std::size_t WorkerPool::active() const {
    std::lock_guard lock(mutex_);
    return running_ + queue_.size();
}

}  // namespace host::schedule
