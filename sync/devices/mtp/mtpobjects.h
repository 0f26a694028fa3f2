#pragma once

#include <libmtp.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "sync/devices/mtp/mtptarget.h"
#include "sync/plan/names.h"

// What the parts of MtpTarget share: libmtp's values as owned ones, and names.
namespace marea::sync::mtp {

struct FreeFile {
    void operator()(LIBMTP_file_t* file) const { LIBMTP_destroy_file_t(file); }
};

struct FreeMemory {
    void operator()(void* memory) const { std::free(memory); }
};

inline constexpr const char* kGone = "The device is no longer there, or does not answer.";
inline core::unexpected<core::Error> gone() {
    return core::fail(core::ErrorCode::Unavailable, kGone);
}

inline std::string nameOf(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

inline std::string folderOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
}

inline std::string keyOf(const std::string& path) {
    return clashKey(path, NameKind::Mtp);
}

}  // namespace marea::sync::mtp
