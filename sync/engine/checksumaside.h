#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "sync/engine/checksum.h"

namespace marea::sync {

// A checksum worked out on a thread of its own, so that a device does not wait for it: what is passed on is copied, and
// summed while the device takes or gives the next. The thread begins with the second block; small files need none.
// All methods from one thread.
class ChecksumAside {
public:
    ChecksumAside() = default;
    ~ChecksumAside();
    ChecksumAside(const ChecksumAside&) = delete;
    ChecksumAside& operator=(const ChecksumAside&) = delete;

    void add(std::span<const std::uint8_t> bytes);  // waits only when the thread is several blocks behind
    std::string hex();                              // once, at the end; waits for the thread

private:
    using Block = std::vector<std::uint8_t>;
    void handOver();
    void work();
    void finish();

    Checksum sum_;  // the thread's, as long as it runs
    Block filling_;
    std::thread worker_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Block> waiting_;
    std::vector<Block> used_;  // to be filled anew
    bool ended_ = false;
};

}  // namespace marea::sync
