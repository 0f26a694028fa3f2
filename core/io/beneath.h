#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/io/filehandle.h"

namespace marea::core {

// What openBeneath() does once `relative` has the right form. One implementation per system, in beneath_*.cpp.
Result<FileHandle> openCheckedBeneath(const FileHandle& root, const std::string& relative);

// As above with nothing but openat(2): walks name by name, resolves each symlink by hand and counts the depth, so that
// no step goes above the root. What systems without openat2 use, and Linux before 5.6.
Result<FileHandle> walkBeneath(const FileHandle& root, const std::string& relative);

// NotFound for ENOENT, ENOTDIR and links that loop; Forbidden for EXDEV (leads out of the root), EACCES and EPERM.
Error openError(int errnoValue);

}  // namespace marea::core
