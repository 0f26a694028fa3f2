#pragma once

#include <QByteArray>
#include <span>

namespace marea::player {

// What a key asks of the player.
enum class PlayerAct {
    None,
    Pause,
    Back,
    Forward,
    BackABit,
    ForwardABit,
    Louder,
    Softer,
    Mute,
    Subtitles,
    Next,
    Previous,
    NextChapter,
    PreviousChapter,
    FullScreen,
    HdrWindow,
    Escape,
    Leave,
    SmallWindow,
    Chapters,
    Loop,
    Picture,
    Slower,
    Faster,
    Statistics,
    Keys
};

// One key, or what the mouse and the frame of a window do, and what it asks for.
struct PlayerKey {
    int key;           // a Qt::Key; 0: of an engine's own window alone
    const char* name;  // for an engine's own window, as mpv calls it; null: nothing there
    PlayerAct act;
};

// The one table of the player's keys: for the page, the small window and an engine's own window. Pure.
std::span<const PlayerKey> playerKeys();
PlayerAct actOfKey(int key);

// Names for what has no types: QML, and messages of mpv's. None has the empty one.
const char* actName(PlayerAct act);
PlayerAct actNamed(const QByteArray& name);

}  // namespace marea::player
