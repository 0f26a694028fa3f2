#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/io/filehandle.h"

namespace marea::server {

std::string thisBuild();  // version and commit of this program

// Beside the one process that a data folder belongs to (DataFolderLock), helpers of the same build may use it:
// processes that take background jobs, and commands that run for long. Helpers share a lock of their own, on a file
// that tells their build; it goes with the process, however it ends.
class HelperLock {
public:
    // For a helper. Conflict, in words: helpers of another build are there, or a server is changing the database
    // (asked again for as long as `patience`; blocks meanwhile).
    static core::Result<HelperLock> join(const std::string& folder, const std::string& build,
                                         std::chrono::milliseconds patience);
    // For whom the folder belongs to, before it touches the database. Held: no helper is there, and none comes, so that
    // the schema may change. nullopt: helpers of this build are at work. Conflict: those of another build are.
    static core::Result<std::optional<HelperLock>> keepAway(const std::string& folder, const std::string& build,
                                                            std::chrono::milliseconds patience);

private:
    explicit HelperLock(core::FileHandle file) : file_(std::move(file)) {}
    core::FileHandle file_;
};

}  // namespace marea::server
