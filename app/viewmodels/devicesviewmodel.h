#pragma once

#include <memory>
#include <QAbstractListModel>
#include <QSettings>
#include <QUrl>

#include "app/api/apiclient.h"
#include "app/devices/volumefinder.h"
#include "app/viewmodels/deviceviewmodel.h"
#include "app/viewmodels/runningwork.h"

namespace marea::app {

class ServerFetcher;

// The devices that are there, and those that were there once. GUI thread.
class DevicesViewModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QStringList folders READ folders NOTIFY changed)  // those that were named as devices
public:
    enum Role { KeyRole = Qt::UserRole + 1, NameRole, IconRole, PresentRole, DetailRole, SyncingRole };

    DevicesViewModel(ApiClient& api, QSettings& settings, Notices& notices, QObject* parent = nullptr);
    ~DevicesViewModel() override;

    // How devices are opened and programs run, in place of the real ways; before start().
    void setOpener(DeviceSession::Opener opener);
    void setCommands(CommandRunner commands);
    void setFarms(FolderFarms farms);  // without, what a device does not play of a folder is left out
    void start(std::vector<std::unique_ptr<DeviceFinder>> finders);  // once
    void setAccount(const QString& account);
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(devices_.size()); }
    QStringList folders() const;
    Q_INVOKABLE QString busyNames() const;  // of those that are synced now, or imported from; "": none
    const QList<DeviceViewModel*>& all() const { return devices_; }

    Q_INVOKABLE marea::app::DeviceViewModel* device(const QString& key) const;  // null: none
    Q_INVOKABLE void addFolder(const QUrl& folder);
    Q_INVOKABLE void removeFolder(const QString& folder);
    Q_INVOKABLE void forget(const QString& key);  // one that is not there

Q_SIGNALS:
    void changed();
    void progressed();

private:
    std::unique_ptr<DeviceLibraryProvider> folderLibrary(const QString& folder, const QString& device) const;
    void follow();
    void showPresentFirst();
    DeviceViewModel* make(const DeviceSettings& settings);
    void tell(DeviceViewModel* device);
    void setFolders(const QStringList& folders);
    void takeProfiles();
    void onProfile(const core::Result<void>& done);
    bool phoneInUse() const;

    QSettings& settings_;
    Notices& notices_;
    ServerFetcher* fetcher_;
    FolderFarms farms_;
    DeviceContext context_;
    std::vector<std::unique_ptr<DeviceFinder>> finders_;
    VolumeFinder* volumes_ = nullptr;
    QList<DeviceViewModel*> devices_;
    QString account_;
};

// Devices that are synced now, for the tray.
class DeviceWork : public WorkSource {
    Q_OBJECT
public:
    explicit DeviceWork(DevicesViewModel& devices, QObject* parent = nullptr);
    QList<WorkItem> items() const override;
    void setPaused(const QString& key, bool paused) override;
    void cancel(const QString& key) override;

private:
    DevicesViewModel& devices_;
};

}  // namespace marea::app
