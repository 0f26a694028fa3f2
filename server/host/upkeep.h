#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace marea::server {

// What is done again and again, on a thread of its own.
class Upkeep {
public:
    Upkeep(std::chrono::milliseconds every, std::function<void()> once);
    ~Upkeep();  // stops first
    Upkeep(const Upkeep&) = delete;
    Upkeep& operator=(const Upkeep&) = delete;

    void start();
    void askToEnd();  // at once; what is being done goes on to its end
    void stop();      // waits for that

private:
    void run();

    const std::chrono::milliseconds every_;
    const std::function<void()> once_;
    std::mutex mutex_;
    std::condition_variable ending_;
    bool ended_ = false;
    std::thread thread_;
};

}  // namespace marea::server
