#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "core/base/executor.h"
#include "server/gateway/http.h"

namespace marea::server {

// A few threads for work that blocks: the database, the file system. Its queue is bounded: `post` returns false when
// it is full, and the handler made by `pooled` then answers 503 with Retry-After at once.
class WorkPool {
public:
    WorkPool(std::size_t threads, std::size_t maxQueued);
    ~WorkPool();  // runs what is queued, then joins
    WorkPool(const WorkPool&) = delete;
    WorkPool& operator=(const WorkPool&) = delete;

    bool post(std::function<void()> task);
    core::Executor executor();  // as post; a task that finds the queue full waits in line beyond the bound

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

Handler pooled(WorkPool& pool, PlainHandler handler);

}  // namespace marea::server
