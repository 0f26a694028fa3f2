#pragma once

#include <QList>
#include <QUrl>

namespace marea::app {

// How far away a library is, by its address alone: in this program, on this network, anywhere else.
enum class Nearness { Here, Nearby, Away };
Nearness nearnessOf(const QUrl& server);

// From which of these a title plays that is in a library that far away, too: its place, or -1 for that library itself.
// This computer's own files come first, then a download, then the nearest server; of two alike the one in use.
int nearestOf(const QList<Nearness>& copies, Nearness here, bool downloaded);

}  // namespace marea::app
