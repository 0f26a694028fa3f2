#include <mpv/client.h>

#include <QtGlobal>
#ifdef Q_OS_UNIX
#include <fcntl.h>
#endif

#include "player/engine/mpvengine.h"
#include "player/engine/mpvengineids.h"

// The render API hands over pictures for a scene, which has no more range than the scene. In a window of its own mpv
// (gpu-next) tells the display what the picture needs.
namespace marea::player {
namespace {

constexpr char kOurMessage[] = "marea-window";

// mpv 0.35 closes descriptor 0 with each output that it could not open. Whatever is opened next would get that number,
// the film's own file for one, and be closed when a window is tried again.
void keepFirstDescriptor() {
#ifdef Q_OS_UNIX
    if (::fcntl(0, F_GETFD) < 0 && ::open("/dev/null", O_RDONLY) < 0) {
        qWarning("Nothing stands in for the standard input");
    }
#endif
}

}  // namespace

// The track is put away before its output is another, and taken up again after it, as when an item's context goes.
void MpvEngine::setOwnWindow(bool on) {
    if (on == ownWindow_ || (on && !canOwnWindow())) {
        return;
    }
    rememberVideo();
    selectTrack(Track::Kind::Video, 0);
    ownWindow_ = on;
    windowRefused_ = false;
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
    keepFirstDescriptor();
    setOwnWindow(false);
    windowRefused_ = true;
    Q_EMIT ownWindowFailed();
}

// With neither picture nor sound mpv has nothing to play: a film without sound ends where its window cannot be opened.
// Either that or the answer above is heard first.
bool MpvEngine::endedForWindow(const mpv_event_end_file& end) const {
    const bool forOutput = end.error == MPV_ERROR_VO_INIT_FAILED || end.error == MPV_ERROR_NOTHING_TO_PLAY;
    return end.reason == MPV_END_FILE_REASON_ERROR && forOutput && (ownWindow_ || windowRefused_);
}

// The film begins anew in the page, where it was; and what follows it, which mpv would go on with by itself.
void MpvEngine::openInPage() {
    const bool told = windowRefused_;
    keepFirstDescriptor();
    resetReadings();
    setOwnWindow(false);
    current_->source.start = position_;
    current_->playlistId = 0;
    if (next_) {
        next_->playlistId = 0;
    }
    pendingLoad_ = true;
    setState(PlaybackState::Loading);
    startPending();
    if (!told) {
        Q_EMIT ownWindowFailed();
    }
}

}  // namespace marea::player
