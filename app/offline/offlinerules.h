#pragma once

#include <optional>
#include <QList>

#include "app/api/types.h"
#include "app/offline/offlinetask.h"
#include "core/base/result.h"

// What is decided about titles that are kept on this computer. Pure.
namespace marea::app {

// How much room there is; bytes.
struct OfflineRoom {
    qint64 used = 0;      // by everything that is kept
    qint64 limit = 0;     // of that; 0: none
    qint64 diskFree = 0;  // for this program, on the disk
};
constexpr qint64 kDiskReserve = 200LL << 20;  // left to everybody else

// Why so many bytes more cannot be taken; None: they can.
OfflineTask::Why whyNoRoom(qint64 more, const OfflineRoom& room);

// What was fetched by itself and has to go so that `more` fit into the limit, what was not used for longest first.
// Empty also when that would not help.
QStringList toMakeWay(const QList<OfflineTask>& tasks, qint64 more, const OfflineRoom& room);

// Whose turn it is: what people asked for before what came by itself, in the order in which it was asked for.
int nextInTurn(const QList<OfflineTask>& tasks);  // its place, -1: none

// As it is taken up at the start of the program: what ran goes on, what a person paused stays so.
OfflineTask resumed(OfflineTask task);

// How the wait for a server that is away grows; milliseconds.
int pauseBefore(int attempt);

// Which of these is fetched ahead while `current` plays: the next episodes or tracks, as far as they are not here.
QList<MediaItem> toFetchAhead(const QList<MediaItem>& inOrder, const QString& current, int most,
                              const QList<OfflineTask>& tasks);

// What somebody did while the server was away, as it is told afterwards: seen to its end means watched.
struct OfflineProgress {
    double position = 0;  // seconds
    bool watched = false;
};
// `playedFrom`: core::library::Stretch::from(). `creditsStart`: core::library::creditsStart(), 0: none.
OfflineProgress progressAt(bool music, double position, double duration, double playedFrom, double creditsStart = 0);

}  // namespace marea::app
