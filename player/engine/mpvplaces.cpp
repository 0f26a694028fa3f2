#include "player/engine/mpvplaces.h"

namespace marea::player {
namespace {

// Those of the bundle, of Homebrew on Apple's and on Intel's processors, and of MacPorts.
QStringList macFolders(const QString& programFolder) {
    return {programFolder + QStringLiteral("/../Frameworks"), QStringLiteral("/opt/homebrew/lib"),
            QStringLiteral("/usr/local/lib"), QStringLiteral("/opt/local/lib")};
}

}  // namespace

QStringList mpvPlaces(LibrarySystem system, const QString& programFolder) {
    QStringList places;
    if (system == LibrarySystem::Windows) {
        for (const auto* name : {"libmpv-2.dll", "mpv-2.dll"})
            places << programFolder + QLatin1Char('/') + QLatin1String(name);
        return places;
    }
    if (system == LibrarySystem::MacOs)
        for (const auto& folder : macFolders(programFolder))
            places << folder + QStringLiteral("/libmpv.2.dylib");
    return places << QStringLiteral("mpv");
}

}  // namespace marea::player
