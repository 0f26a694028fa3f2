#pragma once

#include <functional>
#include <memory>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "app/devices/watchedtarget.h"

namespace marea::app {

// The thread of one device. Jobs run there one after the other; what they give comes back to the thread of this object.
// A device that does not answer for too long is abandoned: its thread is left to itself, and nothing comes of it any
// more. All methods on the GUI thread.
class DeviceThread : public QObject {
    Q_OBJECT
public:
    explicit DeviceThread(QObject* parent = nullptr);
    ~DeviceThread() override;  // waits for the jobs, unless the device is silent, or falls silent

    const std::shared_ptr<Pulse>& pulse() const { return pulse_; }
    void setPatience(std::chrono::milliseconds most) { patience_ = most; }

    // `job` on the device's thread, then `done` with what it gave here. A job owns what it works with: it may outlive
    // this object.
    template <class Job, class Done>
    void run(Job job, Done done) {
        post([job = std::move(job), done = std::move(done), home = home()]() mutable {
            auto result = std::make_shared<std::invoke_result_t<Job>>(job());
            home([result, done = std::move(done)]() mutable { done(std::move(*result)); });
        });
    }
    // From the device's thread: runs `what` here, unless it was abandoned meanwhile. May be kept.
    using Home = std::function<void(std::function<void()> what)>;
    Home home() const;

Q_SIGNALS:
    void abandoned();  // the device did not answer

private:
    struct State;
    void post(std::function<void()> job);
    void start();
    void leave();
    void watch();

    std::shared_ptr<Pulse> pulse_ = std::make_shared<Pulse>();
    std::shared_ptr<State> state_;
    std::shared_ptr<bool> alive_;  // looked at on the GUI thread only
    std::chrono::milliseconds patience_{90'000};
    QTimer watcher_;
    QElapsedTimer sinceLook_;
};

}  // namespace marea::app
