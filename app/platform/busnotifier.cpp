#include "app/platform/busnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace marea::app {

void BusNotifier::notify(const QString& kind, const QString& title, const QString& text) {
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    const auto service = QStringLiteral("org.freedesktop.Notifications");
    auto call = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/Notifications"), service,
                                               QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("marea")}};
    // Bodies may have markup: titles come from files.
    call << QStringLiteral("Marea") << shown_.value(kind) << QStringLiteral("marea") << title << text.toHtmlEscaped()
         << QStringList() << hints << -1;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, kind, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (!reply.isError())
            shown_[kind] = reply.value();
    });
}

}  // namespace marea::app
