#pragma once

#include <functional>
#include <optional>
#include <QEventLoop>

#include "app/cli/stopsignals.h"
#include "app/devices/devicethread.h"
#include "sync/engine/synccontrol.h"

namespace marea::app {

// A command's work with a device, on that device's thread: one that gives no sign of life for too long is abandoned, as
// in the application. An interrupt (SIGINT, SIGTERM) calls the work off; a device that does not answer then either is
// waited for only a moment. Needs a QCoreApplication; make it before other threads (StopSignals).
class DeviceWork {
public:
    struct Patience {
        std::chrono::milliseconds usual{90'000}, afterInterrupt{90'000};
    };
    // What the work has of it; it may outlive this, if it is abandoned.
    struct Hand {
        std::shared_ptr<Pulse> pulse;  // since when the device has been asked
        std::shared_ptr<sync::SyncControl> control;
        DeviceThread::Home home;  // to where run() waits
    };
    explicit DeviceWork(Patience patience) : patience_(patience) { thread_.setPatience(patience.usual); }

    // What `job` gives. Timeout when the device does not answer, Cancelled when it does not after an interrupt: then
    // the thread still has all that it works with, and nothing but the end of the program frees that.
    template <class T>
    core::Result<T> run(std::function<T(const Hand&)> job) {
        auto answer = std::make_shared<std::optional<T>>();
        QEventLoop loop;
        const auto left = QObject::connect(&thread_, &DeviceThread::abandoned, &loop, [this, &loop] {
            isAbandoned_ = true;
            loop.quit();
        });
        thread_.run([job = std::move(job), hand = hand()] { return job(hand); },
                    [answer, &loop](T given) {
                        *answer = std::move(given);
                        loop.quit();
                    });
        loop.exec();
        QObject::disconnect(left);
        return *answer ? core::Result<T>(std::move(**answer)) : core::unexpected<core::Error>(noAnswer());
    }
    bool isAbandoned() const { return isAbandoned_; }

private:
    Hand hand() const { return {thread_.pulse(), control_, thread_.home()}; }
    core::Error noAnswer();
    void interrupt();

    const Patience patience_;
    const std::shared_ptr<sync::SyncControl> control_ = std::make_shared<sync::SyncControl>();
    QObject here_;
    const StopSignals signals_{[this] { interrupt(); }};
    DeviceThread thread_;
    bool isAbandoned_ = false;
};

}  // namespace marea::app
