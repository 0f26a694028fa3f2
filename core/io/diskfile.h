#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/clock.h"
#include "core/io/filehandle.h"

// What systems do differently with files on their disks: diskfile_posix.cpp and diskfile_windows.cpp. Paths are UTF-8.
// What fails says why in errno, on Windows, too. Any thread.
namespace marea::core {

enum class FileUse {
    Read,
    New,    // to write; not one that is there
    Over,   // to write, from nothing
    Append  // to read, and to write at its end
};
FileHandle openFile(const std::string& path, FileUse use, bool onlyOurs = false);  // of nobody else's account

std::ptrdiff_t readSome(int file, void* to, std::size_t count);  // 0 at the end, -1: not
// Leaves the place where readSome() goes on.
std::ptrdiff_t readSomeAt(int file, void* to, std::size_t count, std::uint64_t at);
bool writeAll(int file, const void* from, std::size_t count);

// On the medium, also out of a drive's own cache where the system lets one.
bool flushFile(int file);
bool flushPath(const std::string& path);
bool flushFolder(const std::string& path);  // which names are in it

bool replaceFile(const std::string& from, const std::string& to);  // at once, over what is there
// `to` as a second name or the only one, if it is free; else EEXIST. Other errors: the file system cannot tell.
bool takeFreeName(const std::string& from, const std::string& to);
bool lockFile(int file);   // against other programs and handles; false when one has it
bool shareFile(int file);  // with others that do, instead of a lock that it has; false when one has it alone
bool emptyFile(int file);
bool seekTo(int file, std::uint64_t at);     // where readSome() and writeAll() go on
bool cutFile(int file, std::uint64_t size);  // what is behind that goes
bool setModified(int file, TimeMs time);

bool meansFull(int errnoValue);  // no room, or a file beyond the limit of its file system
bool meansGone(int errnoValue);  // the device does not answer, or is no longer there

}  // namespace marea::core
