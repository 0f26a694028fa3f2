#pragma once

#include <QElapsedTimer>

#include "app/platform/nowplaying.h"
#include "app/viewmodels/playerviewmodel.h"

namespace marea::app {

// Shows the desktop what plays, and does what it asks. GUI thread.
class NowPlayingLink : public QObject {
    Q_OBJECT
public:
    NowPlayingLink(PlayerViewModel& player, NowPlaying& desktop, const ApiClient& api, QObject* parent = nullptr);

    void setFullScreen(bool on);  // as the window is

private:
    void connectPlayer();
    void connectDesktop();
    void tell();
    void onPosition();
    NowPlayingState state() const;

    PlayerViewModel& player_;
    NowPlaying& desktop_;
    const ApiClient& api_;
    double last_ = 0;  // seconds; where it was
    QElapsedTimer since_;
    bool fullScreen_ = false;
};

// Whether a place is no continuation of another, some time before.
bool hasJumped(double before, double now, double passed, double speed, bool playing);

}  // namespace marea::app
