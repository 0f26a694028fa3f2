#pragma once

#include <QList>
#include <QSettings>
#include <QString>

namespace marea::app {

// Where somebody stopped, which the server did not confirm: it was away, or the program had to end first.
struct UnsentPosition {
    QString account;  // server and user
    QString mediaId, sessionId;
    double position = 0;    // seconds
    double confirmed = -1;  // what the server knew before, -1: not known
    double duration = 0;
};

// Whether the server still has what it had before, so that sending overwrites nothing newer. The server keeps a
// position near the start as 0.
bool stillOurs(const UnsentPosition& unsent, double onServer);

// Keeps them in the settings until they are sent; one a title, the newest. GUI thread.
class UnsentPositions {
public:
    explicit UnsentPositions(QSettings& settings) : settings_(settings) {}

    QList<UnsentPosition> of(const QString& account) const;
    void put(const UnsentPosition& position);  // on the disk when it returns
    void remove(const QString& account, const QString& mediaId);

private:
    QList<UnsentPosition> all() const;
    void write(const QList<UnsentPosition>& list);

    QSettings& settings_;
};

}  // namespace marea::app
