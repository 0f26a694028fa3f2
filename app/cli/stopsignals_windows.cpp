#include "app/cli/stopsignals.h"

#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>

#include <mutex>

namespace marea::app {

namespace {

constexpr UINT kKilledByInterrupt = 130;  // as on other systems

// The system's handler knows nothing of whose it is.
std::mutex mutex;
std::function<void()> asked;

// On a thread of the system's own. learn.microsoft.com/windows/console/handlerroutine
BOOL WINAPI onControl(DWORD) {
    std::function<void()> stop;
    {
        const std::lock_guard lock(mutex);
        stop.swap(asked);
    }
    if (!stop) {
        ExitProcess(kKilledByInterrupt);
    }
    stop();
    return TRUE;
}

}  // namespace

StopSignals::StopSignals(std::function<void()> stop) {
    const std::lock_guard lock(mutex);
    asked = std::move(stop);
    SetConsoleCtrlHandler(onControl, TRUE);
}

StopSignals::~StopSignals() {
    SetConsoleCtrlHandler(onControl, FALSE);
    const std::lock_guard lock(mutex);
    asked = nullptr;
}

}  // namespace marea::app
