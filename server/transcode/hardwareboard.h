#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "server/packaging/hardware.h"

namespace marea::server {

// The devices and how they stand: which is busy, which has failed and rests. Thread-safe.
class HardwareBoard {
public:
    using Clock = std::chrono::steady_clock;
    using Now = std::function<Clock::time_point()>;

    // `now`: for tests.
    HardwareBoard(std::vector<HardwareDevice> devices, HardwareWish wish, std::shared_ptr<core::Logger> logger,
                  Now now = Clock::now);

    // A device for one encoding, which is busy with it until done(); or the processor, and why.
    HardwareChoice take(const VideoEncoding& encoding);
    // What became of it. After a failure the device rests: a minute, twice as long after each further one, an hour at
    // most. It is asked again then; one success wipes the slate clean.
    void succeeded(std::size_t device);
    void failed(std::size_t device, const std::string& reason);
    void abandoned(std::size_t device);  // neither: it was called off, or the file was at fault

    struct Status {
        HardwareState state;
        std::uint64_t made = 0, failures = 0;
        std::int64_t restsFor = 0;  // seconds still
    };
    std::vector<Status> status() const;
    HardwareWish wish() const { return wish_; }

private:
    struct Entry {
        HardwareState state;
        Clock::time_point restsUntil{};
        int failuresInARow = 0;
        std::uint64_t made = 0, failures = 0;
    };
    void wakeUp();

    const HardwareWish wish_;
    const std::shared_ptr<core::Logger> logger_;
    const Now now_;
    mutable std::mutex mutex_;  // guards all below
    std::vector<Entry> entries_;
};

}  // namespace marea::server
