#include "server/gateway/workpool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace marea::server {

struct WorkPool::Impl {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<std::function<void()>> queue;
    std::size_t maxQueued = 0;
    bool stopping = false;
    std::vector<std::thread> threads;

    bool push(std::function<void()> task, bool bounded) {
        {
            const std::lock_guard lock(mutex);
            if (bounded && queue.size() >= maxQueued) {
                return false;
            }
            queue.push_back(std::move(task));
        }
        wake.notify_one();
        return true;
    }

    void run() {
        std::unique_lock lock(mutex);
        while (true) {
            wake.wait(lock, [this] { return stopping || !queue.empty(); });
            if (queue.empty()) {
                return;
            }
            auto task = std::move(queue.front());
            queue.pop_front();
            lock.unlock();
            task();
            task = nullptr;  // what it holds goes before the lock is taken again
            lock.lock();
        }
    }
};

WorkPool::WorkPool(std::size_t threads, std::size_t maxQueued) : impl_(std::make_unique<Impl>()) {
    impl_->maxQueued = maxQueued;
    for (std::size_t i = 0; i < (threads == 0 ? 1 : threads); ++i) {
        impl_->threads.emplace_back([impl = impl_.get()] { impl->run(); });
    }
}

WorkPool::~WorkPool() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->wake.notify_all();
    for (std::thread& thread : impl_->threads) {
        thread.join();
    }
}

bool WorkPool::post(std::function<void()> task) {
    return impl_->push(std::move(task), true);
}

core::Executor WorkPool::executor() {
    return [impl = impl_.get()](std::function<void()> task) { impl->push(std::move(task), false); };
}

namespace {

Response answerOf(const PlainHandler& handler, const Request& request) {
    try {
        return handler(request);
    } catch (const std::exception& error) {
        return Response::problem(core::Error{core::ErrorCode::Internal, error.what(), "Something went wrong."});
    }
}

}  // namespace

Handler pooled(WorkPool& pool, PlainHandler handler) {
    struct Job {  // std::function copies what it holds, and a Reply cannot be copied
        Request request;
        Reply reply;
    };
    const auto shared = std::make_shared<const PlainHandler>(std::move(handler));
    return [&pool, shared](Request request, Reply reply) {
        auto job = std::make_shared<Job>(Job{std::move(request), std::move(reply)});
        const bool taken = pool.post([job, shared] { job->reply(answerOf(*shared, job->request)); });
        if (!taken) {
            job->reply(Response::problem(core::Error{core::ErrorCode::Unavailable, "work queue full",
                                                     "The server is busy. Try again shortly."}));
        }
    };
}

}  // namespace marea::server
