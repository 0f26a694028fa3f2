#include "app/devices/devicelibrary.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include "app/devices/opendevice.h"

namespace marea::app {

namespace {

constexpr const char* kOneInTheOther =
    QT_TRANSLATE_NOOP("Devices",
                      "The library's folder is on this device, or the device is in it: what comes would come again. "
                      "Choose another folder.");

bool isApart(const std::string& device, const std::string& folder) {
    return device.empty() || folder.empty() || !isOneInTheOther(device, folder);
}

}  // namespace

void askIsOneInTheOther(const std::string& place, const std::string& folder, QObject* asker,
                        std::function<void(bool is)> answer) {
    if (place.empty() || folder.empty() || isPhone(place))
        return answer(false);
    QThreadPool::globalInstance()->start([=, asker = QPointer<QObject>(asker), answer = std::move(answer)] {
        const bool is = !isApart(place, folder);
        QMetaObject::invokeMethod(
            qApp,
            [=] {
                if (asker)
                    answer(is);
            },
            Qt::QueuedConnection);
    });
}

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
    const auto read = [folder = folder_, device = device_, farm = farm_, isWanted, told] {
        return isApart(device, folder) ? readFolder(folder, farm ? farm() : nullptr, isWanted, told)
                                       : core::fail(core::ErrorCode::Invalid, kOneInTheOther, folder);
    };
    QThreadPool::globalInstance()->start([read, isWanted, done = std::move(done)] {
        auto library = std::make_shared<core::Result<DeviceLibraryPtr>>(read());
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
