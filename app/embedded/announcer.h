#pragma once

#include <QString>

namespace marea::app {

// Tells the network of what is shared, so that nobody has to type an address. Called on the embedded host's thread.
class Announcer {
public:
    virtual ~Announcer() = default;
    virtual void announce(const QString& name, quint16 port, const QString& pin) = 0;
    virtual void withdraw() = 0;
};

}  // namespace marea::app
