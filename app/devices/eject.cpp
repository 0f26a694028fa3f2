#include "app/devices/eject.h"

#include "sync/devices/massstorage/volumesystem.h"

namespace marea::app {

void ejectByCommands(const CommandRunner& run, const QList<QStringList>& commands, const FoundDevice& device,
                     EjectDone done) {
    tryEach(run, commands, [place = device.place.toStdString(), done = std::move(done)](const core::Result<void>& end) {
        done({end, end ? QString() : QString::fromStdString(sync::volumeHolder(place))});
    });
}

}  // namespace marea::app
