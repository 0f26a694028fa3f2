#include "core/io/filehandle.h"

#include <cerrno>

#include "core/io/beneath.h"
#include "core/io/clearfile.h"

namespace marea::core {

namespace {

constexpr std::size_t kMaxPath = 4096;

// "a/b/c": no empty, "." or ".." name, no NUL, not absolute.
bool isPlainRelative(std::string_view path) {
    if (path.empty() || path.size() >= kMaxPath || path.find('\0') != std::string_view::npos) {
        return false;
    }
    while (true) {
        const std::size_t slash = path.find('/');
        const std::string_view name = path.substr(0, slash);
        if (name.empty() || name == "." || name == "..") {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        path.remove_prefix(slash + 1);
    }
}

}  // namespace

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
    if (this != &other) {
        FileHandle old(std::exchange(descriptor_, std::exchange(other.descriptor_, -1)));
        seal_ = std::move(other.seal_);
    }
    return *this;
}

Result<FileHandle> openBeneath(const FileHandle& root, std::string_view relative) {
    if (!isPlainRelative(relative)) {
        return fail(ErrorCode::Invalid, "The file's name is not allowed.", "not a plain relative path");
    }
    return openCheckedBeneath(root, std::string(relative));
}

Error openError(int errnoValue) {
    Error error = systemError(errnoValue, "cannot open the file");
    switch (errnoValue) {
        case ENOENT:
        case ENOTDIR:
        case ELOOP:
        case ENAMETOOLONG:
            error.code = ErrorCode::NotFound;
            break;
        case EXDEV:
        case EACCES:
        case EPERM:
            error.code = ErrorCode::Forbidden;
            break;
        default:
            break;
    }
    return error;
}

}  // namespace marea::core
