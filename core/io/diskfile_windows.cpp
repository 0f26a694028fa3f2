#include "core/io/diskfile.h"

#include <algorithm>
#include <cerrno>

#include "core/io/windowsfiles.h"

namespace marea::core {

namespace {

using windows::done;
using windows::failed;
using windows::handleOf;
using windows::wide;

constexpr std::size_t kMostAtOnce = 1 << 30;

DWORD piece(std::size_t count) {
    return static_cast<DWORD>(std::min(count, kMostAtOnce));
}

// With FILE_APPEND_DATA and without FILE_WRITE_DATA, each write goes to the end.
DWORD accessOf(FileUse use) {
    return use == FileUse::Read     ? GENERIC_READ
           : use == FileUse::Append ? GENERIC_READ | FILE_APPEND_DATA | FILE_WRITE_ATTRIBUTES
                                    : GENERIC_READ | GENERIC_WRITE;
}

DWORD makingOf(FileUse use) {
    return use == FileUse::New      ? CREATE_NEW
           : use == FileUse::Over   ? CREATE_ALWAYS
           : use == FileUse::Append ? OPEN_ALWAYS
                                    : OPEN_EXISTING;
}

// A byte that no file has: a lock there keeps nobody from reading.
OVERLAPPED lockPlace() {
    OVERLAPPED place{};
    place.Offset = 0xFFFFFFFE;
    place.OffsetHigh = 0x7FFFFFFF;
    return place;
}

}  // namespace

// Folders of one's own account are closed to others as it is.
FileHandle openFile(const std::string& path, FileUse use, bool) {
    return windows::owned(CreateFileW(wide(path).c_str(), accessOf(use), windows::kShared, nullptr, makingOf(use),
                                      FILE_ATTRIBUTE_NORMAL, nullptr));
}

std::ptrdiff_t readSome(int file, void* to, std::size_t count) {
    DWORD got = 0;
    return done(ReadFile(handleOf(file), to, piece(count), &got, nullptr)) ? static_cast<std::ptrdiff_t>(got) : -1;
}

// A read at a place moves the handle's own.
std::ptrdiff_t readSomeAt(int file, void* to, std::size_t count, std::uint64_t at) {
    const HANDLE handle = handleOf(file);
    LARGE_INTEGER before{};
    if (!SetFilePointerEx(handle, LARGE_INTEGER{}, &before, FILE_CURRENT)) {
        return failed(GetLastError()), -1;
    }
    OVERLAPPED place{};
    place.Offset = static_cast<DWORD>(at);
    place.OffsetHigh = static_cast<DWORD>(at >> 32);
    DWORD got = 0;
    const bool read = ReadFile(handle, to, piece(count), &got, &place);
    const DWORD error = read ? ERROR_SUCCESS : GetLastError();
    SetFilePointerEx(handle, before, nullptr, FILE_BEGIN);
    return read || error == ERROR_HANDLE_EOF ? static_cast<std::ptrdiff_t>(got) : (failed(error), -1);
}

bool writeAll(int file, const void* from, std::size_t count) {
    for (const auto* bytes = static_cast<const char*>(from); count > 0;) {
        DWORD written = 0;
        if (!done(WriteFile(handleOf(file), bytes, piece(count), &written, nullptr))) {
            return false;
        }
        bytes += written;
        count -= written;
    }
    return true;
}

bool flushFile(int file) {
    return done(FlushFileBuffers(handleOf(file)));
}

bool flushPath(const std::string& path) {
    const FileHandle file = windows::owned(CreateFileW(wide(path).c_str(), GENERIC_WRITE, windows::kShared, nullptr,
                                                       OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
    return file && flushFile(file.get());
}

// replaceFile() has them written through.
bool flushFolder(const std::string&) {
    return true;
}

bool replaceFile(const std::string& from, const std::string& to) {
    return done(MoveFileExW(wide(from).c_str(), wide(to).c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH));
}

bool takeFreeName(const std::string& from, const std::string& to) {
    return done(MoveFileExW(wide(from).c_str(), wide(to).c_str(), MOVEFILE_WRITE_THROUGH));
}

bool lockFile(int file) {
    OVERLAPPED place = lockPlace();
    return done(LockFileEx(handleOf(file), LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place));
}

bool shareFile(int file) {
    OVERLAPPED before = lockPlace(), place = lockPlace();
    UnlockFileEx(handleOf(file), 0, 1, 0, &before);
    return done(LockFileEx(handleOf(file), LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place));
}

// One that only appends may not.
bool emptyFile(int file) {
    const FileHandle whole = windows::owned(ReOpenFile(handleOf(file), GENERIC_WRITE, windows::kShared, 0));
    return whole && done(SetEndOfFile(handleOf(whole.get()))) && flushFile(whole.get());
}

bool seekTo(int file, std::uint64_t at) {
    return _lseeki64(file, static_cast<std::int64_t>(at), SEEK_SET) >= 0;
}

bool cutFile(int file, std::uint64_t size) {
    return _chsize_s(file, static_cast<std::int64_t>(size)) == 0;
}

// Since 1601, in parts of 100 ns.
bool setModified(int file, TimeMs time) {
    const auto ticks = static_cast<std::uint64_t>(time + 11'644'473'600'000) * 10'000;
    const FILETIME at{static_cast<DWORD>(ticks), static_cast<DWORD>(ticks >> 32)};
    return done(SetFileTime(handleOf(file), nullptr, &at, &at));
}

bool meansFull(int errnoValue) {
    return errnoValue == ENOSPC || errnoValue == EFBIG;
}

bool meansGone(int errnoValue) {
    return errnoValue == EIO || errnoValue == ENODEV;
}

}  // namespace marea::core
