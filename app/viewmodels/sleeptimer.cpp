#include "app/viewmodels/sleeptimer.h"

#include <utility>

namespace marea::app {
namespace {

constexpr qint64 kMinuteMs = 60'000;

}  // namespace

SleepTimer::SleepTimer(Clock clock, QObject* parent) : QObject(parent), clock_(std::move(clock)) {
    timer_.setInterval(1000);
    connect(&timer_, &QTimer::timeout, this, &SleepTimer::look);
}

void SleepTimer::set(int wish) {
    const bool last = std::exchange(wish_, wish) == EndOfTitle;
    until_ = wish > 0 ? clock_() + wish * kMinuteMs : 0;
    told_ = minutesLeft();
    wish > 0 ? timer_.start() : timer_.stop();
    if (last != (wish == EndOfTitle))
        Q_EMIT lastOne(wish == EndOfTitle);
    Q_EMIT changed();
}

int SleepTimer::minutesLeft() const {
    return until_ == 0 ? 0 : static_cast<int>((until_ - clock_() + kMinuteMs - 1) / kMinuteMs);
}

// By the clock and not by counting: a computer that slept is late already.
void SleepTimer::look() {
    if (clock_() >= until_) {
        set(Off);
        Q_EMIT due();
    } else if (std::exchange(told_, minutesLeft()) != minutesLeft()) {
        Q_EMIT changed();
    }
}

}  // namespace marea::app
