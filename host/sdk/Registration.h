#pragma once
/// What a module registered, taken back when the handle goes. The host also takes everything back when a module fails
/// to start, so a handle may safely outlive the thing it registered.

#include <functional>
#include <utility>

namespace host::sdk {
inline namespace abi1 {

class Registration {
public:
    Registration() = default;
    explicit Registration(std::function<void()> undo) : undo_(std::move(undo)) {}
    Registration(Registration&& other) noexcept : undo_(std::exchange(other.undo_, nullptr)) {}
    Registration& operator=(Registration&& other) noexcept {
        if (this != &other) {
            reset();
            undo_ = std::exchange(other.undo_, nullptr);
        }
        return *this;
    }
    ~Registration() { reset(); }
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;

    /// Takes back now. `undo` must not throw.
    void reset() noexcept {
        if (auto undo = std::exchange(undo_, nullptr)) undo();
    }

private:
    std::function<void()> undo_;
};

}  // namespace abi1
}  // namespace host::sdk
