#pragma once

#include <QString>
#include <QVariantList>

#include "app/devices/devicefinder.h"
#include "app/devices/devicesettings.h"
#include "app/devices/storageuse.h"
#include "sync/plan/plan.h"

// Words about devices and plans, in the application's language. Pure.
namespace marea::app::devicetexts {

QString size(qint64 bytes);                     // "3.2 GB", decimal, as devices are sold
QString duration(double seconds);               // "about 4 min"
QString reason(const std::string& text);        // a planner's reason
QString folderError(const core::Error& error);  // why a folder is no library
QString error(const core::Error& error);        // what ended something with a device
QString importError(const core::Error& error);  // the same, of an import: it is the computer that may be full
QString problem(const FoundDevice& device);     // why it cannot be opened, and what to do; "" when it can
QString kindName(const QString& kind);          // "track" → Music
QString profileName(const sync::DeviceProfile& profile);
QString steps(const sync::Plan& plan);
QString others(const sync::Plan& plan);  // of files that other computers put there; "": there are none        // "34 to
                                         // copy · 5 to convert · 7 to remove"
QString syncButton(const sync::Plan& plan);   // "Sync 41 items, 3.2 GB, about 4 min"
QString removals(const sync::Plan& plan);     // what is asked before much is removed; "" where little is
QString past(const PastSync& sync);           // one line of the history
QVariantList storage(const StorageUse& use);  // {key, text, detail, share}

}  // namespace marea::app::devicetexts
