#include "app/viewmodels/picturewindow.h"

namespace marea::app {
namespace {

const QString kWanted = QStringLiteral("playback/hdr_window");

}  // namespace

PictureWindow::PictureWindow(PlayerViewModel& player, player::PlayerEngine& engine, QSettings& settings,
                             QObject* parent)
    : QObject(parent),
      player_(player),
      engine_(engine),
      settings_(settings),
      wanted_(settings.value(kWanted).toBool()) {
    using Engine = player::PlayerEngine;
    connect(&engine_, &Engine::videoChanged, this, &PictureWindow::look);
    connect(&engine_, &Engine::firstFrame, this, &PictureWindow::look);
    connect(&player_, &PlayerViewModel::entryChanged, this, &PictureWindow::look);
    connect(&engine_, &Engine::ownWindowChanged, this, &PictureWindow::changed);
    connect(&engine_, &Engine::pictureChanged, this, &PictureWindow::changed);
    connect(&engine_, &Engine::windowWished, this, &PictureWindow::onWish);
    connect(&engine_, &Engine::ownWindowFailed, this, [this] {
        left_ = title();
        Q_EMIT said(tr("A window for HDR can't be opened here."));
    });
}

bool PictureWindow::offered() const {
    return possible() && player_.loaded() && !player_.isMusic() && (open() || engine_.facts().hdr());
}

void PictureWindow::setWanted(bool on) {
    wanted_ = on;
    settings_.setValue(kWanted, on);
    if (on)
        left_.clear();
    look();
}

void PictureWindow::toggle() {
    if (!open() && !offered())
        return;
    left_ = open() ? title() : QString();
    engine_.setOwnWindow(!open());
}

// What is not HDR, as far as that is known, comes back into the scene, and so does the next film after nothing.
void PictureWindow::look() {
    const auto facts = engine_.facts();
    const bool ended = !player_.loaded() || player_.isMusic();
    if (open() && (ended || (facts.width > 0 && !facts.hdr())))
        engine_.setOwnWindow(false);
    else if (!open() && wanted_ && !ended && facts.hdr() && left_ != title())
        engine_.setOwnWindow(true);
    Q_EMIT changed();
}

void PictureWindow::onWish(player::PlayerAct act) {
    if (act == player::PlayerAct::HdrWindow)
        toggle();
    else
        player_.act(act);
}

}  // namespace marea::app
