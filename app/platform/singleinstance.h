#pragma once

#include <QLocalServer>
#include <QStringList>

namespace marea::app {

// One program a user: a second start hands what it was called with to the first, and ends. The socket is the user's
// own. GUI thread.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(QString name, QObject* parent = nullptr);

    // True when another one runs and has taken them.
    bool handOver(const QStringList& urls);
    // From now on others hand over to this one.
    void listen();

    static QString usualName();  // of this user

Q_SIGNALS:
    void handedOver(const QStringList& urls);  // also none: somebody wants to see the window

private:
    void onConnection();

    QString name_;
    QLocalServer server_;
};

}  // namespace marea::app
