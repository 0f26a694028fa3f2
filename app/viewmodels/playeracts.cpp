#include "app/viewmodels/playerviewmodel.h"

#include "player/session/playerkeys.h"

namespace marea::app {

QString PlayerViewModel::actOf(int key) const {
    return QString::fromLatin1(player::actName(player::actOfKey(key)));
}

bool PlayerViewModel::act(const QString& name) {
    return act(player::actNamed(name.toLatin1()));
}

bool PlayerViewModel::act(player::PlayerAct act) {
    using Act = player::PlayerAct;
    switch (act) {
        case Act::Pause:
            return togglePause(), true;
        case Act::Back:
            return seekBy(-10), true;
        case Act::Forward:
            return seekBy(10), true;
        case Act::BackABit:
            return seekBy(-5), true;
        case Act::ForwardABit:
            return seekBy(5), true;
        case Act::Louder:
            return changeVolume(5), true;
        case Act::Softer:
            return changeVolume(-5), true;
        case Act::Mute:
            return toggleMute(), true;
        case Act::Subtitles:
            cycleSubtitle();
            return true;
        case Act::Next:
            return next(), true;
        case Act::Previous:
            return previous(), true;
        case Act::NextChapter:
            return stepChapter(1), true;
        case Act::PreviousChapter:
            return stepChapter(-1), true;
        default:
            return false;  // of a page or a window
    }
}

}  // namespace marea::app
