#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "sync/engine/encodeahead.h"
#include "sync/engine/journal.h"
#include "sync/engine/librarycopy.h"
#include "sync/engine/librarysource.h"
#include "sync/engine/owners.h"
#include "sync/engine/synccontrol.h"
#include "sync/engine/target.h"
#include "sync/engine/transfer.h"

namespace marea::sync {

struct SyncReport {
    struct Problem {
        std::string path, reason;
        core::ErrorCode code = core::ErrorCode::Io;
    };
    std::size_t written = 0, moved = 0, deleted = 0;
    std::int64_t bytes = 0;
    double writingSeconds = 0, readingSeconds = 0;  // of the device: to write files, to read them back
    std::vector<Problem> problems;                  // files that did not come; the next run tries them again
};

// What makes encodings, or nothing.
struct EncodingParts {
    DeviceEncoder* encoder = nullptr;
    EncodeCache* cache = nullptr;
};

// Carries out plans on one device. Each file goes to a temporary name, is read back and compared, and gets its name;
// the library file comes last. Whatever ends a run (the cable, a full device, a kill), nothing is lost, and the next
// run goes on from there: begin() clears up. One thread, which all calls block.
class SyncEngine {
public:
    // `copy`: where the computer keeps a copy of the device's library file; null: nowhere. `owner`: whose files are put
    // there; without an id all that Marea put there is taken for the same library's.
    SyncEngine(Target& target, Journal& journal, const core::Clock& clock, LibraryCopy* copy = nullptr,
               LibraryOwner owner = {})
        : target_(target), journal_(journal), clock_(clock), copy_(copy), owner_(std::move(owner)) {}

    // What is on the device, after clearing up what a run before has left. Nothing else is written. `control` calls it
    // off while that is listed, and where it has to be read. Forbidden at once for a device that cannot be written.
    core::Result<DeviceState> begin(SyncControl* control = nullptr);

    // `state` is what begin() gave and the plan was made for. An error when the device is gone or the run was
    // cancelled; what is done by then stays, and is noted on the device where it can be.
    core::Result<SyncReport> run(const Plan& plan, const std::vector<LibraryItem>& items, const DeviceProfile& profile,
                                 const DeviceState& state, LibrarySource& source, EncodingParts encoding,
                                 SyncControl& control, const ProgressSink& progress);

private:
    core::Result<std::vector<ListedFile>> list(bool isUnfinished, const Target::Look& look);
    core::Result<void> askAgain(const LibraryFile& library, std::vector<ListedFile>& listed, const Target::Look& look);
    core::Result<void> allTold(const LibraryFile& library, const std::vector<Recovery::Rename>& about,
                               const std::vector<ListedFile>& listed);
    core::Result<LibraryFile> library(Transfer& transfer, std::vector<ListedFile>& listed, const Target::Look& look);
    OwnedFiles byOwner(std::vector<DeviceFile> files, const std::vector<JournalEntry>& entries,
                       const std::vector<ListedFile>& listed);
    core::Result<void> clearUp(const Recovery& recovery);
    std::vector<StartedFile> startedOf(const std::vector<JournalEntry>& entries, std::vector<ListedFile>& listed);
    bool isInStep(const Plan& plan, const DeviceState& state) const;

    Target& target_;
    Journal& journal_;
    const core::Clock& clock_;
    LibraryCopy* copy_;
    const LibraryOwner owner_;
    bool hasRecovered_ = false;
    bool hasLeftovers_ = false;  // that could not be cleared up: the journal has to remember them
};

}  // namespace marea::sync
