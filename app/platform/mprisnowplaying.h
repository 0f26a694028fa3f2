#pragma once

#include <memory>
#include <QDBusConnection>
#include <QVariantMap>

#include "app/platform/nowplaying.h"

namespace marea::app {

// MPRIS 2.2 (specifications.freedesktop.org/mpris-spec) on the session's bus: desktops, keyboards and headsets control
// the player by it. Without a bus nothing happens.
class MprisNowPlaying final : public NowPlaying {
    Q_OBJECT
public:
    explicit MprisNowPlaying(QObject* parent = nullptr);
    ~MprisNowPlaying() override;

    void show(const NowPlayingState& state) override;
    void seeked(double seconds) override;
    const NowPlayingState& state() const { return state_; }
    double place() const { return position(); }

private:
    class Root;
    class Player;
    void tell(const char* interface, const QVariantMap& changed);

    QDBusConnection bus_ = QDBusConnection::sessionBus();
    QString service_;
    NowPlayingState state_;
    Root* root_;
    Player* player_;
};

// What MPRIS calls it, as far as it is told of changes.
QVariantMap mprisRoot(const NowPlayingState& state);
QVariantMap mprisPlayer(const NowPlayingState& state);

}  // namespace marea::app
