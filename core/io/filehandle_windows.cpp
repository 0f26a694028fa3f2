#include <io.h>

#include <cerrno>

#include "core/io/beneath.h"
#include "core/io/clearfile.h"
#include "core/io/windowsfiles.h"

namespace marea::core {

namespace {

std::uint64_t whole(DWORD high, DWORD low) {
    return (std::uint64_t{high} << 32) | low;
}

TimeMs timeOf(const FILETIME& time) {
    return static_cast<TimeMs>(whole(time.dwHighDateTime, time.dwLowDateTime) / 10'000) - 11'644'473'600'000;
}

// "E:" alone would be where somebody was last on that drive.
std::string wholeDrive(const std::string& path) {
    return path.size() == 2 && path[1] == ':' ? path + "/" : path;
}

// So that a folder that was opened can be flushed; where one may not write, it is opened to read.
HANDLE opened(const std::wstring& path) {
    for (const DWORD access : {GENERIC_READ | GENERIC_WRITE, GENERIC_READ}) {
        const HANDLE folder = CreateFileW(path.c_str(), access, windows::kShared, nullptr, OPEN_EXISTING,
                                          FILE_FLAG_BACKUP_SEMANTICS, nullptr);
        if (folder != INVALID_HANDLE_VALUE) {
            return folder;
        }
    }
    return INVALID_HANDLE_VALUE;
}

}  // namespace

FileHandle::~FileHandle() {
    if (descriptor_ >= 0) {
        ::_close(descriptor_);
    }
}

Result<FileHandle> FileHandle::duplicate() const {
    HANDLE copy = nullptr;
    const HANDLE self = GetCurrentProcess();
    if (!DuplicateHandle(self, windows::handleOf(descriptor_), self, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS)) {
        windows::failed(GetLastError());
        return unexpected<Error>(systemError(errno, "cannot duplicate a descriptor"));
    }
    FileHandle second = windows::owned(copy);
    second.seal_ = seal_;
    return second;
}

Result<FileStatus> status(const FileHandle& file) {
    BY_HANDLE_FILE_INFORMATION info{};
    if (!windows::done(GetFileInformationByHandle(windows::handleOf(file.get()), &info))) {
        return unexpected<Error>(systemError(errno, "cannot read a file's status"));
    }
    FileStatus result;
    result.size = static_cast<std::int64_t>(file.seal() ? file.seal()->header.clearSize
                                                        : whole(info.nFileSizeHigh, info.nFileSizeLow));
    result.modified = timeOf(info.ftLastWriteTime);
    result.device = info.dwVolumeSerialNumber;
    result.inode = whole(info.nFileIndexHigh, info.nFileIndexLow);
    result.isFolder = (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    result.isFile = !result.isFolder;
    return result;
}

Result<FileHandle> openFolder(const std::string& path) {
    FileHandle folder = windows::owned(opened(windows::wide(wholeDrive(path))));
    const int reason = errno;
    const auto about = folder ? status(folder) : fail(ErrorCode::Io, "");
    if (about && about->isFolder) {
        return folder;
    }
    Error error = systemError(folder ? ENOTDIR : reason, "cannot open the folder " + path);
    error.code = openError(folder ? ENOTDIR : reason).code;
    return unexpected<Error>(std::move(error));
}

}  // namespace marea::core
