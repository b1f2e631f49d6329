#pragma once
/// Lets background work of an object in until the object ends, and makes its end wait for those inside. Shared with the
/// work, which may outlive the object. Thread-safe.

#include <condition_variable>
#include <mutex>

namespace plugin::api {

class Gate {
public:
    /// \return false: the object ends, nothing may begin
    bool enter() {
        std::lock_guard lock(mutex_);
        if (closed_) return false;
        ++inside_;
        return true;
    }
    void leave() {
        std::lock_guard lock(mutex_);
        --inside_;
        left_.notify_all();
    }
    /// Waits until everybody has left.
    void close() {
        std::unique_lock lock(mutex_);
        closed_ = true;
        left_.wait(lock, [&] { return inside_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable left_;
    bool closed_ = false;
    int inside_ = 0;
};

}  // namespace plugin::api
