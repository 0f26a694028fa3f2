#pragma once

#include <QJsonObject>
#include <QObject>

namespace marea::app {

// What the server tells as it happens, and what this program says back (docs/api.md, GET /api/v1/events). GUI thread.
class EventChannel : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void start() = 0;  // somebody has signed in; from then on it keeps itself connected
    virtual void stop() = 0;
    virtual void send(const QJsonObject& message) = 0;  // dropped while it is not connected

Q_SIGNALS:
    void connected();  // hello has come: say who you are
    void message(const QJsonObject& message);
    void outdated();  // what was missed cannot be told any more: read lists anew
};

}  // namespace marea::app
