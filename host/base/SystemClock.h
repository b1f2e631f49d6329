#pragma once
/// The machine's clock. Thread-safe, without state.

#include "host/sdk/Clock.h"

namespace host::base {

class SystemClock : public sdk::Clock {
public:
    sdk::Micros now() const override;
    std::chrono::steady_clock::time_point steadyNow() const override;
};

}  // namespace host::base
