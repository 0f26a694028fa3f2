#include "sync/engine/syncengine.h"

#include <algorithm>
#include <unordered_map>

#include "sync/engine/devicelibrary.h"
#include "sync/engine/syncrun.h"

namespace marea::sync {

namespace {

using Closed = std::unordered_map<std::string, std::string>;  // paths by their keys

Closed closedAmong(const std::vector<ListedFile>& listed, NameKind names) {
    Closed closed;
    for (const ListedFile& file : listed) {
        if (file.isClosed) {
            closed.emplace(clashKey(file.path, names), file.path);
        }
    }
    return closed;
}

const std::string* folderAround(const std::string& path, const Closed& closed, NameKind names) {
    const std::string key = clashKey(path, names);
    for (std::size_t end = key.size(); end != std::string::npos; end = end > 0 ? key.rfind('/', end - 1) : end - 1) {
        if (const auto found = closed.find(key.substr(0, end)); found != closed.end()) {
            return &found->second;
        }
    }
    return nullptr;
}

// What Marea put into a folder that may not be opened now is not missing: it would be written again beside itself.
core::Result<void> allInReach(const LibraryFile& library, const std::vector<JournalEntry>& entries,
                              const std::vector<ListedFile>& listed, NameKind names) {
    const Closed closed = closedAmong(listed, names);
    const std::string* around = nullptr;
    const auto look = [&](const std::string& path) {
        around = around || closed.empty() || path.empty() ? around : folderAround(path, closed, names);
    };
    for (const DeviceFile& file : library.files) {
        look(file.path);
    }
    for (const JournalEntry& entry : entries) {
        look(entry.path);
        look(entry.from);
        look(entry.file.path);
    }
    return around ? core::fail(core::ErrorCode::Unprocessable,
                               *around +
                                   " on the device cannot be opened, and Marea's files are in it. Nothing was "
                                   "changed.")
                  : core::Result<void>();
}

}  // namespace

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
    if (auto reached = allInReach(*copy, {}, listed, target_.abilities().names); !reached) {
        return core::unexpected<core::Error>(reached.error());
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
    const TargetAbilities abilities = target_.abilities();
    auto known = library(transfer, *listed);
    auto reached =
        known ? allInReach(*known, *entries, *listed, abilities.names) : core::unexpected<core::Error>(known.error());
    if (!reached) {
        return core::unexpected<core::Error>(reached.error());
    }
    const Recovery recovery = recoveryOf(*known, *entries, *listed, abilities.names);
    if (!recovery.notes.empty()) {
        auto done = clearUp(recovery);
        listed = done ? target_.list() : core::unexpected<core::Error>(done.error());
    }
    const auto room = target_.freeBytes();
    if (!listed || !room) {
        return core::unexpected<core::Error>(listed ? room.error() : listed.error());
    }
    std::erase_if(*listed, [](const ListedFile& file) { return file.isClosed || isMareasOwn(file.path); });
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
