#include "app/devices/devicelibrary.h"

#include <QCoreApplication>
#include <QThreadPool>

namespace marea::app {

// An empty folder is more likely a drive that is not mounted than the wish to empty the device.
core::Result<DeviceLibraryPtr> readFolder(const std::string& folder, const FolderFarmPtr& farm,
                                          const std::function<bool()>& isWanted, const sync::FolderSource::Told& told) {
    const std::size_t times = farm ? 2 : 1;  // each file is read, and looked into
    const auto read = [&](std::size_t done, std::size_t total) {
        if (told)
            told(done, times * total);
    };
    const auto lookedInto = [&](std::size_t done, std::size_t total) { read(total + done, total); };
    auto source = sync::FolderSource::open(folder);
    auto items = source ? (*source)->items(isWanted, read) : core::unexpected<core::Error>(source.error());
    auto lists = items ? (*source)->playlists(isWanted) : core::unexpected<core::Error>(items.error());
    if (!lists)
        return core::unexpected<core::Error>(lists.error());
    if (items->empty())
        return core::fail(core::ErrorCode::Unprocessable,
                          QT_TRANSLATE_NOOP("Devices", "The folder holds no music and no films. Is its drive there?"),
                          folder);
    auto library = std::make_shared<DeviceLibrary>();
    library->items = std::move(*items);
    library->playlists = std::move(*lists);
    std::shared_ptr<sync::FolderSource> files = std::move(*source);
    if (farm) {
        if (!lookInto(library->items, *files, *farm, isWanted, lookedInto))
            return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
        library->encoder = std::make_shared<FolderEncoder>(files, farm);
    }
    library->source = std::move(files);
    return DeviceLibraryPtr(std::move(library));
}

void FolderLibrary::load(Done done) {
    const std::function<bool()> isWanted = [alive = alive_, number = ++*alive_] { return *alive == number; };
    seen_ = std::make_shared<Seen>();
    const auto told = [seen = seen_](std::size_t files, std::size_t total) {
        seen->done = files;
        seen->total = total;
    };
    QThreadPool::globalInstance()->start([folder = folder_, farm = farm_, isWanted, told, done = std::move(done)] {
        auto library = std::make_shared<core::Result<DeviceLibraryPtr>>(
            readFolder(folder, farm ? farm() : nullptr, isWanted, told));
        QMetaObject::invokeMethod(
            qApp,
            [=] {
                if (isWanted())
                    done(std::move(*library));
            },
            Qt::QueuedConnection);
    });
}

}  // namespace marea::app
