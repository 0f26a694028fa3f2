#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "sync/engine/encodecache.h"

namespace marea::sync {

// Encodes on a thread of its own, in order, at most a few files ahead of what has been taken, while others are copied.
class EncodeAhead {
public:
    struct Job {
        std::size_t step = 0;  // place in the plan
        const LibraryItem* item = nullptr;
        const Encoding* encoding = nullptr;
    };
    using Encoded = core::Result<std::unique_ptr<ByteStream>>;

    EncodeAhead(std::vector<Job> jobs, DeviceEncoder& encoder, EncodeCache& cache, SyncControl& control);
    ~EncodeAhead();  // waits for the encoder to end; cancel before, where that is wanted

    bool isReady(std::size_t step);
    Encoded take(std::size_t step);  // waits for it

private:
    void run();
    bool waitForRoom();

    std::vector<Job> jobs_;
    DeviceEncoder& encoder_;
    EncodeCache& cache_;
    SyncControl& control_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::size_t, Encoded> ready_;
    bool ended_ = false;
    std::thread thread_;
};

}  // namespace marea::sync
