#pragma once

#include <QSettings>
#include <QVariantMap>

#include "player/session/playqueue.h"

namespace marea::app {

// Where somebody was when the program ended: the page, and the queue at its place.
struct LastState {
    QString account, page;
    QVariantMap arguments;
    QList<player::PlayEntry> queue;  // titles of the server only
    int index = 0;
    double position = 0;  // seconds
};

QByteArray toBytes(const LastState& state);
LastState lastStateFrom(const QByteArray& bytes);  // an empty one when it is none

// Of a queue what is worth to be kept: at most `most` around the current one, without files of this computer.
LastState queueState(const QList<player::PlayEntry>& entries, int current, int most);

}  // namespace marea::app
