#include <mpv/client.h>

#include <array>

#include "player/engine/mpvengine.h"
#include "player/engine/mpvengineids.h"

// The render API hands over pictures for a scene, which has no more range than the scene. In a window of its own mpv
// (gpu-next) tells the display what the picture needs.
namespace marea::player {
namespace {

constexpr char kOurMessage[] = "marea-window";

struct WindowKey {
    const char* key;
    const char* wish;
};
// As in the player's page.
constexpr std::array kKeys{WindowKey{"SPACE", "pause"},
                           WindowKey{"k", "pause"},
                           WindowKey{"j", "back"},
                           WindowKey{"l", "forward"},
                           WindowKey{"LEFT", "back-bit"},
                           WindowKey{"RIGHT", "forward-bit"},
                           WindowKey{"UP", "louder"},
                           WindowKey{"DOWN", "softer"},
                           WindowKey{"WHEEL_UP", "louder"},
                           WindowKey{"WHEEL_DOWN", "softer"},
                           WindowKey{"m", "mute"},
                           WindowKey{"s", "subtitles"},
                           WindowKey{"n", "next"},
                           WindowKey{"p", "previous"},
                           WindowKey{"f", "full"},
                           WindowKey{"F11", "full"},
                           WindowKey{"MBTN_LEFT_DBL", "full"},
                           WindowKey{"ESC", "escape"},
                           WindowKey{"h", "leave"},
                           WindowKey{"CLOSE_WIN", "leave"}};

struct WishName {
    const char* name;
    WindowWish wish;
};
constexpr std::array kWishes{WishName{"pause", WindowWish::Pause},
                             WishName{"back", WindowWish::Back},
                             WishName{"forward", WindowWish::Forward},
                             WishName{"back-bit", WindowWish::BackABit},
                             WishName{"forward-bit", WindowWish::ForwardABit},
                             WishName{"louder", WindowWish::Louder},
                             WishName{"softer", WindowWish::Softer},
                             WishName{"mute", WindowWish::Mute},
                             WishName{"subtitles", WindowWish::Subtitles},
                             WishName{"next", WindowWish::Next},
                             WishName{"previous", WindowWish::Previous},
                             WishName{"leave", WindowWish::Leave}};

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
    for (const WindowKey& key : kKeys) {
        const QByteArray message = QByteArray("script-message ") + kOurMessage + ' ' + key.wish;
        command({"keybind", key.key, message.constData()});
    }
}

void MpvEngine::onMessage(const mpv_event& event) {
    const auto& message = *static_cast<const mpv_event_client_message*>(event.data);
    if (message.num_args != 2 || QByteArray(message.args[0]) != kOurMessage || !ownWindow_) {
        return;
    }
    const QByteArray wish = message.args[1];
    if (wish == "full" || (wish == "escape" && fullScreen_)) {
        return setFlag("fullscreen", !fullScreen_);
    }
    for (const WishName& known : kWishes) {
        if (wish == known.name || (wish == "escape" && known.wish == WindowWish::Leave)) {
            Q_EMIT windowWished(known.wish);
            return;
        }
    }
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
