#pragma once
/// Time as a parameter. Stored times are microseconds UTC since 1970 (BIGINT on every database).

#include <chrono>
#include <cstdint>

namespace host::sdk {
inline namespace abi1 {

using Micros = std::int64_t;  ///< microseconds since 1970-01-01T00:00:00Z

class Clock {
public:
    virtual ~Clock() = default;
    virtual Micros now() const = 0;                                    ///< wall clock
    virtual std::chrono::steady_clock::time_point steadyNow() const = 0;  ///< for deadlines
};

}  // namespace abi1
}  // namespace host::sdk
