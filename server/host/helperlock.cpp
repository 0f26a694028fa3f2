#include "server/host/helperlock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <thread>

#include "marea_version.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::chrono::milliseconds kPause{20};

Result<core::FileHandle> openFile(const std::string& folder) {
    const std::string path = folder + "/helpers.lock";
    core::FileHandle file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    return file ? Result<core::FileHandle>(std::move(file))
                : core::unexpected<core::Error>(core::systemError(errno, "open " + path));
}

bool locks(const core::FileHandle& file, int how) {
    return ::flock(file.get(), how | LOCK_NB) == 0;
}

std::string buildIn(const core::FileHandle& file) {
    std::array<char, 256> text{};
    const ssize_t length = ::pread(file.get(), text.data(), text.size(), 0);
    return {text.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

Result<void> writeBuild(const core::FileHandle& file, const std::string& build) {
    const bool written = ::ftruncate(file.get(), 0) == 0 && ::pwrite(file.get(), build.data(), build.size(), 0) >= 0;
    return written ? Result<void>()
                   : core::unexpected<core::Error>(core::systemError(errno, "write to the helpers' lock"));
}

core::unexpected<core::Error> otherBuild(const std::string& theirs) {
    return core::fail(ErrorCode::Conflict,
                      "Helpers or marea-server originals of another version of Marea (" + theirs +
                          ") use the data folder. End them first.",
                      "helpers of " + theirs);
}

}  // namespace

std::string thisBuild() {
    return std::string(MAREA_VERSION) + "+" + MAREA_COMMIT;
}

Result<HelperLock> HelperLock::join(const std::string& folder, const std::string& build,
                                    std::chrono::milliseconds patience) {
    auto file = openFile(folder);
    if (!file) {
        return core::unexpected<core::Error>(file.error());
    }
    for (;; patience -= kPause, std::this_thread::sleep_for(kPause)) {
        // The first says of which build they are. Turning an exclusive lock into a shared one lets others in between:
        // what counts is what stands there once it is shared.
        if (locks(*file, LOCK_EX)) {
            if (auto written = writeBuild(*file, build); !written) {
                return core::unexpected<core::Error>(written.error());
            }
        }
        if (locks(*file, LOCK_SH)) {
            const std::string theirs = buildIn(*file);
            return theirs == build ? Result<HelperLock>(HelperLock(std::move(*file))) : otherBuild(theirs);
        }
        if (patience <= kPause) {
            return core::fail(ErrorCode::Conflict, "A server is just starting on the data folder. Try again.",
                              "helpers are kept away");
        }
    }
}

Result<std::optional<HelperLock>> HelperLock::keepAway(const std::string& folder, const std::string& build,
                                                       std::chrono::milliseconds patience) {
    auto file = openFile(folder);
    if (!file) {
        return core::unexpected<core::Error>(file.error());
    }
    for (;; patience -= kPause, std::this_thread::sleep_for(kPause)) {
        if (locks(*file, LOCK_EX)) {
            return std::optional(HelperLock(std::move(*file)));
        }
        if (locks(*file, LOCK_SH)) {
            const std::string theirs = buildIn(*file);
            return theirs == build ? Result<std::optional<HelperLock>>(std::nullopt) : otherBuild(theirs);
        }
        if (patience <= kPause) {
            return core::fail(ErrorCode::Conflict, "A helper is just starting on the data folder. Try again.",
                              "the helpers' lock is taken");
        }
    }
}

}  // namespace marea::server
