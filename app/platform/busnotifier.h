#pragma once

#include <QHash>
#include <QObject>

#include "app/platform/notifier.h"

namespace marea::app {

// org.freedesktop.Notifications on the session's bus. Without a bus, or a desktop that shows them, nothing happens.
class BusNotifier final : public QObject, public Notifier {
    Q_OBJECT
public:
    using QObject::QObject;
    void notify(const QString& kind, const QString& title, const QString& text) override;

private:
    QHash<QString, uint> shown_;  // by kind
};

}  // namespace marea::app
