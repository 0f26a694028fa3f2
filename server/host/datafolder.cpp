#include "server/host/datafolder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace marea::server {

namespace {

// An XDG variable that is not absolute is ignored (XDG Base Directory Specification).
std::string baseFolder(const char* variable, const char* belowHome) {
    const char* value = std::getenv(variable);
    if (value && value[0] == '/') {
        return value;
    }
    const char* home = std::getenv("HOME");
    return std::string(home && home[0] == '/' ? home : "/var/lib") + belowHome;
}

std::string holderOf(int file) {
    char text[200];
    const ssize_t length = ::pread(file, text, sizeof text, 0);
    std::string holder(text, length > 0 ? static_cast<std::size_t>(length) : 0);
    while (!holder.empty() && holder.back() == '\n') {
        holder.pop_back();
    }
    return holder.empty() ? "another process" : holder;
}

}  // namespace

std::string defaultDataFolder() {
    return baseFolder("XDG_DATA_HOME", "/.local/share") + "/marea";
}

std::string defaultConfigFile() {
    return baseFolder("XDG_CONFIG_HOME", "/.config") + "/marea/server.toml";
}

core::Result<void> makeDataFolder(const std::string& path) {
    std::error_code error;
    const bool made = std::filesystem::create_directories(path, error);
    if (!error && made) {
        std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
    }
    if (error) {
        return core::unexpected<core::Error>(core::systemError(error.value(), "make the data folder " + path));
    }
    return {};
}

core::Result<DataFolderLock> DataFolderLock::take(const std::string& folder, std::chrono::milliseconds patience) {
    const std::string path = folder + "/lock";
    core::FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file) {
        return core::unexpected<core::Error>(core::systemError(errno, "open " + path));
    }
    constexpr std::chrono::milliseconds pause{50};
    while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (patience > pause) {
            std::this_thread::sleep_for(pause);
            patience -= pause;
            continue;
        }
        const std::string holder = holderOf(file.get());
        return core::fail(core::ErrorCode::Conflict, "The data folder " + folder + " is in use by " + holder + ".",
                          "locked by " + holder);
    }
    const std::string holder = "marea-server, process " + std::to_string(::getpid()) + "\n";
    if (::ftruncate(file.get(), 0) != 0 || ::pwrite(file.get(), holder.data(), holder.size(), 0) < 0) {
        return core::unexpected<core::Error>(core::systemError(errno, "write " + path));
    }
    return DataFolderLock(std::move(file));
}

}  // namespace marea::server
