#pragma once

#include <QString>
#include <QStringList>

namespace marea::player {

enum class LibrarySystem { Linux, Windows, MacOs };  // Linux: and what has its loader

// What libmpv is tried as, in this order: whole paths, or a name that the system's loader looks for. On Windows it has
// to lie beside the program, as that loader would also take what lies where somebody was last. Pure.
QStringList mpvPlaces(LibrarySystem system, const QString& programFolder);

}  // namespace marea::player
