#pragma once

#include <functional>
#include <QObject>
#include <QStringList>

#include "app/devices/devicefinder.h"
#include "core/base/result.h"

namespace marea::app {

// Runs another program; `done` comes later, on the GUI thread.
using CommandDone = std::function<void(core::Result<void> result)>;
using CommandRunner = std::function<void(const QStringList& command, CommandDone done)>;

// Those of the system; what runs is ended with `context`. Half a minute each.
CommandRunner systemCommands(QObject* context);

// One after the other, until one succeeds; the last one's error when none does.
void tryEach(const CommandRunner& run, QList<QStringList> commands, CommandDone done);

// How a volume is let go of, so that it may be pulled: the first that works, on Linux and BSD, and on macOS. Pure.
QList<QStringList> ejectCommands(const FoundDevice& device);
QList<QStringList> macEjectCommands(const FoundDevice& device);
QStringList releaseCommand(const FoundDevice& device);  // a file manager's mount of a phone

}  // namespace marea::app
