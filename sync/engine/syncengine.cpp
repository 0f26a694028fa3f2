#include "sync/engine/syncengine.h"

#include <algorithm>

#include "sync/engine/devicelibrary.h"
#include "sync/engine/syncrun.h"

namespace marea::sync {

core::Result<void> SyncEngine::clearUp(const Recovery& recovery) {
    for (const std::string& path : recovery.remove) {
        auto done = target_.remove(path);
        if (!done && done.error().code != core::ErrorCode::NotFound) {
            return done;
        }
    }
    for (const Recovery::Rename& one : recovery.rename) {
        if (auto done = target_.rename(one.from, one.to); !done) {
            return done;
        }
    }
    for (const JournalEntry& entry : recovery.notes) {
        if (auto done = journal_.add(entry); !done) {
            return done;
        }
    }
    return {};
}

// The device's own file, or what the computer's copy of it says as far as the device still has it.
core::Result<LibraryFile> SyncEngine::library(Transfer& transfer, const std::vector<ListedFile>& listed) {
    auto own = loadLibrary(target_, transfer, listed);
    const bool isLost = own ? own->device.empty() : own.error().code == core::ErrorCode::Invalid;
    auto copy = isLost && copy_ ? copy_->load() : core::fail(core::ErrorCode::NotFound, "");
    if (!copy) {
        return own;
    }
    hasRecovered_ = true;
    return confirmed(transfer, *copy, listed, target_.abilities().names);
}

core::Result<DeviceState> SyncEngine::begin(SyncControl* control) {
    auto entries = journal_.entries();
    auto listed = target_.list();
    if (!entries || !listed) {
        return core::unexpected<core::Error>(entries ? listed.error() : entries.error());
    }
    SyncControl untilTheEnd;
    Transfer transfer(target_, control ? *control : untilTheEnd, [](std::int64_t) {});
    hasRecovered_ = !entries->empty() || (copy_ && !copy_->isThere());
    auto known = library(transfer, *listed);
    if (!known) {
        return core::unexpected<core::Error>(known.error());
    }
    const Recovery recovery = recoveryOf(*known, *entries, *listed, target_.abilities().names);
    if (!recovery.notes.empty()) {
        auto done = clearUp(recovery);
        listed = done ? target_.list() : core::unexpected<core::Error>(done.error());
    }
    const auto room = target_.freeBytes();
    if (!listed || !room) {
        return core::unexpected<core::Error>(listed ? room.error() : listed.error());
    }
    const TargetAbilities abilities = target_.abilities();
    std::erase_if(*listed, [](const ListedFile& file) { return isMareasOwn(file.path); });
    return DeviceState{recovery.library, std::move(*listed),    *room,
                       abilities.names,  abilities.maxFileSize, abilities.moves};
}

core::Result<SyncReport> SyncEngine::run(const Plan& plan, const std::vector<LibraryItem>& items,
                                         const DeviceProfile& profile, const DeviceState& state, LibrarySource& source,
                                         EncodingParts encoding, SyncControl& control, const ProgressSink& progress) {
    const SyncRun::Parts parts{target_, journal_, clock_, source, encoding, control, progress, hasRecovered_, copy_};
    return SyncRun(parts, plan, items, profile, state).run();
}

}  // namespace marea::sync
