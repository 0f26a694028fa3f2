#include "app/devices/eject.h"

namespace marea::app {

void eject(const CommandRunner& run, const FoundDevice& device, EjectDone done) {
#ifdef Q_OS_MACOS
    const auto commands = macEjectCommands(device);
#else
    const auto commands = ejectCommands(device);
#endif
    ejectByCommands(run, commands, device, std::move(done));
}

}  // namespace marea::app
