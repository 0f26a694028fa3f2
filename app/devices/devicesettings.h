#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include "app/devices/devicefiles.h"
#include "sync/plan/selection.h"

namespace marea::app {

// One sync that has been.
struct PastSync {
    qint64 at = 0;  // UTC ms, of its end
    int written = 0, moved = 0, deleted = 0, problems = 0;
    qint64 bytes = 0;
    QString error;  // what ended it early; "": nothing
};

// What people set for one device, and what has been. A value; on the disk as JSON.
struct DeviceSettings {
    QString key, name, place, model;
    bool phone = false;
    QString profile;  // id; "": by its model
    QString folder;   // where the library is; "": what the account's server has
    QString storage;  // of a phone; "": the largest
    sync::SyncRules rules;
    QList<PastSync> history;  // the latest first
    qint64 lastSync() const { return history.isEmpty() ? 0 : history.first().at; }
};

QJsonObject toJson(const DeviceSettings& settings);
DeviceSettings deviceSettingsFrom(const QJsonObject& json);
QJsonObject rulesJson(const sync::SyncRules& rules);
sync::SyncRules rulesFrom(const QJsonObject& json);

// Kept in the folder of DeviceFiles, a file a device. GUI thread.
class DeviceSettingsStore {
public:
    explicit DeviceSettingsStore(DeviceFiles files) : files_(std::move(files)) {}
    const DeviceFiles& files() const { return files_; }
    QList<DeviceSettings> all() const;
    core::Result<void> save(const DeviceSettings& settings) const;
    void forget(const QString& key) const;

private:
    QString pathOf(const QString& key) const;
    DeviceFiles files_;
};

}  // namespace marea::app
