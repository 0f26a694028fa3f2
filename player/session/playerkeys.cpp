#include "player/session/playerkeys.h"

#include <array>
#include <Qt>

namespace marea::player {
namespace {

using Act = PlayerAct;

constexpr std::array kPlayerKeys{PlayerKey{Qt::Key_Space, "SPACE", Act::Pause},
                                 PlayerKey{Qt::Key_K, "k", Act::Pause},
                                 PlayerKey{Qt::Key_J, "j", Act::Back},
                                 PlayerKey{Qt::Key_L, "l", Act::Forward},
                                 PlayerKey{Qt::Key_Left, "LEFT", Act::BackABit},
                                 PlayerKey{Qt::Key_Right, "RIGHT", Act::ForwardABit},
                                 PlayerKey{Qt::Key_Up, "UP", Act::Louder},
                                 PlayerKey{Qt::Key_Down, "DOWN", Act::Softer},
                                 PlayerKey{0, "WHEEL_UP", Act::Louder},
                                 PlayerKey{0, "WHEEL_DOWN", Act::Softer},
                                 PlayerKey{Qt::Key_M, "m", Act::Mute},
                                 PlayerKey{Qt::Key_S, "s", Act::Subtitles},
                                 PlayerKey{Qt::Key_N, "n", Act::Next},
                                 PlayerKey{Qt::Key_P, "p", Act::Previous},
                                 PlayerKey{Qt::Key_PageUp, "PGUP", Act::NextChapter},
                                 PlayerKey{Qt::Key_PageDown, "PGDWN", Act::PreviousChapter},
                                 PlayerKey{Qt::Key_F, "f", Act::FullScreen},
                                 PlayerKey{Qt::Key_F11, "F11", Act::FullScreen},
                                 PlayerKey{0, "MBTN_LEFT_DBL", Act::FullScreen},
                                 PlayerKey{Qt::Key_H, "h", Act::HdrWindow},
                                 PlayerKey{0, "CLOSE_WIN", Act::HdrWindow},
                                 PlayerKey{Qt::Key_Escape, "ESC", Act::Escape},
                                 PlayerKey{Qt::Key_Back, nullptr, Act::Leave},
                                 PlayerKey{Qt::Key_W, nullptr, Act::SmallWindow},
                                 PlayerKey{Qt::Key_C, nullptr, Act::Chapters},
                                 PlayerKey{Qt::Key_R, nullptr, Act::Loop},
                                 PlayerKey{Qt::Key_G, nullptr, Act::Picture},
                                 PlayerKey{Qt::Key_BracketLeft, nullptr, Act::Slower},
                                 PlayerKey{Qt::Key_BracketRight, nullptr, Act::Faster},
                                 PlayerKey{Qt::Key_I, nullptr, Act::Statistics},
                                 PlayerKey{Qt::Key_Question, nullptr, Act::Keys},
                                 PlayerKey{Qt::Key_F1, nullptr, Act::Keys}};

struct ActName {
    PlayerAct act;
    const char* name;
};
constexpr std::array kActNames{ActName{Act::Pause, "pause"},
                               ActName{Act::Back, "back"},
                               ActName{Act::Forward, "forward"},
                               ActName{Act::BackABit, "back-bit"},
                               ActName{Act::ForwardABit, "forward-bit"},
                               ActName{Act::Louder, "louder"},
                               ActName{Act::Softer, "softer"},
                               ActName{Act::Mute, "mute"},
                               ActName{Act::Subtitles, "subtitles"},
                               ActName{Act::Next, "next"},
                               ActName{Act::Previous, "previous"},
                               ActName{Act::NextChapter, "next-chapter"},
                               ActName{Act::PreviousChapter, "previous-chapter"},
                               ActName{Act::FullScreen, "full"},
                               ActName{Act::HdrWindow, "hdr"},
                               ActName{Act::Escape, "escape"},
                               ActName{Act::Leave, "leave"},
                               ActName{Act::SmallWindow, "small"},
                               ActName{Act::Chapters, "chapters"},
                               ActName{Act::Loop, "loop"},
                               ActName{Act::Picture, "picture"},
                               ActName{Act::Slower, "slower"},
                               ActName{Act::Faster, "faster"},
                               ActName{Act::Statistics, "statistics"},
                               ActName{Act::Keys, "keys"}};

}  // namespace

std::span<const PlayerKey> playerKeys() {
    return kPlayerKeys;
}

PlayerAct actOfKey(int key) {
    for (const PlayerKey& known : kPlayerKeys)
        if (known.key == key && key != 0)
            return known.act;
    return Act::None;
}

const char* actName(PlayerAct act) {
    for (const ActName& known : kActNames)
        if (known.act == act)
            return known.name;
    return "";
}

PlayerAct actNamed(const QByteArray& name) {
    for (const ActName& known : kActNames)
        if (name == known.name)
            return known.act;
    return Act::None;
}

}  // namespace marea::player
