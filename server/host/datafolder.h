#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/io/filehandle.h"

namespace marea::server {

// XDG base directories: $XDG_DATA_HOME/marea and $XDG_CONFIG_HOME/marea/server.toml, else below $HOME.
std::string defaultDataFolder();
std::string defaultConfigFile();

// The folder of everything that a server keeps: made when missing, for its owner's eyes only.
core::Result<void> makeDataFolder(const std::string& path);

// One process at a time uses a data folder; the lock goes with the process, however it ends.
class DataFolderLock {
public:
    // Conflict, naming the holder, when another process has it. Asks again for as long as `patience`, since commands
    // hold the lock for a moment; blocks meanwhile.
    static core::Result<DataFolderLock> take(const std::string& folder,
                                             std::chrono::milliseconds patience = std::chrono::milliseconds(0));

private:
    explicit DataFolderLock(core::FileHandle file) : file_(std::move(file)) {}
    core::FileHandle file_;
};

}  // namespace marea::server
