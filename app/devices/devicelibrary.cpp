#include "app/devices/devicelibrary.h"

#include <QCoreApplication>
#include <QThreadPool>

#include "sync/engine/foldersource.h"

namespace marea::app {

core::Result<DeviceLibraryPtr> readFolder(const std::string& folder) {
    auto source = sync::FolderSource::open(folder);
    auto items = source ? (*source)->items() : core::unexpected<core::Error>(source.error());
    auto lists = items ? (*source)->playlists() : core::unexpected<core::Error>(items.error());
    if (!lists)
        return core::unexpected<core::Error>(lists.error());
    auto library = std::make_shared<DeviceLibrary>();
    library->items = std::move(*items);
    library->playlists = std::move(*lists);
    library->source = std::move(*source);
    return DeviceLibraryPtr(std::move(library));
}

void FolderLibrary::load(Done done) {
    const int number = ++*alive_;
    QThreadPool::globalInstance()->start([folder = folder_, alive = alive_, number, done = std::move(done)] {
        auto library = std::make_shared<core::Result<DeviceLibraryPtr>>(readFolder(folder));
        QMetaObject::invokeMethod(
            qApp,
            [=] {
                if (*alive == number)
                    done(std::move(*library));
            },
            Qt::QueuedConnection);
    });
}

}  // namespace marea::app
