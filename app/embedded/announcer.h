#pragma once

#include <QtGlobal>

#include "sync/dnssd/servernotice.h"

namespace marea::app {

// Tells the network of what is shared, so that nobody has to type an address. Called on the embedded host's thread.
class Announcer {
public:
    virtual ~Announcer() = default;
    virtual void announce(const sync::dns::ServerNotice& server, quint16 port) = 0;  // again: something else of it
    virtual void withdraw() = 0;
};

}  // namespace marea::app
