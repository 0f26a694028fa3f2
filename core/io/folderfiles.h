#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/io/filehandle.h"

// The files of an open folder by their names, one step at a time, so that nothing outside it is reached: links are not
// followed. folderfiles_posix.cpp and folderfiles_windows.cpp. Names are UTF-8 (elsewhere than on Windows: as they
// are). What fails says why in errno, on Windows, too: ELOOP for a link. Any thread.
namespace marea::core {

struct FolderEntry {
    std::string name;
    bool isFolder = false;  // and no link to one
    std::uint64_t size = 0;
    TimeMs modified = 0;
    int error = 0;  // why the rest is not known
};
// Without "." and "..". Of folders size and time may be missing: they are not asked for where that can be spared.
// At most `most` and one more.
std::optional<std::vector<FolderEntry>> entriesOf(int folder, std::size_t most = SIZE_MAX - 1);

FolderEntry entryIn(int folder, const std::string& name);  // its error tells whether it is known

FileHandle folderIn(int folder, const std::string& name);
FileHandle newFileIn(int folder, const std::string& name);       // to write; EEXIST when it is there
FileHandle fileToChangeIn(int folder, const std::string& name);  // to read and to write; one that is there
// To read; or a folder. Uncached: from the medium and not what is remembered of it, as far as the system lets one;
// reads are then of whole pages into pages of memory.
FileHandle fileIn(int folder, const std::string& name, bool uncached = false);
bool makeFolderIn(int folder, const std::string& name);  // EEXIST when it is there
bool isIn(int folder, const std::string& name);
bool renameIn(int folder, const std::string& name, int toFolder, const std::string& toName);
bool removeFileIn(int folder, const std::string& name);
bool removeFolderIn(int folder, const std::string& name);  // an empty one
bool mayEnter(int folder);                                 // what is in it can be asked for
bool isStillThere(int folder);                             // on its device, and with a name

struct Room {
    std::uint64_t free = 0, total = 0;  // free: for this account
};
std::optional<Room> roomOf(int folder);
bool isReadOnly(int folder);  // all of its volume, for everybody; false where that cannot be known

}  // namespace marea::core
