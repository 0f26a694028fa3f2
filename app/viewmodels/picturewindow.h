#pragma once

#include <QSettings>

#include "app/viewmodels/playerviewmodel.h"

namespace marea::app {

// Films in HDR in a window of the engine's own: a scene shows them in the usual range, whatever the display can. GUI
// thread.
class PictureWindow : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool possible READ possible NOTIFY changed)  // on this system, with this engine, once that is there
    Q_PROPERTY(bool offered READ offered NOTIFY changed)    // and what plays is HDR
    Q_PROPERTY(bool open READ open NOTIFY changed)
    Q_PROPERTY(bool wanted READ wanted WRITE setWanted NOTIFY changed)  // every such film, by itself
public:
    PictureWindow(PlayerViewModel& player, player::PlayerEngine& engine, QSettings& settings,
                  QObject* parent = nullptr);

    bool possible() const { return engine_.canOwnWindow(); }
    bool offered() const;
    bool open() const { return engine_.ownWindow(); }
    bool wanted() const { return wanted_; }
    void setWanted(bool on);
    Q_INVOKABLE void toggle();

Q_SIGNALS:
    void changed();
    void said(const QString& words);  // a warning, wherever one is

private:
    void look();
    void onWish(player::PlayerAct act);
    QString title() const { return player_.mediaId() + player_.title(); }

    PlayerViewModel& player_;
    player::PlayerEngine& engine_;
    QSettings& settings_;
    bool wanted_;
    QString left_;  // the title that somebody took back: not again by itself
};

}  // namespace marea::app
