#pragma once

#include <string>

#include "core/base/result.h"

namespace marea::server {

// What a server sets for its whole process, before any thread: no signals from closed pipes and full files, files for
// its owner only, no core dumps (keys are in memory), as many open files as the system lets it.
void prepareProcess();

// Blocks the signals that ask for an end in this and every later thread, for waitForEnd().
void blockEndSignals();
// Whether this process has a terminal that is still there.
bool hasTerminal();
// Waits for SIGTERM, SIGINT or SIGHUP and returns it.
int waitForEnd();

// From now on a fatal signal leaves <folder>/<time>-<pid>.txt with the signal, the program's version and the call stack
// as addresses and function names: no memory, no arguments. Old traces beyond twenty are removed.
core::Result<void> keepCrashTraces(const std::string& folder);

// This thread, and those that it starts, take what others leave of the processor and, where the system goes by that, of
// the disks. There is no way back.
void letOthersGoFirst();

// The folder of the running program; "" when it is not known.
std::string programFolder();

}  // namespace marea::server
