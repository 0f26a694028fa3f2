#pragma once

#include <chrono>
#include <cstdint>

namespace marea::core {

// UTC milliseconds since 1970, as every time in the database and on the wire.
using TimeMs = std::int64_t;

// The clock as a dependency, so that expiry is tested without waiting. Safe to call from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual TimeMs now() const = 0;
};

class SystemClock final : public Clock {
public:
    TimeMs now() const override {
        using namespace std::chrono;
        return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
    }
};

}  // namespace marea::core
