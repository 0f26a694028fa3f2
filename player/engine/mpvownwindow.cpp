#include <mpv/client.h>

#include "player/engine/mpvengine.h"
#include "player/engine/mpvengineids.h"

// The render API hands over pictures for a scene, which has no more range than the scene. In a window of its own mpv
// (gpu-next) tells the display what the picture needs.
namespace marea::player {
namespace {

constexpr char kOurMessage[] = "marea-window";

}  // namespace

// The track is put away before its output is another, and taken up again after it, as when an item's context goes.
void MpvEngine::setOwnWindow(bool on) {
    if (on == ownWindow_ || (on && !canOwnWindow())) {
        return;
    }
    rememberVideo();
    selectTrack(Track::Kind::Video, 0);
    ownWindow_ = on;
    if (on && !std::exchange(keysBound_, true)) {
        bindKeys();
    }
    setFlag("input-vo-keyboard", on);
    setFlag("fullscreen", false);
    setText("vo", on ? "gpu-next,gpu" : "libmpv");
    restoreVideo();
    Q_EMIT ownWindowChanged();
}

// What an older mpv does not know it leaves out.
void MpvEngine::bindKeys() {
    setText("title", "${?media-title:${media-title} – }Marea");
    setText("x11-name", "marea");
    setText("wayland-app-id", "marea");
    setText("target-colorspace-hint", "yes");
    setFlag("gpu-sw", true);  // it was asked for: better slow than not at all
    for (const PlayerKey& key : playerKeys()) {
        if (key.name) {
            const QByteArray message = QByteArray("script-message ") + kOurMessage + ' ' + actName(key.act);
            command({"keybind", key.name, message.constData()});
        }
    }
}

void MpvEngine::onMessage(const mpv_event& event) {
    const auto& message = *static_cast<const mpv_event_client_message*>(event.data);
    if (message.num_args != 2 || QByteArray(message.args[0]) != kOurMessage || !ownWindow_) {
        return;
    }
    const PlayerAct act = actNamed(message.args[1]);
    const bool escape = act == PlayerAct::Escape;
    if (act == PlayerAct::FullScreen || (escape && fullScreen_)) {
        return setFlag("fullscreen", !fullScreen_);
    }
    Q_EMIT windowWished(escape ? PlayerAct::HdrWindow : act);
}

// Asked after the track was taken up: where the window could not be opened, mpv dropped the picture and has no output.
void MpvEngine::onWindowReply(const mpv_event& event) {
    if (event.error >= 0 || !ownWindow_ || !hasVideo_) {
        return;
    }
    setOwnWindow(false);
    Q_EMIT ownWindowFailed();
}

}  // namespace marea::player
