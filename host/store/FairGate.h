#pragma once
/// A counting gate served in order of arrival: a waiter is never overtaken, and never waits past its deadline.
/// Thread-safe. Must outlive its passes.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <utility>

namespace host::store {

class FairGate {
public:
    /// A place inside; given back when it goes.
    class Pass {
    public:
        explicit Pass(FairGate* gate) : gate_(gate) {}
        Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
        Pass& operator=(Pass&&) = delete;
        Pass(const Pass&) = delete;
        ~Pass() {
            if (gate_ != nullptr) gate_->leave();
        }

    private:
        FairGate* gate_;
    };

    explicit FairGate(std::size_t places) : free_(places) {}

    /// nullopt when no place came free in time.
    std::optional<Pass> enter(std::chrono::milliseconds wait);

    std::size_t waiting() const;

private:
    struct Waiter {
        std::condition_variable called;
        bool admitted = false;
    };
    void leave();

    mutable std::mutex mutex_;
    std::size_t free_;
    std::list<Waiter> queue_;
};

}  // namespace host::store
