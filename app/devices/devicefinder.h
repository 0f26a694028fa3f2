#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

namespace marea::app {

// A device that is there now.
struct FoundDevice {
    enum class Kind { Volume, Phone };
    enum class Problem {
        None,
        Locked,  // it is not unlocked, or does not share its files
        Held     // another program has it
    };
    QString key;    // the same each time it comes
    QString place;  // as it is opened: a folder, "mtp:SERIAL"
    QString name;   // for people
    QString model;  // what profiles know it by
    Kind kind = Kind::Volume;
    Problem problem = Problem::None;
    QString holder;        // the program that has it
    QString release;       // the address by which a file manager lets go of it; "": it cannot be asked
    QString node;          // of a volume: the block device; "" for a folder
    QString fileSystem;    // of a volume
    QStringList storages;  // of a phone, the largest first
    qint64 total = 0, free = 0;
    bool readOnly = false;  // nothing can be put on it
    bool operator==(const FoundDevice&) const = default;
};

// Which devices are there. GUI thread; looks on threads of its own.
class DeviceFinder : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void start() = 0;
    virtual QList<FoundDevice> devices() const = 0;
    virtual void look() {}          // again, now
    virtual void setInUse(bool) {}  // one of them is open: leave the bus alone

Q_SIGNALS:
    void changed();
};

}  // namespace marea::app
