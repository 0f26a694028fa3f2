#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "sync/plan/plan.h"

namespace marea::sync {

// What is under way on a device, written before it is done, so that a run that was cut off can be cleared up. Kept on
// the computer, until the device's own library file has been replaced.
struct JournalEntry {
    enum class What {
        Writing,   // `path` is being written; of `file` only the item and the path that it shall have are known
        Verified,  // `path` holds `file`, read back and right; next, `from` goes and it gets its own name
        Moving,    // `from` gets the name of `file`
        Done,      // `file` is in place: after a move, and after a run that was cut off has been cleared up
        Gone       // `path` was deleted
    };
    What what = What::Writing;
    std::string path, from;
    DeviceFile file;
    std::string device{};  // its id; "": not known
};

class Journal {
public:
    virtual ~Journal() = default;
    virtual core::Result<std::vector<JournalEntry>> entries() = 0;
    virtual core::Result<void> add(const JournalEntry& entry) = 0;  // on the disk when it returns
    virtual core::Result<void> clear() = 0;
};

std::string journalLine(const JournalEntry& entry);  // without the line break
// Lines as far as they are whole: the last one may have been cut off.
std::vector<JournalEntry> journalFrom(std::string_view text);

// What is left to do after a run that was cut off, in this order. It may be cut off as well.
struct Recovery {
    struct Rename {
        std::string from, to;
    };
    std::vector<std::string> remove;    // parts of files of ours, and what has been replaced
    std::vector<Rename> rename;         // verified, without their own name yet
    std::vector<JournalEntry> started;  // that are being written, and stay so
    std::vector<JournalEntry> notes;    // that it is done, so that no later run takes it for under way
    LibraryFile library;                // by then: all that is in place
};
// Where another device is in the place of the one that `entries` are of, they count as far as their parts are there:
// those have names that no other has. `names`: which paths are one and the same file there. `keepsStarted`: parts under
// names of their own are gone on with, and not removed.
Recovery recoveryOf(LibraryFile library, const std::vector<JournalEntry>& entries,
                    const std::vector<ListedFile>& listed, NameKind names, bool keepsStarted = false);

}  // namespace marea::sync
