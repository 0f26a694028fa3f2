#include "core/io/windowsfiles.h"

#include <winioctl.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "sync/devices/massstorage/volumesystem.h"
#include "sync/devices/massstorage/windowsdrive.h"

// learn.microsoft.com/windows/win32/fileio/volume-management
namespace marea::sync {

namespace windows = core::windows;

namespace {

using Text = std::array<wchar_t, MAX_PATH + 1>;

// No box that asks for a disk.
class QuietErrors {
public:
    QuietErrors() { SetThreadErrorMode(SEM_FAILCRITICALERRORS, &before_); }
    ~QuietErrors() { SetThreadErrorMode(before_, nullptr); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

private:
    DWORD before_ = 0;
};

std::vector<std::uint8_t> descriptorOf(char letter) {
    const core::FileHandle drive = openDrive(letter, 0);
    STORAGE_PROPERTY_QUERY query{};
    query.PropertyId = StorageDeviceProperty;
    query.QueryType = PropertyStandardQuery;
    std::vector<std::uint8_t> answer(1024);
    DWORD got = 0;
    const bool isKnown =
        drive && DeviceIoControl(windows::handleOf(drive.get()), IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query,
                                 answer.data(), static_cast<DWORD>(answer.size()), &got, nullptr);
    answer.resize(isKnown ? got : 0);
    return answer;
}

void label(WindowsDrive& drive) {
    Text label{}, fileSystem{};
    if (GetVolumeInformationW(rootOf(drive.letter).c_str(), label.data(), static_cast<DWORD>(label.size()), nullptr,
                              nullptr, nullptr, fileSystem.data(), static_cast<DWORD>(fileSystem.size()))) {
        drive.label = windows::utf8(label.data());
        drive.fileSystem = windows::utf8(fileSystem.data());
    }
}

// The volume that the folder is in; "" when it cannot be told.
std::wstring volumeOf(const std::wstring& folder) {
    std::wstring root(32'768, L'\0');
    if (!GetVolumePathNameW(folder.c_str(), root.data(), static_cast<DWORD>(root.size()))) {
        return L"";
    }
    root.resize(wcslen(root.c_str()));
    return root;
}

bool isFlushed(int folder) {
    return FlushFileBuffers(windows::handleOf(folder)) != FALSE;
}

bool isRootFlushed(int folder) {
    const core::FileHandle root = windows::owned(CreateFileW(volumeOf(windows::wide(windows::pathOf(folder))).c_str(),
                                                             GENERIC_READ | GENERIC_WRITE, windows::kShared, nullptr,
                                                             OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    return root && windows::done(FlushFileBuffers(windows::handleOf(root.get())));
}

}  // namespace

std::wstring rootOf(char letter) {
    return {static_cast<wchar_t>(letter), L':', L'\\'};
}

core::FileHandle openDrive(char letter, unsigned long access) {
    const std::wstring path = std::wstring(L"\\\\.\\") + static_cast<wchar_t>(letter) + L":";
    return windows::owned(
        CreateFileW(path.c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr));
}

WindowsDrive driveAt(char letter) {
    WindowsDrive drive;
    drive.letter = letter;
    drive.type = static_cast<DriveType>(GetDriveTypeW(rootOf(letter).c_str()));
    Text system{};
    drive.hasWindows = GetSystemWindowsDirectoryW(system.data(), static_cast<UINT>(system.size())) > 0 &&
                       system[0] == static_cast<wchar_t>(letter);
    if (drive.type == DriveType::Removable || drive.type == DriveType::Fixed) {
        drive.descriptor = descriptorOf(letter);
    }
    return drive;
}

std::vector<Volume> mountedVolumes() {
    const QuietErrors quiet;
    std::vector<WindowsDrive> drives;
    const DWORD letters = GetLogicalDrives();
    for (unsigned number = 0; number < 26; ++number) {
        if ((letters >> number & 1) == 0) {
            continue;
        }
        drives.push_back(driveAt(static_cast<char>('A' + number)));
        if (isCarried(drives.back())) {
            label(drives.back());
        }
    }
    return volumesOf(drives);
}

std::int64_t maxFileSizeOf(int folder) {
    Text fileSystem{};
    const bool isKnown = GetVolumeInformationByHandleW(windows::handleOf(folder), nullptr, 0, nullptr, nullptr, nullptr,
                                                       fileSystem.data(), static_cast<DWORD>(fileSystem.size()));
    return isKnown && isFat(fileSystemName(windows::utf8(fileSystem.data()))) ? kMaxFatFile : 0;
}

// The number that it was formatted with, written as Linux does.
std::string volumeId(const std::string& folder) {
    const auto open = core::openFolder(folder);
    const std::wstring path = open ? windows::wide(windows::pathOf(open->get())) : L"";
    const std::wstring root = path.empty() ? L"" : volumeOf(path);
    const bool isRoot = !root.empty() && (root == path || root == path + L"\\");
    DWORD number = 0;
    if (!isRoot || !GetVolumeInformationByHandleW(windows::handleOf(open->get()), nullptr, 0, &number, nullptr, nullptr,
                                                  nullptr, 0)) {
        return "";
    }
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "volume:%04X-%04X", static_cast<unsigned>(number >> 16),
                  static_cast<unsigned>(number & 0xFFFF));
    return text.data();
}

// The root of a volume stands for all of it. Who may not write there cannot have it flushed: each file was, though,
// when it was written, and names are written through.
core::Result<void> flushVolume(int folder) {
    if (isFlushed(folder) || isRootFlushed(folder) || errno == EACCES || errno == EINVAL) {
        return {};
    }
    return core::unexpected<core::Error>(core::systemError(errno, "cannot flush the device"));
}

void writeOut(int, std::int64_t, std::int64_t) {}

// It says so only when it is asked to let go of one.
std::string volumeHolder(const std::string&) {
    return "";
}

}  // namespace marea::sync
