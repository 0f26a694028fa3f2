#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "core/base/result.h"

namespace marea::server {

// A page of memory that the pool shares with one worker, in which the worker notes the job that it is at, and the pool
// one that it no longer wants: telling it costs neither side a system call, and it outlives the worker. So exactly that
// job is blamed for a death, however many wait behind it. Its size is sealed; what it says is a hint by an untrusted
// process and is checked as one.
class ProgressPage {
public:
    static core::Result<std::unique_ptr<ProgressPage>> create();  // the pool's side
    static std::unique_ptr<ProgressPage> attach(int descriptor);  // the worker's side; null when it is no page
    ~ProgressPage();
    ProgressPage(const ProgressPage&) = delete;
    ProgressPage& operator=(const ProgressPage&) = delete;

    int descriptor() const { return descriptor_; }  // for the child; owned by the page

    // The worker's word: the job that it is at; 0: at none.
    std::uint64_t job() const { return cells_[0].load(std::memory_order_acquire); }
    void setJob(std::uint64_t job) { cells_[0].store(job, std::memory_order_release); }
    // The pool's word: the last job that was called off after it had been sent.
    std::uint64_t unwanted() const { return cells_[1].load(std::memory_order_acquire); }
    void setUnwanted(std::uint64_t job) { cells_[1].store(job, std::memory_order_release); }

private:
    using Cell = std::atomic<std::uint64_t>;
    static_assert(Cell::is_always_lock_free);
    ProgressPage(int descriptor, Cell* cells) : descriptor_(descriptor), cells_(cells) {}
    static std::unique_ptr<ProgressPage> map(int descriptor);

    int descriptor_;
    Cell* cells_;  // two
};

// An anonymous shared memory object of `size` bytes that cannot be resized, close-on-exec; -1 and errno on failure.
int createSharedMemory(std::size_t size);

}  // namespace marea::server
