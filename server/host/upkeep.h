#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace marea::server {

// What is done again and again, or once and later, on a thread of its own.
class Upkeep {
public:
    Upkeep(std::chrono::milliseconds every, std::function<void()> once);
    ~Upkeep();  // stops first
    Upkeep(const Upkeep&) = delete;
    Upkeep& operator=(const Upkeep&) = delete;

    void start();
    void startOnce();  // instead: a single time, after `every`
    void askToEnd();   // at once; what is being done goes on to its end
    void stop();       // waits for that

private:
    void run();
    bool isTime(std::unique_lock<std::mutex>& lock);  // waits for it; false: it has ended

    const std::chrono::milliseconds every_;
    const std::function<void()> once_;
    std::mutex mutex_;
    std::condition_variable ending_;
    bool ended_ = false;
    std::thread thread_;
};

}  // namespace marea::server
