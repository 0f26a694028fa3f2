#include "app/cli/stopsignals.h"

#include <unistd.h>

#include <csignal>

namespace marea::app {

namespace {

constexpr int kKilledBy = 128;  // as shells say it

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
        for (bool isAsked = false; ::sigwait(&set, &signal) == 0 && !ended_; isAsked = true) {
            if (isAsked) {
                ::_exit(kKilledBy + signal);
            }
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
