#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "sync/engine/encodecache.h"

namespace marea::sync {

// Encodes on threads of its own, begun in order, at most a few files ahead of what has been taken, while others are
// copied.
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

    std::optional<std::size_t> firstReady();
    Encoded take(std::size_t step);  // waits for it

private:
    void run();
    const Job* nextJob();  // null: there is none left, or nobody wants it any more

    std::vector<Job> jobs_;
    DeviceEncoder& encoder_;
    EncodeCache& cache_;
    SyncControl& control_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::size_t, Encoded> ready_;
    std::size_t next_ = 0, underWay_ = 0;
    std::size_t most_ = 0;  // under way and not taken
    bool ended_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace marea::sync
