#pragma once

#include <QByteArray>
#include <QList>
#include <utility>

#include "player/session/playeroptions.h"

namespace marea::player {

// The options as mpv's properties and their values; `raised` is the share of the picture's height that subtitles leave
// free at the foot for what lies there. Pure.
QList<std::pair<QByteArray, QByteArray>> mpvProperties(const PlayerOptions& options, double raised);

}  // namespace marea::player
