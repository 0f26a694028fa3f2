#include "app/cli/stopsignals.h"

#include <csignal>

namespace marea::app {

namespace {

sigset_t stopping() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

}  // namespace

StopSignals::StopSignals(std::function<void()> stop) {
    const sigset_t set = stopping();
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    thread_ = std::thread([this, set, stop = std::move(stop)] {
        int signal = 0;
        while (::sigwait(&set, &signal) == 0 && !ended_) {
            stop();
        }
    });
}

StopSignals::~StopSignals() {
    ended_ = true;
    ::pthread_kill(thread_.native_handle(), SIGTERM);  // its own wait
    thread_.join();
}

}  // namespace marea::app
