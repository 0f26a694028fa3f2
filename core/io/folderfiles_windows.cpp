#include "core/io/folderfiles.h"

#include <cerrno>
#include <cstring>
#include <span>

#include "core/io/windowsfiles.h"

#include <winternl.h>

namespace marea::core {

namespace {

using windows::done;
using windows::failed;
using windows::handleOf;

// A search index or a virus scanner that just looks at a new file is waited for: so often, so long.
constexpr int kTries = 20;
constexpr DWORD kBetweenMs = 50;
constexpr std::size_t kListing = 64 * 1024;

// What would mean another place, or another stream of the same file.
bool isOneName(const std::string& name) {
    return !name.empty() && name != "." && name != ".." && name.size() <= 1024 &&
           name.find_first_of(std::string_view("\\/:\0", 4)) == std::string::npos;
}

UNICODE_STRING counted(std::wstring& text) {
    const auto bytes = static_cast<USHORT>(text.size() * sizeof(wchar_t));
    return {bytes, bytes, text.data()};
}

struct Opening {
    ACCESS_MASK access = GENERIC_READ;
    ULONG making = FILE_OPEN;
    ULONG options = 0;
};

// A handle alone, as CreateFileW knows no place to begin at but paths, which others can change meanwhile.
HANDLE tried(int folder, std::wstring name, const Opening& how) {
    UNICODE_STRING text = counted(name);
    OBJECT_ATTRIBUTES what{};
    InitializeObjectAttributes(&what, &text, OBJ_CASE_INSENSITIVE, handleOf(folder), nullptr);
    for (int attempt = 1;; ++attempt) {
        HANDLE handle = nullptr;
        IO_STATUS_BLOCK status{};
        const NTSTATUS result = NtCreateFile(
            &handle, how.access | SYNCHRONIZE, &what, &status, nullptr, FILE_ATTRIBUTE_NORMAL, windows::kShared,
            how.making, how.options | FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT, nullptr, 0);
        if (result >= 0) {
            return handle;
        }
        const DWORD error = RtlNtStatusToDosError(result);
        if (error != ERROR_SHARING_VIOLATION || attempt == kTries) {
            SetLastError(error);
            return INVALID_HANDLE_VALUE;
        }
        Sleep(kBetweenMs);
    }
}

// What leads elsewhere, unlike files that the system keeps packed or deduplicated.
bool isLink(HANDLE handle) {
    FILE_ATTRIBUTE_TAG_INFO tag{};
    return GetFileInformationByHandleEx(handle, FileAttributeTagInfo, &tag, sizeof tag) &&
           (tag.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 && IsReparseTagNameSurrogate(tag.ReparseTag);
}

bool isPacked(HANDLE handle) {
    FILE_ATTRIBUTE_TAG_INFO tag{};
    return GetFileInformationByHandleEx(handle, FileAttributeTagInfo, &tag, sizeof tag) &&
           (tag.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
}

FileHandle openedIn(int folder, const std::string& name, Opening how) {
    if (!isOneName(name)) {
        return errno = EINVAL, FileHandle();
    }
    const std::wstring text = windows::wide(name);
    how.options |= FILE_OPEN_REPARSE_POINT;
    FileHandle file = windows::owned(tried(folder, text, how));
    if (file && isLink(handleOf(file.get()))) {
        return errno = ELOOP, FileHandle();
    }
    if (file && how.making == FILE_OPEN && isPacked(handleOf(file.get()))) {
        how.options &= ~static_cast<ULONG>(FILE_OPEN_REPARSE_POINT);
        return windows::owned(tried(folder, text, how));
    }
    return file;
}

bool removeIn(int folder, const std::string& name, ULONG options) {
    if (!isOneName(name)) {
        return errno = EINVAL, false;
    }
    const FileHandle file =
        windows::owned(tried(folder, windows::wide(name), {DELETE, FILE_OPEN, options | FILE_OPEN_REPARSE_POINT}));
    FILE_DISPOSITION_INFO gone{};
    gone.DeleteFile = TRUE;
    return file && done(SetFileInformationByHandle(handleOf(file.get()), FileDispositionInfo, &gone, sizeof gone));
}

FolderEntry entryOf(const FILE_FULL_DIR_INFO& info) {
    FolderEntry entry{.name = windows::utf8({info.FileName, info.FileNameLength / sizeof(wchar_t)})};
    entry.isFolder = (info.FileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0 &&
                     (info.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0;
    entry.size = static_cast<std::uint64_t>(info.EndOfFile.QuadPart);
    entry.modified = info.LastWriteTime.QuadPart / 10'000 - 11'644'473'600'000;
    return entry;
}

void take(std::span<const char> listing, std::vector<FolderEntry>& entries) {
    while (true) {
        const auto& info = *reinterpret_cast<const FILE_FULL_DIR_INFO*>(listing.data());
        FolderEntry entry = entryOf(info);
        if (entry.name != "." && entry.name != "..") {
            entries.push_back(std::move(entry));
        }
        if (info.NextEntryOffset == 0) {
            return;
        }
        listing = listing.subspan(info.NextEntryOffset);
    }
}

}  // namespace

std::optional<std::vector<FolderEntry>> entriesOf(int folder, std::size_t most) {
    std::vector<FolderEntry> entries;
    alignas(FILE_FULL_DIR_INFO) static thread_local char listing[kListing];
    for (auto part = FileFullDirectoryRestartInfo;; part = FileFullDirectoryInfo) {
        if (!GetFileInformationByHandleEx(handleOf(folder), part, listing, kListing)) {
            const DWORD error = GetLastError();
            const bool isEnd = error == ERROR_NO_MORE_FILES || (entries.empty() && error == ERROR_FILE_NOT_FOUND);
            return isEnd || failed(error) ? std::optional(std::move(entries)) : std::nullopt;
        }
        take(listing, entries);
        if (entries.size() > most) {
            entries.resize(most + 1);
            return entries;
        }
    }
}

FolderEntry entryIn(int folder, const std::string& name) {
    FolderEntry entry{.name = name};
    const FileHandle file = openedIn(folder, name, {FILE_READ_ATTRIBUTES | SYNCHRONIZE});
    BY_HANDLE_FILE_INFORMATION info{};
    if (!file || !done(GetFileInformationByHandle(handleOf(file.get()), &info))) {
        entry.error = errno;
        return entry;
    }
    const auto joint = [](DWORD high, DWORD low) { return (static_cast<std::uint64_t>(high) << 32) | low; };
    entry.isFolder = (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    entry.size = joint(info.nFileSizeHigh, info.nFileSizeLow);
    entry.modified =
        static_cast<TimeMs>(joint(info.ftLastWriteTime.dwHighDateTime, info.ftLastWriteTime.dwLowDateTime) / 10'000) -
        11'644'473'600'000;
    return entry;
}

FileHandle folderIn(int folder, const std::string& name) {
    return openedIn(folder, name, {.options = FILE_DIRECTORY_FILE});
}

FileHandle newFileIn(int folder, const std::string& name) {
    return openedIn(folder, name, {GENERIC_READ | GENERIC_WRITE, FILE_CREATE, FILE_NON_DIRECTORY_FILE});
}

FileHandle fileToChangeIn(int folder, const std::string& name) {
    return openedIn(folder, name, {GENERIC_READ | GENERIC_WRITE, FILE_OPEN, FILE_NON_DIRECTORY_FILE});
}

// Folders know no such option.
FileHandle fileIn(int folder, const std::string& name, bool uncached) {
    return openedIn(folder, name,
                    {.options = uncached ? ULONG{FILE_NO_INTERMEDIATE_BUFFERING | FILE_NON_DIRECTORY_FILE} : 0});
}

bool makeFolderIn(int folder, const std::string& name) {
    return bool(openedIn(folder, name, {GENERIC_READ, FILE_CREATE, FILE_DIRECTORY_FILE}));
}

bool isIn(int folder, const std::string& name) {
    return isOneName(name) && windows::owned(tried(folder, windows::wide(name),
                                                   {FILE_READ_ATTRIBUTES, FILE_OPEN, FILE_OPEN_REPARSE_POINT}));
}

// Written through, as a flush of the whole volume may need rights that nobody has.
bool renameIn(int folder, const std::string& name, int toFolder, const std::string& toName) {
    if (!isOneName(name) || !isOneName(toName)) {
        return errno = EINVAL, false;
    }
    const FileHandle file =
        windows::owned(tried(folder, windows::wide(name),
                             {DELETE | FILE_READ_ATTRIBUTES, FILE_OPEN, FILE_OPEN_REPARSE_POINT | FILE_WRITE_THROUGH}));
    if (!file) {
        return false;
    }
    const std::wstring text = windows::wide(toName);
    const std::size_t bytes = text.size() * sizeof(wchar_t);
    std::vector<char> form(sizeof(FILE_RENAME_INFORMATION) + bytes);
    auto& wish = *reinterpret_cast<FILE_RENAME_INFORMATION*>(form.data());
    wish.ReplaceIfExists = FALSE;
    wish.RootDirectory = handleOf(toFolder);
    wish.FileNameLength = static_cast<ULONG>(bytes);
    std::memcpy(wish.FileName, text.data(), bytes);
    IO_STATUS_BLOCK status{};
    const NTSTATUS result = NtSetInformationFile(handleOf(file.get()), &status, form.data(),
                                                 static_cast<ULONG>(form.size()), FileRenameInformation);
    return result >= 0 || failed(RtlNtStatusToDosError(result));
}

bool removeFileIn(int folder, const std::string& name) {
    return removeIn(folder, name, FILE_NON_DIRECTORY_FILE);
}

bool removeFolderIn(int folder, const std::string& name) {
    return removeIn(folder, name, FILE_DIRECTORY_FILE);
}

// To open a folder is to be let in there.
bool mayEnter(int) {
    return true;
}

bool isStillThere(int folder) {
    FILE_STANDARD_INFO info{};
    return done(GetFileInformationByHandleEx(handleOf(folder), FileStandardInfo, &info, sizeof info)) &&
           !info.DeletePending;
}

std::optional<Room> roomOf(int folder) {
    const std::string path = windows::pathOf(folder);
    ULARGE_INTEGER free{}, total{};
    if (path.empty() || !done(GetDiskFreeSpaceExW((windows::wide(path) + L"\\").c_str(), &free, &total, nullptr))) {
        return std::nullopt;
    }
    return Room{free.QuadPart, total.QuadPart};
}

bool isReadOnly(int folder) {
    DWORD flags = 0;
    return GetVolumeInformationByHandleW(handleOf(folder), nullptr, 0, nullptr, nullptr, &flags, nullptr, 0) &&
           (flags & FILE_READ_ONLY_VOLUME) != 0;
}

}  // namespace marea::core
