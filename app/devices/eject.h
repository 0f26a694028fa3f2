#pragma once

#include "app/devices/commands.h"

namespace marea::app {

struct EjectEnd {
    core::Result<void> done;
    QString holder = {};  // the program that still has it; "": not known
};
using EjectDone = std::function<void(const EjectEnd& end)>;

// Has the system let go of a volume, so that it may be pulled: by its programs (`run`), or its own calls. `done` comes
// later, on the GUI thread. eject_*.cpp.
void eject(const CommandRunner& run, const FoundDevice& device, EjectDone done);

inline bool canEject(const FoundDevice& device) {
    return device.kind == FoundDevice::Kind::Volume && !device.node.isEmpty();  // and no folder
}

// Tries each, and looks for the holder when none succeeds.
void ejectByCommands(const CommandRunner& run, const QList<QStringList>& commands, const FoundDevice& device,
                     EjectDone done);

}  // namespace marea::app
