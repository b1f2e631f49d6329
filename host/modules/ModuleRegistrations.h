#pragma once
/// Remembers what a module registered and counts what of the module's code is running. Thread-safe. Shared by the
/// handles given out, so that a handle may outlive the module.

#include "host/sdk/Error.h"
#include "host/sdk/Registration.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>

namespace host::modules {

class ModuleRegistrations : public std::enable_shared_from_this<ModuleRegistrations> {
public:
    /// Keeps the host's registration and gives the module a handle that takes back the same.
    sdk::Registration keep(sdk::Registration real) {
        std::uint64_t id = 0;
        {
            std::lock_guard lock(mutex_);
            if (!stopping_.stop_requested()) {
                id = ++lastId_;
                kept_.emplace(id, std::move(real));
            }
        }
        if (id == 0)
            throw sdk::AppError::unavailable("module.stopping",
                                             "The module is being stopped; nothing more can be registered.");
        return sdk::Registration([weak = weak_from_this(), id] {
            if (auto self = weak.lock()) self->drop(id);
        });
    }

    /// Held while the module's code runs.
    class Running {
    public:
        explicit Running(std::shared_ptr<ModuleRegistrations> owner) : owner_(std::move(owner)) {
            std::lock_guard lock(owner_->mutex_);
            if (owner_->stopping_.stop_requested())
                throw sdk::AppError::unavailable("module.stopped", "The module is stopped; try again later.");
            ++owner_->running_;
        }
        ~Running() {
            std::lock_guard lock(owner_->mutex_);
            if (--owner_->running_ == 0) owner_->idle_.notify_all();
        }
        Running(const Running&) = delete;
        Running& operator=(const Running&) = delete;

    private:
        std::shared_ptr<ModuleRegistrations> owner_;
    };

    std::stop_token stopToken() const { return stopping_.get_token(); }

    /// Takes everything back and waits for what runs. \returns whether nothing of the module runs any more.
    bool takeBack(std::chrono::steady_clock::time_point deadline) noexcept {
        stopping_.request_stop();
        std::map<std::uint64_t, sdk::Registration> all;
        {
            std::lock_guard lock(mutex_);
            all.swap(kept_);
        }
        // Outside the lock: taking back may wait for a handler, which may drop a registration of its own.
        for (auto it = all.rbegin(); it != all.rend(); ++it) it->second.reset();
        std::unique_lock lock(mutex_);
        return idle_.wait_until(lock, deadline, [&] { return running_ == 0; });
    }

    std::size_t count() const {
        std::lock_guard lock(mutex_);
        return kept_.size();
    }

private:
    void drop(std::uint64_t id) {
        sdk::Registration gone;
        {
            std::lock_guard lock(mutex_);
            auto it = kept_.find(id);
            if (it == kept_.end()) return;
            gone = std::move(it->second);
            kept_.erase(it);
        }
        gone.reset();
    }

    mutable std::mutex mutex_;
    std::condition_variable idle_;
    std::stop_source stopping_;
    std::map<std::uint64_t, sdk::Registration> kept_;
    std::uint64_t lastId_ = 0;
    int running_ = 0;
};

}  // namespace host::modules
