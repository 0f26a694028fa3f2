#include "app/viewmodels/devicesviewmodel.h"

#include <algorithm>
#include <QLocale>
#include <QStandardPaths>

#include "app/devices/serverlibrary.h"

namespace marea::app {

using L = QLatin1String;

namespace {

const QString kFolder = QStringLiteral("devices/folder"), kFolders = QStringLiteral("devices/folders");

QString cacheFolder(const QSettings& settings) {
    const QString own = settings.value(kFolder).toString();
    return own.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/devices")
                         : own + QStringLiteral("/cache");
}

}  // namespace

DevicesViewModel::DevicesViewModel(ApiClient& api, QSettings& settings, Notices& notices, QObject* parent)
    : QAbstractListModel(parent),
      settings_(settings),
      notices_(notices),
      fetcher_(nullptr),
      context_{DeviceSettingsStore(DeviceFiles()),
               {DeviceFiles()},
               {},
               0,
               systemCommands(this),
               [this, &api](const QString& folder, const QString& device) -> std::unique_ptr<DeviceLibraryProvider> {
                   if (!folder.isEmpty())
                       return folderLibrary(folder, device);
                   if (!fetcher_)
                       fetcher_ = new ServerFetcher(api, cacheFolder(settings_) + QStringLiteral("/coming"), this);
                   return std::make_unique<ServerLibrary>(api, *fetcher_);
               }} {
    context_.profiles = sync::builtInProfiles();
}

std::unique_ptr<DeviceLibraryProvider> DevicesViewModel::folderLibrary(const QString& folder,
                                                                       const QString& device) const {
    const std::string underWay = (cacheFolder(settings_) + QStringLiteral("/making")).toStdString();
    auto farm = farms_ ? FolderLibrary::MakeFarm([farms = farms_, underWay] { return farms(underWay); })
                       : FolderLibrary::MakeFarm();
    return std::make_unique<FolderLibrary>(folder.toStdString(), device.toStdString(), std::move(farm));
}

// The devices' threads end before what they fetch by.
DevicesViewModel::~DevicesViewModel() {
    qDeleteAll(devices_);
}

void DevicesViewModel::setOpener(DeviceSession::Opener opener) {
    context_.parts.opener = std::move(opener);
}

void DevicesViewModel::setCommands(CommandRunner commands) {
    context_.commands = std::move(commands);
}

void DevicesViewModel::setFarms(FolderFarms farms) {
    farms_ = std::move(farms);
}

void DevicesViewModel::start(std::vector<std::unique_ptr<DeviceFinder>> finders) {
    const DeviceFiles files(settings_.value(kFolder).toString().toStdString());
    const QString encoded = cacheFolder(settings_) + QStringLiteral("/encoded");
    context_.store = DeviceSettingsStore(files);
    context_.parts.files = files;
    context_.parts.encodings = std::make_shared<sync::EncodeCache>(encoded.toStdString(), kMostEncoded);
    takeProfiles();
    for (const auto& known : context_.store.all())
        make(known);
    finders_ = std::move(finders);
    for (const auto& finder : finders_) {
        if (auto* volumes = qobject_cast<VolumeFinder*>(finder.get())) {
            volumes_ = volumes;
            volumes_->setFolders(folders());
        }
        connect(finder.get(), &DeviceFinder::changed, this, &DevicesViewModel::follow);
        finder->start();
    }
    follow();
}

// One's own profiles stand beside the journals; a file that is wrong is told, and left alone.
void DevicesViewModel::takeProfiles() {
    const OwnProfiles own(context_.store.files());
    auto profiles = own.load();
    if (!profiles)
        notices_.warn(QStringLiteral("%1: %2").arg(QString::fromStdString(own.path()),
                                                   QString::fromStdString(profiles.error().text)));
    context_.profiles = profiles ? *profiles : std::vector<sync::DeviceProfile>();
    context_.own = context_.profiles.size();
    const auto& builtIn = sync::builtInProfiles();
    context_.profiles.insert(context_.profiles.end(), builtIn.begin(), builtIn.end());
}

void DevicesViewModel::onProfile(const core::Result<void>& done) {
    if (!done)
        notices_.warn(QString::fromStdString(done.error().text));
    takeProfiles();
    for (auto* device : devices_)
        device->onProfiles();
}

DeviceViewModel* DevicesViewModel::make(const DeviceSettings& settings) {
    auto* device = new DeviceViewModel(context_, notices_, settings, this);
    device->setAccount(account_);
    connect(device, &DeviceViewModel::changed, this, [this, device] { tell(device); });
    connect(device, &DeviceViewModel::progressed, this, &DevicesViewModel::progressed);
    connect(device, &DeviceViewModel::lookAgain, this, [this] {
        for (const auto& finder : finders_)
            finder->look();
    });
    connect(device, &DeviceViewModel::profileKept, this, [this](const sync::DeviceProfile& profile) {
        onProfile(OwnProfiles(context_.store.files()).put(profile));
    });
    connect(device, &DeviceViewModel::profileForgotten, this,
            [this](const QString& id) { onProfile(OwnProfiles(context_.store.files()).remove(id.toStdString())); });
    beginInsertRows({}, count(), count());
    devices_ << device;
    endInsertRows();
    return device;
}

// Those that are there are shown first, in the order in which they came.
void DevicesViewModel::follow() {
    QHash<QString, FoundDevice> there;
    for (const auto& finder : finders_)
        for (const auto& found : finder->devices()) {
            there.insert(found.key, found);
            if (!device(found.key)) {
                DeviceSettings settings;
                settings.key = found.key;
                make(settings);
            }
        }
    const auto before = devices_;
    for (auto* device : before) {
        const auto found = there.constFind(device->key());
        const bool gone = found == there.constEnd();
        device->setFound(gone ? std::nullopt : std::optional(*found));
        if (gone && !device->remembered() && !device->syncing())
            forget(device->key());
    }
    showPresentFirst();
    Q_EMIT changed();
}

void DevicesViewModel::showPresentFirst() {
    int place = 0;
    for (int row = 0; row < count(); ++row) {
        if (!devices_[row]->present())
            continue;
        if (row != place) {
            beginMoveRows({}, row, row, {}, place);
            devices_.move(row, place);
            endMoveRows();
        }
        ++place;
    }
}

bool DevicesViewModel::phoneInUse() const {
    return std::any_of(devices_.begin(), devices_.end(), [](const auto* device) {
        return device->settings().phone &&
               (device->state() == L("reading") || device->state() == L("ready") || device->syncing());
    });
}

void DevicesViewModel::tell(DeviceViewModel* device) {
    for (const auto& finder : finders_)
        finder->setInUse(phoneInUse());
    if (const auto row = devices_.indexOf(device); row >= 0)
        Q_EMIT dataChanged(index(static_cast<int>(row)), index(static_cast<int>(row)));
    Q_EMIT progressed();
}

DeviceViewModel* DevicesViewModel::device(const QString& key) const {
    const auto found =
        std::find_if(devices_.begin(), devices_.end(), [&](const auto* one) { return one->key() == key; });
    return found == devices_.end() ? nullptr : *found;
}

void DevicesViewModel::forget(const QString& key) {
    auto* one = device(key);
    if (!one || one->present() || one->syncing())
        return;
    const int row = static_cast<int>(devices_.indexOf(one));
    beginRemoveRows({}, row, row);
    devices_.removeAt(row);
    endRemoveRows();
    context_.store.forget(key);
    one->deleteLater();
    Q_EMIT changed();
}

QString DevicesViewModel::busyNames() const {
    QStringList names;
    for (const auto* device : devices_)
        if (device->syncing())
            names << device->name();
    return QLocale().createSeparatedList(names);
}

QStringList DevicesViewModel::folders() const {
    return settings_.value(kFolders).toStringList();
}

void DevicesViewModel::setFolders(const QStringList& folders) {
    settings_.setValue(kFolders, folders);
    if (volumes_)
        volumes_->setFolders(folders);
    Q_EMIT changed();
}

void DevicesViewModel::addFolder(const QUrl& folder) {
    const QString path = folder.toLocalFile();
    if (!path.isEmpty() && !folders().contains(path))
        setFolders(folders() << path);
}

void DevicesViewModel::removeFolder(const QString& folder) {
    auto left = folders();
    left.removeAll(folder);
    setFolders(left);
}

void DevicesViewModel::setAccount(const QString& account) {
    account_ = account;
    for (auto* device : devices_)
        device->setAccount(account);
}

void DevicesViewModel::retranslate() {
    for (auto* device : devices_)
        device->retranslate();
}

int DevicesViewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> DevicesViewModel::roleNames() const {
    return {{KeyRole, "key"},         {NameRole, "name"},     {IconRole, "iconName"},
            {PresentRole, "present"}, {DetailRole, "detail"}, {SyncingRole, "syncing"}};
}

QVariant DevicesViewModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto* device = devices_[index.row()];
    switch (role) {
        case KeyRole:
            return device->key();
        case NameRole:
            return device->name();
        case IconRole:
            return device->icon();
        case PresentRole:
            return device->present();
        case DetailRole:
            return device->problemText().isEmpty() ? device->statusText() : device->problemText();
        case SyncingRole:
            return device->syncing();
        default:
            return {};
    }
}

DeviceWork::DeviceWork(DevicesViewModel& devices, QObject* parent) : WorkSource(parent), devices_(devices) {
    connect(&devices_, &DevicesViewModel::progressed, this, &DeviceWork::changed);
    connect(&devices_, &DevicesViewModel::changed, this, &DeviceWork::changed);
}

QList<WorkItem> DeviceWork::items() const {
    QList<WorkItem> items;
    for (const auto* device : devices_.all()) {
        if (!device->syncing())
            continue;
        WorkItem item;
        item.id = device->key();
        item.icon = device->icon();
        item.title = device->importing() ? tr("Import: %1").arg(device->name()) : tr("Sync: %1").arg(device->name());
        item.progress = device->progress();
        item.bytes = device->bytesDone();
        item.size = device->bytesTotal();
        item.paused = device->paused();
        item.canPause = item.canCancel = true;
        items << item;
    }
    return items;
}

void DeviceWork::setPaused(const QString& key, bool paused) {
    if (auto* device = devices_.device(key))
        device->setPaused(paused);
}

void DeviceWork::cancel(const QString& key) {
    if (auto* device = devices_.device(key))
        device->cancel();
}

}  // namespace marea::app
