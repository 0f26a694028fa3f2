#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <QTimer>

#include "app/platform/mediaparts.h"

namespace marea::app {

class PartwiseNowPlaying;

// Brings what a system asks for, on whichever thread it asks, to the controls on the GUI thread; nowhere when they are
// gone. Held by shared_ptr, so that a late call finds it alive.
class MediaRelay {
public:
    explicit MediaRelay(PartwiseNowPlaying* controls) : controls_(controls) {}

    // Any thread.
    void press(MediaPress press);
    void seek(double seconds);
    void setSpeed(double factor);
    void setShuffle(bool on);
    void setRepeat(NowPlayingState::Repeat repeat);

    void close();  // GUI thread, before the controls go

private:
    template <class Call>
    void post(Call call);

    std::mutex mutex_;
    PartwiseNowPlaying* controls_;
};

// Controls of a system that is told part by part, and of each part only when it is another. GUI thread.
class PartwiseNowPlaying : public NowPlaying {
    Q_OBJECT
public:
    ~PartwiseNowPlaying() override;

    void show(const NowPlayingState& state) override;
    void seeked(double seconds) override;

    // What was asked for. What is not to be had at the moment is left.
    void press(MediaPress press);
    void askPlace(double seconds);
    void askSpeed(double factor);

protected:
    // `placeEvery`: how often the place is told anew while it plays, for a system that does not count by itself; 0:
    // never.
    explicit PartwiseNowPlaying(std::chrono::milliseconds placeEvery, QObject* parent = nullptr);

    // After a change the buttons are told first, the place last. A title's picture comes later, or not at all: with a
    // new title the old one goes.
    virtual void tellTitle(const MediaTitle& title) = 0;
    virtual void tellPicture(const QByteArray& picture) = 0;  // JPEG or PNG, never empty
    virtual void tellButtons(const MediaButtons& buttons) = 0;
    virtual void tellModes(const MediaModes& modes) = 0;
    virtual void tellPlace(const MediaPlace& place) = 0;

    std::shared_ptr<MediaRelay> relay() const { return relay_; }

private:
    void showTitle(const NowPlayingState& before);

    NowPlayingState state_;
    QTimer again_;
    std::shared_ptr<MediaRelay> relay_;
};

}  // namespace marea::app
